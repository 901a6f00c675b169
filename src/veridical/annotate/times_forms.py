"""What a form of words says of time, before it is known what it stands on: meanings and their registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from veridical.values import When

Shift = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The sense of an expression.

    ``when`` is known by itself; ``yearless`` gives the interval once a year is known; ``relative`` gives
    it from the day of publication and whether the context speaks of the future; ``anchor`` and ``shift``
    are those of `TimeMention`. ``explicit`` marks dates that carry their own year.
    """

    kind: str = "date"
    when: When = field(default_factory=When)
    yearless: Callable[[int], When | None] | None = None
    relative: Callable[[date, bool], When | None] | None = None
    anchor: str | None = None
    shift: Shift | None = None
    days: int | None = None
    """Length of a duration in whole days, for "for two days from May 3"."""

    weekday: int | None = None
    """The ISO number of a weekday told with a yearless day."""

    @property
    def explicit(self) -> bool:
        """Whether the expression is known by itself."""
        return self.when.known


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at tokens ``start`` to ``end`` of a report."""

    start: int
    end: int
    meaning: Meaning


class Parts:
    """The named items of a matched form, as lower-case words."""

    def __init__(self, words: Sequence[str], ranges: Mapping[str, tuple[int, int]], start: int, end: int) -> None:
        self._words, self._ranges = words, ranges
        self.start, self.end = start, end

    def words(self, name: str) -> list[str]:
        """The words of an item, empty when it is absent."""
        start, end = self._ranges.get(name, (0, 0))
        return list(self._words[start:end])

    def word(self, name: str) -> str:
        """The item's words joined by a space."""
        return " ".join(self.words(name))

    def range(self, name: str) -> tuple[int, int]:
        """The tokens of a present item."""
        return self._ranges[name]

    def word_after(self) -> str:
        """The word behind the match, empty at the end."""
        return self._words[self.end] if self.end < len(self._words) else ""

    def all_words(self) -> list[str]:
        """Every word of the match."""
        return list(self._words[self.start : self.end])

    def year(self) -> int | None:
        """The item ``y`` as a year, ``None`` when it is absent."""
        words = self.words("y")
        return int(words[-1]) if words else None


Builder = Callable[[Parts], Meaning | list[Found] | None]
Rule = tuple[str, Builder]


def dated(make: Callable[[int], When | None], year: int | None) -> Meaning | None:
    """A date that is known with its year, or waits for one; ``None`` where the calendar has no such day."""
    if year is None:
        return Meaning(yearless=make) if make(2000) else None
    when = make(year)
    return Meaning(when=when) if when else None


class Rules:
    """Forms with their builders, in the order in which they are registered."""

    def __init__(self) -> None:
        self.listed: list[Rule] = []

    def add(self, *forms: str) -> Callable[[Builder], Builder]:
        """Register a builder for forms, as a decorator."""

        def keep(builder: Builder) -> Builder:
            self.listed.extend((form, builder) for form in forms)
            return builder

        return keep
