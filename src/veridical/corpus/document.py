"""A report of the corpus with its markup, as frozen values; offsets are code points into ``Document.text``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from veridical.model import Report

INLINE = ("m", "v", "t", "c", "w", "q", "src", "cue", "noise")
"""The elements that stand in the text, each over the characters that it marks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """A declared entity or event: its attributes, and where it is declared."""

    id: str
    attributes: Mapping[str, str]
    at: Place

    def get(self, name: str) -> str | None:
        """The value of an attribute, or ``None`` where it is not given."""
        return self.attributes.get(name)


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of the text; ``parent`` is the index of the mark around it, or ``None``."""

    tag: str
    start: int
    end: int
    attributes: Mapping[str, str]
    parent: int | None
    at: Place

    def get(self, name: str) -> str | None:
        """The value of an attribute, or ``None`` where it is not given."""
        return self.attributes.get(name)

    @property
    def arguments(self) -> tuple[tuple[str, str], ...]:
        """What ``as`` says: (event, role) pairs; a time's role is ``when``."""
        pairs = (part.partition(":") for part in (self.get("as") or "").split())
        return tuple((event, role or "when") for event, _, role in pairs)


@dataclass(frozen=True)
class Document:
    """One marked report: header attributes, declared entities and events, the plain text and its marks in text order."""

    name: str
    header: Mapping[str, str]
    entities: Mapping[str, Row]
    events: Mapping[str, Row]
    title: str | None
    text: str
    marks: tuple[Mark, ...]

    @property
    def id(self) -> str:
        """The id that the report's header declares."""
        return self.header["id"]

    def quote(self, mark: Mark) -> str:
        """The words of a mark."""
        return self.text[mark.start : mark.end]

    def tagged(self, *tags: str) -> Iterator[Mark]:
        """The marks of these elements in text order."""
        return (mark for mark in self.marks if mark.tag in tags)

    @cached_property
    def report(self) -> Report:
        """The plain report, as a reader would give it."""
        noise = tuple((m.start, m.end) for m in self.tagged("noise"))
        name = f"{self.id}.txt"
        return Report.of(
            self.text,
            name,
            self.header.get("publisher"),
            self.header.get("url"),
            self.title,
            self.header.get("published"),
            boilerplate=noise,
        )
