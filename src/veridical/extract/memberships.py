"""Groups behind acts, by words that tie them to the act rather than to a verb of violence.

"On the orders of the Brigade", "charged with membership of the Phalanx", "the kidnappers belonged to the Boys".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from veridical.extract.event import EventMention, further_mention
from veridical.extract.slots import conjuncts, preposition, verb_slots
from veridical.extract.triggers import is_class, mention_at
from veridical.model import Annotation

_BEHIND = frozenset({"order", "behalf", "instruction", "command", "name", "bidding"})
_NEAR = 3
"""How many sentences after an act its doers are still spoken of."""


def name_bodies(annotation: Annotation, events: list[EventMention], skip: frozenset[int]) -> list[EventMention]:
    """Adds groups to the acts that name them; gives the further mentions of acts told before, in text order."""
    _ordered(annotation, events)
    return [*_belonging(annotation, events, skip)]


def charged_members(annotation: Annotation) -> Iterator[tuple[int, int]]:
    """(Entity of a person, head of a group) for "charged with membership of the Phalanx"."""
    for token in annotation.tokens:
        if token.lemma != "membership" or token.pos != "NOUN":
            continue
        verbs = [k for k in annotation.ancestors(token.i) if annotation.tokens[k].pos == "VERB"]
        people = [c for v in verbs[:1] for s in verb_slots(annotation, v).objects for c in conjuncts(annotation, s)]
        for group in _groups(annotation, annotation.subtree(token.i)):
            for person in people:
                m = mention_at(annotation).get(person)
                entity = annotation.mentions[m].entity if m is not None else None
                if entity is not None:
                    yield entity, group


def _groups(annotation: Annotation, tokens: Sequence[int], kinds: tuple[str, ...] = ("group",)) -> list[int]:
    """Heads of named groups among some tokens."""
    found = []
    for k in tokens:
        m = mention_at(annotation).get(k)
        if m is not None and annotation.mentions[m].kind in kinds and annotation.mentions[m].form == "name":
            found.append(annotation.mentions[m].head)
    return list(dict.fromkeys(found))


def _ordered(annotation: Annotation, events: Sequence[EventMention]) -> None:
    for token in annotation.tokens:
        if token.lemma not in _BEHIND or token.pos != "NOUN" or not preposition(annotation, token.i):
            continue
        owned = list(annotation.children(token.i, "nmod", "nmod:poss"))
        groups = _groups(annotation, owned)
        above = annotation.ancestors(token.i)
        acts = [e for e in events if e.family == "violence" and e.sent == token.sent]
        under = [e for k in above for e in acts if k == e.head or k in e.anchors] or [
            e for k in above for e in acts if e.head in annotation.subtree(k)
        ]
        if under:
            under[0].add("organizations", groups)


def _belonging(annotation: Annotation, events: Sequence[EventMention], skip: frozenset[int]) -> Iterator[EventMention]:
    """ "The kidnappers belonged to X", "the gunmen were members of X"."""
    for token in annotation.tokens:
        if token.sent in skip:
            continue
        if token.lemma == "belong" and token.pos == "VERB":
            to = [c for c in annotation.children(token.i, "obl") if preposition(annotation, c) == "to"]
        elif token.lemma in ("member", "fighter") and annotation.children(token.i, "cop"):
            to = [c for c in annotation.children(token.i, "nmod") if preposition(annotation, c) == "of"]
        else:
            continue
        doers = [s for s in annotation.children(token.i, "nsubj") if is_class(annotation, s, "attacker")]
        groups = _groups(annotation, [k for c in to for k in annotation.subtree(c)], ("group", "organization"))
        told = [e for e in events if e.family == "violence" and e.head < token.i and token.sent - e.sent <= _NEAR]
        denied = any(annotation.tokens[c].lemma in ("not", "never") for c in annotation.children(token.i, "advmod"))
        if doers and groups and told and not denied:
            slots = verb_slots(annotation, token.i)
            yield further_mention(token, slots, {"organizations": groups}, told[-1], told[-1].type)
