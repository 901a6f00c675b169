"""How sure the reports are of the incident, who denies it, and how much stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veridical.model import Alternative, Claim, Disagreement
from veridical.resolve.names import fold
from veridical.values import Certainty, Factuality, SourceKind, Stage

_ORDER = (Certainty.STATED, Certainty.CLAIMED, Certainty.SUSPECTED, Certainty.ALLEGED, Certainty.DENIED)
_PUBLIC = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.OFFICIAL, SourceKind.COURT})
_WEIGHT = {
    Factuality.CERTAIN: 1.0,
    Factuality.PROBABLE: 0.75,
    Factuality.POSSIBLE: 0.5,
    Factuality.CERTAIN_UNKNOWN: 0.5,
    Factuality.UNKNOWN: 0.5,
    Factuality.NOT_POSSIBLE: 0.25,
    Factuality.NOT_PROBABLE: 0.1,
    Factuality.NOT_CERTAIN: 0.0,
}


def is_denial(claim: Claim) -> bool:
    """Whether the claim's source says that it did not happen, or denies its part in it.

    "Did not happen" of an act that failed, was foiled or given up tells its stage and denies nothing.
    """
    return claim.certainty is Certainty.DENIED or (
        claim.factuality is Factuality.NOT_CERTAIN and claim.stage in (None, Stage.CARRIED_OUT)
    )


def denies_part(claim: Claim) -> bool:
    """Whether a denial comes from an accused party itself: then the part in it is denied, not the event."""
    if not is_denial(claim) or claim.origin is None:
        return False
    speaker = fold(claim.origin)
    return any(
        fold(a.name) == speaker or speaker in map(fold, a.aliases)
        for a in claim.arguments
        if a.role in ("perpetrators", "organizations", "subjects")
    )


def settle_certainty(claims: Sequence[Claim], origins: Mapping[str, str | None]) -> Certainty:
    """Stated when an outlet on its own account, or an official or court, states it; else what most origins say."""
    heard = [c for c in claims if not is_denial(c)]
    if not heard:
        return Certainty.DENIED
    if any(c.certainty is Certainty.STATED and (len(c.attribution) <= 1 or c.attribution[-1].kind in _PUBLIC) for c in heard):
        return Certainty.STATED
    said: dict[Certainty, set[str | None]] = {}
    for claim in heard:
        said.setdefault(claim.certainty, set()).add(origins[claim.id])
    return min(said, key=lambda c: (-len(said[c]), _ORDER.index(c)))


def dispute_certainty(claims: Sequence[Claim], origins: Mapping[str, str | None]) -> list[Disagreement]:
    """The disagreement between origins who tell of the event and origins who say that it did not happen."""
    denied = [c for c in claims if is_denial(c) and not denies_part(c)]
    told = [c for c in claims if not is_denial(c)]
    if not denied or not told:
        return []
    sides = sorted(
        ((settle_certainty(told, origins).value, told), (Certainty.DENIED.value, denied)),
        key=lambda s: (-len({origins[c.id] for c in s[1]}), s[0] == Certainty.DENIED.value),
    )
    return [
        Disagreement(
            "certainty",
            tuple(
                Alternative(value, tuple(dict.fromkeys(origins[c.id] for c in side)), tuple(c.id for c in side))
                for value, side in sides
            ),
        )
    ]


def confidence_of(claims: Sequence[Claim], origins: Mapping[str, str | None]) -> float:
    """How much stands behind the incident, 0 to 1: noisy-or over independent origins, rounded to 4 places.

    Each origin counts by its best claim: the extractor's confidence times the factuality's weight, at
    most 0.95, so that no single source makes certain. More origins or surer claims never lower it.
    """
    best: dict[str | None, float] = {}
    for claim in claims:
        weight = 1.0 if claim.factuality is Factuality.NOT_CERTAIN and not is_denial(claim) else _WEIGHT[claim.factuality]
        trust = min(max(claim.confidence, 0.0), 1.0) * weight * 0.95
        best[origins[claim.id]] = max(best.get(origins[claim.id], 0.0), trust)
    doubt = 1.0
    for value in sorted(best.values()):
        doubt *= 1.0 - value
    return round(1.0 - doubt, 4)
