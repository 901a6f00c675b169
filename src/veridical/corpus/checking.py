"""Whether a marked report keeps the rules that its grammar alone cannot say: ids, roles, stages, notations, names, chains."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from importlib import resources

from veridical import codebook
from veridical.corpus.chains import enclosing
from veridical.corpus.document import Document, Mark, Place, Row
from veridical.corpus.markup import grammar
from veridical.corpus.notation import read_count, read_when
from veridical.errors import Fault
from veridical.values import Certainty, Factuality, SourceKind, Stage, Status, WherePrecision

_Found = Iterator[tuple[Place, str]]
TOP = Place(1, 1)


def check_document(document: Document) -> tuple[Fault, ...]:
    """Every fault of meaning, in the order of the file; empty when the report can be used."""
    rules: tuple[Callable[[Document], _Found], ...] = (_header, _entities, _events, _marks, _arguments, _attributions, _innocence)
    found = [(at, what) for rule in rules for at, what in rule(document)]
    return tuple(
        Fault(document.name, at.line, at.column, what) for at, what in sorted(found, key=lambda x: (x[0].line, x[0].column))
    )


@lru_cache
def countries() -> frozenset[str]:
    """The ISO 3166 alpha-3 codes that the gazetteer knows."""
    lines = resources.files("veridical").joinpath("data/places_countries.tsv").read_text("utf-8").splitlines()
    return frozenset(line[:3] for line in lines if line[3:4] == "\t")


def _one_of(row: Row | Mark, name: str, allowed: Collection[str]) -> _Found:
    value = row.get(name)
    if value is not None and value not in allowed:
        yield row.at, f"{name}={value!r} is not known: take one of {', '.join(sorted(allowed))}"


def _header(document: Document) -> _Found:
    words = grammar()["vocabularies"]
    header = Row("report", document.header, TOP)
    yield from _one_of(header, "form", words["forms"])
    yield from _one_of(header, "distractor", words["distractors"])
    try:
        date.fromisoformat(document.header.get("published", "2000-01-01"))
    except ValueError:
        yield TOP, f"published={document.header['published']!r} is no date: write YYYY-MM-DD, or leave it out when it is not told"
    if not document.text:
        yield TOP, "the report has no text: write a body"


def _entities(document: Document) -> _Found:
    words, table = grammar()["vocabularies"], grammar()["actor_sorts"]
    quotes: dict[str | None, list[str]] = {}
    for mark in document.tagged("m"):
        quotes.setdefault(mark.get("e"), []).append(fold(document.quote(mark)))
    for row in document.entities.values():
        yield from _one_of(row, "kind", words["entity_kinds"])
        yield from _one_of(row, "sort", table)
        yield from _one_of(row, "private", words["flags"])
        yield from _one_of(row, "precision", [p.value for p in WherePrecision])
        yield from _one_of(row, "country", countries())
        if row.id not in quotes:
            yield row.at, f"entity {row.id!r} is never mentioned: mark a mention, or remove it"
        elif (name := row.get("name")) and not any(fold(name) in quote for quote in quotes[row.id]):
            yield row.at, f"the name {name!r} stands in no mention of {row.id!r}: write it as the report does, or leave it out"
        if row.get("kind") in ("place", "facility") and not (
            row.get("precision") and (row.get("country") or row.get("precision") == "unknown")
        ):
            yield row.at, f"place {row.id!r} needs precision= and, unless unknown, country="


def _events(document: Document) -> _Found:
    words, book = grammar()["vocabularies"], codebook.load()
    triggers = {mark.get("e") for mark in document.tagged("v")}
    for row in document.events.values():
        kind, stage = row.get("type") or "", row.get("stage")
        yield from _one_of(row, "type", book.types)
        yield from _one_of(row, "stage", [s.value for s in Stage])
        yield from _one_of(row, "certainty", [c.value for c in Certainty])
        for mode in (row.get("modes") or "").split():
            if mode not in words["modes"]:
                yield row.at, f"mode {mode!r} is not known: take from {', '.join(words['modes'])}"
        if row.id not in triggers:
            yield row.at, f"event {row.id!r} has no trigger: mark its words with <v e={row.id!r}>"
        if kind in book.types:
            yield from _stage_of(row, book.family(kind), kind, stage)
        for relation in words["relations"]:
            for other in (row.get(relation) or "").split():
                if other not in document.events or other == row.id:
                    yield row.at, f"{relation}={other!r} is no other event of this report: declare it"


def _stage_of(row: Row, family: str, kind: str, stage: str | None) -> _Found:
    if family == "violence" and not stage:
        yield row.at, f"event {row.id!r} is violence and needs stage="
    if family != "violence" and stage:
        yield row.at, f"event {row.id!r} is of the family {family} and has no stage: remove it"
    if kind == "threat" and stage not in (None, "threatened"):
        yield row.at, "a threat has always the stage threatened"


def _marks(document: Document) -> _Found:
    attributions = {mark.get("a") for mark in document.tagged("q")}
    for mark in document.marks:
        if mark.tag == "m" and mark.get("e") not in document.entities:
            yield mark.at, f"mention of {mark.get('e')!r}, which is not declared: add an <entity>"
        if mark.tag == "v" and mark.get("e") not in document.events:
            yield mark.at, f"trigger of {mark.get('e')!r}, which is not declared: add an <event>"
        if mark.tag in ("src", "cue") and mark.get("a") not in attributions:
            yield mark.at, f"<{mark.tag}> of {mark.get('a')!r}, which has no <q>: mark what is said"
        yield from _one_of(mark, "f", [f.value for f in Factuality])
        yield from _one_of(mark, "status", [s.value for s in Status])
        yield from _one_of(mark, "alt", grammar()["vocabularies"]["flags"])
        try:
            if mark.tag == "t":
                read_when(mark.get("v") or "", mark.get("precision"), mark.get("extent"))
            if mark.tag == "c":
                read_count(mark.get("n") or "", "")
            if mark.get("since"):
                read_when(mark.get("since") or "")
        except ValueError as error:
            yield mark.at, f"{error}: see the notation of times and counts in the guidelines"


def _arguments(document: Document) -> _Found:
    roles, book = grammar()["roles"], codebook.load()
    for mark in document.marks:
        for event, role in mark.arguments:
            row = document.events.get(event)
            if row is None:
                yield mark.at, f"argument of {event!r}, which is not declared: add an <event>"
                continue
            family = book.family(row.get("type") or "") if row.get("type") in book.types else "violence"
            allowed = {"t": ["when"], "c": roles["measures"], "w": roles["words"]}.get(
                mark.tag, [r for r in roles[family] if r not in roles["words"]]
            )
            if mark.tag == "m" and role == "charge":
                allowed = []
            if role not in allowed or (mark.tag == "w" and role not in roles[family]):
                yield (
                    mark.at,
                    f"<{mark.tag}> cannot be {role!r} of {event!r}, which is {family}: allowed are {', '.join(allowed)}",
                )


def _attributions(document: Document) -> _Found:
    cued = {mark.get("a") for mark in document.tagged("src", "cue")}
    first: dict[str | None, Mark] = {}
    for mark in document.tagged("q"):
        if mark.get("a") not in first:
            first[mark.get("a")] = mark
            if not mark.get("kind"):
                yield mark.at, f"the first <q> of {mark.get('a')!r} needs kind="
            if mark.get("a") not in cued:
                yield (
                    mark.at,
                    f"attribution {mark.get('a')!r} has neither <src> nor <cue>: mark who says it or the word that says so",
                )
        elif mark.get("kind") or mark.get("by") or mark.get("stance"):
            yield mark.at, f"{mark.get('a')!r} has its kind, by and stance at its first <q>: remove them here"
        yield from _one_of(mark, "kind", [k.value for k in SourceKind])
        yield from _one_of(mark, "stance", grammar()["vocabularies"]["stances"])
        if mark.get("by") and mark.get("by") not in document.entities:
            yield mark.at, f"by={mark.get('by')!r} is not declared: add an <entity>"
        outer = enclosing(document, mark)[:-1]
        if outer != enclosing(document, first[mark.get("a")])[:-1]:
            yield (
                mark.at,
                f"parts of {mark.get('a')!r} stand in different contents: nest every part alike, or give this one its own id",
            )
        parent = document.marks[mark.parent] if mark.parent is not None else None
        if parent is not None and parent.tag == "q" and parent.get("a") == mark.get("a"):
            yield mark.at, f"<q> of {mark.get('a')!r} stands in itself: end the outer one first"


def _innocence(document: Document) -> _Found:
    """Every named person who is said to have done violence carries the status that the sources give (DESIGN.md)."""
    status: dict[str, bool] = {}
    where: dict[str, Place] = {}
    for mark in document.tagged("m"):
        row = document.entities.get(mark.get("e") or "")
        if row is None or row.get("kind") != "person" or not row.get("name"):
            continue
        if any(role in grammar()["roles"]["perpetrator"] for _, role in mark.arguments):
            where.setdefault(row.id, mark.at)
        status[row.id] = status.get(row.id, False) or mark.get("status") is not None
    for person, at in where.items():
        if not status[person]:
            yield at, f"{person!r} is named as a perpetrator without a status: give status= at a mention"


def fold(text: str) -> str:
    """Letters without case, accents and spacing, to compare names."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
