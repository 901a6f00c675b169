"""Relations between incidents, from the relations that their claims tell between events of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veridical.model import Incident, Relation


def relate(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """The incidents with ``related`` filled: each claim's related events as ids of the incidents they went into.

    An event that went into no given incident, or into the same one, gives no relation.
    """
    home = {(c.report, c.event): i.id for i in incidents for c in i.claims}
    return tuple(replace(i, related=_related(i, home)) for i in incidents)


def _related(incident: Incident, home: dict[tuple[str, str], str]) -> tuple[Relation, ...]:
    found = {(r.relation, home[c.report, r.event]) for c in incident.claims for r in c.relations if (c.report, r.event) in home}
    return tuple(Relation(name, other) for name, other in sorted(found) if other != incident.id)
