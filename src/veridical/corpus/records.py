"""The incident records of one marked report: the gold in the form that `extract` writes (DESIGN.md, "The incident record")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from veridical import codebook
from veridical.corpus.chains import Link, chain_of
from veridical.corpus.document import Document, Mark, Row
from veridical.corpus.markup import grammar
from veridical.corpus.notation import read_count, read_when
from veridical.values import When, Where, WherePrecision

PARTIES = {
    "perpetrators": ("attacker", "planner", "financier", "supplier", "accomplice"),
    "organizations": ("organization",),
    "targets": ("target",),
    "weapons": ("weapon",),
    "authorities": ("authority", "court"),
    "subjects": ("subject",),
}
"""Which roles of the markup fill which list of the record."""

_FIELD = {role: field for field, roles in PARTIES.items() for role in roles} | {
    "place": "where",
    "charge": "charges",
    "victim": "targets",
}
_FINENESS = tuple(WherePrecision)


def records_of(document: Document) -> list[dict[str, Any]]:
    """A record for each event of the report, in the order of their declaration.

    ``key`` is the event's id and ``incident`` the story's name of it; ``sources`` has the chains by name, ``accept`` the further
    values that the report gives. Every filled field has evidence.
    """
    return [_record(document, event) for event in document.events.values()]


def _record(document: Document, event: Row) -> dict[str, Any]:
    marks = [(m, role) for m in document.marks for e, role in m.arguments if e == event.id]
    triggers = [m for m in document.tagged("v") if m.get("e") == event.id]
    plain = [(m, role) for m, role in marks if not m.get("alt")]
    family = codebook.load().family(event.attributes["type"])
    when, where = _when(document, plain), _where(document, plain)
    counts = _counts(plain)
    parties = {field: _parties(document, plain, roles) for field, roles in PARTIES.items()}
    if not parties["targets"] and family in ("violence", "civic"):
        parties["targets"] = _parties(document, plain, ("victim",))
    publisher = document.header.get("publisher")
    return {
        "id": f"{document.id}.{event.id}",
        "key": event.id,
        "incident": event.get("incident"),
        "type": event.attributes["type"],
        "modes": (event.get("modes") or "").split(),
        "stage": event.get("stage"),
        "when": asdict(when),
        "where": asdict(where),
        **parties,
        "charges": [document.quote(m) for m, role in plain if role == "charge"],
        "counts": counts,
        "reason": next((document.quote(m) for m, role in plain if role == "reason"), None),
        "certainty": event.get("certainty") or "stated",
        "reports": [
            {
                "id": document.report.id,
                "name": document.id,
                "publisher": publisher,
                "url": document.header.get("url"),
                "published": document.header.get("published"),
            }
        ],
        "related": [
            {"relation": r, "id": f"{document.id}.{other}"}
            for r in grammar()["vocabularies"]["relations"]
            for other in (event.get(r) or "").split()
        ],
        "sources": _chains(document, triggers),
        "disagreements": _disagreements(
            document, marks, {"when": asdict(when), "where": where.name or where.city, "counts": counts}
        ),
        "accept": _accept(document, event, marks, triggers),
        "claims": list(_claims(document, event, triggers, marks)),
    }


def _when(document: Document, marks: Iterable[tuple[Mark, str]]) -> When:
    """The finest time that is told; its words stay where it cannot be resolved."""
    found = [_time(document, m) for m, role in marks if role == "when"]
    known = [w for w in found if w.known]
    if not known:
        return found[0] if found else When()
    return min(known, key=lambda w: (w.earliest is None or w.latest is None, _days(w)))


def _time(document: Document, mark: Mark) -> When:
    return read_when(mark.attributes["v"], mark.get("precision"), mark.get("extent"), document.quote(mark))


def _days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10**6
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days


def _where(document: Document, marks: Iterable[tuple[Mark, str]]) -> Where:
    """The finest place that is told, with what the larger ones add."""
    found = [(m, document.entities[m.attributes["e"]]) for m, role in marks if role == "place"]
    if not found:
        return Where()
    found.sort(key=lambda pair: _FINENESS.index(WherePrecision(pair[1].get("precision") or "unknown")))
    mark, best = found[0]
    rest = [row for _, row in found]
    city, admin1, country = (next((v for row in rest if (v := row.get(key))), None) for key in ("city", "admin1", "country"))
    name, precision = best.get("name") or document.quote(mark), WherePrecision(best.get("precision") or "unknown")
    return Where(name, city, admin1, country, precision=precision)


def _counts(marks: Iterable[tuple[Mark, str]]) -> list[dict[str, Any]]:
    """Every count once, in text order."""
    found = [asdict(read_count(m.attributes["n"], role, m.get("of"))) for m, role in marks if m.tag == "c"]
    return [c for i, c in enumerate(found) if c not in found[:i]]


def _parties(document: Document, marks: Iterable[tuple[Mark, str]], roles: tuple[str, ...]) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for mark, role in marks:
        if role not in roles or mark.tag != "m":
            continue
        entity = document.entities[mark.attributes["e"]]
        row: dict[str, Any] = {"name": entity.get("name") or document.quote(mark)}
        if role in PARTIES["perpetrators"]:
            row |= {"part": role, "status": _status(document, entity.id)}
        elif role == "subject":
            row |= {"status": _status(document, entity.id)}
        elif role == "organization":
            row |= {"as_written": [document.quote(mark)]}
        out.setdefault(entity.id, row)
    return list(out.values())


def _status(document: Document, entity: str) -> str:
    """The status that the report gives a person; the last mark of it stands."""
    found = [s for m in document.tagged("m") if m.get("e") == entity and (s := m.get("status"))]
    return found[-1] if found else "unknown"


def _names(chain: Iterable[Link]) -> list[str | None]:
    return [link.name for link in chain]


def _chains(document: Document, marks: Iterable[Mark]) -> list[list[str | None]]:
    out: list[list[str | None]] = []
    for mark in marks:
        names = _names(chain_of(document, mark))
        if names not in out:
            out.append(names)
    return out


def _accept(document: Document, event: Row, marks: list[tuple[Mark, str]], triggers: list[Mark]) -> dict[str, list[Any]]:
    """Further values of the report itself: contradicted ones, other words for a party, chains that answer for arguments only."""
    accept: dict[str, list[Any]] = {}
    for field, roles in PARTIES.items():
        entities = {m.attributes["e"] for m, role in marks if role in roles and m.tag == "m"}
        accept[field] = [document.quote(m) for m in document.tagged("m") if m.get("e") in entities]
    accept["targets"] += [document.quote(m) for m, role in marks if role == "victim"]
    told = _chains(document, triggers)
    accept["sources"] = [c for c in _chains(document, (m for m, _ in marks)) if c not in told]
    places = [document.entities[m.attributes["e"]] for m, role in marks if role == "place"]
    accept["where.city"] = [v for row in places for v in (row.get("name"), row.get("city")) if v]
    return {
        key: list(dict.fromkeys(map(tuple, v))) if key == "sources" else list(dict.fromkeys(v)) for key, v in accept.items() if v
    }


def _disagreements(document: Document, marks: list[tuple[Mark, str]], shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields for which the report holds a further value, with its words."""
    out: dict[str, list[dict[str, Any]]] = {}
    for mark, role in marks:
        if mark.get("alt"):
            field = "when" if mark.tag == "t" else f"counts.{role}" if mark.tag == "c" else _FIELD.get(role, role)
            origin = chain_of(document, mark)[-1].name
            out.setdefault(field, []).append({"value": document.quote(mark), "origins": [origin]})
    return [
        {"field": field, "values": [{"value": shown.get(field.split(".")[0]), "origins": []}, *values]}
        for field, values in out.items()
    ]


def _claims(document: Document, event: Row, triggers: list[Mark], marks: list[tuple[Mark, str]]) -> Iterable[dict[str, Any]]:
    """One claim for each chain of sources that answers for a trigger or an argument."""
    by_chain: dict[tuple[Link, ...], list[tuple[Mark, str]]] = {}
    for mark, field in [*((t, "type") for t in triggers), *((m, _evidence_field(m, role)) for m, role in marks)]:
        by_chain.setdefault(chain_of(document, mark), []).append((mark, field))
    for i, (chain, held) in enumerate(by_chain.items()):
        values = [m.get("f") or "CT+" for m, field in held if field == "type"]
        yield {
            "id": f"{document.id}.{event.id}.{i}",
            "report": document.report.id,
            "extractor": "gold",
            "stage": event.get("stage"),
            "factuality": values[0] if values else "CT+",
            "attribution": [{"name": link.name, "kind": link.kind, "cue": link.cue} for link in chain],
            "evidence": [{"field": field, "start": m.start, "end": m.end, "quote": document.quote(m)} for m, field in held],
        }


def _evidence_field(mark: Mark, role: str) -> str:
    return f"counts.{role}" if mark.tag == "c" else _FIELD.get(role, role)
