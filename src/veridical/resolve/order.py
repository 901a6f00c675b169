"""The canonical order of claims, the same for any order of input, and the events of one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from veridical.errors import VeridicalError
from veridical.model import Claim, Report


def position(claim: Claim) -> int:
    """Where the claim's event stands in its report: the first evidence of its type, else of anything."""
    types = [e.start for e in claim.evidence if e.field == "type"]
    return min(types or [e.start for e in claim.evidence], default=0)


def report_of(claim: Claim, reports: Mapping[str, Report]) -> Report:
    """The claim's report; raises VeridicalError when it is not among ``reports``."""
    try:
        return reports[claim.report]
    except KeyError:
        raise VeridicalError(
            f"the report {claim.report} of claim {claim.id} is not at hand: give every report of the claims"
        ) from None


def canonical_order(claims: Iterable[Claim], reports: Mapping[str, Report]) -> tuple[Claim, ...]:
    """The claims without doubles, by published date (unknown first), report id, place in the text, id."""
    unique = {c.id: c for c in claims}
    return tuple(sorted(unique.values(), key=lambda c: (report_of(c, reports).published or "", c.report, position(c), c.id)))


def group_report(claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """The claims of one report by their event, events and claims in text order.

    Claims of several reports may be given too: an event belongs to its report alone.
    """
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in {c.id: c for c in claims}.values():
        groups.setdefault((claim.report, claim.event), []).append(claim)
    ordered = [tuple(sorted(g, key=lambda c: (position(c), c.id))) for g in groups.values()]
    return sorted(ordered, key=lambda g: (g[0].report, position(g[0]), g[0].id))
