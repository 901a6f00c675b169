"""Event mentions: triggers with their arguments, tolls, settings and modality, before coreference."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from veridical.codebook import Codebook, Trigger
from veridical.extract.modality import Modality, judge
from veridical.extract.slots import Slots, conjuncts, preposition, verb_slots
from veridical.extract.tolls import Toll, attackers_of, effect_of, effect_words, find_tolls
from veridical.extract.triggers import Match, find_triggers, is_class, kind_of, mention_at
from veridical.lexicon import noun_class, table, words
from veridical.model import Annotation
from veridical.values import Stage

_FAMILY_ROLES = {"violence": ("perpetrators", "targets"), "response": ("authorities", "subjects"),
                 "justice": ("authorities", "subjects"), "civic": ("perpetrators", "targets")}
_CROWDS = frozenset({"number", "group", "dozen", "hundred", "score", "thousand", "handful", "band", "gang", "pair", "couple", "team", "majority", "crowd", "mob"})
_BLOODLESS = frozenset({"arson_or_sabotage", "kidnapping", "hijacking", "threat"})
"""Types that a killing told beside them is no result of ("killed four soldiers and burned a truck")."""
_PLACING = frozenset({"aboard", "at", "against", "into", "outside", "inside", "in"})
_INTO = frozenset({"into", "aboard", "against"})
_AIMED = frozenset({"bombing", "arson_or_sabotage", "vehicle_attack", "air_or_artillery_strike"})
_AREAS = frozenset({"village", "town", "district", "quarter", "neighbourhood", "neighborhood", "area", "compound", "city", "region", "suburb", "settlement", "field", "forest"})


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


def find_events(annotation: Annotation, codebook: Codebook, skip: frozenset[int]) -> list[EventMention]:
    """Event mentions in text order, with arguments and tolls; ``skip`` are sentences that are no evidence."""
    matches = find_triggers(annotation, codebook, skip)
    events = [_event(annotation, codebook, m) for m in matches]
    by_anchor = {a: k for k, e in enumerate(events) for a in e.anchors}
    tolls = [t for t in find_tolls(annotation) if annotation.tokens[t.anchor].sent not in skip]
    _attach_effects(annotation, codebook, events, by_anchor, skip)
    for toll in tolls:
        k = _event_of_toll(annotation, toll, events, by_anchor)
        if k is not None:
            events[k].tolls.append(toll)
    for event in events:
        _refine_type(annotation, codebook, event)
        _refine_targets(annotation, event)
    hit = {h for e in events if e.family == "violence" for h in e.roles.get("targets", [])}
    events = [e for e in events if e.family != "civic" or not (e.head in hit or _purpose(annotation, e.head))]
    for event in events:
        if event.family == "violence":
            event.tolls += attackers_of(annotation, event.roles.get("perpetrators", []))
    events += _accusations(annotation, events, skip)
    _share_doers(annotation, events)
    _planted_devices(annotation, codebook, events)
    events.sort(key=lambda e: e.head)
    return events


def _accusations(annotation: Annotation, events: list[EventMention], skip: frozenset[int]) -> list[EventMention]:
    """ "Officers suspect fighters of the Brigade": whom a source holds to be behind the act told of, as a mention of that act."""
    out = []
    for token in annotation.tokens:
        if token.pos != "VERB" or token.sent in skip or token.lemma not in ("suspect", "blame", "accuse", "implicate", "fault"):
            continue
        slots = verb_slots(annotation, token.i)
        blamed = _blamed(annotation, token.i)
        slots.objects += blamed
        doers = [o for o in slots.objects if is_class(annotation, o, "attacker") or kind_of(annotation, o) in ("group", "organization", "person")
                 or annotation.tokens[o].pos == "PROPN" and kind_of(annotation, o) is None]
        if not doers or not slots.subjects:
            continue
        told = [e for e in events if e.family == "violence" and e.nominal and e.head in annotation.subtree(token.i)]
        for other in told:
            other.roles["targets"] = [h for h in other.roles.get("targets", []) if h not in blamed]
        event = EventMention("attack", "violence", token.i, token.i, token.i + 1, token.sent, Modality(certainty=None), slots,
                             roles={"perpetrators": doers, "targets": []}, nominal=True, anaphor=True, same_as=told[0] if told else None)
        event.anchors = {token.i}
        out.append(event)
    return out


def _blamed(annotation: Annotation, verb: int) -> list[int]:
    """The one on whom something is blamed: "blamed the attack on the far right"."""
    if annotation.tokens[verb].lemma not in ("blame", "pin"):
        return []
    objects = annotation.children(verb, "obj")
    return [c for k in (verb, *objects) for c in annotation.children(k, "obl", "nmod") if preposition(annotation, c) == "on"]


def _share_doers(annotation: Annotation, events: list[EventMention]) -> None:
    """ "It was X that carried out the A bombing, the B bombing and the C shooting": a list of event nouns shares its doer."""
    for event in events:
        if not event.nominal or event.slots.subjects or annotation.tokens[event.head].dep.split(":")[0] not in ("conj", "appos", "parataxis", "list", "obj"):
            continue
        lead = [e for e in events if e.nominal and e.sent == event.sent and e.head < event.head and e.slots.light is not None and e.slots.subjects]
        between = range(lead[-1].head, event.head) if lead else range(0)
        if lead and not any(annotation.tokens[k].pos == "VERB" and annotation.tokens[k].tag in ("VBD", "VBZ", "VBP") for k in between):
            for head in lead[-1].slots.subjects:
                _assign(annotation, event, "perpetrators", head)


def _planted_devices(annotation: Annotation, codebook: Codebook, events: list[EventMention]) -> None:
    """A planted device that is found and made safe is an attempted bombing, not a seizure of arms (DESIGN.md, edges of stages)."""
    for event in events:
        if event.type != "seizure" or "bombing" not in codebook.types:
            continue
        devices = [h for h in event.roles.get("weapons", []) if is_class(annotation, h, "mine") or annotation.tokens[h].lemma.lower() in ("bomb", "device", "grenade")]
        singular = [h for h in devices if annotation.tokens[h].tag in ("NN", "NNP")]
        lemmas = {annotation.tokens[k].lemma.lower() for k in range(*annotation.sentences[event.sent])}
        if singular and lemmas & {"defuse", "safe", "deactivate", "disarm", "detonated", "unexploded", "disposal", "sapper", "rumour", "rumor", "hoax"}:
            event.type, event.family = "bombing", "violence"
            event.roles = {"weapons": singular}
            event.modality = replace(event.modality, stage=Stage.ATTEMPTED, governor=event.head)


def _purpose(annotation: Annotation, head: int) -> bool:
    """Whether a verb stands in a purpose clause ("a march to protest the arrest"): it says why, not that something else happened."""
    token = annotation.tokens[head]
    return token.tag == "VB" and any(annotation.tokens[c].text.lower() == "to" for c in annotation.children(head, "mark"))


def _event(annotation: Annotation, codebook: Codebook, match: Match) -> EventMention:
    trigger = match.trigger
    token = annotation.tokens[match.head]
    family = codebook.family(trigger.type)
    event = EventMention(trigger.type, family, match.head, match.start, match.end, token.sent, judge(annotation, match), match.slots,
                         modes=set(trigger.modes), nominal=trigger.pos == "NOUN", anaphor=trigger.anaphor)
    event.anchors = {match.head} | ({match.slots.light} if match.slots.light is not None else set())
    _fill_roles(annotation, event, trigger, match.slots)
    return event


def _fill_roles(annotation: Annotation, event: EventMention, trigger: Trigger, slots: Slots) -> None:
    agent, patient = _FAMILY_ROLES.get(event.family, ("perpetrators", "targets"))
    noun = trigger.pos == "NOUN"
    subject_role = trigger.subject or (agent if noun or trigger.subject is None and not trigger.passive else agent)
    object_role = trigger.object or patient
    for head in slots.subjects:
        _assign(annotation, event, subject_role, head)
    if event.family == "violence" and event.type != "threat" and all(annotation.tokens[h].pos == "PRON" for h in event.roles.get(agent, [])):
        for head in _intending(annotation, event.modality):
            _assign(annotation, event, agent, head)
    governor = annotation.tokens[annotation.tokens[event.head].head]
    if noun and governor.lemma in ("survive", "escape") and annotation.tokens[event.head].dep == "obj":
        for head in verb_slots(annotation, governor.i).subjects:
            _assign(annotation, event, object_role, head)
    for head in slots.objects:
        if annotation.tokens[head].lemma not in trigger.words[1:] or trigger.pos == "NOUN":
            _assign(annotation, event, object_role, head)
    roles = dict(trigger.oblique)
    for mark, head in slots.obliques:
        if mark in roles:
            if roles[mark] != "targets" or not noun_class(annotation.tokens[head].lemma.lower(), "route"):
                _assign(annotation, event, roles[mark], head)
        elif mark in ("with", "using", "from") and is_class(annotation, head, "weapon"):
            event.add("weapons", [head])
        elif mark == "<compound>":
            _compound(annotation, event, head)
        elif noun and mark in ("against", "on"):
            _assign(annotation, event, object_role, head)
        elif noun and mark == "between" and event.type == "armed_clash":
            _assign(annotation, event, "perpetrators", head)
        elif noun and mark == "from" and event.family == "violence" and (is_class(annotation, head, "group") or is_class(annotation, head, "attacker")):
            _assign(annotation, event, "perpetrators", head)
        elif event.family == "response" and mark in ("in", "during", "by", "after") and annotation.tokens[head].lemma in ("operation", "raid", "sweep", "crackdown", "ambush", "search", "sting"):
            for inner in annotation.children(head, "nmod"):
                if preposition(annotation, inner) == "by":
                    _assign(annotation, event, "authorities", inner)
    for doer in event.roles.get("perpetrators", []):
        event.add("weapons", [c for c in annotation.children(doer, "nmod") if preposition(annotation, c) in ("with", "wielding") and noun_class(annotation.tokens[c].lemma.lower(), "weapon")])
    for child in annotation.children(event.head, "advcl", "acl"):
        if annotation.tokens[child].lemma == "use" and annotation.tokens[child].tag == "VBG":
            event.add("weapons", [o for o in verb_slots(annotation, child).objects if is_class(annotation, o, "weapon")])


def _intending(annotation: Annotation, modality: Modality) -> list[int]:
    """Who plans, tries or threatens, by the verb that says so ("talked of shooting", "was ordered to")."""
    at = modality.governor
    if at is None or annotation.tokens[at].pos != "VERB" or modality.stage not in (Stage.PLANNED, Stage.ATTEMPTED, Stage.THREATENED):
        return []
    lemma = annotation.tokens[at].lemma
    if not any(lemma in words("stages", k) for k in ("planned", "attempted", "threatened")) and lemma != "announce":
        return []
    slots = verb_slots(annotation, at)
    return slots.objects if slots.passive else slots.subjects


def _assign(annotation: Annotation, event: EventMention, role: str, head: int) -> None:
    """Puts an argument into its role, or into the one that its class demands."""
    token = annotation.tokens[head]
    if any(t.start <= head < t.end for t in annotation.times) or token.pos in ("VERB", "ADV", "PUNCT") or token.lemma == "way":
        return
    if token.lemma.lower() in _CROWDS and (members := [c for c in annotation.children(head, "nmod") if preposition(annotation, c) == "of"
                                                      and is_class(annotation, c, "human")]):
        event.add(role, members)
        return
    if role == "perpetrators" and token.pos == "NUM" and not annotation.children(head, "nmod"):
        return
    if role in ("subjects", "targets", "perpetrators") and token.lemma.lower() in ("charge", "allegation", "count", "accusation", "indictment"):
        return
    if role == "perpetrators" and token.pos == "NOUN" and not _can_act(annotation, head):
        if not is_class(annotation, head, "weapon") and not noun_class(token.lemma.lower(), "vehicle"):
            return
    if role == "perpetrators":
        if noun_class(token.lemma.lower(), "document") or token.lemma.lower() in ("message", "call"):
            return
        if is_class(annotation, head, "weapon") and not is_class(annotation, head, "human"):
            event.add("weapons", [head])
            return
        if kind_of(annotation, head) == "place" or noun_class(token.lemma.lower(), "facility") and not any(
                is_class(annotation, head, k) for k in ("human", "crowd", "armed", "authority")):
            if kind_of(annotation, head) != "place" or token.dep == "nmod:poss":
                event.add("site", [head])
                return
    event.add(role, [head])


def _can_act(annotation: Annotation, head: int) -> bool:
    """Whether a common noun can name a doer: people, bodies, forces, aircraft; never a charge or a contract."""
    lemma = annotation.tokens[head].lemma.lower()
    return any(is_class(annotation, head, k) for k in ("human", "attacker", "group", "authority", "armed", "crowd")) or noun_class(lemma, "aircraft") or (
        lemma in ("dozen", "hundred", "score", "number", "pair", "couple", "trio"))


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
    elif kind == "place" or kind == "facility":
        event.add("site", [head])
    elif kind == "person" and event.family != "civic":
        event.add("targets" if event.family == "violence" else "subjects", [head])
    elif event.family == "violence" and any(noun_class(lemma, k) for k in ("attacker_strong",)) and lemma != "suspect":
        event.add("perpetrators", [head])
    elif token.pos == "NOUN" and is_class(annotation, head, "weapon") and lemma not in ("bomb", "car", "truck", "vehicle", "van", "arms"):
        event.add("weapons", [head])
    elif token.pos == "NOUN" and noun_class(lemma, "facility") and event.family == "violence":
        event.add("targets", [head])


def _attach_effects(annotation: Annotation, codebook: Codebook, events: list[EventMention], by_anchor: dict[int, int], skip: frozenset[int]) -> None:
    """Joins verbs of effect ("killing 39") to the event they belong to, or makes an event of them when they name a violent act."""
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
    return any(annotation.tokens[k].lemma in ("dead", "injure", "wound", "injured", "wounded", "life") and annotation.tokens[k].sent == annotation.tokens[i].sent
               for k in range(i + 1, min(i + 8, len(annotation.tokens))))


def _event_near(annotation: Annotation, i: int, events: list[EventMention], by_anchor: dict[int, int]) -> int | None:
    """The event of the same sentence that an effect verb is a result of: above it, below it, or its subject."""
    violent = {a: k for a, k in by_anchor.items() if events[k].family in ("violence", "response") and events[k].type != "seizure" and (
        events[k].family == "violence" or events[k].type in ("raid", "killing_of_suspect"))}
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
        siblings = [c for c in annotation.subtree(governor.head) if c in violent and annotation.tokens[c].sent == sent and (
            events[violent[c]].type not in _BLOODLESS or governor.dep == "advcl")]
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
                _assign(annotation, event, "targets", head)
        for head in slots.subjects:
            if head not in event.anchors and not event.roles.get("perpetrators") and _doer(annotation, head):
                _assign(annotation, event, "perpetrators", head)


def _doer(annotation: Annotation, head: int) -> bool:
    return any(is_class(annotation, head, k) for k in ("attacker", "authority")) or kind_of(annotation, head) in ("person", "group")


def _effect_event(annotation: Annotation, codebook: Codebook, i: int, measure: str) -> EventMention | None:
    """A killing without another word for the act; accidents and natural deaths are none."""
    token = annotation.tokens[i]
    if "attack" not in codebook.types or (token.lemma in effect_words("killed", "intransitive") or measure == "injured" and not verb_slots(annotation, i).subjects):
        return None
    first, last = annotation.sentences[token.sent]
    if any(annotation.tokens[k].lemma in effect_words("accident", "words") for k in range(first, last)):
        return None
    slots = verb_slots(annotation, i)
    verb = _doing_verb(annotation, i, slots)
    agents = [s for s in slots.subjects if is_class(annotation, s, "human") or is_class(annotation, s, "group") or is_class(annotation, s, "authority")
              or is_class(annotation, s, "weapon")]
    if slots.subjects and not agents:
        return None
    if slots.objects and not any(is_class(annotation, o, "human") or annotation.tokens[o].pos in ("PROPN", "NUM", "PRON") or is_class(annotation, o, "group")
                                 or is_class(annotation, o, "authority") for o in slots.objects) and token.lemma not in ("leave", "claim", "take", "cost"):
        return None
    match = Match(Trigger("attack", (token.lemma,), "VERB", "perpetrators", "targets"), i, i, i + 1, slots)
    event = _event(annotation, codebook, match)
    event.effect = True
    event.anchors |= {verb} if verb is not None else set()
    if token.lemma in ("leave", "claim", "take", "cost"):
        event.roles.pop("targets", None)
    return event


def _doing_verb(annotation: Annotation, i: int, slots: Slots) -> int | None:
    """The verb above a verb of effect whose subject is an attacker ("an assailant forced his way in, killing 39"); its subject is the doer."""
    if any(is_class(annotation, s, "attacker") for s in slots.subjects):
        return annotation.tokens[i].head if annotation.tokens[i].dep in ("advcl", "conj") and annotation.tokens[annotation.tokens[i].head].pos == "VERB" else None
    for above in annotation.ancestors(i):
        if annotation.tokens[above].pos == "VERB":
            doers = [s for s in verb_slots(annotation, above).subjects if is_class(annotation, s, "attacker")]
            if doers:
                slots.subjects = doers
                return above
        if annotation.tokens[above].dep == "ccomp":
            return None
    return None


def _event_of_toll(annotation: Annotation, toll: Toll, events: list[EventMention], by_anchor: dict[int, int]) -> int | None:
    """The event a toll belongs to: that of its anchor, of the tree above or below, else the last one before it."""
    wanted = {"killed": ("violence", "response"), "injured": ("violence", "response"), "arrested": ("response",), "kidnapped": ("violence",),
              "missing": ("violence",), "released": ("response",)}[toll.measure]

    def fits(k: int) -> bool:
        event = events[k]
        if event.family not in wanted and not (event.family == "civic" and toll.measure in ("killed", "injured")):
            return False
        return {"arrested": event.type == "arrest", "released": event.type == "release",
                "kidnapped": event.type in ("kidnapping", "hostage_taking", "hijacking")}.get(toll.measure, event.type not in ("arrest", "release", "seizure", "extradition"))

    if toll.anchor in by_anchor and fits(by_anchor[toll.anchor]):
        return by_anchor[toll.anchor]
    k = _event_near(annotation, toll.anchor, events, by_anchor) if toll.measure in ("killed", "injured", "missing", "kidnapped") else None
    if k is not None and fits(k):
        return k
    sent = annotation.tokens[toll.anchor].sent
    same = [k for k, e in enumerate(events) if e.sent == sent and fits(k)]
    if same:
        return min(same, key=lambda k: abs(events[k].head - toll.anchor))
    before = [k for k, e in enumerate(events) if 0 < sent - e.sent <= 3 and fits(k) and not e.modality.hypothetical and e.modality.stage == "carried_out"]
    return max(before, key=lambda k: events[k].head) if before else None


def _refine_type(annotation: Annotation, codebook: Codebook, event: EventMention) -> None:
    """Types an unspecific attack by its attacker ("bombers"), its weapon, or its target (a public figure killed)."""
    if event.family != "violence":
        return
    types = table("stages")
    attackers, weapons = types["attacker_types"], types["weapon_types"]
    assert isinstance(attackers, dict) and isinstance(weapons, dict)
    for head in event.roles.get("perpetrators", []):
        for k in _described(annotation, head):
            token = annotation.tokens[k]
            if token.lemma == "suicide":
                event.modes.add("suicide")
            if codebook.types[event.type].generic and token.lemma in attackers and attackers[token.lemma] in codebook.types:
                event.type, event.type_evidence = attackers[token.lemma], (k, k + 1)
    if codebook.types[event.type].generic:
        for head in event.roles.get("weapons", []):
            lemma = annotation.tokens[head].lemma.lower()
            if lemma in weapons and weapons[lemma] in codebook.types:
                event.type, event.type_evidence = weapons[lemma], (head, head + 1)
                break
    doers = [annotation.tokens[h].lemma.lower() for h in event.roles.get("perpetrators", [])]
    if event.type in ("bombing", "attack") and any(noun_class(d, "aircraft") for d in doers) and "air_or_artillery_strike" in codebook.types:
        event.type = "air_or_artillery_strike"
    if event.type == "arson_or_sabotage" and any(noun_class(d, "crowd") for d in doers) and "riot" in codebook.types:
        event.type, event.family = "riot", codebook.family("riot")
    if event.type in ("attack", "armed_assault") and event.modality.stage not in ("planned",) and _public_figure(annotation, event):
        event.type = "assassination" if "assassination" in codebook.types else event.type


def _described(annotation: Annotation, head: int) -> list[int]:
    """The head and the words before it, and those of its other descriptions in the report."""
    out = list(range(*annotation.core(head)))
    m = mention_at(annotation).get(head)
    entity = annotation.mentions[m].entity if m is not None else None
    if entity is not None:
        for other in annotation.entities[entity].mentions:
            mention = annotation.mentions[other]
            if mention.form == "nominal":
                out += [k for k in range(mention.start, mention.end) if k not in out]
    return out


def _public_figure(annotation: Annotation, event: EventMention) -> bool:
    """Whether a single holder of a public role was the one attacked with deadly intent, as a sole target."""
    targets = event.roles.get("targets", [])
    verb = annotation.tokens[event.head].lemma
    if len(targets) != 1 or verb not in ("kill", "shoot", "murder", "gun", "slay", "stab", "execute", "killing", "murder", "slaying"):
        return False
    head = targets[0]
    if annotation.tokens[head].tag in ("NNS", "NNPS"):
        return False
    lemmas = {annotation.tokens[k].lemma.lower() for k in _described(annotation, head)}
    lemmas |= {annotation.tokens[c].lemma.lower() for c in annotation.children(head, "compound", "appos", "nmod:desc", "flat", "nmod")}
    return bool(lemmas & words("nouns", "role_nouns"))


def _refine_targets(annotation: Annotation, event: EventMention) -> None:
    """Drops targets that only count people; where nothing else is hit, the site of the act is its target."""
    if event.family != "violence":
        return
    tolled = {t.quantity.noun for t in event.tolls}
    before = list(event.roles.get("targets", []))
    kept = []
    for head in event.roles.get("targets", []):
        token = annotation.tokens[head]
        generic = token.lemma.lower() in effect_words("people", "generic") or token.pos == "NUM" or (token.pos == "PRON")
        if token.lemma.lower() in _AREAS and any(preposition(annotation, c) == "of" for c in annotation.children(head, "nmod")):
            continue
        if generic and not _described_people(annotation, head) and not (
                token.pos == "PRON" and mention_at(annotation).get(head) is not None and annotation.mentions[mention_at(annotation)[head]].entity is not None):
            continue
        kept.append(head)
    event.roles["targets"] = kept
    event.hurt = len(kept) < len(before)
    if not kept or all(h in tolled for h in kept):
        for verb in sorted(event.anchors):
            for mark, head in verb_slots(annotation, verb).obliques if annotation.tokens[verb].pos == "VERB" else event.slots.obliques:
                lemma = annotation.tokens[head].lemma.lower()
                if lemma in _AREAS or noun_class(lemma, "route"):
                    continue
                if mark in (_PLACING if event.type in _AIMED else _INTO) and (noun_class(lemma, "facility") or kind_of(annotation, head) in ("facility",)) and not any(
                        t.start <= head < t.end for t in annotation.times):
                    event.add("targets", [head])


def _described_people(annotation: Annotation, head: int) -> bool:
    """Whether "people" are told apart by a word of their own ("LGBTI+ people", "people at prayer" are, "39 people" are not)."""
    plain = {"innocent", "more", "other", "several", "many", "least", "few", "dozen", "more than"}
    return any(annotation.tokens[c].pos in ("PROPN", "NOUN", "ADJ") and annotation.tokens[c].lemma.lower() not in plain and annotation.tokens[c].pos != "NUM"
               for c in annotation.children(head, "amod", "compound"))


def copy_for_target(event: EventMention, target: int) -> EventMention:
    """The same mention with one of its several targets alone."""
    return replace(event, roles={**event.roles, "targets": [target]}, tolls=list(event.tolls), times=list(event.times), places=list(event.places),
                   anchors=set(event.anchors), modes=set(event.modes))


def expand(annotation: Annotation, heads: list[int]) -> list[int]:
    """Heads with all that is coordinated with them."""
    return [k for h in heads for k in conjuncts(annotation, h)]


def marked(annotation: Annotation, head: int) -> str:
    """The preposition before a head (public for the claim builder)."""
    return preposition(annotation, head)
