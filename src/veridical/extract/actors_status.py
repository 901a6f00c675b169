"""The legal status of people as sources give it: suspected, arrested, charged, convicted … each with its words and date.

Only what is told counts: an arrest is no charge, a confession no conviction, and what is denied, demanded or
merely expected gives no status at all (DESIGN.md, "Presumption of innocence").
"""

from __future__ import annotations

from collections.abc import Iterator

from veridical.extract.actors_reading import (
    StatusCue,
    asserted,
    by_word,
    entity_at,
    evidential,
    is_person,
    is_rebel,
    listed,
    when_at,
)
from veridical.extract.actors_status_nouns import status_of_custody, status_of_modifiers, status_of_noun
from veridical.extract.slots import Slots, is_passive, verb_slots
from veridical.extract.triggers import is_class, mention_at
from veridical.lexicon import noun_class, table
from veridical.model import Annotation, Entity, Token
from veridical.values import Status, When

_TERM = 7
"""How many tokens after the verb a prison term may begin."""
_ACCUSING = frozenset({Status.ACCUSED, Status.SUSPECTED, Status.ALLEGED})


def find_statuses(annotation: Annotation) -> list[StatusCue]:
    """Every status that the report tells of persons, named or not, in text order; kept with the annotation."""
    found: list[StatusCue] | None = annotation.__dict__.get("_status_cues")
    if found is None:
        found = annotation.__dict__["_status_cues"] = _search(annotation)
    return found


def _search(annotation: Annotation) -> list[StatusCue]:
    out: list[StatusCue] = []
    for token in annotation.tokens:
        if not evidential(annotation, token.sent):
            continue
        if token.pos in ("VERB", "ADJ") or token.tag in ("VBN", "VBD"):
            out += _verbal(annotation, token)
        elif token.pos == "NOUN":
            out += status_of_noun(annotation, token)
        elif token.pos == "ADP":
            out += status_of_custody(annotation, token)
        if token.text.lower() in listed("assertion", "allegedly"):
            out += _allegedly(annotation, token)
    out += status_of_modifiers(annotation)
    people = [c for c in out if is_person(annotation, c.person) and _sure(annotation, c.person)]
    return sorted(dict.fromkeys(people), key=lambda c: (c.start, c.person))


def _sure(annotation: Annotation, i: int) -> bool:
    """Whether a pronoun tells well enough who is meant to hang a legal status on it.

    Not when it would fall on an official ("the judge noted his arrest"), nor for "his" with two named people before it.
    """
    m = mention_at(annotation).get(i)
    if m is None or annotation.mentions[m].form != "pronoun":
        return True
    entity = entity_at(annotation, i)
    if entity is None or _official(annotation, entity):
        return entity is None
    first = annotation.sentences[annotation.tokens[i].sent][0]
    before = [o.entity for o in annotation.mentions if o.form == "name" and o.kind == "person" and first <= o.head < i]
    return annotation.tokens[i].dep != "nmod:poss" or len(set(before)) < 2


def _official(annotation: Annotation, entity: Entity) -> bool:
    """Whether someone is described as of a court, the police or a government."""
    heads = [annotation.mentions[m] for m in entity.mentions if annotation.mentions[m].form != "pronoun"]
    near = {
        k
        for m in heads
        for k in (m.head, m.start, max(m.start - 1, 0), *annotation.children(m.head, "appos", "compound", "nmod", "flat"))
    }
    return any(noun_class(annotation.tokens[k].lemma.lower(), key) for k in near for key in ("court", "authority_strong"))


def _verbal(annotation: Annotation, token: Token) -> Iterator[StatusCue]:
    if token.dep in ("amod", "compound"):
        return
    slots = verb_slots(annotation, token.i)
    for found, people, last, by in (*_patients(annotation, token, slots), *_actors(annotation, token, slots)):
        if not asserted(annotation, token.i):
            return
        first = _first(annotation, token.i)
        if last < first and annotation.tokens[last].tag != "NNS":
            continue  # "a charge that she has faced in the past" is a reproach; "the charges that he faces" are a court's
        for person in people:
            yield StatusCue(person, found, when_at(annotation, token.i), min(first, last), max(token.i, last) + 1, token.i, by)


_Told = tuple[Status, list[int], int, int | None]


def _patients(annotation: Annotation, token: Token, slots: Slots) -> Iterator[_Told]:
    """Statuses of those to whom something is done: arrested, charged, convicted, acquitted, suspected."""
    lemma = token.lemma.lower()
    by = next((s for s in slots.subjects if s not in slots.objects), None)
    verdict = _guilty(annotation, token)
    if verdict is not None:
        yield verdict[0], slots.objects, verdict[1], None
    elif lemma in ("give", "hand") and slots.passive and (sentence := _sentence_given(annotation, token)) is not None:
        yield Status.CONVICTED, [h for h in slots.objects if h != sentence], sentence, None
    elif lemma == "clear" and any(p == "of" for p, _ in slots.obliques) and slots.objects:
        yield Status.ACQUITTED, slots.objects, token.i, None
    elif lemma in by_word("patient"):
        status = Status(by_word("patient")[lemma])
        if _holds(annotation, token, slots, status, by):
            prison = _term(annotation, token.i) if lemma in ("jail", "imprison") else None
            status = Status.CONVICTED if prison else status
            yield status, _targets(annotation, token, slots), prison or token.i, by if status in _ACCUSING else None
    elif lemma in by_word("patient_by_authority"):
        yield from _by_authority(annotation, token, slots, by)
    elif lemma == "try" and slots.passive and slots.objects and not annotation.children(token.i, "xcomp"):
        yield Status.CHARGED, slots.objects, token.i, None
    elif lemma == "send" and slots.objects and _prison(annotation, slots):
        prison = _term(annotation, token.i)
        yield (Status.CONVICTED if prison else Status.ARRESTED), slots.objects, prison or token.i, None
    elif lemma in listed("assertion", "believed") and slots.passive and _crime_below(annotation, token.i):
        yield Status.SUSPECTED, slots.objects, token.i, by
    yield from _death(annotation, token, slots, by)


def _sentence_given(annotation: Annotation, token: Token) -> int | None:
    """The sentence of "was given a suspended sentence": the penalty is named, so a court has spoken."""
    return next((c for c in annotation.children(token.i, "obj") if annotation.tokens[c].lemma == "sentence"), None)


def _prison(annotation: Annotation, slots: Slots) -> bool:
    return any(p == "to" and annotation.tokens[h].lemma in listed("phrases", "prisons") for p, h in slots.obliques)


def _targets(annotation: Annotation, token: Token, slots: Slots) -> list[int]:
    """The objects, or for "police suspect that X did it" who is said to have."""
    if slots.objects:
        return slots.objects
    clause = [c for c in annotation.children(token.i, "ccomp") if annotation.tokens[c].lemma in listed("assertion", "crimes")]
    return [s for c in clause for s in verb_slots(annotation, c).subjects]


def _holds(annotation: Annotation, token: Token, slots: Slots, status: Status, by: int | None) -> bool:
    """Whether a verb that can give a status does so here: rebels that capture somebody arrest nobody."""
    if status not in _ACCUSING and by is not None and is_rebel(annotation, by):
        return False
    if status is Status.ARRESTED:
        return not _hostage(annotation, token.i)
    if status is Status.ACCUSED:
        return not _blamed_for_character(annotation, token.i)
    if status is Status.CHARGED and token.lemma == "charge":
        return slots.passive or any(p in ("with", "over") for p, _ in slots.obliques)
    if status is Status.WANTED:
        return slots.passive
    if status is Status.CONVICTED and token.lemma == "sentence":
        return bool(slots.objects)
    if status is Status.SUSPECTED:
        below = [c for c in annotation.children(token.i, "xcomp") if is_passive(annotation, c)]
        return not any(annotation.tokens[c].lemma != "involve" for c in below)
    return True


def _blamed_for_character(annotation: Annotation, i: int) -> bool:
    """ "accused of being soft" accuses of no crime: an adjective with "be" is what stands after the verb."""
    below = annotation.children(i, "advcl", "xcomp", "obl", "ccomp")
    return any(annotation.tokens[c].pos == "ADJ" and annotation.children(c, "cop") for c in below)


def _by_authority(annotation: Annotation, token: Token, slots: Slots, by: int | None) -> Iterator[_Told]:
    """ "held by police", "picked up", "took into custody": arrests only by an authority's hand or into custody."""
    status = Status(by_word("patient_by_authority")[token.lemma.lower()])
    custody = _custody_after(annotation, token.i)
    official = by is not None and (is_class(annotation, by, "authority"))
    if _hostage(annotation, token.i):
        return
    if status is Status.WANTED:
        if official and slots.objects:
            yield status, slots.objects, token.i, None
        return
    if token.lemma in ("pick", "round"):
        particle = next((c for c in annotation.children(token.i, "compound") if annotation.tokens[c].text.lower() == "up"), None)
        if particle is not None and (official or slots.passive):
            yield status, slots.objects, particle, None
    elif custody is not None:
        yield status, slots.objects, custody, None
    elif official and token.lemma != "bring" and any(is_person(annotation, o) for o in slots.objects):
        yield status, slots.objects, token.i, None


def _guilty(annotation: Annotation, token: Token) -> tuple[Status, int] | None:
    """ "found guilty", "found not guilty", with the last token of the words."""
    if token.lemma != "find":
        return None
    for child in annotation.children(token.i, "xcomp", "advmod", "amod", "obj"):
        if annotation.tokens[child].text.lower() == "guilty":
            denied = annotation.tokens[child - 1].text.lower() == "not"
            return (Status.ACQUITTED if denied else Status.CONVICTED), child
    return None


def _actors(annotation: Annotation, token: Token, slots: Slots) -> Iterator[_Told]:
    """Statuses of those who act: who confesses or claims, stands trial, or blows himself up."""
    lemma = token.lemma.lower()
    people = slots.subjects
    after = {annotation.tokens[o].lemma.lower(): o for o in slots.objects}
    obliques = {annotation.tokens[h].lemma.lower(): h for _, h in slots.obliques}
    if lemma == "claim" and (said := set(after) & listed("phrases", "responsibility")):
        yield Status.CLAIMED, people, after[min(said)], None
    elif lemma in listed("phrases", "confessing") and _confesses(annotation, token, slots):
        yield Status.CLAIMED, people, token.i, None
    elif lemma == "plead" and (end := _pleads(annotation, token.i)) is not None:
        yield Status.CLAIMED, people, end, None
    elif lemma in listed("phrases", "trial_verbs"):
        nouns = {**after, **({} if lemma == "face" else obliques)}
        tribunal = [h for p, h in slots.obliques if p == "by"]
        if (said := set(nouns) & listed("phrases", "trial_nouns")) and not any(is_rebel(annotation, h) for h in tribunal):
            yield Status.CHARGED, people, nouns[min(said)], None
    elif lemma == "serve" and "sentence" in after:
        yield Status.CONVICTED, people, after["sentence"], None


def _pleads(annotation: Annotation, i: int) -> int | None:
    """The end of "pleaded guilty", ``None`` for "pleaded not guilty"."""
    tokens = annotation.tokens
    for k in range(i + 1, min(i + 4, len(tokens))):
        if tokens[k].text.lower() == "not":
            return None
        if tokens[k].text.lower() == "guilty":
            return k
    return None


def _confesses(annotation: Annotation, token: Token, slots: Slots) -> bool:
    """Whether the words are a confession: "admit" needs a crime or one's own act, for officials admit much else."""
    if token.lemma == "confess":
        return True
    named = [*slots.objects, *(h for p, h in slots.obliques if p in ("to", "in"))]
    if any(annotation.tokens[h].lemma.lower() in listed("phrases", "guilt") for h in named):
        return True
    below = annotation.children(token.i, "xcomp", "ccomp", "advcl")
    crimes = [c for c in below if annotation.tokens[c].lemma in listed("assertion", "crimes")]
    mine = {entity_at(annotation, s) for s in slots.subjects} - {None}
    doers = [verb_slots(annotation, c).subjects for c in crimes]
    return any(not d or set(d) & set(slots.subjects) or mine & {entity_at(annotation, s) for s in d} for d in doers)


def _death(annotation: Annotation, token: Token, slots: Slots, by: int | None) -> Iterator[_Told]:
    """Attackers who died: by their own device, in their attack, or at the hands of an authority."""
    lemma = token.lemma.lower()
    own = [
        c for c in annotation.children(token.i, "obj") if annotation.tokens[c].text.lower() in listed("assertion", "reflexive")
    ]
    if own and lemma in listed("assertion", "self_killing"):
        up = max(own[0], *annotation.children(token.i, "compound"), token.i)
        yield Status.DEAD, slots.subjects, up, None
    elif lemma in listed("assertion", "dying"):
        yield Status.DEAD, [s for s in slots.subjects if _attacker(annotation, s)], token.i, None
    elif lemma in listed("assertion", "killing"):
        below = annotation.children(token.i)
        said = [c for c in below if annotation.tokens[c].text.lower() in listed("assertion", "killing_words")]
        if not said and lemma not in listed("assertion", "killing_alone"):
            return
        official = by is not None and is_class(annotation, by, "authority")
        dead = [o for o in slots.objects if _attacker(annotation, o) or (official and not _bystander(annotation, o))]
        yield Status.DEAD, dead, max([token.i, *said]), None


def _attacker(annotation: Annotation, i: int) -> bool:
    """Whether the words for a person, here or anywhere in the report, are those for an attacker."""
    entity = entity_at(annotation, i)
    heads = [annotation.mentions[m].head for m in entity.mentions] if entity else [i]
    return any(noun_class(annotation.tokens[h].lemma.lower(), "attacker_strong") for h in {*heads, i})


def _bystander(annotation: Annotation, i: int) -> bool:
    entity = entity_at(annotation, i)
    heads = [annotation.mentions[m].head for m in entity.mentions] if entity else [i]
    lemmas = [annotation.tokens[h].lemma.lower() for h in heads]
    if any(noun_class(x, "attacker") for x in lemmas):
        return False
    return any(noun_class(x, k) for x in lemmas for k in ("private", "role_nouns", "crowd", "authority")) or (
        entity is None and annotation.tokens[i].lemma in ("people", "person", "civilian", "other", "woman")
    )


def _crime_below(annotation: Annotation, i: int) -> bool:
    crimes = [c for c in annotation.children(i, "xcomp", "ccomp") if annotation.tokens[c].lemma in listed("assertion", "crimes")]
    return any(annotation.tokens[c].lemma == "involve" or not is_passive(annotation, c) for c in crimes)


def _hostage(annotation: Annotation, i: int) -> bool:
    near = annotation.tokens[i + 1 : i + 4]
    return any(t.lemma.lower() in listed("phrases", "hostage") and t.sent == annotation.tokens[i].sent for t in near)


def _custody_after(annotation: Annotation, i: int) -> int | None:
    """The last token of "into custody", "for questioning" near after a verb."""
    for k in range(i + 1, min(i + 9, len(annotation.tokens) - 1)):
        if annotation.tokens[k].sent != annotation.tokens[i].sent:
            return None
        if f"{annotation.tokens[k].text} {annotation.tokens[k + 1].text}".lower() in listed("phrases", "custody"):
            return k + 1
    return None


def _term(annotation: Annotation, i: int) -> int | None:
    """The last token of a prison term under a verb: "jailed for 17 years", "for life"."""
    tokens = annotation.tokens
    for time in annotation.times:
        if time.kind == "duration" and i < time.start <= i + _TERM and tokens[time.start].sent == tokens[i].sent:
            return time.end - 1
    return next((t.i for t in tokens[i + 1 : i + 4] if t.lemma == "life"), None)


def _first(annotation: Annotation, verb: int) -> int:
    """The first token of a verb with its auxiliaries directly before it."""
    first = verb
    while first > 0 and annotation.tokens[first - 1].head == verb and annotation.tokens[first - 1].dep.startswith("aux"):
        first -= 1
    return first


def _allegedly(annotation: Annotation, token: Token) -> Iterator[StatusCue]:
    verb = annotation.tokens[token.head]
    if verb.pos != "VERB" or any(verb.lemma in _reporting(key) for key in ("say", "claim", "deny", "confirm")):
        return
    for subject in verb_slots(annotation, verb.i).subjects:
        yield StatusCue(subject, Status.ALLEGED, When(), token.i, token.i + 1, token.i)


def _reporting(key: str) -> frozenset[str]:
    verbs = table("reporting")["verbs"]
    assert isinstance(verbs, dict)
    return frozenset(verbs[key])
