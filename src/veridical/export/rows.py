"""The flat view of an incident that CSV, GeoJSON and Parquet share: stable columns, in a stable order.

Lists stay lists here; each format joins or keeps them. Parties read ``name [status date]``; chains read outermost first,
``Outlet ‹ Agency ‹ Speaker``; an unknown publisher is ``?``. ``killed_*``, ``injured_*`` and ``arrested_*`` are totals; parts
("civilians") and other measures stand in ``other_counts`` as ``measure (of): low/best/high``, an open bound empty.
"""

from __future__ import annotations

from typing import Any

ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")
MEASURES = ("killed", "injured", "arrested")
BOUNDS = ("low", "best", "high")
PEOPLE = frozenset({"perpetrators", "subjects"})

COLUMNS: tuple[tuple[str, type], ...] = (
    ("id", str),
    ("type", str),
    ("stage", str),
    ("modes", list),
    ("when_earliest", str),
    ("when_latest", str),
    ("when_precision", str),
    ("when_extent", str),
    ("when_as_written", str),
    ("place", str),
    ("city", str),
    ("admin1", str),
    ("country", str),
    ("latitude", float),
    ("longitude", float),
    ("geonames_id", int),
    ("where_precision", str),
    *((role, list) for role in ROLES),
    ("charges", list),
    *((f"{measure}_{bound}", int) for measure in MEASURES for bound in BOUNDS),
    ("other_counts", list),
    ("reason", str),
    ("certainty", str),
    ("confidence", float),
    ("origins", int),
    ("origin_names", list),
    ("chains", list),
    ("disagreements", list),
    ("related", list),
    ("reports", list),
)
"""(name, type) of every column: str, int, float, or list (of str); any may be missing (``None``), lists are empty instead."""


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """One row of `COLUMNS` from an incident record."""
    when, where = record["when"], record["where"]
    plain = ("id", "type", "stage", "reason", "certainty", "confidence", "origins")
    row: dict[str, Any] = {key: record.get(key) for key in plain}
    row |= {f"when_{key}": when.get(key) for key in ("earliest", "latest", "precision", "extent", "as_written")}
    row |= {key: where.get(key) for key in ("city", "admin1", "country", "latitude", "longitude", "geonames_id")}
    row |= {"place": where.get("name"), "where_precision": where.get("precision"), "modes": list(record.get("modes", ()))}
    row |= {role: [_party(role, party) for party in record.get(role, ())] for role in ROLES}
    row |= _count_columns(record.get("counts", ()))
    chains = [tuple(_name(source) for source in claim["attribution"]) for claim in record["claims"]]
    row |= {
        "charges": [charge if isinstance(charge, str) else charge["name"] for charge in record.get("charges", ())],
        "origin_names": list(dict.fromkeys(chain[-1] for chain in chains if chain)),
        "chains": list(dict.fromkeys(" ‹ ".join(chain) for chain in chains)),
        "disagreements": [
            f"{d['field']}: "
            + " / ".join(f"{_plain(v['value'])} [{', '.join(o or '?' for o in v['origins'])}]" for v in d["values"])
            for d in record.get("disagreements", ())
        ],
        "related": [f"{r['relation']} {r['id']}" for r in record.get("related", ())],
        "reports": [f"{r.get('publisher') or '?'}: {r.get('url') or r['name']}" for r in record["reports"]],
    }
    return {name: row[name] for name, _ in COLUMNS}


def _name(source: dict[str, Any]) -> str:
    return source.get("name") or "?"


def _party(role: str, party: dict[str, Any]) -> str:
    status = party.get("status")
    if status is None or (status == "unknown" and role not in PEOPLE):
        return str(party["name"])
    date = f" {party['status_date']}" if party.get("status_date") else ""
    return f"{party['name']} [{status}{date}]"


def _bounds(count: dict[str, Any]) -> str:
    return "/".join("" if count[bound] is None else str(count[bound]) for bound in BOUNDS)


def _count_columns(counts: Any) -> dict[str, Any]:
    totals = {count["measure"]: count for count in counts if count["of"] is None}
    row: dict[str, Any] = {f"{m}_{b}": totals.get(m, {}).get(b) for m in MEASURES for b in BOUNDS}
    row["other_counts"] = [
        f"{c['measure']}{' (' + c['of'] + ')' if c['of'] else ''}: {_bounds(c)}"
        for c in counts
        if c["of"] is not None or c["measure"] not in MEASURES
    ]
    return row


def _plain(value: Any) -> str:
    """An alternative's value in short: dates as an interval, counts as bounds, places and parties by name."""
    if isinstance(value, dict):
        if "earliest" in value:
            first, last = value.get("earliest") or "", value.get("latest") or ""
            return first if first == last else f"{first}–{last}"
        if "best" in value:
            return _bounds(value)
        return str(value.get("name") or value.get("city") or value.get("admin1") or value.get("country") or "unknown")
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return "unknown" if value is None else str(value)
