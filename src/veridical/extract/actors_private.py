"""Whose name is to be left out of exports: private victims, minors, victims of sexual violence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from veridical.extract.actors_reading import Finding, asserted, entity_at, evidential, is_person, listed, named_people, trusted
from veridical.extract.actors_roles import is_role
from veridical.extract.slots import Slots, preposition, verb_slots
from veridical.extract.triggers import is_class
from veridical.lexicon import noun_class, table
from veridical.model import Annotation, Claim, Entity, Mention, Token
from veridical.values import When


def find_private(annotation: Annotation, claims: Sequence[Claim], suspects: frozenset[int]) -> list[Finding]:
    """One finding for each named person to be withheld; ``value`` says why: minor, sexual violence or victim.

    Children are withheld whatever they are said to have done, victims of sexual violence whatever they are;
    other victims unless they hold an office or are themselves ``suspects`` (entity indices).
    """
    harmed = {**_targets(annotation, claims), **_harmed(annotation)}
    violated = _violated(annotation)
    out: list[Finding] = []
    for entity in named_people(annotation):
        minor = _minor(annotation, entity)
        if minor is not None:
            out.append(_found(entity, "minor", *minor))
        elif entity.index in violated:
            out.append(_found(entity, "sexual violence", *violated[entity.index]))
        elif entity.index in harmed and entity.index not in suspects and not _public(annotation, entity):
            out.append(_found(entity, "victim", *harmed[entity.index]))
    return out


def _found(entity: Entity, reason: str, start: int, end: int) -> Finding:
    return Finding(entity.index, "private", reason, When(), start, end, start)


def _minor(annotation: Annotation, entity: Entity) -> tuple[int, int] | None:
    """The words that make someone a child: an age under 18, or a noun like "schoolboy"."""
    for m in entity.mentions:
        mention = annotation.mentions[m]
        if mention.form == "name" and (age := _age(annotation, mention)) is not None:
            return age
        if mention.form != "pronoun" and trusted(annotation, m) and (young := _child_noun(annotation, mention)) is not None:
            return young
    return None


def _age(annotation: Annotation, mention: Mention) -> tuple[int, int] | None:
    """ "X, 12," and "X (12)" and "X, aged 12": the name with the age."""
    tokens = annotation.tokens
    k = mention.end
    if k >= len(tokens) or tokens[k].text not in (",", "("):
        return None
    k += 1
    if k < len(tokens) and tokens[k].text.lower() in listed("privacy", "age_words"):
        k += 1
    if k >= len(tokens) or not _under_age(tokens[k].text):
        return None
    closed = k + 1 >= len(tokens) or tokens[k + 1].text in (",", ")", ".", ";")
    return (mention.start, k + 1) if closed else None


def _under_age(text: str) -> bool:
    privacy = table("actors")["privacy"]
    assert isinstance(privacy, dict)
    return text.isdecimal() and 0 <= int(text) < int(privacy["adult_age"])


def _child_noun(annotation: Annotation, mention: Mention) -> tuple[int, int] | None:
    """ "schoolgirl X", "X, a 12-year-old", "12-year-old X"."""
    around = [mention.head, *annotation.children(mention.head, "compound", "appos", "amod", "nmod", "flat")]
    for k in around:
        token = annotation.tokens[k]
        own = k == mention.head or not any(annotation.tokens[c].dep == "case" for c in annotation.children(k))
        if (
            own
            and (noun_class(token.lemma.lower(), "minor") or _years_old(annotation, token))
            and token.tag not in ("NNS", "NNPS")
        ):
            return min(k, mention.start), max(k + 1, mention.end)
    return None


def _years_old(annotation: Annotation, token: Token) -> bool:
    """Whether a token ends or is "12-year-old", however it is split."""
    text = annotation.report.text[max(token.start - 12, 0) : token.end].split(" ")[-1].split("\n")[-1]
    parts = text.lower().split("-")
    return len(parts) >= 3 and parts[-1] == "old" and parts[-2] == "year" and _under_age(parts[-3])


def _harmed(annotation: Annotation) -> dict[int, tuple[int, int]]:
    """Entities to whom violence is done, with the words that say so."""
    out: dict[int, tuple[int, int]] = {}
    for token, people in _patients(annotation, listed("privacy", "harmed"), listed("privacy", "dying")):
        for person in people:
            entity = entity_at(annotation, person)
            if entity is not None and is_person(annotation, person):
                out.setdefault(entity.index, (token.i, token.i + 1))
    return out


def _patients(annotation: Annotation, verbs: frozenset[str], dying: frozenset[str]) -> Iterator[tuple[Token, list[int]]]:
    for token in annotation.tokens:
        if (
            token.pos != "VERB"
            or token.lemma not in verbs | dying | listed("privacy", "naming")
            or not evidential(annotation, token.sent)
            or not asserted(annotation, token.i)
        ):
            continue
        slots = verb_slots(annotation, token.i)
        if token.lemma in listed("privacy", "naming"):
            yield token, _named_as(annotation, token.i, slots)
            continue
        official = any(is_class(annotation, s, "authority") for s in slots.subjects)
        fought = any(_own_fight(annotation, h) for _, h in slots.obliques)
        if token.lemma in dying and not fought:
            yield token, slots.subjects
        elif token.lemma in verbs and not official and not fought:
            yield token, slots.objects


def _own_fight(annotation: Annotation, i: int) -> bool:
    """ "a shootout", "a gun battle with police", "a heart attack": whoever dies of it is nobody's victim."""
    if annotation.tokens[i].lemma.lower() in listed("privacy", "own_fight"):
        return True
    foes = [c for c in annotation.children(i, "nmod") if preposition(annotation, c) == "with"]
    return any(is_class(annotation, f, "authority") for f in foes) or any(
        annotation.tokens[c].lemma.lower() in listed("privacy", "own_fight") for c in annotation.children(i, "compound")
    )


def _named_as(annotation: Annotation, verb: int, slots: Slots) -> list[int]:
    """X in "named the dead as X" and "the victims were identified as X and Y"."""
    named = [*slots.objects, *annotation.children(verb, "xcomp")]
    if not any(annotation.tokens[o].lemma.lower() in listed("privacy", "victims") for o in named):
        return []
    below = {k for p, h in slots.obliques if p == "as" for k in annotation.subtree(h)}
    return [m.head for m in annotation.mentions if m.form == "name" and m.head in below]


def _violated(annotation: Annotation) -> dict[int, tuple[int, int]]:
    out: dict[int, tuple[int, int]] = {}
    for token in annotation.tokens:
        adverbs = [
            c
            for c in annotation.children(token.i, "advmod")
            if annotation.tokens[c].text.lower() in listed("privacy", "sexual_adverbs")
        ]
        if (
            token.pos == "VERB"
            and ({token.lemma, token.text.lower()} & listed("privacy", "sexual") or adverbs)
            and evidential(annotation, token.sent)
        ):
            for person in verb_slots(annotation, token.i).objects:
                entity = entity_at(annotation, person)
                if entity is not None:
                    out.setdefault(entity.index, (min([token.i, *adverbs]), token.i + 1))
    return out


def _targets(annotation: Annotation, claims: Sequence[Claim]) -> dict[int, tuple[int, int]]:
    """Entities that the report's claims name as targets, with those words."""
    starts = {t.start: t.i for t in annotation.tokens}
    out: dict[int, tuple[int, int]] = {}
    for claim in claims:
        for target in claim.arguments_of("targets"):
            first = starts.get(target.start)
            entity = entity_at(annotation, first) if first is not None else None
            if first is not None and entity is not None and target.name in (entity.name, *entity.aliases):
                last = next((t.i for t in annotation.tokens[first:] if t.end >= target.end), first)
                out.setdefault(entity.index, (first, last + 1))
    return out


def _public(annotation: Annotation, entity: Entity) -> bool:
    """Whether a report describes someone by an office or a public role."""
    for m in entity.mentions:
        mention = annotation.mentions[m]
        if mention.form == "pronoun":
            continue
        around = {
            mention.head,
            *range(mention.start, mention.end),
            mention.start - 1,
            *annotation.children(mention.head, "appos", "compound", "nmod", "flat"),
        }
        parent = annotation.tokens[mention.head]
        if parent.dep in ("appos", "flat"):
            around.add(parent.head)
        for k in around:
            if 0 <= k < len(annotation.tokens) and _office(annotation, k):
                return True
    return False


def _office(annotation: Annotation, k: int) -> bool:
    lemma = annotation.tokens[k].lemma.lower()
    return (
        lemma in listed("roles", "titles")
        or noun_class(lemma, "authority")
        or noun_class(lemma, "attacker_strong")
        or (is_role(annotation, k) and lemma not in listed("roles", "ordinary") and not noun_class(lemma, "private"))
    )
