"""Roles: which slot of a trigger fills which role of its event, by the codebook and by what can act."""

from __future__ import annotations

from veridical.codebook import Codebook, Trigger
from veridical.extract.event import EventMention
from veridical.extract.modality import Modality, judge
from veridical.extract.slots import Slots, preposition, verb_slots
from veridical.extract.triggers import Match, is_class, kind_of
from veridical.lexicon import noun_class, words
from veridical.model import Annotation
from veridical.values import Stage

_FAMILY_ROLES = {
    "violence": ("perpetrators", "targets"),
    "response": ("authorities", "subjects"),
    "justice": ("authorities", "subjects"),
    "civic": ("perpetrators", "targets"),
}


def make_event(annotation: Annotation, codebook: Codebook, match: Match) -> EventMention:
    trigger = match.trigger
    token = annotation.tokens[match.head]
    family = codebook.family(trigger.type)
    event = EventMention(
        trigger.type,
        family,
        match.head,
        match.start,
        match.end,
        token.sent,
        judge(annotation, match),
        match.slots,
        modes=set(trigger.modes),
        nominal=trigger.pos == "NOUN",
        anaphor=trigger.anaphor,
    )
    event.anchors = {match.head} | ({match.slots.light} if match.slots.light is not None else set())
    _fill_roles(annotation, event, trigger, match.slots)
    return event


def _fill_roles(annotation: Annotation, event: EventMention, trigger: Trigger, slots: Slots) -> None:
    agent, patient = _FAMILY_ROLES.get(event.family, ("perpetrators", "targets"))
    noun = trigger.pos == "NOUN"
    subject_role = trigger.subject or agent
    object_role = trigger.object or patient
    for head in slots.subjects:
        assign(annotation, event, subject_role, head)
    if (
        event.family == "violence"
        and event.type != "threat"
        and all(annotation.tokens[h].pos == "PRON" for h in event.roles.get(agent, []))
    ):
        for head in _intending(annotation, event.modality):
            assign(annotation, event, agent, head)
    governor = annotation.tokens[annotation.tokens[event.head].head]
    if noun and governor.lemma in ("survive", "escape") and annotation.tokens[event.head].dep == "obj":
        for head in verb_slots(annotation, governor.i).subjects:
            assign(annotation, event, object_role, head)
    for head in slots.objects:
        if annotation.tokens[head].lemma not in trigger.words[1:] or trigger.pos == "NOUN":
            assign(annotation, event, object_role, head)
    roles = dict(trigger.oblique)
    for mark, head in slots.obliques:
        if mark in roles:
            if roles[mark] != "targets" or not noun_class(annotation.tokens[head].lemma.lower(), "route"):
                assign(annotation, event, roles[mark], head)
        elif mark in ("with", "using", "from") and is_class(annotation, head, "weapon"):
            event.add("weapons", [head])
        elif mark == "<compound>":
            _compound(annotation, event, head)
        elif noun and mark in ("against", "on"):
            assign(annotation, event, object_role, head)
        elif (noun and mark == "between" and event.type == "armed_clash") or (
            noun
            and mark == "from"
            and event.family == "violence"
            and (is_class(annotation, head, "group") or is_class(annotation, head, "attacker"))
        ):
            assign(annotation, event, "perpetrators", head)
        elif (
            event.family == "response"
            and mark in ("in", "during", "by", "after")
            and annotation.tokens[head].lemma in ("operation", "raid", "sweep", "crackdown", "ambush", "search", "sting")
        ):
            for inner in annotation.children(head, "nmod"):
                if preposition(annotation, inner) == "by":
                    assign(annotation, event, "authorities", inner)
    for doer in event.roles.get("perpetrators", []):
        event.add(
            "weapons",
            [
                c
                for c in annotation.children(doer, "nmod")
                if preposition(annotation, c) in ("with", "wielding") and noun_class(annotation.tokens[c].lemma.lower(), "weapon")
            ],
        )
    for child in annotation.children(event.head, "advcl", "acl"):
        if annotation.tokens[child].lemma == "use" and annotation.tokens[child].tag == "VBG":
            event.add("weapons", [o for o in verb_slots(annotation, child).objects if is_class(annotation, o, "weapon")])


def _intending(annotation: Annotation, modality: Modality) -> list[int]:
    """Who plans, tries or threatens, by the verb that says so ("talked of shooting", "was ordered to")."""
    at = modality.governor
    if (
        at is None
        or annotation.tokens[at].pos != "VERB"
        or modality.stage not in (Stage.PLANNED, Stage.ATTEMPTED, Stage.THREATENED)
    ):
        return []
    lemma = annotation.tokens[at].lemma
    if not any(lemma in words("stages", k) for k in ("planned", "attempted", "threatened")) and lemma != "announce":
        return []
    slots = verb_slots(annotation, at)
    return slots.objects if slots.passive else slots.subjects


def assign(annotation: Annotation, event: EventMention, role: str, head: int) -> None:
    """Puts an argument into its role, or into the one that its class demands."""
    token = annotation.tokens[head]
    if any(t.start <= head < t.end for t in annotation.times) or token.pos in ("VERB", "ADV", "PUNCT") or token.lemma == "way":
        return
    if noun_class(token.lemma.lower(), "wholes") and (
        members := [
            c
            for c in annotation.children(head, "nmod")
            if preposition(annotation, c) == "of" and is_class(annotation, c, "human")
        ]
    ):
        event.add(role, members)
        return
    if role == "perpetrators" and token.pos == "NUM" and not annotation.children(head, "nmod"):
        return
    if role in ("subjects", "targets", "perpetrators") and token.lemma.lower() in (
        "charge",
        "allegation",
        "count",
        "accusation",
        "indictment",
    ):
        return
    if role == "subjects" and event.family == "justice" and token.pos == "NOUN" and noun_class(token.lemma.lower(), "crime"):
        event.add("charges", [head])  # "convicted the man of terrorism and murder", with the murder hung beside the man
        return
    if (
        role == "authorities"
        and event.type == "sentence"
        and kind_of(annotation, head) == "person"
        and not _presides(annotation, head)
    ):
        event.add("subjects", [head])  # headlines: "Carter given 21 years"
        return
    if role == "subjects" and event.type == "raid" and not is_class(annotation, head, "human"):
        return
    thing = is_class(annotation, head, "weapon") or noun_class(token.lemma.lower(), "vehicle")
    if role == "perpetrators" and token.pos == "NOUN" and not thing and not _can_act(annotation, head):
        return
    if role == "perpetrators":
        if noun_class(token.lemma.lower(), "document") or token.lemma.lower() in ("message", "call"):
            return
        if is_class(annotation, head, "weapon") and not is_class(annotation, head, "human"):
            event.add("weapons", [head])
            return
        place = kind_of(annotation, head) == "place"
        building = noun_class(token.lemma.lower(), "facility") and not any(
            is_class(annotation, head, k) for k in ("human", "crowd", "armed", "authority")
        )
        if (place and token.dep == "nmod:poss") or (building and not place):
            event.add("site", [head])
            return
    event.add(role, [head])


def ones_own(annotation: Annotation, head: int) -> bool:
    """Whether a doer is one of the speaker's own people ("its fighters", "one of our soldiers")."""
    owners = [*annotation.children(head, "nmod:poss")]
    for whole in annotation.children(head, "nmod"):
        owners += annotation.children(whole, "nmod:poss")
    return any(annotation.tokens[k].text.lower() in ("its", "their", "our") for k in owners)


def _presides(annotation: Annotation, head: int) -> bool:
    """Whether a name goes with the word for a court or a judge ("Judge Amy Cole")."""
    around = (head, *annotation.children(head), annotation.tokens[head].head)
    return any(noun_class(annotation.tokens[k].lemma.lower(), "court") for k in around)


def _can_act(annotation: Annotation, head: int) -> bool:
    """Whether a common noun can name a doer: people, bodies, forces, aircraft; never a charge or a contract."""
    lemma = annotation.tokens[head].lemma.lower()
    return (
        any(is_class(annotation, head, k) for k in ("human", "attacker", "group", "authority", "armed", "crowd"))
        or noun_class(lemma, "aircraft")
        or (lemma in ("dozen", "hundred", "score", "number", "pair", "couple", "trio"))
    )


def _compound(annotation: Annotation, event: EventMention, head: int) -> None:
    """A word before an event noun: a weapon ("knife attack"), a target or site ("nightclub shooting"), a doer ("ISIL attack")."""
    token = annotation.tokens[head]
    lemma = token.lemma.lower()
    kind = kind_of(annotation, head)
    if kind in ("group", "organization") and event.family != "justice":
        event.add("organizations" if event.family == "violence" else "context", [head])
    elif lemma == "suicide":
        event.modes.add("suicide")
    elif lemma in ("twin", "multiple", "simultaneous", "coordinated", "double", "triple"):
        event.modes.add("multiple")
    elif kind in ("place", "facility"):
        event.add("site", [head])
    elif kind == "person" and event.family != "civic":
        event.add("targets" if event.family == "violence" else "subjects", [head])
    elif event.family == "violence" and any(noun_class(lemma, k) for k in ("attacker_strong",)) and lemma != "suspect":
        event.add("perpetrators", [head])
    elif (
        token.pos == "NOUN"
        and is_class(annotation, head, "weapon")
        and lemma not in ("bomb", "car", "truck", "vehicle", "van", "arms")
    ):
        event.add("weapons", [head])
    elif token.pos == "NOUN" and noun_class(lemma, "facility") and event.family == "violence":
        event.add("targets", [head])
