"""Writes and reads a document as brat stand-off (Stenetorp et al. 2012): ``.txt``, ``.ann``, and ``.json`` for its own facts.

Text-bound annotations are the marks; a trigger is the trigger of a brat event, whose arguments are the marks with a role in
it; a content is tied to its source and its cue by relations, mentions of one entity by ``Same``. What brat has no place for
(values, declarations) is JSON in a note. Text-bound annotations over the same characters stand outer first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from veridical import codebook
from veridical.corpus.document import Document, Mark, Place, Row
from veridical.corpus.markup import grammar
from veridical.corpus.writing import nested
from veridical.errors import CorpusError, Fault

NAMES = {
    "m": "Mention",
    "v": "Trigger",
    "t": "Time",
    "c": "Count",
    "w": "Words",
    "q": "Content",
    "src": "Source",
    "cue": "Cue",
    "noise": "Noise",
}
_TAGS = {name: tag for tag, name in NAMES.items()}
_RELATIONS = {"src": "SaidBy", "cue": "CuedBy"}


@dataclass(frozen=True)
class BratFiles:
    """The three files of a report in brat's form."""

    text: str
    annotations: str
    facts: str


def to_brat(document: Document) -> BratFiles:
    """The report as brat stand-off; `from_brat` gives the same document again."""
    facts = {"report": document.header, "title": document.title is not None and len(document.title)}
    return BratFiles(
        document.text,
        "".join(f"{x}\n" for x in _Writer(document).lines()),
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n",
    )


class _Writer:
    """Numbers the marks and writes the lines that refer to them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.groups = _grouped(document)
        self.number = {id(m): f"T{i}" for i, group in enumerate(self.groups, 1) for m in group}
        self.notes = 0

    def lines(self) -> Iterator[str]:
        """All lines of the ``.ann`` file."""
        for group in self.groups:
            places = ";".join(f"{m.start} {m.end}" for m in group)
            words = " ".join(self.document.quote(m).replace("\n", " ") for m in group)
            yield f"{self.number[id(group[0])]}\t{NAMES[group[0].tag]} {places}\t{words}"
        yield from self._events()
        yield from self._relations()
        yield from self._entities()
        for group in self.groups:
            held = {k: v for k, v in group[0].attributes.items() if k != "as"}
            if held:
                yield self._note(self.number[id(group[0])], held)

    def _events(self) -> Iterator[str]:
        seen: set[str] = set()
        for i, mark in enumerate(self.document.tagged("v"), 1):
            event = mark.attributes["e"]
            arguments = "" if event in seen else "".join(self._arguments(event))
            yield f"E{i}\tTrigger:{self.number[id(mark)]}{arguments}"
            if event not in seen:
                yield self._note(f"E{i}", dict(self.document.events[event].attributes))
            seen.add(event)

    def _arguments(self, event: str) -> Iterator[str]:
        for mark in self.document.marks:
            yield from (f" {role}:{self.number[id(mark)]}" for e, role in mark.arguments if e == event)

    def _relations(self) -> Iterator[str]:
        contents = {m.attributes["a"]: self.number[id(m)] for m in reversed([*self.document.tagged("q")])}
        for i, mark in enumerate(self.document.tagged("src", "cue"), 1):
            yield f"R{i}\t{_RELATIONS[mark.tag]} Arg1:{contents[mark.attributes['a']]} Arg2:{self.number[id(mark)]}"

    def _entities(self) -> Iterator[str]:
        for row in self.document.entities.values():
            mentions = [self.number[id(m)] for m in self.document.tagged("m") if m.get("e") == row.id]
            if len(mentions) > 1:
                yield f"*\tSame {' '.join(mentions)}"
            if mentions:
                yield self._note(mentions[0], {"entity": dict(row.attributes)})

    def _note(self, target: str, value: Mapping[str, Any]) -> str:
        self.notes += 1
        return f"#{self.notes}\tAnnotatorNotes {target}\t{json.dumps(value, ensure_ascii=False)}"


def _grouped(document: Document) -> list[list[Mark]]:
    """The marks in text order; the parts of one content that stand apart are one annotation with several stretches."""
    contents: dict[str, list[Mark]] = {}
    groups: list[list[Mark]] = []
    for mark in document.marks:
        if mark.tag == "q" and mark.attributes["a"] in contents:
            contents[mark.attributes["a"]].append(mark)
            continue
        groups.append([mark])
        if mark.tag == "q":
            contents[mark.attributes["a"]] = groups[-1]
    return groups


@dataclass
class _Read:
    """What the lines of an ``.ann`` file hold, by their numbers."""

    spans: dict[str, tuple[str, list[tuple[int, int]], str, int]] = field(default_factory=dict)
    events: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    ties: list[tuple[str, str, str]] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)


def from_brat(files: BratFiles, name: str) -> Document:
    """The document of brat's files; raises CorpusError with each quote that does not stand at its offsets, and each loose end."""
    faults: list[Fault] = []
    read = _read_lines(files.annotations, name, faults)
    for words, places, quote, line in read.spans.values():
        found = " ".join(files.text[a:b].replace("\n", " ") for a, b in places)
        if found != quote or words not in _TAGS:
            faults.append(
                Fault(
                    name,
                    line,
                    1,
                    f"{words} {quote!r} does not stand at its offsets, {found!r} does: save the files anew from one text",
                )
            )
    for number, parts in read.events.items():
        faults.extend(
            Fault(name, 1, 1, f"{number} refers to {t}, which is not there: add it or remove the event")
            for _, t in parts
            if t not in read.spans
        )
    for _, first, second in read.ties:
        faults.extend(
            Fault(name, 1, 1, f"a relation refers to {t}, which is not there: remove it")
            for t in (first, second)
            if t not in read.spans
        )
    if faults:
        raise CorpusError.of(faults)
    return _assemble(files, read, name)


def _read_lines(source: str, name: str, faults: list[Fault]) -> _Read:
    read = _Read()
    for n, line in enumerate(source.splitlines(), 1):
        try:
            number, what, *rest = line.split("\t")
            kind, _, body = what.partition(" ")
            if number[0] == "T":
                places = [(int(a), int(b)) for a, b in (p.split() for p in body.split(";"))]
                read.spans[number] = (kind, places, rest[0], n)
            elif number[0] == "E":
                read.events[number] = [(r, t) for r, _, t in (p.partition(":") for p in what.split())]
            elif number[0] == "R":
                first, second = (p.partition(":")[2] for p in body.split())
                read.ties.append((kind, first, second))
            elif number[0] == "*":
                read.same.append(body.split())
            elif number[0] == "#":
                held = json.loads(rest[0])
                if not isinstance(held, dict) or not isinstance(held.get("entity", {"id": ""}).get("id"), str):
                    raise ValueError("a note holds a JSON object, and a declared entity has an id")
                read.notes.setdefault(body, {}).update(held)
        except (ValueError, IndexError, AttributeError) as error:
            faults.append(Fault(name, n, 1, f"the line cannot be read ({error}): mend it, or save it anew with brat"))
    return read


def _assemble(files: BratFiles, read: _Read, name: str) -> Document:
    header, cut = _facts(files, name)
    attributes = {t: {k: str(v) for k, v in read.notes.get(t, {}).items() if k != "entity"} for t in read.spans}
    entities: dict[str, Row] = {}
    for number, held in read.notes.items():
        if (declared := held.get("entity")) and number in attributes:
            entities[declared["id"]] = Row(declared["id"], declared, Place(1, 1))
            attributes[number]["e"] = declared["id"]
    for group in read.same:
        known = next((e for t in group if (e := attributes[t].get("e"))), None)
        for t in group:
            attributes[t]["e"] = known or f"n{group[0][1:]}"
    events = _event_rows(read, attributes)
    for kind, content, part in read.ties:
        attributes[part]["a"] = attributes[content].setdefault("a", f"a{content[1:]}")
        if kind not in _RELATIONS.values():
            raise CorpusError.of([Fault(name, 1, 1, f"relation {kind!r} is not known: use {', '.join(_RELATIONS.values())}")])
    marks = []
    for number, (kind, places, _, line) in read.spans.items():
        tag = _TAGS[kind]
        for i, (start, end) in enumerate(places):
            own = attributes[number] if i == 0 else {"a": attributes[number]["a"]}
            marks.append(Mark(tag, start, end, _ordered(tag, own), None, Place(line, 1)))
    return Document(
        name,
        header,
        entities,
        events,
        None if cut is False else files.text[:cut],
        files.text,
        nested(files.text, marks, name),
    )


def _facts(files: BratFiles, name: str) -> tuple[dict[str, str], int | bool]:
    """The report's header and the length of its title, or ``False`` where it has none."""
    try:
        facts = json.loads(files.facts)
        header, cut = facts["report"], facts["title"]
        if isinstance(header, dict) and header.get("id") and isinstance(cut, int):
            return {key: str(value) for key, value in header.items()}, cut
    except (ValueError, KeyError, TypeError):
        pass
    raise CorpusError.of(
        [Fault(name, 1, 1, "the .json beside it has no report with an id, or no title length: export the report anew")]
    )


def _event_rows(read: _Read, attributes: dict[str, dict[str, str]]) -> dict[str, Row]:
    """Declares the events and hands their roles to the marks."""
    events: dict[str, Row] = {}
    roles: dict[str, list[tuple[int, str]]] = {}
    order: dict[str, int] = {}
    for number, ((_, trigger), *arguments) in read.events.items():
        declared = read.notes.get(number)
        key = (declared or {}).get("id") or attributes[trigger].get("e") or f"e{number[1:]}"
        attributes[trigger]["e"] = key
        order.setdefault(key, len(order))
        if declared:
            events[key] = Row(key, {k: str(v) for k, v in declared.items()}, Place(1, 1))
        for role, target in arguments:
            roles.setdefault(target, []).append((order[key], key if role == "when" else f"{key}:{role}"))
    for target, held in roles.items():
        attributes[target]["as"] = " ".join(x for _, x in held)
    return events


def _ordered(tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes in the grammar's order."""
    rules = grammar()["elements"][tag]
    names = [*rules["required"], *rules["optional"]]
    return {k: attributes[k] for k in names if k in attributes}


def brat_configuration() -> str:
    """An ``annotation.conf`` with which brat shows and checks these files."""
    roles = sorted({r for k, v in grammar()["roles"].items() if k not in ("words", "perpetrator") for r in v} | {"when"})
    lines = ["[entities]", *(n for t, n in NAMES.items() if t != "v"), "", "[relations]"]
    lines += [f"{n}\tArg1:Content, Arg2:{NAMES[t]}" for t, n in _RELATIONS.items()]
    lines += ["Same\tArg1:Mention, Arg2:Mention, <REL-TYPE>:symmetric-transitive", "", "[events]"]
    lines += ["Trigger\t" + ", ".join(f"{r}*:<ENTITY>" for r in roles), "", "[attributes]", ""]
    return "\n".join(["# Event types: " + ", ".join(codebook.load().types), *lines])
