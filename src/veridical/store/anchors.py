"""Holding on to words: anchors of claims, carried over to a report's new version and a new run's claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from veridical.model import Claim, Report
from veridical.store.base import Anchor


def anchor_of(claim: Claim, field: str = "type") -> Anchor:
    """The anchor of a claim: the words that evoke its event; ``field`` names what is decided about it."""
    first = min((e for e in claim.evidence if e.field == "type"), key=lambda e: (e.start, e.end), default=None)
    if first is None:
        return Anchor(claim.report, field, 0, 0, "", claim.type, claim.origin)
    return Anchor(claim.report, field, first.start, first.end, first.quote, claim.type, claim.origin)


def carry(anchor: Anchor, old: Report, new: Report) -> Anchor | None:
    """The anchor in a new version of its report, or ``None`` when its words cannot be told apart there.

    The k-th occurrence of the words goes to the k-th, and only when both versions have as many of them:
    a wrong place would be worse than a decision to be made again.
    """
    if not anchor.quote:
        return None
    before, after = list(_occurrences(anchor.quote, old.text)), list(_occurrences(anchor.quote, new.text))
    if anchor.start not in before or len(before) != len(after):
        return None
    start = after[before.index(anchor.start)]
    return Anchor(new.id, anchor.field, start, start + len(anchor.quote), anchor.quote, anchor.type, anchor.origin)


def _occurrences(words: str, text: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def attach(anchor: Anchor, claims: Sequence[Claim]) -> Claim | None:
    """The claim of the anchor's report that stands on its words, or ``None``.

    The same words beat overlapping ones, then the same type, the same origin, the larger overlap, and the smaller id.
    """
    found = []
    for claim in claims:
        here = anchor_of(claim)
        shared = min(here.end, anchor.end) - max(here.start, anchor.start)
        if shared > 0:
            exact = (here.start, here.end) == (anchor.start, anchor.end)
            found.append(((not exact, claim.type != anchor.type, claim.origin != anchor.origin, -shared, claim.id), claim))
    return min(found, key=lambda x: x[0])[1] if found else None
