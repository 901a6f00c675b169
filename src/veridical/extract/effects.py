"""What an act did to people: verbs of killing and hurting, and tolls, joined to the act or telling one themselves."""

from __future__ import annotations

from veridical.codebook import Codebook, Trigger
from veridical.extract.event import EventMention
from veridical.extract.roles import assign, make_event
from veridical.extract.slots import Slots, verb_slots
from veridical.extract.tolls import Toll, effect_of, effect_words
from veridical.extract.triggers import Match, is_class, kind_of
from veridical.model import Annotation

_BLOODLESS = frozenset({"arson_or_sabotage", "kidnapping", "hijacking", "threat"})
"""Types that a killing told beside them is no result of ("killed four soldiers and burned a truck")."""


def attach_effects(
    annotation: Annotation, codebook: Codebook, events: list[EventMention], by_anchor: dict[int, int], skip: frozenset[int]
) -> None:
    """Joins verbs of effect ("killing 39") to their event, or makes an event of them when they name a violent act."""
    for token in annotation.tokens:
        measure = effect_of(token)
        if measure not in ("killed", "injured") or token.i in by_anchor or token.sent in skip:
            continue
        if token.lemma in ("leave", "claim"):
            continue
        k = _event_near(annotation, token.i, events, by_anchor)
        if k is not None:
            by_anchor[token.i] = k
            events[k].anchors.add(token.i)
            _effect_arguments(annotation, events[k], token.i)
        elif (event := _effect_event(annotation, codebook, token.i, measure)) is not None:
            events.append(event)
            by_anchor[token.i] = len(events) - 1
    for token in annotation.tokens:
        if token.i in by_anchor or token.sent in skip or token.pos != "VERB":
            continue
        if token.lemma in ("leave", "claim", "take", "cost") and _deadly(annotation, token.i):
            k = _event_near(annotation, token.i, events, by_anchor)
            if k is not None:
                by_anchor[token.i] = k
                events[k].anchors.add(token.i)
                _effect_arguments(annotation, events[k], token.i)
            elif (event := _effect_event(annotation, codebook, token.i, "killed")) is not None:
                events.append(event)
                by_anchor[token.i] = len(events) - 1


def _deadly(annotation: Annotation, i: int) -> bool:
    """ "left 51 dead", "claimed the lives of 39"."""
    return any(
        annotation.tokens[k].lemma in ("dead", "injure", "wound", "injured", "wounded", "life")
        and annotation.tokens[k].sent == annotation.tokens[i].sent
        for k in range(i + 1, min(i + 8, len(annotation.tokens)))
    )


def _event_near(annotation: Annotation, i: int, events: list[EventMention], by_anchor: dict[int, int]) -> int | None:
    """The event of the same sentence that an effect verb is a result of: above it, below it, or its subject."""
    violent = {
        a: k
        for a, k in by_anchor.items()
        if events[k].family in ("violence", "response")
        and events[k].type != "seizure"
        and (events[k].family == "violence" or events[k].type in ("raid", "killing_of_suspect"))
    }
    for above in annotation.ancestors(i):
        if above in violent:
            k = violent[above]
            beside = annotation.tokens[i].dep == "conj" and annotation.tokens[i].head == above
            return None if beside and events[k].type in _BLOODLESS else k
        if annotation.tokens[above].dep in ("ccomp",):
            break
    sent = annotation.tokens[i].sent
    below = [k for k in annotation.subtree(i) if k in violent and annotation.tokens[k].sent == sent]
    for k in below:
        if annotation.tokens[k].dep == "conj" and annotation.tokens[k].head == i and events[violent[k]].type in _BLOODLESS:
            continue
        path = [annotation.tokens[k].dep, *(annotation.tokens[a].dep for a in _between(annotation, k, i))]
        if not any(d in ("acl:relcl", "conj", "parataxis") for d in path[:-1]) or len(path) <= 2:
            return violent[k]
    governor = annotation.tokens[i]
    if governor.dep in ("conj", "parataxis", "advcl"):
        siblings = [
            c
            for c in annotation.subtree(governor.head)
            if c in violent
            and annotation.tokens[c].sent == sent
            and (
                events[violent[c]].type not in _BLOODLESS
                or (governor.dep == "advcl" and not (annotation.tokens[c].dep == "conj" and annotation.tokens[c].head == i))
            )
        ]
        return violent[siblings[0]] if siblings else None
    return None


def _between(annotation: Annotation, low: int, high: int) -> list[int]:
    out = []
    for above in annotation.ancestors(low):
        if above == high:
            break
        out.append(above)
    return out


def _effect_arguments(annotation: Annotation, event: EventMention, verb: int) -> None:
    slots = verb_slots(annotation, verb)
    if annotation.tokens[verb].lemma in ("claim", "take", "cost", "leave"):
        slots.objects = []
    elif annotation.tokens[verb].lemma in effect_words("killed", "intransitive"):
        slots.objects, slots.subjects = slots.subjects, []
    if event.family == "violence":
        for head in slots.objects:
            if effect_of(annotation.tokens[verb]) in ("killed", "injured"):
                assign(annotation, event, "targets", head)
        for head in slots.subjects:
            if head not in event.anchors and not event.roles.get("perpetrators") and _doer(annotation, head):
                assign(annotation, event, "perpetrators", head)


def _doer(annotation: Annotation, head: int) -> bool:
    return any(is_class(annotation, head, k) for k in ("attacker", "authority")) or kind_of(annotation, head) in (
        "person",
        "group",
    )


def _effect_event(annotation: Annotation, codebook: Codebook, i: int, measure: str) -> EventMention | None:
    """A killing without another word for the act; accidents and natural deaths are none."""
    token = annotation.tokens[i]
    if "attack" not in codebook.types or (
        token.lemma in effect_words("killed", "intransitive") or (measure == "injured" and not verb_slots(annotation, i).subjects)
    ):
        return None
    first, last = annotation.sentences[token.sent]
    if any(annotation.tokens[k].lemma in effect_words("accident", "words") for k in range(first, last)):
        return None
    slots = verb_slots(annotation, i)
    verb = _doing_verb(annotation, i, slots)
    agents = [
        s
        for s in slots.subjects
        if is_class(annotation, s, "human")
        or is_class(annotation, s, "group")
        or is_class(annotation, s, "authority")
        or is_class(annotation, s, "weapon")
    ]
    if slots.subjects and not agents:
        return None
    if (
        slots.objects
        and not any(
            is_class(annotation, o, "human")
            or annotation.tokens[o].pos in ("PROPN", "NUM", "PRON")
            or is_class(annotation, o, "group")
            or is_class(annotation, o, "authority")
            for o in slots.objects
        )
        and token.lemma not in ("leave", "claim", "take", "cost")
    ):
        return None
    match = Match(Trigger("attack", (token.lemma,), "VERB", "perpetrators", "targets"), i, i, i + 1, slots)
    event = make_event(annotation, codebook, match)
    event.effect = True
    event.anchors |= {verb} if verb is not None else set()
    if token.lemma in ("leave", "claim", "take", "cost"):
        event.roles.pop("targets", None)
    return event


def _doing_verb(annotation: Annotation, i: int, slots: Slots) -> int | None:
    """The verb above a verb of effect whose subject is an attacker, the doer ("an assailant forced his way in, killing 39")."""
    if any(is_class(annotation, s, "attacker") for s in slots.subjects):
        return (
            annotation.tokens[i].head
            if annotation.tokens[i].dep in ("advcl", "conj") and annotation.tokens[annotation.tokens[i].head].pos == "VERB"
            else None
        )
    for above in annotation.ancestors(i):
        if annotation.tokens[above].pos == "VERB":
            doers = [s for s in verb_slots(annotation, above).subjects if is_class(annotation, s, "attacker")]
            if doers:
                slots.subjects = doers
                return above
        if annotation.tokens[above].dep == "ccomp":
            return None
    return None


def event_of_toll(annotation: Annotation, toll: Toll, events: list[EventMention], by_anchor: dict[int, int]) -> int | None:
    """The event a toll belongs to: that of its anchor, of the tree above or below, else the last one before it."""
    wanted = {
        "killed": ("violence", "response"),
        "injured": ("violence", "response"),
        "arrested": ("response",),
        "kidnapped": ("violence",),
        "missing": ("violence",),
        "released": ("response",),
    }[toll.measure]

    def fits(k: int) -> bool:
        event = events[k]
        if event.family not in wanted and not (event.family == "civic" and toll.measure in ("killed", "injured")):
            return False
        return {
            "arrested": event.type == "arrest",
            "released": event.type == "release",
            "kidnapped": event.type in ("kidnapping", "hostage_taking", "hijacking"),
        }.get(toll.measure, event.type not in ("arrest", "release", "seizure", "extradition"))

    if toll.anchor in by_anchor and fits(by_anchor[toll.anchor]):
        return by_anchor[toll.anchor]
    k = (
        _event_near(annotation, toll.anchor, events, by_anchor)
        if toll.measure in ("killed", "injured", "missing", "kidnapped")
        else None
    )
    if k is not None and fits(k):
        return k
    sent = annotation.tokens[toll.anchor].sent
    if {t.lemma.lower() for t in annotation.tokens[slice(*annotation.sentences[sent])]} & {
        "total",
        "totals",
        "overall",
        "altogether",
    }:
        return None
    same = [k for k, e in enumerate(events) if e.sent == sent and fits(k)]
    if same:
        return min(same, key=lambda k: abs(events[k].head - toll.anchor))
    before = [
        k
        for k, e in enumerate(events)
        if 0 < sent - e.sent <= 3 and fits(k) and not e.modality.hypothetical and e.modality.stage == "carried_out"
    ]
    return max(before, key=lambda k: events[k].head) if before else None
