"""A mention of an event: its trigger with what stands to it, before coreference."""

from __future__ import annotations

from dataclasses import dataclass, field

from veridical.extract.modality import Modality
from veridical.extract.slots import Slots, conjuncts
from veridical.extract.tolls import Toll
from veridical.model import Annotation, Token


@dataclass(slots=True)
class EventMention:
    """One mention of an event; ``roles`` are token indices of argument heads by role."""

    type: str
    family: str
    head: int
    start: int
    end: int
    sent: int
    modality: Modality
    slots: Slots
    roles: dict[str, list[int]] = field(default_factory=dict)
    modes: set[str] = field(default_factory=set)
    tolls: list[Toll] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    nominal: bool = False
    effect: bool = False
    """Made from what was done to people alone ("39 were killed"), without a word for the act."""
    type_evidence: tuple[int, int] | None = None
    """Tokens that gave the type when they are not the trigger ("bombers")."""
    coarse: bool = False
    """Whether the place is that of the event told before, and so no finer than its town."""
    hurt: bool = False
    """Whether people without a description of their own were the object ("shot two people")."""
    anaphor: bool = False
    """A word that only refers back ("the incident")."""
    reason: tuple[int, int] | None = None
    same_as: EventMention | None = None
    """A mention known to be of the same event, when the text itself says so."""
    anchors: set[int] = field(default_factory=set)
    """Tokens that belong to this event: trigger, light verb, effect verbs."""

    def add(self, role: str, heads: list[int]) -> None:
        have = self.roles.setdefault(role, [])
        have.extend(h for h in heads if h not in have)


def further_mention(
    token: Token, slots: Slots, roles: dict[str, list[int]], same_as: EventMention | None = None, event_type: str = "attack"
) -> EventMention:
    """A mention that only says more of violence told elsewhere ("claimed responsibility", "was responsible")."""
    return EventMention(
        event_type,
        "violence",
        token.i,
        token.i,
        token.i + 1,
        token.sent,
        Modality(),
        slots,
        roles={"targets": [], **roles},
        nominal=True,
        anaphor=True,
        same_as=same_as,
        anchors={token.i},
    )


def expand(annotation: Annotation, heads: list[int]) -> list[int]:
    """Heads with all that is coordinated with them."""
    return [k for h in heads for k in conjuncts(annotation, h)]
