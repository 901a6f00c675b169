"""Comparing records with partial ones: only what a partial record names is compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]

NAMED = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")


def unmatched(expected: Sequence[Record], records: Sequence[Record]) -> list[Record]:
    """The expected incidents left over when each takes a record of its own, in the best way of giving them out."""
    if not expected:
        return []
    first, rest = expected[0], expected[1:]
    best = [first, *unmatched(rest, records)]
    for i, record in enumerate(records):
        if agrees(first, record):
            left = unmatched(rest, [*records[:i], *records[i + 1 :]])
            best = min(best, left, key=len)
    return best


def agrees(wanted: Record, record: Record) -> bool:
    """Whether a record has all that is asked of it."""
    return all(field_agrees(field, value, record) for field, value in wanted.items())


def field_agrees(field: str, value: Any, record: Record) -> bool:
    """Whether one field of a record is as asked."""
    if field in NAMED:
        names = [p["name"].casefold() for p in record[field]]
        return all(any(v.casefold() in n for n in names) for v in value) and (bool(value) or not names)
    if field == "when":
        first, _, last = str(value).partition("..")
        wanted = (None, None) if value == "unknown" else (first, last or first)
        return (record["when"]["earliest"], record["when"]["latest"]) == wanted
    if field == "where":
        given = [record["where"][k] for k in ("name", "city", "admin1", "country") if record["where"][k]]
        return not given if value == "unknown" else any(value.casefold() in g.casefold() for g in given)
    if field == "counts":
        found = {c["measure"]: [c["low"], c["best"], c["high"]] for c in record["counts"]}
        return all(found.get(measure) == bounds for measure, bounds in value.items())
    if field == "reason":
        return value in (record["reason"] or "")
    if field == "origins":
        origins = [c["attribution"][-1]["name"] or "" for c in record["claims"]]
        return all(any(v in o for o in origins) for v in value)
    if field == "modes":
        return set(value) <= set(record["modes"])
    return record[field] in value if isinstance(value, list) else bool(record[field] == value)


def brief(record: Record) -> str:
    """A record in a line, for a message."""
    parties = {f: [p["name"] for p in record[f]] for f in NAMED if record[f]}
    counts = {c["measure"]: [c["low"], c["best"], c["high"]] for c in record["counts"]}
    dates = f"{record['when']['earliest']}..{record['when']['latest']}"
    place = "/".join(str(record["where"][k]) for k in ("name", "city", "country"))
    origins = [c["attribution"][-1]["name"] for c in record["claims"]]
    return (
        f"{record['type']} {record['stage']} {dates} at {place} {parties} {counts} "
        f"reason={record['reason']!r} {record['certainty']} from {origins}"
    )
