"""Tolls: which quantities count killed, injured, arrested, kidnapped, missing or released people, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from veridical.extract.slots import preposition
from veridical.lexicon import table
from veridical.model import Annotation, Quantity, Token

MEASURES = ("killed", "injured", "arrested", "kidnapped", "missing", "released")
_PARTY = 4
_BECOME = frozenset(
    {
        "rise",
        "climb",
        "increase",
        "reach",
        "stand",
        "grow",
        "jump",
        "put",
        "pass",
        "go",
        "revise",
        "lower",
        "raise",
        "exceed",
        "top",
        "hit",
    }
)


@dataclass(frozen=True, slots=True)
class Toll:
    """A quantity with its measure: ``anchor`` is the verb or noun that says so, ``part`` the noun of a part of the whole."""

    quantity: Quantity
    measure: str
    anchor: int
    part: str | None = None


@lru_cache(maxsize=64)
def effect_words(measure: str, key: str) -> frozenset[str]:
    """One list of ``data/effects.toml``."""
    section = table("effects")[measure]
    assert isinstance(section, dict)
    return frozenset(section[key])


def attackers_of(annotation: Annotation, doers: list[int]) -> list[Toll]:
    """How many attacked, when the size of their party is told ("a group of about 30 men"); a pair or trio is in their name."""
    out = []
    for doer in doers:
        heads = {doer, *(c for c in annotation.children(doer, "nmod") if preposition(annotation, c) == "of")}
        for quantity in annotation.quantities:
            size = quantity.best or quantity.low or quantity.high or 0
            if quantity.noun in heads and size >= _PARTY:
                out.append(Toll(quantity, "attackers", doer))
    return out


def effect_of(token: Token) -> str | None:
    """The measure that a verb speaks of ("kill" → killed), or ``None``; only what happens to bodies and liberty."""
    if token.pos not in ("VERB", "ADJ", "AUX"):
        return None
    for measure in MEASURES:
        if token.lemma in effect_words(measure, "verbs") or token.lemma in effect_words(measure, "intransitive"):
            return measure
    return None


def find_tolls(annotation: Annotation) -> list[Toll]:
    """The tolls of a report in text order; quantities of other things are left out."""
    out: list[Toll] = []
    by_token: dict[int, Toll] = {}
    for quantity in annotation.quantities:
        if annotation.tokens[quantity.start].text.lower() in ("a", "an"):  # a count needs a number
            continue
        if _differs(annotation, quantity):
            continue
        head = _head(annotation, quantity)
        found = _measure(annotation, quantity, head)
        if found is None:
            found = _part_of(annotation, head, by_token)
        if found is None:
            continue
        measure, anchor = found
        toll = Toll(quantity, measure, anchor, _part(annotation, quantity))
        out.append(toll)
        by_token[head] = toll
    out += _revised(annotation, out)
    return sorted(out, key=lambda t: (t.quantity.start, t.measure))


def _revised(annotation: Annotation, told: list[Toll]) -> list[Toll]:
    """ "lowered the number killed from 202 to 190", "put the number at 11": bare numbers that a toll is set to."""
    out = []
    counted = {k for q in annotation.quantities for k in range(q.start, q.end)} | {
        k for t in annotation.times for k in range(t.start, t.end)
    }
    for verb in annotation.tokens:
        if verb.lemma not in _BECOME or verb.pos != "VERB":
            continue
        nouns = [
            n for n in annotation.children(verb.i, "nsubj", "obj") if annotation.tokens[n].lemma in effect_words("people", "toll")
        ]
        last = annotation.sentences[verb.sent][1]
        for k in range(verb.i + 1, last):
            number = annotation.tokens[k].text.replace(",", "")
            mark = annotation.tokens[k - 1].text.lower()
            if not nouns or k in counted or not number.isdigit() or mark not in ("to", "at"):
                continue
            measure = _said_measure(annotation, nouns[0]) or next(
                (t.measure for t in reversed(told) if t.quantity.start < verb.i), None
            )
            if measure is not None:
                out.append(Toll(Quantity(k, k + 1, int(number), int(number), int(number)), measure, verb.i))
            break
    return out


def _differs(annotation: Annotation, quantity: Quantity) -> bool:
    """Whether a number is only a difference ("eighteen fewer people were killed than believed")."""
    if quantity.end >= len(annotation.tokens):
        return False
    after = annotation.tokens[quantity.end]
    return (
        after.text.lower() in ("fewer", "more", "less")
        and annotation.tokens[quantity.start].sent == after.sent
        and _compared(annotation, quantity.end)
    )


def _compared(annotation: Annotation, k: int) -> bool:
    """Whether "fewer" or "more" at a token is followed by "than" in its sentence."""
    return any(t.text.lower() == "than" for t in annotation.tokens[k + 1 : annotation.sentences[annotation.tokens[k].sent][1]])


def _said_measure(annotation: Annotation, noun: int) -> str | None:
    """What a "number" or "toll" counts, by the words around it."""
    near = {annotation.tokens[k].text.lower() for k in annotation.subtree(noun)} | {
        annotation.tokens[k].lemma for k in annotation.subtree(noun)
    }
    for measure in ("killed", "injured", "missing", "arrested"):
        if near & (effect_words(measure, "words") | effect_words(measure, "verbs")):
            return measure
    return "killed" if annotation.tokens[noun].lemma == "toll" else None


def _head(annotation: Annotation, quantity: Quantity) -> int:
    if quantity.noun is not None:
        return quantity.noun
    inside = [
        k
        for k in range(quantity.start, quantity.end)
        if not quantity.start <= annotation.tokens[k].head < quantity.end or annotation.tokens[k].head == k
    ]
    return inside[-1] if inside else quantity.end - 1


def _measure(annotation: Annotation, quantity: Quantity, head: int) -> tuple[str, int] | None:
    tokens = annotation.tokens
    beside = [head]
    if quantity.end < len(tokens):
        beside.append(quantity.end)
    if head + 1 < len(tokens) and head + 1 not in beside:
        beside.append(head + 1)
    for k in beside:
        for measure in ("killed", "injured", "missing"):
            adjectival = tokens[k].tag in ("JJ", "VBN", "VBD") or tokens[k].lemma in ("dead", "missing")
            if ((k == head or adjectival) and tokens[k].text.lower() in effect_words(measure, "words")) or (
                k == head and tokens[k].lemma in effect_words(measure, "words")
            ):
                return measure, _anchor(annotation, k)
    if (
        tokens[head].lemma == "life"
        and tokens[head].dep == "obj"
        and tokens[tokens[head].head].lemma in ("cost", "claim", "take")
    ):
        return "killed", tokens[head].head
    for measure in ("arrested", "kidnapped"):
        if tokens[head].lemma in effect_words(measure, "words"):
            return measure, _anchor(annotation, head)
    if tokens[head].dep.startswith("nmod") and (own := _by_participle(annotation, head)):
        return own  # "the release of two teachers detained on 2 April"
    return (
        _by_governor(annotation, head)
        or _by_participle(annotation, head)
        or next((found for c in annotation.children(head, "conj") if (found := _by_participle(annotation, c))), None)
        or _by_relative(annotation, head)
        or _by_toll(annotation, quantity, head)
    )


def _anchor(annotation: Annotation, k: int) -> int:
    """The verb above a toll word, or the word itself."""
    if annotation.tokens[k].pos == "VERB":
        return k
    for above in annotation.ancestors(k):
        if annotation.tokens[above].pos == "VERB":
            return above
    return k


def _by_governor(annotation: Annotation, head: int) -> tuple[str, int] | None:
    token = annotation.tokens[head]
    while (
        token.dep in ("conj", "appos")
        and token.head != token.i
        and annotation.tokens[token.head].pos in ("NOUN", "PROPN", "NUM", "PRON")
    ):
        token = annotation.tokens[token.head]
    governor = annotation.tokens[token.head]
    if governor.i == token.i:
        return None
    dep = token.dep
    if dep in ("obj", "nsubj:pass") and (
        any(annotation.tokens[c].lemma == "dead" for c in annotation.children(governor.i, "xcomp", "advmod", "amod"))
        or any(
            annotation.tokens[c].lemma == "death" and preposition(annotation, c) == "to"
            for c in annotation.children(governor.i, "obl")
        )
    ):
        return "killed", governor.i  # "shot dead", "stabbed to death"
    for measure in MEASURES:
        if dep in ("obj", "nsubj:pass", "iobj") and governor.lemma in effect_words(measure, "verbs"):
            if governor.lemma in ("take", "hold", "keep") and not _captive(annotation, governor, measure):
                continue
            return measure, governor.i
        if dep.startswith("nsubj") and governor.lemma in effect_words(measure, "intransitive"):
            return measure, governor.i
        if dep.startswith("nsubj") and governor.text.lower() in effect_words(measure, "words"):
            return measure, governor.i
        if (
            dep.startswith("nmod")
            and governor.lemma in effect_words(measure, "nouns")
            and preposition(annotation, token.i) == "of"
        ):
            if any(
                annotation.tokens[c].text.lower() in ("attempted", "planned", "alleged")
                for c in annotation.children(governor.i, "amod", "compound")
            ):
                continue
            if governor.lemma == "life" and annotation.tokens[governor.head].lemma not in ("claim", "take", "cost", "lose"):
                continue
            return measure, _anchor(annotation, governor.i)
        if dep == "obj" and any(
            annotation.tokens[c].text.lower() in effect_words(measure, "words") for c in annotation.children(governor.i, "xcomp")
        ):
            return measure, governor.i
    if (
        dep == "nsubj"
        and governor.lemma == "lose"
        and any(annotation.tokens[c].lemma == "life" for c in annotation.children(governor.i, "obj"))
    ):
        return "killed", governor.i
    if (
        dep == "nsubj"
        and governor.lemma == "sustain"
        and any(annotation.tokens[c].lemma in ("injury", "wound") for c in annotation.children(governor.i, "obj"))
    ):
        return "injured", governor.i
    return None


def _captive(annotation: Annotation, governor: Token, measure: str) -> bool:
    near = {
        annotation.tokens[k].lemma
        for k in range(governor.i + 1, min(governor.i + 9, len(annotation.tokens)))
        if annotation.tokens[k].sent == governor.sent
    }
    return (
        bool(near & {"hostage", "captive"})
        if measure == "kidnapped"
        else governor.lemma == "hold"
        and not near & {"hostage", "captive"}
        and bool(near & {"custody", "suspicion", "questioning"})
    )


def _by_participle(annotation: Annotation, head: int) -> tuple[str, int] | None:
    """ "12 people killed in the attack", "three officers wounded"."""
    for child in annotation.children(head, "acl", "amod"):
        other = annotation.tokens[child]
        if other.tag in ("VBN", "JJ") and child > head:
            for measure in MEASURES:
                if (
                    other.lemma in effect_words(measure, "verbs") and other.lemma not in ("take", "hold", "keep")
                ) or other.text.lower() in effect_words(measure, "words"):
                    return measure, child
    return None


def _by_relative(annotation: Annotation, head: int) -> tuple[str, int] | None:
    """ "the 22 commuters who died", "39 people who were killed"."""
    for child in annotation.children(head, "acl:relcl"):
        token = annotation.tokens[child]
        pronoun = any(annotation.tokens[c].lemma in ("who", "that", "which") for c in annotation.children(child, "nsubj"))
        passive = bool(annotation.children(child, "aux:pass", "nsubj:pass"))
        attempted = {"attempted", "attempt"} & {
            annotation.tokens[c].text.lower() for c in annotation.children(annotation.tokens[head].head, "amod", "compound")
        }
        for measure in MEASURES:
            if (
                not pronoun
                and not passive
                and not attempted
                and measure in ("killed", "injured", "kidnapped")
                and token.lemma in effect_words(measure, "verbs")
                and (token.lemma not in ("take", "hold", "keep"))
                and annotation.children(child, "nsubj")
            ):
                return measure, child
            if pronoun and (
                token.lemma in effect_words(measure, "intransitive")
                or (passive and token.lemma in effect_words(measure, "verbs") and token.lemma not in ("take", "hold", "keep"))
            ):
                return measure, child
    return None


def _by_toll(annotation: Annotation, quantity: Quantity, head: int) -> tuple[str, int] | None:
    """ "the death toll rose to 45", "a toll of 23", "put the number of dead at 60"."""
    tokens = annotation.tokens
    token = tokens[head]
    governor = tokens[token.head]
    nouns = [governor.i] if governor.pos == "NOUN" else []
    if governor.lemma in _BECOME:
        nouns += [*annotation.children(governor.i, "nsubj", "obj")]
    for noun in nouns:
        for measure in ("killed", "injured", "missing"):
            if governor.lemma == "put" and tokens[noun].text.lower() in effect_words(measure, "words"):
                return measure, governor.i
        if tokens[noun].lemma not in effect_words("people", "toll"):
            continue
        near = {tokens[k].text.lower() for k in annotation.subtree(noun)} | {tokens[k].lemma for k in annotation.subtree(noun)}
        for measure in ("killed", "injured", "missing", "arrested"):
            if near & effect_words(measure, "words"):
                return measure, governor.i
        if tokens[noun].lemma == "toll":
            return "killed", governor.i
    return None


def _part_of(annotation: Annotation, head: int, tolls: dict[int, Toll]) -> tuple[str, int] | None:
    """ "including 12 children", "among them five police officers", "eight of them women": a part has its whole's measure."""
    token = annotation.tokens[head]
    mark = preposition(annotation, head)
    whole = tolls.get(token.head)
    if whole is None and token.dep in ("conj",):
        above = annotation.tokens[token.head]
        whole = tolls.get(above.i) or tolls.get(above.head)
    if whole is not None and (mark in ("including", "among", "of") or token.dep in ("conj", "appos")):
        return whole.measure, whole.anchor
    return None


def _part(annotation: Annotation, quantity: Quantity) -> str | None:
    """The noun counted, when it names a part of the people ("civilians", "police officers"), else ``None``."""
    if quantity.noun is None:
        return None
    token = annotation.tokens[quantity.noun]
    if token.lemma in effect_words("people", "generic") or token.pos not in ("NOUN", "PROPN"):
        return None
    start, end = annotation.core(quantity.noun)
    while start < end - 1 and (start < quantity.end or annotation.tokens[start].pos in ("DET", "NUM")):
        start += 1
    return annotation.text(start, end)
