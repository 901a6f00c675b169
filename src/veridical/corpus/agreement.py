"""How far two readings of the same reports agree: span F by layer, events, stage kappa, chains, values.

Also the score of an extractor against the gold, where the second reading is the gold. Kappa is Cohen's (1960); span F is the
harmonic mean of the two shares of matched spans, once for equal spans and once for overlapping ones matched one to one, as
Hripcsak and Rothschild (2005) argue for spans without a fixed set of negatives.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from veridical.corpus.checking import fold
from veridical.corpus.views import EventView, Extent, Names, View

_IDLE = frozenset(
    {"the", "a", "an", "of", "in", "at", "by", "and", "or", "to", "for", "from", "near", "his", "her", "its", "their"}
)


@dataclass
class Match:
    """What two readings share of one kind of thing: matched, and how many each has."""

    both: int = 0
    first: int = 0
    second: int = 0

    @property
    def f(self) -> float | None:
        """2·both / (first + second); ``None`` where neither has any."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else None

    @property
    def precision(self) -> float | None:
        """The share of the first reading's that the second has too."""
        return self.both / self.first if self.first else None

    @property
    def recall(self) -> float | None:
        """The share of the second reading's that the first has too."""
        return self.both / self.second if self.second else None

    def add(self, both: int, first: int, second: int) -> None:
        """Counts one report more."""
        self.both, self.first, self.second = self.both + both, self.first + first, self.second + second


@dataclass
class Agreement:
    """Sums over reports; pairs of values are those of events or triggers that both readings have."""

    exact: dict[str, Match] = field(default_factory=lambda: defaultdict(Match))
    overlap: dict[str, Match] = field(default_factory=lambda: defaultdict(Match))
    events: Match = field(default_factory=Match)
    typed_events: Match = field(default_factory=Match)
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    chains: list[bool] = field(default_factory=list)
    told_chains: list[bool] = field(default_factory=list)
    long_chains: list[bool] = field(default_factory=list)
    values: dict[str, Match] = field(default_factory=lambda: defaultdict(Match))

    def add(self, first: View, second: View) -> None:
        """Counts one report read twice."""
        for layer in first.spans.keys() & second.spans.keys():
            mine, other = first.spans[layer], second.spans[layer]
            self.exact[layer].add(len(mine & other), len(mine), len(other))
            self.overlap[layer].add(len(paired(mine, other)), len(mine), len(other))
        matched = matched_events(first.events, second.events)
        self.events.add(len(matched), len(first.events), len(second.events))
        same = [(a, b) for a, b in matched if a.record["type"] == b.record["type"]]
        self.typed_events.add(len(same), len(first.events), len(second.events))
        for a, b in matched:
            self._add_event(a, b)

    def _add_event(self, a: EventView, b: EventView) -> None:
        for name in ("type", "stage", "certainty"):
            if a.record.get(name) or b.record.get(name):
                self.pairs[name].append((str(a.record.get(name)), str(b.record.get(name))))
        facts_a, facts_b = dict(a.factuality), dict(b.factuality)
        chains_a, chains_b = dict(a.chains), dict(b.chains)
        for x, y in paired(a.triggers, b.triggers):
            self.pairs["factuality"].append((facts_a[x], facts_b[y]))
            equal = same_chain(chains_a[x], chains_b[y])
            self.chains.append(equal)
            length = max(len(chains_a[x]), len(chains_b[y]))
            if length >= 2:
                self.told_chains.append(equal)
            if length >= 3:
                self.long_chains.append(equal)
        whens = [_interval(e) for e in (a, b)]
        self.values["when"].add(
            int(whens[0] == whens[1] and whens[0] is not None), int(whens[0] is not None), int(whens[1] is not None)
        )
        tolls = [{(c["measure"], c["low"], c["best"], c["high"]) for c in e.record["counts"]} for e in (a, b)]
        self.values["counts"].add(len(tolls[0] & tolls[1]), len(tolls[0]), len(tolls[1]))

    @property
    def all_spans(self) -> tuple[Match, Match]:
        """The layers together: equal spans, overlapping spans."""
        sums = Match(), Match()
        for total, layers in zip(sums, (self.exact, self.overlap), strict=True):
            for match in layers.values():
                total.add(match.both, match.first, match.second)
        return sums

    @property
    def chain_exact(self) -> float | None:
        """The share of shared triggers whose whole chain of sources is the same."""
        return _share(self.chains)

    @property
    def long_chain_exact(self) -> float | None:
        """The same where either reading has three sources or more."""
        return _share(self.long_chains)

    def lines(self) -> Iterator[tuple[str, str]]:
        """The results as a page shows them: name and value."""
        exact, overlap = self.all_spans
        yield "events matched by a shared trigger, F", _shown(self.events.f)
        yield "events matched, with the same type, F", _shown(self.typed_events.f)
        for name in ("stage", "type", "certainty", "factuality"):
            yield f"{name}, kappa", _shown(kappa(self.pairs[name]))
            same = [a == b for a, b in self.pairs[name]]
            yield f"{name}, same of {len(same)}", _shown(_share(same))
        yield f"chains of sources, exact of {len(self.chains)}", _shown(self.chain_exact)
        yield f"chains of two or more, exact of {len(self.told_chains)}", _shown(_share(self.told_chains))
        yield f"chains of three or more, exact of {len(self.long_chains)}", _shown(self.long_chain_exact)
        yield "date of a shared event, F", _shown(self.values["when"].f)
        yield "counts of a shared event, F", _shown(self.values["counts"].f)
        yield "all spans, overlapping, F", _shown(overlap.f)
        yield "all spans, equal, F", _shown(exact.f)
        for layer in sorted(self.overlap):
            yield f"{layer} spans, overlapping / equal, F", f"{_shown(self.overlap[layer].f)} / {_shown(self.exact[layer].f)}"


def _share(equal: Sequence[bool]) -> float | None:
    return sum(equal) / len(equal) if equal else None


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; ``None`` without pairs, 1.0 where both always give one and the same value.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return None
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[k] * second[k] for k in first) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def paired(first: Iterable[Extent], second: Iterable[Extent]) -> list[tuple[Extent, Extent]]:
    """Overlapping extents matched one to one, the largest shared stretch first."""
    second = sorted(second)
    shared = [(min(a[1], b[1]) - max(a[0], b[0]), a, b) for a in first for b in second]
    out, used_a, used_b = [], set(), set()
    for size, a, b in sorted(shared, key=lambda x: (-x[0], x[1], x[2])):
        if size > 0 and a not in used_a and b not in used_b:
            out.append((a, b))
            used_a.add(a)
            used_b.add(b)
    return out


def same_chain(first: Sequence[Names], second: Sequence[Names]) -> bool:
    """Whether two chains have as many sources, and each pair of them a name in common."""
    return len(first) == len(second) and all(same_source(a, b) for a, b in zip(first, second, strict=True))


def same_source(a: Names, b: Names) -> bool:
    """Whether a name of the one shares all content words of its shorter with a name of the other, or neither has any.

    >>> chief, unnamed = frozenset({"Police Chief Ana Ruiz"}), frozenset[str]()
    >>> same_source(chief, frozenset({"officer", "Ana Ruiz"})), same_source(unnamed, chief)
    (True, False)
    """
    return any(_same_name(x, y) for x in a for y in b) if a and b else not (a or b)


def _same_name(a: str, b: str) -> bool:
    x, y = _content_words(a), _content_words(b)
    return x <= y or y <= x if x and y else fold(a) == fold(b)


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in re.findall(r"\w+", fold(text))) - _IDLE


def matched_events(first: Sequence[EventView], second: Sequence[EventView]) -> list[tuple[EventView, EventView]]:
    """Events matched one to one by how many triggers they share, then by type."""
    scored = []
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            shared = len(paired(a.triggers, b.triggers))
            if shared:
                scored.append((-shared, a.record["type"] != b.record["type"], i, j))
    out, used_a, used_b = [], set(), set()
    for _, _, i, j in sorted(scored):
        if i not in used_a and j not in used_b:
            out.append((first[i], second[j]))
            used_a.add(i)
            used_b.add(j)
    return out


def _interval(event: EventView) -> tuple[str | None, str | None] | None:
    when = event.record["when"]
    return (when["earliest"], when["latest"]) if when["earliest"] or when["latest"] else None
