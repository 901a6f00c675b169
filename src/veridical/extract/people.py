"""What a report says of the people in its events: their latest legal status and the armed bodies they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veridical.extract.actors import LegalStatus, legal_statuses, statuses_at
from veridical.extract.actors_ties import find_ties
from veridical.extract.memberships import charged_members
from veridical.extract.triggers import mention_at
from veridical.model import Annotation
from veridical.values import Status, WhenPrecision

_LEGAL = (
    Status.UNKNOWN,
    Status.ALLEGED,
    Status.SUSPECTED,
    Status.ACCUSED,
    Status.CLAIMED,
    Status.WANTED,
    Status.ARRESTED,
    Status.CHARGED,
    Status.DEAD,
    Status.ACQUITTED,
    Status.CONVICTED,
)
"""From the vaguest to the most settled; a person told to be both charged and convicted is convicted."""


@dataclass(frozen=True, slots=True)
class People:
    """Statuses and bodies by coreference entity; `status_of` also answers for people without a name."""

    annotation: Annotation
    statuses: Mapping[int, tuple[LegalStatus, ...]]
    bodies: Mapping[int, tuple[int, ...]]
    """Entity → head tokens of the groups that the report ties the person to."""

    def status_of(self, entity: int | None, head: int) -> tuple[Status, str | None]:
        """The most settled status told of a person and its date, if a day is told; unknown otherwise."""
        found = self.statuses.get(entity, ()) if entity is not None else ()
        return _latest(found or statuses_at(self.annotation, head))


def know_people(annotation: Annotation) -> People:
    """The people of a report; only armed or political groups count as bodies, an office or a paper does not."""
    bodies: dict[int, list[int]] = {}
    for tie in find_ties(annotation):
        if tie.field not in ("affiliation", "joined"):
            continue
        for k in range(tie.start, tie.end):
            m = mention_at(annotation).get(k)
            if (
                m is not None
                and annotation.mentions[m].kind == "group"
                and annotation.text(annotation.mentions[m].start, annotation.mentions[m].end) in tie.value
            ):
                heads = bodies.setdefault(tie.entity, [])
                if annotation.mentions[m].head not in heads:
                    heads.append(annotation.mentions[m].head)
    for entity, group in charged_members(annotation):
        heads = bodies.setdefault(entity, [])
        if group not in heads:
            heads.append(group)
    return People(annotation, legal_statuses(annotation), {k: tuple(v) for k, v in bodies.items()})


def _latest(found: Sequence[LegalStatus]) -> tuple[Status, str | None]:
    if not found:
        return Status.UNKNOWN, None
    _, best = max(enumerate(found), key=lambda k: (_LEGAL.index(k[1].status), k[0]))
    return best.status, best.when.earliest if best.when.precision == WhenPrecision.DAY else None
