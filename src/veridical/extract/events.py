"""Event mentions of a report: triggers with their arguments, tolls and modality, before coreference."""

from __future__ import annotations

from veridical.codebook import Codebook
from veridical.extract.effects import attach_effects, event_of_toll
from veridical.extract.event import EventMention
from veridical.extract.memberships import name_bodies
from veridical.extract.refining import (
    find_accusations,
    fold_threats,
    mark_arrests,
    mark_planted_devices,
    refine_targets,
    refine_type,
    share_doers,
    share_subjects,
)
from veridical.extract.roles import make_event
from veridical.extract.tolls import attackers_of, find_tolls
from veridical.extract.triggers import find_triggers
from veridical.model import Annotation


def find_events(annotation: Annotation, codebook: Codebook, skip: frozenset[int]) -> list[EventMention]:
    """Event mentions in text order, with arguments and tolls; ``skip`` are sentences that are no evidence."""
    matches = find_triggers(annotation, codebook, skip)
    events = [make_event(annotation, codebook, m) for m in matches]
    by_anchor = {a: k for k, e in enumerate(events) for a in e.anchors}
    tolls = [t for t in find_tolls(annotation) if annotation.tokens[t.anchor].sent not in skip]
    attach_effects(annotation, codebook, events, by_anchor, skip)
    for toll in tolls:
        k = event_of_toll(annotation, toll, events, by_anchor)
        if k is not None:
            events[k].tolls.append(toll)
    for event in events:
        refine_type(annotation, codebook, event)
        refine_targets(annotation, event)
    hit = {h for e in events if e.family == "violence" for h in e.roles.get("targets", [])}
    events = [e for e in events if e.family != "civic" or not (e.head in hit or _purpose(annotation, e.head))]
    for event in events:
        if event.family == "violence":
            event.tolls += attackers_of(annotation, event.roles.get("perpetrators", []))
    events += find_accusations(annotation, events, skip)
    events += name_bodies(annotation, sorted(events, key=lambda e: e.head), skip)
    share_doers(annotation, events)
    mark_arrests(annotation, codebook, events)
    mark_planted_devices(annotation, codebook, events)
    events = sorted(fold_threats(annotation, events), key=lambda e: e.head)
    share_subjects(annotation, events)
    events.sort(key=lambda e: e.head)
    return events


def _purpose(annotation: Annotation, head: int) -> bool:
    """Whether a verb stands in a purpose clause ("a march to protest the arrest"): it says why, not what else happened."""
    token = annotation.tokens[head]
    return token.tag == "VB" and any(annotation.tokens[c].text.lower() == "to" for c in annotation.children(head, "mark"))
