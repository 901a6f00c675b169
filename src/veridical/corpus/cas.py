"""Writes and reads a document as UIMA CAS in JSON or XMI, the exchange format of INCEpTION, through the library dkpro-cassis.

Each element of the markup is a span layer under ``webanno.custom``; its attributes are string features of the same name
(``as`` is ``roles``, since it is a reserved word in many languages). The report's facts and the declared entities and events
are structures without a span.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from veridical.corpus.brat import NAMES
from veridical.corpus.document import Document, Mark, Place, Row
from veridical.corpus.markup import grammar
from veridical.corpus.writing import nested
from veridical.errors import CorpusError, Fault, SettingsError

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

_TAGS = {name: tag for tag, name in NAMES.items()}
_LAYER, _FACT = "webanno.custom.", "veridical."
_TABLES = {"Report": "report", "Entity": "entity", "Event": "event"}
_ORDER = "order"
"""A feature that keeps which of two layers over the same characters is the outer one."""


@lru_cache
def type_system() -> TypeSystem:
    """The layers as a UIMA type system; SettingsError when dkpro-cassis is not installed."""
    try:
        from cassis import TypeSystem
    except ImportError as error:
        raise SettingsError("UIMA CAS needs dkpro-cassis: install veridical[corpus]") from error
    system = TypeSystem()
    for tag, name in NAMES.items():
        layer = system.create_type(f"{_LAYER}{name}", supertypeName="uima.tcas.Annotation")
        for feature in [*_features(tag), _ORDER]:
            system.create_feature(layer, feature, "uima.cas.String")
    for name, element in _TABLES.items():
        fact = system.create_type(f"{_FACT}{name}", supertypeName="uima.cas.TOP")
        for feature in [*_features(element), *["title"] * (name == "Report"), _ORDER]:
            system.create_feature(fact, feature, "uima.cas.String")
    return system


def _features(element: str) -> list[str]:
    rules = grammar()["elements"][element]
    return [_feature(a) for a in [*rules["required"], *rules["optional"]]]


def _feature(attribute: str) -> str:
    """Names that a structure of cassis has of its own get a neighbour's name."""
    return {"as": "roles", "type": "kind_of_event", "id": "key"}.get(attribute, attribute)


def to_cas(document: Document) -> Cas:
    """The report as a CAS; `from_cas` gives the same document again."""
    from cassis import Cas

    system = type_system()
    cas = Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    title = {"title": str(len(document.title))} if document.title is not None else {}
    tables: dict[str, list[Mapping[str, str]]] = {
        "Report": [{**document.header, **title}],
        "Entity": [row.attributes for row in document.entities.values()],
        "Event": [row.attributes for row in document.events.values()],
    }
    for name, rows in tables.items():
        for i, row in enumerate(rows):
            cas.add(system.get_type(f"{_FACT}{name}")(**{_feature(k): v for k, v in row.items()}, order=str(i)))
    for i, mark in enumerate(document.marks):
        held = {_feature(k): v for k, v in mark.attributes.items()}
        cas.add(system.get_type(f"{_LAYER}{NAMES[mark.tag]}")(begin=mark.start, end=mark.end, **held, order=str(i)))
    return cas


def load_cas(path: Path) -> Cas:
    """A CAS from a ``.json`` or ``.xmi`` file; CorpusError when it is none."""
    system = type_system()
    from cassis import load_cas_from_json, load_cas_from_xmi

    try:
        with path.open("rb") as stream:
            return load_cas_from_json(stream) if path.suffix == ".json" else load_cas_from_xmi(stream, typesystem=system)
    except Exception as error:  # The library lets the errors of its parsers through as they are.
        raise CorpusError.of([Fault(str(path), 1, 1, f"no UIMA CAS ({error}): export it as UIMA CAS JSON or XMI")]) from error


def from_cas(cas: Cas, name: str) -> Document:
    """The document that a CAS holds; raises CorpusError where it lacks the report's facts or its layers cross."""
    text = cas.sofa_string or ""
    facts = {n: [_attributes(fs, e) for fs in sorted(cas.select(f"{_FACT}{n}"), key=_place)] for n, e in _TABLES.items()}
    reports = [*cas.select(f"{_FACT}Report")]
    if len(reports) != 1:
        raise CorpusError.of(
            [Fault(name, 1, 1, f"the CAS has {len(reports)} {_FACT}Report: it needs one, with the report's id and form")]
        )
    found = []
    for tag, layer in NAMES.items():
        for fs in cas.select(f"{_LAYER}{layer}"):
            found.append((_place(fs), Mark(tag, fs.begin, fs.end, _attributes(fs, tag), None, Place(1, 1))))
    marks = [mark for _, mark in sorted(found, key=lambda pair: pair[0])]
    cut = reports[0].title
    rows = [{r["id"]: Row(r["id"], r, Place(1, 1)) for r in facts[n]} for n in ("Entity", "Event")]
    return Document(
        name,
        facts["Report"][0],
        rows[0],
        rows[1],
        text[: int(cut)] if cut is not None else None,
        text,
        nested(text, marks, name),
    )


def _attributes(structure: Any, element: str) -> dict[str, str]:
    rules = grammar()["elements"][element]
    names = [*rules["required"], *rules["optional"]]
    return {a: v for a in names if (v := getattr(structure, _feature(a), None)) is not None}


def _place(structure: Any) -> int:
    """The order that was written; what was added since comes last."""
    return int(structure.order) if structure.order is not None else 10**9
