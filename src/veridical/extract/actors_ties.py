"""Names and ties: aliases, affiliation, joining, roles with their time, nationality."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from veridical.extract.actors_reading import (
    BODIES,
    Finding,
    asserted,
    body_at,
    entity_at,
    evidential,
    is_person,
    listed,
    named_people,
    skip_articles,
    trusted,
    when_at,
)
from veridical.extract.actors_roles import find_roles
from veridical.extract.slots import conjuncts, preposition, verb_slots
from veridical.extract.triggers import mention_at
from veridical.lexicon import words
from veridical.model import Annotation, Entity, Mention, Token
from veridical.values import When

_NEAR = 4
"""How many tokens before an alias its cue may stand ("known to his followers as X")."""
_MARKS = frozenset({"“", "”", '"', "'", "‘", "’"})
_QUOTES = frozenset({"“", "”", '"', "'", "‘", "’", "(", ",", "as", "is", ":", "``", "''"})


def find_ties(annotation: Annotation) -> list[Finding]:
    """Aliases, affiliations, joinings, roles and nationalities of those the report names, in no order."""
    return [
        f
        for f in (
            *_aliases(annotation),
            *_affiliations(annotation),
            *_joinings(annotation),
            *find_roles(annotation),
            *_nationalities(annotation),
        )
        if evidential(annotation, annotation.tokens[f.start].sent)
    ]


def _aliases(annotation: Annotation) -> Iterator[Finding]:
    """Further names of people and bodies, not counting a name's own shorter forms."""
    for entity in annotation.entities:
        if not entity.name or entity.kind not in ("person", *BODIES):
            continue
        for alias in entity.aliases:
            place = _alias_place(annotation, entity, alias)
            if place is not None:
                start, end = place
                yield Finding(entity.index, "alias", alias, When(), start, end, start)


def _alias_place(annotation: Annotation, entity: Entity, alias: str) -> tuple[int, int] | None:
    """Where an alias is introduced, its cue or bracket included; ``None`` for a mere short form.

    Bodies are known by several names throughout; of a person's second name the words must say that it is one.
    """
    parts, full = set(alias.casefold().rstrip(".").split()), set((entity.name or "").casefold().rstrip(".").split())
    fallback = None
    for start, end in _occurrences(annotation, alias):
        cue = _alias_cue(annotation, start)
        if cue is not None:
            longer = any(
                alias != other
                and other.startswith(alias)
                and annotation.report.text.startswith(other, annotation.tokens[start].start)
                for other in entity.aliases
            )
            return None if longer else (cue, _through_quote(annotation, start, end))
        bracketed = (
            start > 0
            and annotation.tokens[start - 1].text == "("
            and end < len(annotation.tokens)
            and annotation.tokens[end].text == ")"
        )
        if bracketed and alias != entity.name:
            return start, end
        if entity.kind in BODIES and _member(annotation, entity, start, end):
            fallback = fallback or (start, end)
    return None if parts <= full or full <= parts else fallback


def _through_quote(annotation: Annotation, start: int, end: int) -> int:
    """The end moved over a closing quotation mark when the name is quoted."""
    tokens = annotation.tokens
    quoted = start > 0 and tokens[start - 1].text in _MARKS and end < len(tokens) and tokens[end].text in _MARKS
    return end + 1 if quoted else end


def _occurrences(annotation: Annotation, name: str) -> Iterator[tuple[int, int]]:
    starts = {t.start: t.i for t in annotation.tokens}
    ends = {t.end: t.i + 1 for t in annotation.tokens}
    at = annotation.report.text.find(name)
    while at >= 0:
        if at in starts and at + len(name) in ends:
            yield starts[at], ends[at + len(name)]
        at = annotation.report.text.find(name, at + 1)


def _member(annotation: Annotation, entity: Entity, start: int, end: int) -> bool:
    return any(annotation.mentions[m].start <= start and end <= annotation.mentions[m].end for m in entity.mentions)


def _alias_cue(annotation: Annotation, start: int) -> int | None:
    """The first token of the cue ("codenamed", "also known as") directly before an alias."""
    k = start - 1
    while k >= 0 and annotation.tokens[k].text in _QUOTES - {"as", "is"}:
        k -= 1
    for first in range(max(k - _NEAR + 1, 0), k + 1):
        phrase = " ".join(t.text.lower() for t in annotation.tokens[first : k + 1])
        bare = phrase.removesuffix(" as").removesuffix(" is")
        if {phrase, bare} & (words("coreference", "alias_cues") | words("coreference", "alias_phrases")):
            return first
    return None


def _affiliations(annotation: Annotation) -> Iterator[Finding]:
    """ "ISIL leader X", "X, a member of Y", "X is a commander of Y", "Y's X"."""
    for entity in named_people(annotation):
        for m in entity.mentions:
            mention = annotation.mentions[m]
            if mention.form != "pronoun" and trusted(annotation, m):
                yield from _bodies_of(annotation, entity, mention)
    for token in annotation.tokens:
        if token.pos == "NOUN" and annotation.children(token.i, "cop") and asserted(annotation, token.i):
            for subject in annotation.children(token.i, "nsubj"):
                person = entity_at(annotation, subject)
                if person is not None and person.kind == "person" and person.name:
                    yield from _bodies_of(annotation, person, Mention(*annotation.core(token.i), token.i, "person", "nominal"))


def _bodies_of(annotation: Annotation, entity: Entity, mention: Mention) -> Iterator[Finding]:
    """The bodies named inside a description of someone, or owning the name."""
    if annotation.tokens[mention.head].lemma.lower() in listed("ties", "kin"):
        return
    start, end = annotation.core(mention.head) if mention.form == "nominal" else (mention.start, mention.end)
    start, end = min(start, mention.start), max(end, mention.end)
    for child in annotation.children(mention.head, "compound", "nmod", "amod", "nmod:poss"):
        mark = preposition(annotation, child)
        inside = child < mention.head and mark == ""
        if not (inside or mark in listed("ties", "owning")) or (mention.form == "name" and mark not in ("", "of")):
            continue
        body = body_at(annotation, child)
        if body is None or entity_at(annotation, child) is entity:
            continue
        first, last = min(start, body[0]), max(end, body[1])
        yield Finding(
            entity.index,
            "affiliation",
            annotation.text(*body),
            When(),
            skip_articles(annotation, first, last),
            last,
            mention.head,
        )


def _joinings(annotation: Annotation) -> Iterator[Finding]:
    """ "joined Y in 2014", "belongs to Y", "pledged allegiance to Y", "leads Y", "fought for Y"."""
    for token in annotation.tokens:
        if token.pos != "VERB":
            continue
        slots = verb_slots(annotation, token.i)
        tied = _tied(annotation, token, slots.objects, slots.obliques)
        if not tied or slots.passive or not asserted(annotation, token.i):
            continue
        joined = token.lemma in listed("ties", "join")
        when = when_at(annotation, token.i)
        for subject in slots.subjects:
            person = entity_at(annotation, subject)
            if person is None or person.kind != "person":
                continue
            for body in tied:
                start, end = min(token.i, body[0]), max(token.i + 1, body[1])
                yield Finding(
                    person.index, "affiliation", annotation.text(*body), When() if joined else when, start, end, token.i
                )
                if joined:
                    yield Finding(
                        person.index,
                        "joined",
                        annotation.text(*body),
                        when,
                        start,
                        _through_date(annotation, token.i, end),
                        token.i,
                    )


def _tied(annotation: Annotation, token: Token, objects: list[int], obliques: list[tuple[str, int]]) -> list[tuple[int, int]]:
    lemma = token.lemma
    heads: list[int] = []
    if lemma in listed("ties", "join") | listed("ties", "leading") | listed("ties", "founding"):
        heads = objects
    elif lemma in listed("ties", "belonging"):
        heads = [h for p, h in obliques if p == "to"] + [
            c for o in objects for c in annotation.children(o, "nmod") if preposition(annotation, c) == "to"
        ]
    elif lemma in listed("ties", "acting"):
        heads = [h for p, h in obliques if p in listed("ties", "acting_for")]
    spread = [each for h in heads for each in conjuncts(annotation, h)]
    return list(dict.fromkeys(b for h in spread if (b := body_at(annotation, h)) is not None))


def _through_date(annotation: Annotation, verb: int, end: int) -> int:
    """The end of the evidence moved over a date that directly follows it ("joined X in 2014")."""
    for time in annotation.times:
        if (
            time.kind == "date"
            and end <= time.start <= end + 1
            and annotation.tokens[time.start].sent == annotation.tokens[verb].sent
        ):
            return time.end
    return end


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    """The peoples of ``data/places_countries.tsv`` in lower case."""
    text = resources.files("veridical").joinpath("data/places_countries.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(d.casefold() for row in rows[1:] if len(row) > 3 for d in row[3].split("|") if d)


def _nationalities(annotation: Annotation) -> Iterator[Finding]:
    """ "an Uzbek national", "Turkish leader X", "X, a Belgian,", "X is a French citizen"."""
    for i, token in enumerate(annotation.tokens):
        if token.text.casefold() not in _demonyms() or not token.text[:1].isupper():
            continue
        owner = _described(annotation, i)
        if owner is not None:
            head, entity = owner
            first, last = annotation.core(head)
            first, last = min(first, i), max(last, i + 1)
            yield Finding(entity.index, "nationality", token.text, When(), skip_articles(annotation, first, last), last, i)


def _described(annotation: Annotation, i: int) -> tuple[int, Entity] | None:
    """The head of the description that a demonym at token ``i`` belongs to, and the named person it describes."""
    token = annotation.tokens[i]
    head = (
        token.head
        if token.dep in ("amod", "compound", "nmod", "nmod:desc") and annotation.tokens[token.head].pos in ("NOUN", "PROPN")
        else i
    )
    if (
        head != i
        and any(k in range(i + 1, head) and body_at(annotation, k) for k in annotation.children(head))
        and annotation.tokens[head].lemma not in words("nouns", "attacker")
    ):
        return None
    candidates = [head, *([annotation.tokens[head].head] if annotation.tokens[head].dep == "appos" else [])]
    if annotation.children(head, "cop") and asserted(annotation, head):
        candidates += annotation.children(head, "nsubj")
    for k in candidates:
        entity = entity_at(annotation, k)
        m = mention_at(annotation).get(k)
        singular = m is not None and annotation.tokens[k].tag not in ("NNS", "NNPS")
        if entity is not None and entity.kind == "person" and entity.name and singular and is_person(annotation, k):
            return head, entity
    return None
