"""One reading of a report, whoever made it: spans by layer and events with their triggers, to compare with another reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from veridical.corpus.chains import enclosing, names_of
from veridical.corpus.document import Document, Mark
from veridical.corpus.records import records_of

Extent = tuple[int, int]
"""Start and end of a stretch of the text."""

Names = frozenset[str]
"""What a source is called in a reading: its name and the words of its mentions; empty where it has no identity."""

ARGUMENT_LAYERS = {
    "when": "time",
    "where": "place",
    "perpetrators": "perpetrator",
    "organizations": "organization",
    "targets": "target",
    "weapons": "weapon",
    "authorities": "authority",
    "subjects": "subject",
    "charges": "charge",
    "reason": "reason",
}
"""The layer of the evidence for each field of a record; counts are a layer together."""


@dataclass(frozen=True)
class EventView:
    """One event as a reading has it; ``chains`` are the sources of each trigger, the publisher first, each by all its names."""

    record: Mapping[str, Any]
    triggers: tuple[Extent, ...]
    chains: tuple[tuple[Extent, tuple[Names, ...]], ...]
    factuality: tuple[tuple[Extent, str], ...]


@dataclass(frozen=True)
class View:
    """The spans of each layer and the events of one reading of one report."""

    report: str
    text: str
    spans: Mapping[str, frozenset[Extent]]
    events: tuple[EventView, ...]


def view_of_document(document: Document) -> View:
    """The gold reading: every mark of the text, attributions included."""
    records = records_of(document)
    spans = _argument_spans(records)
    spans["entity"] = {(m.start, m.end) for m in document.tagged("m")}
    for tag, layer in (("src", "source"), ("cue", "cue")):
        spans[layer] = {(m.start, m.end) for m in document.tagged(tag)}
    contents: dict[str, list[Extent]] = {}
    for mark in document.tagged("q"):
        contents.setdefault(enclosing(document, mark)[-1], []).append((mark.start, mark.end))
    spans["content"] = {part for parts in contents.values() for part in parts}
    return View(document.id, document.text, {k: frozenset(v) for k, v in spans.items()}, tuple(_events(records, document)))


def view_of_records(
    report: str, text: str, records: Iterable[Mapping[str, Any]], more: Mapping[str, Iterable[Extent]] = {}
) -> View:
    """The reading that incident records hold; ``more`` adds layers that records do not have."""
    records = list(records)
    spans = _argument_spans(records)
    spans.update({layer: set(found) for layer, found in more.items()})
    return View(report, text, {k: frozenset(v) for k, v in spans.items()}, tuple(_events(records, None)))


def _argument_spans(records: Iterable[Mapping[str, Any]]) -> dict[str, set[Extent]]:
    spans: dict[str, set[Extent]] = {layer: set() for layer in ("trigger", "count", *ARGUMENT_LAYERS.values())}
    for record in records:
        for claim in record["claims"]:
            for e in claim["evidence"]:
                name = e["field"].split(".")[0]
                layer = "trigger" if name == "type" else "count" if name == "counts" else ARGUMENT_LAYERS.get(name)
                if layer:
                    spans[layer].add((e["start"], e["end"]))
    return spans


def _events(records: Iterable[Mapping[str, Any]], document: Document | None) -> Iterable[EventView]:
    for record in records:
        chains: dict[Extent, tuple[Names, ...]] = {}
        facts: dict[Extent, str] = {}
        for claim in record["claims"]:
            for e in claim["evidence"]:
                if e["field"] == "type":
                    at = (e["start"], e["end"])
                    chains[at] = tuple(frozenset({link["name"]} - {None}) for link in claim["attribution"])
                    facts[at] = claim["factuality"]
        if document is not None:
            own = [m for m in document.tagged("v") if m.get("e") == record["key"]]
            facts = {(m.start, m.end): m.get("f") or "CT+" for m in own}
            chains = {(m.start, m.end): _sources(document, m) for m in own}
        yield EventView(
            record, tuple(sorted(chains)), tuple((at, chains[at]) for at in sorted(chains)), tuple(sorted(facts.items()))
        )


def _sources(document: Document, mark: Mark) -> tuple[Names, ...]:
    """The publisher and the sources around a mark, each by the words that stand for it anywhere in the report."""
    publisher = document.header.get("publisher")
    return (frozenset({publisher} if publisher else ()), *(names_of(document, a) for a in enclosing(document, mark)))
