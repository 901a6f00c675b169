"""Relations between events of one report: a response to an act, the proceeding of a case, what followed what."""

from __future__ import annotations

from collections.abc import Sequence

from veridical.extract.corefer import Group
from veridical.extract.sources import name_of
from veridical.model import Annotation, Relation

_JUSTICE = "justice"


def relate_groups(annotation: Annotation, groups: Sequence[Group], ids: Sequence[str]) -> list[list[Relation]]:
    """For each group its relations to others: ``response_to`` and ``proceeding_of`` through shared persons or a given reason."""
    out: list[list[Relation]] = [[] for _ in groups]
    acts = [k for k, g in enumerate(groups) if g.members[0].family == "violence"]
    for k, group in enumerate(groups):
        family = group.members[0].family
        if family not in ("response", _JUSTICE):
            continue
        people = _people(annotation, group, ("subjects",))
        for a in acts:
            act = groups[a]
            shared = bool(people & _people(annotation, act, ("perpetrators",)))
            reason = any(m.reason and m.reason[0] <= e.head < m.reason[1] for m in act.members for e in group.members)
            if shared or reason:
                out[k].append(Relation("proceeding_of" if family == _JUSTICE else "response_to", ids[a]))
                break
    return out


def _people(annotation: Annotation, group: Group, roles: tuple[str, ...]) -> frozenset[int]:
    found = (name_of(annotation, h).entity for m in group.members for r in roles for h in m.roles.get(r, []))
    return frozenset(e for e in found if e is not None)
