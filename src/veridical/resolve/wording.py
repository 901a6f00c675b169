"""What a report says in its own words: its text without boilerplate, and copies of it elsewhere.

A paragraph that stands in reports published over a month apart tells of no single incident (subscription
offers, cookie notices, standing footers), whatever it says. A near copy is found by sampled hashes of
five-word runs (containment, Broder 1997), so that time stays linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from veridical.model import Report
from veridical.resolve.comparing import ordinal
from veridical.resolve.names import flatten

APART_DAYS = 30
UNDATED_REPEATS = 5
"""A paragraph in so many reports without dates is boilerplate too."""


def paragraphs(report: Report) -> Iterator[str]:
    """The report's paragraphs, without the ranges that its reader marked as boilerplate."""
    at, kept = 0, []
    for start, end in sorted(report.boilerplate):
        kept.append(report.text[at:start])
        at = max(at, end)
    for piece in (*kept, report.text[at:]):
        yield from (p.strip() for p in piece.split("\n") if p.strip())


def _mark(paragraph: str) -> int:
    """A number for a paragraph; with four or more lower-case words names and figures in it make no difference."""
    lower = [w for w in paragraph.split() if w[0].islower()]
    return crc32(" ".join(lower if len(lower) > 3 else [paragraph]).encode())


def own_words(reports: Iterable[Report]) -> dict[str, str]:
    """Report id → its text without the paragraphs that are printed again over a month later."""
    given = list(reports)
    seen: dict[int, tuple[int, int, int]] = {}
    for report in given:
        day = ordinal(report.published) if report.published else 0
        for mark in {_mark(p) for p in paragraphs(report)}:
            first, last, times = seen.get(mark, (day or 10**9, day, 0))
            seen[mark] = (min(first, day or first), max(last, day), times + 1)

    def standing(paragraph: str) -> bool:
        first, last, times = seen[_mark(paragraph)]
        return last - first > APART_DAYS or (times >= UNDATED_REPEATS and last == 0)

    return {r.id: "\n".join(p for p in paragraphs(r) if not standing(p)) for r in given}


def find_copies(reports: Iterable[Report], texts: Mapping[str, str] | None = None, least: float = 0.6) -> dict[str, str]:
    """Report id → id of the earlier report of another outlet that it nearly copies.

    Near copy: at least ``least`` of the shorter text's sampled runs of five words stand in the other.
    Runs found in over 30 reports are not looked up further. The earlier is the one published first, undated
    ones last. ``texts`` are the reports' own words, as `own_words` gives them for a whole corpus.
    """
    ordered = sorted(reports, key=lambda r: (r.published or "9999", r.id))
    if len({r.publisher for r in ordered}) < 2 and all(r.publisher for r in ordered):
        return {}
    sketches = [sketch(texts[r.id] if texts is not None else "\n".join(paragraphs(r))) for r in ordered]
    where: dict[int, list[int]] = {}
    found: dict[str, str] = {}
    for i, report in enumerate(ordered):
        original = _original(i, ordered, sketches, where, least)
        if original is not None:
            earlier = ordered[original].id
            found[report.id] = found.get(earlier, earlier)
        for run in sketches[i]:
            where.setdefault(run, []).append(i)
    return found


def _original(
    i: int, ordered: Sequence[Report], sketches: Sequence[frozenset[int]], where: Mapping[int, list[int]], least: float
) -> int | None:
    """The first earlier report of another outlet that report ``i`` nearly copies."""
    shared: dict[int, int] = {}
    for run in sketches[i]:
        for j in where.get(run, ())[:30]:
            shared[j] = shared.get(j, 0) + 1
    for j in sorted(shared):
        small = min(len(sketches[i]), len(sketches[j]))
        other = ordered[i].publisher is None or ordered[i].publisher != ordered[j].publisher
        if other and small >= 4 and shared[j] / small >= least:
            return j
    return None


@lru_cache(maxsize=16384)
def sketch(text: str) -> frozenset[int]:
    """A fixed sample of the hashed five-word runs of a text; short texts keep all of theirs."""
    tokens = flatten(text).split()
    runs = {crc32(" ".join(tokens[i : i + 5]).encode()) for i in range(len(tokens) - 4)}
    return frozenset(r for r in runs if r % 8 == 0) if len(runs) > 400 else frozenset(runs)
