"""Legal status told by nouns and modifiers: "the arrest of X", "a warrant for X", "X was in custody", "alleged gunman X"."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.extract.actors_reading import StatusCue, asserted, by_word, evidential, is_person, is_rebel, listed, when_at
from veridical.extract.slots import Slots, conjuncts, noun_slots, preposition, verb_slots
from veridical.extract.triggers import mention_at
from veridical.lexicon import words
from veridical.model import Annotation, Token
from veridical.values import Status, When


def status_of_noun(annotation: Annotation, token: Token) -> Iterator[StatusCue]:
    """ "the arrest of X", "X's conviction", "a warrant for X", "charges against X", and "the suspect" itself."""
    lemma = token.lemma.lower()
    if lemma in by_word("descriptions") and token.tag not in ("NNS", "NNPS"):
        m = mention_at(annotation).get(token.i)
        if m is not None and token.dep not in ("compound", "nmod:poss") and not _cancelled_predicate(annotation, token.i):
            yield StatusCue(token.i, Status(by_word("descriptions")[lemma]), When(), token.i, token.i + 1, token.i)
    if lemma in by_word("against"):
        for child in annotation.children(token.i, "nmod", "obl"):
            if preposition(annotation, child) in ("for", "against") and asserted(annotation, token.i):
                for each in (*conjuncts(annotation, child), *(_owners(annotation, child))):
                    yield StatusCue(each, Status(by_word("against")[lemma]), When(), token.i, token.i + 1, token.i)
    elif lemma in by_word("nouns") and asserted(annotation, token.i) and not _warranted(annotation, token):
        slots = noun_slots(annotation, token.i, True)
        people = [p for p in slots.objects if is_person(annotation, p)]
        if lemma == "confession" or not _captors(annotation, slots):
            status, when = Status(by_word("nouns")[lemma]), when_at(annotation, token.i)
            for person in people:
                yield StatusCue(person, status, when, token.i, token.i + 1, token.i)


def _captors(annotation: Annotation, slots: Slots) -> bool:
    return any(is_rebel(annotation, s) for s in slots.subjects)


def _owners(annotation: Annotation, noun: int) -> list[int]:
    """X in "a warrant for the arrest of X" or "for X's arrest"."""
    if annotation.tokens[noun].lemma.lower() not in by_word("nouns"):
        return []
    return noun_slots(annotation, noun, True).objects


def _warranted(annotation: Annotation, token: Token) -> bool:
    """Whether an act is only what a warrant or a charge is for."""
    governor = annotation.tokens[token.head]
    above = governor.lemma.lower()
    return governor.i != token.i and (above in by_word("against") or above in listed("assertion", "unreal_nouns"))


def _cancelled_predicate(annotation: Annotation, i: int) -> bool:
    return bool(annotation.children(i, "cop")) and not asserted(annotation, i)


def status_of_custody(annotation: Annotation, token: Token) -> Iterator[StatusCue]:
    """ "X was in custody", "remains behind bars": a phrase as the predicate."""
    following = token.i + 1
    if following >= len(annotation.tokens):
        return
    noun = annotation.tokens[following]
    phrase = f"{token.text} {noun.text}".lower()
    if phrase not in listed("phrases", "custody") or phrase in ("for questioning", "on suspicion", "into custody"):
        return
    people: list[int] = []
    head = noun.i
    if annotation.children(noun.i, "cop"):
        people = list(annotation.children(noun.i, "nsubj"))
    elif annotation.tokens[noun.head].lemma in ("remain", "be", "stay"):
        head = noun.head
        people = verb_slots(annotation, head).subjects
    if asserted(annotation, head):
        for person in (c for p in people for c in conjuncts(annotation, p)):
            yield StatusCue(person, Status.ARRESTED, When(), token.i, noun.i + 1, noun.i)


def status_of_modifiers(annotation: Annotation) -> Iterator[StatusCue]:
    """ "suspected ISIL leader X", "the alleged gunman", "jailed dissident X": a word before a person's noun or name."""
    tokens = annotation.tokens
    for mention in annotation.mentions:
        sentence = tokens[mention.head].sent
        if mention.kind != "person" or mention.form == "pronoun" or not evidential(annotation, sentence):
            continue
        first = annotation.core(mention.head)[0] if mention.form == "nominal" else mention.start
        for token in tokens[max(min(first, mention.start) - 1, 0) : mention.head]:
            status = by_word("modifiers").get(token.text.lower())
            negated = token.i > 0 and tokens[token.i - 1].text.lower() in words("stages", "negations")
            if status is None or token.sent != sentence or negated:
                continue
            if token.dep in ("amod", "compound", "nmod", "nmod:desc") and mention.start <= token.head < mention.end:
                yield StatusCue(mention.head, Status(status), When(), token.i, mention.head + 1, token.i)
