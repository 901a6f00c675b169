"""Where people travelled and when: visits, entries, flights, returns, deportations."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.extract.actors_reading import Finding, asserted, entity_at, evidential, listed, when_at
from veridical.extract.setting import range_head
from veridical.extract.slots import Slots, verb_slots
from veridical.model import Annotation, PlaceMention, Token


def find_travel(annotation: Annotation) -> list[Finding]:
    """The journeys of those the report names; a place that one came from keeps its "from"."""
    out: list[Finding] = []
    for token in annotation.tokens:
        if token.pos == "VERB" and evidential(annotation, token.sent) and asserted(annotation, token.i):
            out += _journeys(annotation, token)
    return out


def _journeys(annotation: Annotation, verb: Token) -> Iterator[Finding]:
    slots = verb_slots(annotation, verb.i)
    people = _travellers(verb, slots)
    entities = [e for p in people if (e := entity_at(annotation, p)) is not None and e.kind == "person" and e.name]
    if not entities:
        return
    when = when_at(annotation, verb.i)
    for place, start in _places(annotation, verb, slots):
        away = annotation.tokens[start].text.lower() in listed("travel", "away")
        value = annotation.text(start if away else place.start, place.end)
        for entity in entities:
            yield Finding(entity.index, "travel", value, when, min(verb.i, start), place.end, verb.i)


def _travellers(verb: Token, slots: Slots) -> list[int]:
    """Who moves: the subject of "travel", the object of "send"; "flew to X" and "was flown to X" alike."""
    lemma = verb.lemma
    if lemma in listed("travel", "moved") and slots.objects:
        return slots.objects
    moving = lemma in listed("travel", "to_object") | listed("travel", "motion") | listed("travel", "arriving_in")
    return slots.subjects if moving and not slots.passive else []


def _places(annotation: Annotation, verb: Token, slots: Slots) -> Iterator[tuple[PlaceMention, int]]:
    """The places of a journey with the token at which the words for each begin (its preposition, for an origin)."""
    by_head: dict[int, PlaceMention] = {}
    for place in annotation.places:
        for k in (range_head(annotation, place.start, place.end), *range(place.start, place.end)):
            by_head.setdefault(k, place)
    if verb.lemma in listed("travel", "to_object"):
        for head in slots.objects:
            if head in by_head:
                yield by_head[head], by_head[head].start
    for mark, head in slots.obliques:
        towards = mark in listed("travel", "towards") and (mark != "in" or verb.lemma in listed("travel", "arriving_in"))
        found = by_head.get(head) or _inside(annotation, head, by_head)
        if found is None or not (towards or mark in listed("travel", "away")):
            continue
        yield found, _mark_of(annotation, head, found) if mark in listed("travel", "away") else found.start


def _inside(annotation: Annotation, head: int, by_head: dict[int, PlaceMention]) -> PlaceMention | None:
    """The place in "his hometown of Konya", "the city of Van"."""
    return next((by_head[c] for c in annotation.children(head, "nmod", "appos") if c in by_head), None)


def _mark_of(annotation: Annotation, head: int, place: PlaceMention) -> int:
    marks = [c for c in annotation.children(head, "case") if annotation.tokens[c].text.lower() in listed("travel", "away")]
    return marks[0] if marks and marks[0] < place.start else place.start
