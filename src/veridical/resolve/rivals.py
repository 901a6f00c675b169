"""Disputed culprits: origins that name different organisations, and organisations that deny it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veridical.model import Alternative, Claim, Disagreement
from veridical.resolve.certainty import denies_part, is_denial
from veridical.resolve.names import is_described, same_name


class _Culprit:
    """One organisation with who names it and who denies it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: list[Claim] = []
        self.denied: list[Claim] = []


def dispute_organizations(claims: Sequence[Claim], origins: Mapping[str, str | None]) -> list[Disagreement]:
    """The disagreement on which organisation did it, or an empty list.

    Named organisations are disputed when two origins name none in common, or when an accused one denies
    its part. The same organisations named together by one origin are no dispute.
    """
    culprits: list[_Culprit] = []
    named: dict[str | None, set[int]] = {}
    for claim in claims:
        for name in (a.name for a in claim.arguments_of("organizations") if not is_described(a.name, "organization")):
            at = next((i for i, c in enumerate(culprits) if same_name(c.name, name, "organization")), len(culprits))
            if at == len(culprits):
                culprits.append(_Culprit(name))
            if denies_part(claim):
                culprits[at].denied.append(claim)
            elif not is_denial(claim):
                culprits[at].said.append(claim)
                named.setdefault(origins[claim.id], set()).add(at)
    sides = list(named.values())
    rival = any(not a & b for i, a in enumerate(sides) for b in sides[:i])
    refused = any(c.denied and c.said for c in culprits)
    if not rival and not refused:
        return []
    values = [
        _alternative(name, told, origins)
        for c in culprits
        for name, told in ((c.name, c.said), (f"not {c.name}", c.denied))
        if told
    ]
    return [Disagreement("organizations", tuple(sorted(values, key=lambda v: -len(v.origins))))]


def _alternative(name: str, told: Sequence[Claim], origins: Mapping[str, str | None]) -> Alternative:
    return Alternative(name, tuple(dict.fromkeys(origins[c.id] for c in told)), tuple(dict.fromkeys(c.id for c in told)))
