"""Second thoughts on event mentions: types by attacker and weapon, real targets, accusations, planted devices, shared doers."""

from __future__ import annotations

from dataclasses import replace

from veridical.codebook import Codebook
from veridical.extract.event import EventMention, further_mention
from veridical.extract.roles import assign
from veridical.extract.slots import preposition, verb_slots
from veridical.extract.tolls import effect_words
from veridical.extract.triggers import is_class, kind_of, mention_at
from veridical.lexicon import noun_class, table, words
from veridical.model import Annotation
from veridical.values import Stage

_PLACING = frozenset({"aboard", "at", "against", "into", "outside", "inside", "in"})
_ACCUSED = 3
"""How many sentences after an act a bare "was responsible" still speaks of it."""
_CUSTODY = 3
"""How many sentences after an arrest "seized" still speaks of the police."""
_INTO = frozenset({"into", "aboard", "against"})
_AIMED = frozenset({"bombing", "arson_or_sabotage", "vehicle_attack", "air_or_artillery_strike"})
"""Types whose site is their target; a shooting in a bar need not aim at the bar."""


def refine_type(annotation: Annotation, codebook: Codebook, event: EventMention) -> None:
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
    if (
        event.type in ("bombing", "attack")
        and any(noun_class(d, "aircraft") for d in doers)
        and "air_or_artillery_strike" in codebook.types
    ):
        event.type = "air_or_artillery_strike"
    if event.type == "arson_or_sabotage" and any(noun_class(d, "crowd") for d in doers) and "riot" in codebook.types:
        event.type, event.family = "riot", codebook.family("riot")
    if (
        event.type in ("attack", "armed_assault")
        and event.modality.stage not in ("planned",)
        and _public_figure(annotation, event)
    ):
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
    if len(targets) != 1 or verb not in (
        "kill",
        "shoot",
        "murder",
        "gun",
        "slay",
        "stab",
        "execute",
        "killing",
        "murder",
        "slaying",
    ):
        return False
    head = targets[0]
    if annotation.tokens[head].tag in ("NNS", "NNPS"):
        return False
    lemmas = {annotation.tokens[k].lemma.lower() for k in _described(annotation, head)}
    lemmas |= {
        annotation.tokens[c].lemma.lower() for c in annotation.children(head, "compound", "appos", "nmod:desc", "flat", "nmod")
    }
    return bool(lemmas & words("nouns", "role_nouns"))


def refine_targets(annotation: Annotation, event: EventMention) -> None:
    """Drops targets that only count people; where nothing else is hit, the site of the act is its target."""
    if event.family != "violence":
        return
    tolled = {t.quantity.noun for t in event.tolls}
    before = list(event.roles.get("targets", []))
    kept = []
    for head in event.roles.get("targets", []):
        token = annotation.tokens[head]
        generic = token.lemma.lower() in effect_words("people", "generic") or token.pos in ("NUM", "PRON")
        if noun_class(token.lemma.lower(), "areas") and any(
            preposition(annotation, c) == "of" for c in annotation.children(head, "nmod")
        ):
            continue
        if (
            generic
            and not _described_people(annotation, head)
            and not (
                token.pos == "PRON"
                and mention_at(annotation).get(head) is not None
                and annotation.mentions[mention_at(annotation)[head]].entity is not None
            )
        ):
            continue
        if noun_class(token.lemma.lower(), "scopes") and any(
            annotation.tokens[c].lemma in ("whole", "entire", "all")
            for c in annotation.children(head, "amod", "det", "det:predet")
        ):
            continue  # "an assault on the whole country" judges, and tells of no target
        kept.append(head)
    if event.type == "bombing":
        kept += [
            c
            for w in event.roles.get("weapons", [])
            for c in annotation.children(w, "nmod")
            if c not in kept
            and noun_class(annotation.tokens[c].lemma.lower(), "facility")
            and preposition(annotation, c) in ("outside", "in", "at", "under", "inside", "beneath", "aboard", "on")
        ]
    event.roles["targets"] = kept
    event.hurt = len(kept) < len(before)
    if not kept or all(h in tolled for h in kept):
        for verb in sorted(event.anchors):
            for mark, head in (
                verb_slots(annotation, verb).obliques if annotation.tokens[verb].pos == "VERB" else event.slots.obliques
            ):
                lemma = annotation.tokens[head].lemma.lower()
                if noun_class(lemma, "areas") or noun_class(lemma, "route"):
                    continue
                if (
                    mark in (_PLACING if event.type in _AIMED else _INTO)
                    and (noun_class(lemma, "facility") or kind_of(annotation, head) in ("facility",))
                    and not any(t.start <= head < t.end for t in annotation.times)
                ):
                    event.add("targets", [head])


def _described_people(annotation: Annotation, head: int) -> bool:
    """Whether "people" are told apart by a word of their own ("LGBTI+ people", "people at prayer" are, "39 people" are not)."""
    plain = {"innocent", "more", "other", "several", "many", "least", "few", "dozen", "more than"}
    return any(
        annotation.tokens[c].pos in ("PROPN", "NOUN", "ADJ")
        and annotation.tokens[c].lemma.lower() not in plain
        and annotation.tokens[c].pos != "NUM"
        for c in annotation.children(head, "amod", "compound")
    )


def find_accusations(annotation: Annotation, events: list[EventMention], skip: frozenset[int]) -> list[EventMention]:
    """ "Officers suspect fighters of the Brigade": whom a source holds to be behind the act told of, as a mention of that act."""
    out = _responsibilities(annotation, events, skip)
    for token in annotation.tokens:
        if token.pos != "VERB" or token.sent in skip or token.lemma not in ("suspect", "blame", "accuse", "implicate", "fault"):
            continue
        slots = verb_slots(annotation, token.i)
        blamed = _blamed(annotation, token.i)
        slots.objects += blamed
        doers = [
            o
            for o in slots.objects
            if is_class(annotation, o, "attacker")
            or kind_of(annotation, o) in ("group", "organization", "person")
            or (annotation.tokens[o].pos == "PROPN" and kind_of(annotation, o) is None)
        ]
        if not doers or not slots.subjects:
            continue
        told = [e for e in events if e.family == "violence" and e.nominal and e.head in annotation.subtree(token.i)]
        for other in told:
            other.roles["targets"] = [h for h in other.roles.get("targets", []) if h not in blamed]
        out.append(further_mention(token, slots, {"perpetrators": doers}, told[0] if told else None))
    return out


def _responsibilities(annotation: Annotation, events: list[EventMention], skip: frozenset[int]) -> list[EventMention]:
    """ "The group claimed responsibility in a statement": the act told before is meant, though it is not named."""
    out = _responsible(annotation, events, skip)
    for token in annotation.tokens:
        if token.lemma not in ("responsibility", "credit") or token.sent in skip or token.dep not in ("obj", "nsubj:pass"):
            continue
        verb = annotation.tokens[token.head]
        named = any(e.head in annotation.subtree(token.i) for e in events)
        denied = any(
            annotation.tokens[c].lemma in ("no", "not", "never")
            for c in (
                *annotation.children(token.i, "det"),
                *annotation.children(verb.i, "advmod"),
                *(d for s in annotation.children(verb.i, "nsubj") for d in annotation.children(s, "det")),
            )
        )
        if verb.lemma in ("claim", "take", "admit", "accept") and not named and not denied:
            out.append(further_mention(token, verb_slots(annotation, verb.i), {}))
    return out


def _responsible(annotation: Annotation, events: list[EventMention], skip: frozenset[int]) -> list[EventMention]:
    """ "The minister said that the Brigade was responsible": the violence told just before is meant."""
    out = []
    for token in annotation.tokens:
        if token.lemma != "responsible" or token.sent in skip or not annotation.children(token.i, "cop"):
            continue
        blamed = [
            h
            for h in annotation.children(token.i, "nsubj")
            if is_class(annotation, h, "attacker")
            or is_class(annotation, h, "group")
            or kind_of(annotation, h) in ("group", "organization")
        ]
        object_ = [c for c in annotation.children(token.i, "obl", "nmod") if preposition(annotation, c) == "for"]
        told = [e for e in events if e.family == "violence" and e.head < token.i and 0 <= token.sent - e.sent <= _ACCUSED]
        denied = any(annotation.tokens[c].lemma in ("not", "never", "neither") for c in annotation.children(token.i, "advmod"))
        if blamed and told and not denied and all(annotation.tokens[c].pos == "PRON" for c in object_):
            out.append(further_mention(token, verb_slots(annotation, token.i), {"perpetrators": blamed}, told[-1]))
    return out


def _blamed(annotation: Annotation, verb: int) -> list[int]:
    """The one on whom something is blamed: "blamed the attack on the far right"."""
    if annotation.tokens[verb].lemma not in ("blame", "pin"):
        return []
    objects = annotation.children(verb, "obj")
    return [c for k in (verb, *objects) for c in annotation.children(k, "obl", "nmod") if preposition(annotation, c) == "on"]


def share_doers(annotation: Annotation, events: list[EventMention]) -> None:
    """ "It was X that carried out the A bombing, the B bombing and the C shooting": a list of event nouns shares its doer."""
    for event in events:
        if (
            not event.nominal
            or event.slots.subjects
            or annotation.tokens[event.head].dep.split(":")[0] not in ("conj", "appos", "parataxis", "list", "obj")
        ):
            continue
        lead = [
            e
            for e in events
            if e.nominal and e.sent == event.sent and e.head < event.head and e.slots.light is not None and e.slots.subjects
        ]
        between = range(lead[-1].head, event.head) if lead else range(0)
        if lead and not any(
            annotation.tokens[k].pos == "VERB" and annotation.tokens[k].tag in ("VBD", "VBZ", "VBP") for k in between
        ):
            for head in lead[-1].slots.subjects:
                assign(annotation, event, "perpetrators", head)


def fold_threats(annotation: Annotation, events: list[EventMention]) -> list[EventMention]:
    """ "threatened to bomb polling stations" is one threat, aimed at what was to be bombed."""
    out = []
    for event in events:
        governor = event.modality.governor
        threat = next((e for e in events if e.type == "threat" and governor in e.anchors and e is not event), None)
        if threat is None or event.modality.stage != Stage.THREATENED or event.type == "threat":
            out.append(event)
            continue
        threat.roles["targets"] = [h for h in threat.roles.get("targets", []) if not is_class(annotation, h, "document")]
        for role in ("targets", "weapons"):
            threat.add(role, event.roles.get(role, []))
        threat.anchors |= event.anchors
    return out


def mark_arrests(annotation: Annotation, codebook: Codebook, events: list[EventMention]) -> None:
    """ "The others were seized the same evening": soon after an arrest, people whom nobody is said to seize are arrested."""
    for event in events:
        lemma = annotation.tokens[event.head].lemma
        if event.type != "kidnapping" or lemma not in ("seize", "hold", "take", "capture") or event.roles.get("perpetrators"):
            continue
        before = (e for e in events if e.head < event.head and 0 <= event.sent - e.sent <= _CUSTODY)
        if "arrest" in codebook.types and event.slots.passive and any(e.family in ("response", "justice") for e in before):
            event.type, event.family = "arrest", codebook.family("arrest")
            event.add("subjects", event.roles.pop("targets", []))


def share_subjects(annotation: Annotation, events: list[EventMention]) -> None:
    """ "Five men were charged, but all were acquitted": "all" are those of the proceeding told just before."""
    before: EventMention | None = None
    for event in (e for e in events if e.family == "justice"):
        heads = event.roles.get("subjects", [])
        vague = heads and all(
            annotation.tokens[h].lemma.lower() in ("all", "both", "they") or annotation.tokens[h].pos == "NUM" for h in heads
        )
        if vague and before is not None and event.sent - before.sent <= 1 and before.roles.get("subjects"):
            event.roles["subjects"] = list(before.roles["subjects"])
        elif heads:
            before = event


def mark_planted_devices(annotation: Annotation, codebook: Codebook, events: list[EventMention]) -> None:
    """A planted device that is found and made safe is an attempted bombing, not a seizure of arms."""
    for event in events:
        if event.type != "seizure" or "bombing" not in codebook.types:
            continue
        devices = [
            h
            for h in event.roles.get("weapons", [])
            if is_class(annotation, h, "mine") or annotation.tokens[h].lemma.lower() in ("bomb", "device", "grenade")
        ]
        singular = [h for h in devices if annotation.tokens[h].tag in ("NN", "NNP")]
        lemmas = {annotation.tokens[k].lemma.lower() for k in range(*annotation.sentences[event.sent])}
        if singular and lemmas & {
            "defuse",
            "safe",
            "deactivate",
            "disarm",
            "detonated",
            "unexploded",
            "disposal",
            "sapper",
            "rumour",
            "rumor",
            "hoax",
        }:
            event.type, event.family = "bombing", "violence"
            event.roles = {"weapons": singular}
            event.modality = replace(event.modality, stage=Stage.ATTEMPTED, governor=event.head)
