"""Roles of people, as written and with their time: "mayor of Istanbul", "rose to finance director in 2016"."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.extract.actors_reading import (
    Finding,
    asserted,
    closed,
    entity_at,
    evidential,
    listed,
    named_people,
    skip_articles,
    trusted,
    when_at,
)
from veridical.extract.slots import preposition, verb_slots
from veridical.extract.triggers import mention_at
from veridical.lexicon import noun_class
from veridical.model import Annotation, Entity, Mention
from veridical.values import When

_BACK = 12
"""How many tokens before a name the head of its description may stand ("the mayor of the city of X, Y,")."""
_LINKS = frozenset({"of", "for", "in", "at", "to", "on", "from", "with"})


def is_role(annotation: Annotation, i: int) -> bool:
    """Whether token ``i`` is a noun for an office, a post or a trade."""
    token = annotation.tokens[i]
    lemma = token.lemma.lower()
    return (
        token.pos in ("NOUN", "PROPN")
        and token.tag not in ("NNS", "NNPS")
        and (lemma in listed("roles", "nouns") or noun_class(lemma, "role_nouns"))
    )


def find_roles(annotation: Annotation) -> list[Finding]:
    """The roles that the report gives those it names."""
    out = [
        *_descriptions(annotation),
        *_predicates(annotation),
        *_before_commas(annotation),
        *_titles(annotation),
        *_becoming(annotation),
    ]
    kept: list[Finding] = []
    for found in sorted(out, key=lambda f: (f.start - f.end, f.start)):
        if not any(o.entity == found.entity and o.start <= found.start and found.end <= o.end for o in kept):
            kept.append(found)
    return kept


def _found(annotation: Annotation, entity: Entity, head: int, when: When | None = None, cue: int | None = None) -> Finding:
    start, end = role_range(annotation, head, entity)
    when = when if when is not None else when_at(annotation, head)
    return Finding(entity.index, "role", annotation.text(start, end), when, start, end, head if cue is None else cue)


def role_range(annotation: Annotation, head: int, entity: Entity) -> tuple[int, int]:
    """The words of a role around its noun: modifiers before it, "of …" and "for …" after it, no name of the person."""
    first, end = annotation.core(head)
    names = {
        k
        for m in entity.mentions
        if annotation.mentions[m].form == "name"
        for k in range(annotation.mentions[m].start, annotation.mentions[m].end)
    }
    while end - 1 > head and end - 1 in names:
        end -= 1
    while first < head and first in names:
        first += 1
    bracketed = [k for k in range(first, head) if annotation.tokens[k].text in ("[", "]", "(", ")")]
    first = bracketed[-1] + 1 if bracketed else first
    for child in annotation.children(head, "nmod", "obl"):
        if child >= end and preposition(annotation, child) in _LINKS:
            end = _extended(annotation, end, child, names)
    return skip_articles(annotation, first, end), end


def _extended(annotation: Annotation, end: int, child: int, names: set[int]) -> int:
    """The end of a range moved over the phrase at ``child`` when that follows directly; lists are kept whole."""
    tree = set(annotation.subtree(child)) - names
    dated = {k for t in annotation.times for k in range(t.start, t.end)}
    k = end
    while k in tree and k not in dated and annotation.tokens[k].dep not in ("acl:relcl", "appos"):
        token = annotation.tokens[k]
        if token.text in (",", "and") and not _goes_on(annotation, k, tree):
            break
        k += 1
    if k < len(annotation.tokens) and annotation.tokens[k - 1].text == "(":
        k -= 1
    if k + 2 < len(annotation.tokens) and annotation.tokens[k].text == "(" and annotation.tokens[k + 2].text == ")":
        k += 3
    while k > end and annotation.tokens[k - 1].pos in ("PUNCT", "CCONJ", "ADP", "DET") and annotation.tokens[k - 1].text != ")":
        k -= 1
    return k


def _goes_on(annotation: Annotation, k: int, tree: set[int]) -> bool:
    """Whether a list goes on after a comma or "and": a name or noun coordinated within the same phrase, with "and" at its end."""
    rest = [j for j in range(k, max(tree) + 1) if j in tree]
    joined = any(annotation.tokens[j].dep == "cc" for j in rest)
    after = annotation.tokens[k + 1] if k + 1 < len(annotation.tokens) else None
    return joined and after is not None and after.i in tree and after.pos not in ("VERB", "PRON", "SCONJ", "ADP", "DET")


def _descriptions(annotation: Annotation) -> Iterator[Finding]:
    """Nouns that coreference holds to describe a named person, and those the tree puts directly by the name."""
    for entity in named_people(annotation):
        for m in entity.mentions:
            mention = annotation.mentions[m]
            if mention.form == "nominal" and _tells(annotation, entity, m):
                yield _found(annotation, entity, mention.head)
            if mention.form == "name":
                yield from _beside(annotation, entity, mention)


def _tells(annotation: Annotation, entity: Entity, m: int) -> bool:
    """Whether a description tells a role of its person, and of no other."""
    mention = annotation.mentions[m]
    if not is_role(annotation, mention.head) or _bare(annotation, mention) or not trusted(annotation, m):
        return False
    return not _others_title(annotation, entity, mention.head)


def _bare(annotation: Annotation, mention: Mention) -> bool:
    """Whether a description only points back: "the leader" with nothing more says what is known."""
    pointing = annotation.tokens[mention.start].text.lower() in ("the", "this", "that") and mention.end - mention.start <= 2
    return pointing and not annotation.children(mention.head, "nmod", "compound", "amod")


def _beside(annotation: Annotation, entity: Entity, mention: Mention) -> Iterator[Finding]:
    head = annotation.tokens[mention.head]
    for child in annotation.children(mention.head, "appos", "compound", "nmod", "flat", "amod"):
        outside = not mention.start <= child < mention.end and not _others_title(annotation, entity, child)
        if outside and is_role(annotation, child) and not preposition(annotation, child):
            yield _found(annotation, entity, child)
    if head.dep in ("appos", "flat") and not mention.start <= head.head < mention.end and is_role(annotation, head.head):
        yield _found(annotation, entity, head.head)


def _others_title(annotation: Annotation, entity: Entity, i: int) -> bool:
    """Whether a noun stands directly before another person's name: "X, Colonel Y" says nothing of X."""
    after = mention_at(annotation).get(i + 1)
    if after is None or annotation.mentions[after].form != "name" or annotation.mentions[after].kind != "person":
        return False
    return annotation.mentions[after].entity != entity.index


def _predicates(annotation: Annotation) -> Iterator[Finding]:
    """ "X was the mayor of Y from 2009 to 2014"."""
    for token in annotation.tokens:
        if is_role(annotation, token.i) and annotation.children(token.i, "cop") and asserted(annotation, token.i):
            for subject in annotation.children(token.i, "nsubj"):
                person = entity_at(annotation, subject)
                if person is not None and person.kind == "person" and person.name:
                    yield _found(annotation, person, token.i)


def _before_commas(annotation: Annotation) -> Iterator[Finding]:
    """ "the mayor of Istanbul, X, said": the tree often loses such pairs, the commas do not."""
    tokens = annotation.tokens
    for entity in named_people(annotation):
        for m in entity.mentions:
            mention = annotation.mentions[m]
            comma = mention.start - 1
            if mention.form != "name" or comma < 2 or tokens[comma].text != "," or not closed(annotation, mention.end):
                continue
            head = _head_before(annotation, comma)
            if head is not None:
                yield _found(annotation, entity, head)


def _head_before(annotation: Annotation, comma: int) -> int | None:
    """The role noun of a definite phrase that ends at a comma and holds neither verb nor further comma."""
    tokens = annotation.tokens
    for k in range(comma - 1, max(comma - _BACK, -1), -1):
        if (
            tokens[k].sent != tokens[comma].sent
            or tokens[k].pos in ("VERB", "AUX", "SCONJ", "PRON")
            or tokens[k].text in (",", ";", ":")
        ):
            return None
        if is_role(annotation, k) and (k + 1 == comma or tokens[k + 1].text.lower() in _LINKS):
            named = annotation.core(k)[0]
            definite = tokens[named].text.lower() in ("the", "its", "their", "his", "her") or annotation.children(k, "nmod:poss")
            return k if definite and tokens[k].dep != "compound" else None
    return None


def _titles(annotation: Annotation) -> Iterator[Finding]:
    """ "Mayor X", "police spokesman X": nouns directly before a name, or taken into it by the tagger."""
    tokens = annotation.tokens
    for entity in named_people(annotation):
        for m in entity.mentions:
            mention = annotation.mentions[m]
            if mention.form != "name":
                continue
            first = mention.start
            inner = mention.end - mention.start > 1 and tokens[first].text.lower() in listed("roles", "titles")
            at = first if inner else first - 1
            if at < 0 or tokens[at].sent != tokens[first].sent or not (inner or is_role(annotation, at)):
                continue
            start = at
            while start > 0 and _title_goes_on(annotation, start - 1, at, first):
                start -= 1
            yield Finding(entity.index, "role", annotation.text(start, at + 1), When(), start, at + 1, at)


def _title_goes_on(annotation: Annotation, k: int, at: int, name: int) -> bool:
    """Whether token ``k`` belongs to the title that ends at ``at``: its modifier, or with it one of the name's."""
    token = annotation.tokens[k]
    if token.pos not in ("NOUN", "PROPN", "ADJ") or token.sent != annotation.tokens[at].sent:
        return False
    beside = token.head in (annotation.tokens[at].head, name) and token.dep == annotation.tokens[at].dep
    return (token.head == at or beside) and token.dep.split(":")[0] in ("compound", "amod", "nmod")


def _becoming(annotation: Annotation) -> Iterator[Finding]:
    """ "was appointed governor", "rose to finance director", "served as treasurer until 2015"."""
    for token in annotation.tokens:
        if token.pos != "VERB" or token.lemma not in listed("ties", "becoming") or not evidential(annotation, token.sent):
            continue
        slots = verb_slots(annotation, token.i)
        head = _role_after(annotation, token.i)
        people = slots.objects if slots.passive or token.lemma in listed("ties", "describing") else slots.subjects
        if head is None or not asserted(annotation, token.i):
            continue
        # Young parsers hang the subject of "X was appointed minister" on the noun.
        people = people or list(annotation.children(head, "nsubj"))
        for person in (entity_at(annotation, p) for p in people):
            if person is not None and person.kind == "person" and person.name:
                start, end = role_range(annotation, head, person)
                start = _from_mark(annotation, start, token.i)
                yield Finding(
                    person.index, "role", annotation.text(start, end), when_at(annotation, token.i), start, end, token.i
                )


def _role_after(annotation: Annotation, verb: int) -> int | None:
    """The role noun that a verb of becoming leads to: its complement, or what stands after "to" and "as"."""
    below = [
        c
        for c in annotation.children(verb, "xcomp", "obj", "obl")
        if c > verb and is_role(annotation, c) and mention_at(annotation).get(c, -1) not in _names(annotation)
    ]
    return below[0] if below else None


def _names(annotation: Annotation) -> set[int]:
    return {m for m, mention in enumerate(annotation.mentions) if mention.form == "name"}


def _from_mark(annotation: Annotation, start: int, verb: int) -> int:
    """The start moved back to just after "to" or "as" when only plain words stand between ("to finance director")."""
    tokens = annotation.tokens
    for k in range(start - 1, max(start - 3, verb), -1):
        if tokens[k].text.lower() in listed("ties", "role_marks"):
            return skip_articles(annotation, k + 1, start + 1)
        if not tokens[k].text.isalpha() or tokens[k].pos in ("ADP", "DET"):
            return start
    return start
