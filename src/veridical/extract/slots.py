"""Who did what to whom by syntax: the logical subject, object and obliques of a verb or an event noun.

Passives, participles, relative clauses, control ("planned to attack"), shared subjects of
coordinated verbs and light verbs ("carried out an attack") are undone here, over UD v2 trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from veridical.lexicon import noun_class, words
from veridical.model import Annotation

_FINDING = frozenset({"find", "leave", "see", "lie", "discover", "spot", "get"})
_JUSTICE = frozenset({"charge", "arrest", "convict", "sentence", "jail", "indict", "acquit", "detain", "extradite", "remand"})
_BLAMING = frozenset(
    {
        *_JUSTICE,
        "accuse",
        "suspect",
        "blame",
        "try",
        "imprison",
        "jail",
        "question",
        "hold",
        "prosecute",
        "execute",
        "fine",
        "hang",
        "seek",
        "want",
    }
)
_SAYINGS = frozenset({"charge", "allegation", "claim", "accusation", "report", "suspicion", "count", "rumor", "rumour"})
_SERIES = frozenset({"series", "wave", "string", "spate", "number", "campaign", "rash", "round", "couple", "pair", "set"})
_OBJECT_CONTROL = frozenset(
    {
        "order",
        "tell",
        "ask",
        "force",
        "instruct",
        "task",
        "send",
        "prompt",
        "urge",
        "warn",
        "invite",
        "advise",
        "allow",
        "persuade",
        "direct",
        "command",
        "recruit",
        "encourage",
        "train",
        "pay",
        "hire",
        "dispatch",
        "help",
        "permit",
        "cause",
        "enable",
        "incite",
        "lead",
    }
)


@dataclass(slots=True)
class Slots:
    """Token indices by slot: logical subjects and objects, and (preposition, head) obliques; coordinations are expanded."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    obliques: list[tuple[str, int]] = field(default_factory=list)
    passive: bool = False
    light: int | None = None
    """The light verb that carries a noun event, if any."""


def conjuncts(annotation: Annotation, i: int) -> list[int]:
    """Token ``i`` and what is coordinated with it; clauses do not coordinate with nouns."""
    nominal = annotation.tokens[i].pos not in ("VERB", "AUX")
    return [i, *(c for c in annotation.children(i, "conj") if (annotation.tokens[c].pos not in ("VERB", "AUX")) == nominal)]


def preposition(annotation: Annotation, i: int) -> str:
    """The lower-case preposition that marks token ``i``, or "" when there is none."""
    marks = [c for c in annotation.children(i, "case") if annotation.tokens[c].text.lower() not in ("'s", "’s", "'", "’")]
    if not marks:
        head = annotation.tokens[i].head
        if annotation.tokens[i].dep == "conj" and head != i:
            return preposition(annotation, head)
        return ""
    return annotation.tokens[marks[0]].text.lower()


def verb_slots(annotation: Annotation, verb: int, depth: int = 0) -> Slots:
    """The slots of a verb; what it lacks is taken from the clause that controls it."""
    tokens = annotation.tokens
    slots = Slots(passive=is_passive(annotation, verb))
    for child in annotation.children(verb):
        dep = tokens[child].dep
        if slots.passive and dep == "nsubj" and not annotation.children(verb, "aux:pass"):
            slots.objects += conjuncts(annotation, child)
        elif dep in ("nsubj", "csubj", "nsubj:outer"):
            if tokens[child].lemma in words("stages", "planned_nouns") and annotation.children(verb, "cop"):
                slots.subjects += _possessor(annotation, child, depth)
            else:
                slots.subjects += _relative(annotation, child, verb)
        elif dep in ("nsubj:pass", "csubj:pass") or (
            dep in ("obj", "iobj") and not tokens[child].text.lower().endswith(("self", "selves"))
        ):
            slots.objects += _relative(annotation, child, verb)
        elif dep.startswith("obl"):
            _oblique(annotation, slots, verb, child)
        elif dep == "xcomp" and tokens[child].pos == "ADJ":
            for inner in annotation.children(child, "obl"):
                _oblique(annotation, slots, verb, inner)
    _participle(annotation, slots, verb)
    if not slots.subjects and not slots.passive and depth < 4:
        slots.subjects = _controller(annotation, verb, depth)
    elif slots.passive and depth < 4 and tokens[verb].dep == "conj" and not annotation.children(verb, "nsubj") and slots.objects:
        slots.objects = [*_controller(annotation, verb, depth), *slots.objects]  # "confessed and was given a sentence"
    elif slots.passive and not slots.objects and depth < 4:
        slots.objects = _controller(annotation, verb, depth)
    return slots


def _oblique(annotation: Annotation, slots: Slots, verb: int, child: int) -> None:
    mark = preposition(annotation, child)
    for each in conjuncts(annotation, child):
        if mark == "by" and slots.passive and not _time_like(annotation, each):
            slots.subjects.append(each)
        elif mark:
            slots.obliques.append((mark, each))


def _time_like(annotation: Annotation, i: int) -> bool:
    return any(t.start <= i < t.end for t in annotation.times)


def is_passive(annotation: Annotation, verb: int) -> bool:
    """Whether a verb is passive: by its dependents, or as a bare past participle after a noun ("bomb planted by")."""
    tokens = annotation.tokens
    if annotation.children(verb, "nsubj:pass", "aux:pass", "obl:agent"):
        return True
    token = tokens[verb]
    if _without_its_object(annotation, verb):
        return True
    if (
        token.tag in ("VBN", "VBD", "VBP")
        and not annotation.children(verb, "obj", "aux")
        and annotation.children(verb, "nsubj")
        and any(
            preposition(annotation, c) == "by" and not _time_like(annotation, c)
            for k in (verb, *annotation.children(verb, "xcomp"))
            for c in annotation.children(k, "obl")
        )
    ):
        return True  # notes and headlines leave the auxiliary out: "houses set alight by attackers"
    if (
        token.dep in ("xcomp", "ccomp")
        and token.tag == "VBN"
        and tokens[token.head].lemma in _FINDING
        and not annotation.children(verb, "nsubj", "aux")
    ):
        return True  # "was found stabbed"
    if (
        token.lemma in _JUSTICE
        and token.tag in ("VBN", "VBD", "VBP")
        and not annotation.children(verb, "obj", "aux")
        and any(
            preposition(annotation, c) in ("with", "in", "over", "for", "of", "to", "on") and not _time_like(annotation, c)
            for c in annotation.children(verb, "obl")
        )
        and not any(noun_class(tokens[c].lemma.lower(), "authority_strong") for c in annotation.children(verb, "nsubj"))
    ):
        return True  # headlines: "Teenager charged with manslaughter"
    if token.dep == "acl" and token.tag == "VBD" and not annotation.children(verb, "obj", "nsubj", "aux"):
        return True  # "the people killed when …", read as a past tense
    if token.tag != "VBN":
        return False
    if token.dep in ("acl", "amod"):
        return True
    if token.dep in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "root") and not annotation.children(
        verb, "nsubj", "obj", "aux"
    ):
        if token.dep == "conj":
            return is_passive(annotation, token.head) if tokens[token.head].pos == "VERB" else False
        return token.dep in ("advcl", "parataxis") or any(
            preposition(annotation, c) == "by" for c in annotation.children(verb, "obl")
        )
    return False


def _without_its_object(annotation: Annotation, verb: int) -> bool:
    """Whether a verb that cannot do without an object stands without one: then its subject is the object.

    Headlines and notes leave the auxiliary out ("mayor gunned down outside his house"), and the parser then reads a
    past tense; taking the victim for the doer is the worst error there is.
    """
    token = annotation.tokens[verb]
    if token.lemma not in words("stages", "transitive") or token.tag not in ("VBD", "VBN", "VBP"):
        return False
    if annotation.children(verb, "obj", "iobj", "ccomp", "aux") or (
        token.dep == "acl:relcl" and annotation.children(verb, "nsubj")
    ):
        return False
    if token.dep == "conj" and annotation.tokens[token.head].pos == "VERB":
        return (not annotation.children(token.head, "obj") and is_passive(annotation, token.head)) or bool(
            annotation.children(verb, "nsubj")
        )
    return True


def _relative(annotation: Annotation, child: int, verb: int) -> list[int]:
    """The nouns behind a relative pronoun: "who" in "Yılmaz, who was involved" is Yılmaz."""
    token = annotation.tokens[child]
    if token.tag in ("WP", "WDT") or (token.lemma in ("who", "which", "that", "whom") and token.pos == "PRON"):
        head = annotation.tokens[verb]
        while head.dep == "conj" and head.head != head.i:
            head = annotation.tokens[head.head]
        if head.dep.startswith("acl"):
            return conjuncts_of_antecedent(annotation, head.head)
    return conjuncts(annotation, child)


def conjuncts_of_antecedent(annotation: Annotation, i: int) -> list[int]:
    """The antecedent itself: coordination is not spread over a relative clause."""
    return [i]


def _participle(annotation: Annotation, slots: Slots, verb: int) -> None:
    """ "bomber targeting a party" and "bomb planted by": the noun before a participle is its subject or object."""
    token = annotation.tokens[verb]
    if not token.dep.startswith("acl") or token.head == verb:
        return
    governor = annotation.tokens[token.head]
    if governor.pos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or governor.lemma in _SAYINGS:
        return
    marked = any(annotation.tokens[c].dep == "mark" and c > token.head for c in annotation.children(verb))
    relative = token.dep == "acl:relcl"
    if slots.passive and not slots.objects:
        slots.objects = [token.head]
    elif not slots.passive and not slots.subjects and not marked and not relative:
        slots.subjects = [token.head]
    elif (
        relative
        and not slots.passive
        and slots.subjects
        and not slots.objects
        and not any(annotation.tokens[c].tag in ("WP", "WDT") for c in annotation.children(verb, "nsubj"))
    ):
        slots.objects = [token.head]


def _controller(annotation: Annotation, verb: int, depth: int) -> list[int]:
    """The understood subject of a clause without one, from the clause above."""
    token = annotation.tokens[verb]
    governor = annotation.tokens[token.head]
    if governor.i == verb:
        return []
    if token.dep in ("conj", "parataxis") and governor.i < verb and governor.pos in ("VERB", "AUX"):
        above = verb_slots(annotation, governor.i, depth + 1)
        mine_passive = is_passive(annotation, verb)
        if above.passive and mine_passive:
            return above.objects
        if above.passive and not mine_passive:
            return above.objects if annotation.children(governor.i, "nsubj:pass") else above.subjects
        return above.subjects
    if token.dep == "ccomp" and token.tag not in ("VB", "VBG"):
        return []
    if token.dep in ("xcomp", "advcl", "ccomp") and governor.pos in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
        if governor.pos in ("NOUN", "PROPN") and not annotation.children(governor.i, "cop"):
            return []
        above = verb_slots(annotation, governor.i, depth + 1)
        marks = {annotation.tokens[c].text.lower() for c in annotation.children(verb, "mark")}
        if governor.lemma in _BLAMING and marks & {"for", "of", "over", "after"} and token.tag == "VBG":
            return above.objects or (above.subjects if above.passive else [])  # "a court sentenced X for setting fire"
        if governor.lemma in _OBJECT_CONTROL or above.passive or (governor.lemma in _FINDING and token.tag == "VBN"):
            return above.objects or above.subjects
        return above.subjects
    if token.dep == "acl" and governor.pos == "NOUN":
        return _possessor(annotation, governor.i, depth)
    return []


def _possessor(annotation: Annotation, noun: int, depth: int) -> list[int]:
    """Whose plan it is: "his intention to", "an ISIL plan to", or the subject of the verb the noun depends on."""
    owner = [
        *annotation.children(noun, "nmod:poss"),
        *(c for c in annotation.children(noun, "compound") if annotation.tokens[c].pos == "PROPN"),
    ]
    by = [c for c in annotation.children(noun, "nmod") if preposition(annotation, c) in ("by", "of")]
    if owner or by:
        return [*owner, *by]
    token = annotation.tokens[noun]
    governor = annotation.tokens[token.head]
    if token.dep in ("obj", "obl") and governor.pos == "VERB" and governor.lemma not in words("reporting", "relays"):
        above = verb_slots(annotation, governor.i, depth + 1)
        return above.objects if above.passive and above.objects else above.subjects
    return []


def noun_slots(annotation: Annotation, noun: int, patient_possessor: bool) -> Slots:
    """The slots of an event noun.

    "by Y" and a possessor or name before it are subjects ("ISIL's attack"); "on/against X", and "of X", are
    objects; for nouns of acts upon someone a possessor is the object (``patient_possessor``: "X's arrest").
    """
    tokens = annotation.tokens
    slots = Slots()
    for child in annotation.children(noun):
        dep = tokens[child].dep
        if dep == "nmod:poss":
            (slots.objects if patient_possessor else slots.subjects).extend(conjuncts(annotation, child))
        elif dep.startswith(("nmod", "obl")) and (mark := preposition(annotation, child)):
            for each in conjuncts(annotation, child):
                if mark in ("by",) and not _time_like(annotation, each):
                    slots.subjects.append(each)
                elif (mark in ("on", "against", "upon") and not _time_like(annotation, each)) or (
                    mark == "of" and not _time_like(annotation, each)
                ):
                    slots.objects.append(each)
                else:
                    slots.obliques.append((mark, each))
        elif dep.startswith("compound") or dep in ("amod", "nmod:desc"):
            slots.obliques.append(("<compound>", child))
        elif dep == "acl" and tokens[child].tag in ("VBG", "VBN"):
            _reduced(annotation, slots, child)
    _light_verb(annotation, slots, noun)
    return slots


def _reduced(annotation: Annotation, slots: Slots, verb: int) -> None:
    """ "attacks targeting X", "an attack claimed by Y", "an attack aimed at Z"."""
    lemma = annotation.tokens[verb].lemma
    inner = verb_slots(annotation, verb)
    if lemma in words("stages", "targeting"):
        slots.objects += inner.objects if not inner.passive else []
        slots.objects += [h for p, h in inner.obliques if p in ("at", "against", "on")]
    elif lemma in words("stages", "light") or lemma in words("stages", "light_of"):
        slots.subjects += inner.subjects if inner.passive else []
    slots.obliques += [(p, h) for p, h in inner.obliques if p in ("in", "near", "outside", "at", "inside")]


def _light_verb(annotation: Annotation, slots: Slots, noun: int) -> None:
    token = annotation.tokens[noun]
    first = token
    while first.dep == "nmod" and annotation.tokens[first.head].lemma in _SERIES:
        first = annotation.tokens[first.head]
    while first.dep == "conj" and annotation.tokens[first.head].pos in ("NOUN", "PROPN"):
        first = annotation.tokens[first.head]
    governor = annotation.tokens[first.head]
    if governor.i == first.i or governor.pos != "VERB" or governor.lemma not in words("stages", "light"):
        return
    above = verb_slots(annotation, governor.i)
    if first.dep in ("obj", "nsubj:pass") or (first.dep.startswith("acl") and above.passive):
        slots.light = governor.i
        slots.subjects += above.subjects
        slots.obliques += [(p, h) for p, h in above.obliques if h != noun]
        slots.objects += [h for p, h in above.obliques if p in ("on", "against") and h != noun and not _time_like(annotation, h)]
    elif first.dep == "obl" and governor.lemma in ("come", "be", "involve", "participate", "take"):
        slots.light = governor.i
