"""When and where: which times and places belong to which event, by the tree and, failing that, the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veridical.extract.slots import preposition
from veridical.lexicon import noun_class
from veridical.model import Annotation, PlaceMention, TimeMention
from veridical.values import WherePrecision

_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "on",
        "around",
        "across",
        "within",
        "into",
        "to",
        "along",
        "through",
        "off",
        "over",
        "throughout",
        "beside",
        "behind",
        "between",
        "close",
        "of",
        "against",
        "towards",
        "toward",
        "",
        "north",
        "south",
        "east",
        "west",
        "for",
        "upon",
    }
)
_NOT_HERE = frozenset({"from", "by", "with", "about", "than", "like", "as", "despite", "since"})
_BELONGING = frozenset(
    {
        "embassy",
        "consulate",
        "interest",
        "property",
        "citizen",
        "company",
        "government",
        "president",
        "ambassador",
        "king",
        "army",
        "people",
        "national",
        "minister",
    }
)
_FINE = {
    WherePrecision.SITE: 4,
    WherePrecision.CITY: 3,
    WherePrecision.REGION: 2,
    WherePrecision.COUNTRY: 1,
    WherePrecision.UNKNOWN: 0,
}
_MOTION = frozenset(
    {
        "enter",
        "flee",
        "return",
        "travel",
        "arrive",
        "come",
        "cross",
        "go",
        "fly",
        "visit",
        "join",
        "live",
        "born",
        "bear",
        "move",
        "deport",
        "extradite",
        "study",
    }
)


def range_head(annotation: Annotation, start: int, end: int) -> int:
    """The token of a range whose head lies outside it; the first such one."""
    for k in range(start, end):
        head = annotation.tokens[k].head
        if head == k or not start <= head < end:
            return k
    return start


def governing_event(annotation: Annotation, i: int, events: Mapping[int, int]) -> int | None:
    """The event whose tree token ``i`` stands in: the nearest one above it; ``events`` maps tokens to events."""
    if i in events:
        return events[i]
    for above in annotation.ancestors(i):
        if above in events:
            return events[above]
    return None


def place_fits(annotation: Annotation, place: PlaceMention) -> bool:
    """Whether a place mention can be where something happened, and is not an origin, an owner or someone's title."""
    head = range_head(annotation, place.start, place.end)
    token = annotation.tokens[head]
    mark = preposition(annotation, head)
    while token.dep == "conj" and token.head < token.i and annotation.tokens[token.head].pos in ("PROPN", "NOUN"):
        token = annotation.tokens[token.head]
    if mark in _NOT_HERE or (mark and mark not in _LOCATIVE):
        return False
    owner = annotation.tokens[token.head]
    modifies = token.dep.split(":")[0] in ("compound", "amod", "nmod") and owner.i != head
    if modifies and token.dep in ("compound", "amod", "nmod:poss", "nmod:desc"):
        return place.where.precision != WherePrecision.COUNTRY and _locates(annotation, owner.i)
    if modifies and mark == "of" and place.where.precision == WherePrecision.COUNTRY and owner.lemma.lower() in _BELONGING:
        return False
    if modifies and mark == "of" and owner.pos in ("NOUN", "PROPN"):
        return not any(
            noun_class(owner.lemma.lower(), k) for k in ("human", "authority", "group", "role_nouns")
        ) or owner.lemma in ("city", "town", "province")
    if mark == "to" and owner.lemma not in ("travel", "send", "go", "come", "close", "next"):
        return False
    if token.dep.startswith("nmod") and mark == "for":
        return False
    return not (owner.lemma in _MOTION and token.dep in ("obj",))


def _locates(annotation: Annotation, owner: int) -> bool:
    """Whether a name before a noun says where it is: "Istanbul nightclub" and "Ankara bombing" do, "Turkish police" does not."""
    token = annotation.tokens[owner]
    lemma = token.lemma.lower()
    if any(noun_class(lemma, k) for k in ("authority", "group", "outlet")) and not noun_class(lemma, "facility"):
        return False
    return (token.pos == "NOUN" and not noun_class(lemma, "human")) or noun_class(lemma, "facility")


def finest(places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The most precise of several place mentions, the first among equals; a broader resolved one beats an unresolved name."""
    best = None
    for place in places:
        if best is None or _FINE[place.where.precision] > _FINE[best.where.precision]:
            best = place
    return best


def dates(annotation: Annotation) -> list[tuple[int, TimeMention]]:
    """The time mentions that can place an event, with their index; durations, sets and times of day cannot."""
    return [(k, t) for k, t in enumerate(annotation.times) if t.kind == "date"]
