"""The data of the dossier: incident records, each report once, and the labels of the look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any

from veridical.export.dossier.theme import read_look
from veridical.export.privacy import cover
from veridical.export.record import to_record
from veridical.export.regions import radius_of
from veridical.model import Claim, Incident, Report

LABELS = (
    "stage",
    "stageless",
    "group",
    "status",
    "certainty",
    "certainty_short",
    "factuality",
    "source_kind",
    "relation",
    "field",
)


def gather(incidents: Sequence[Incident], reports: Mapping[str, Report], hidden: frozenset[str]) -> dict[str, Any]:
    """Plain JSON data: ``incidents`` (records), ``reports`` (id → text and head), ``look``, ``version``; names are covered."""
    used = {report.id: report for incident in incidents for report in incident.reports}
    body = {
        "incidents": [_with_places(incident, hidden) for incident in incidents],
        "reports": {key: _report(used[key]) for key in sorted(used)},
    }
    head = {"version": version("veridical"), "look": _labels(), "all_reports": max(len(reports), len(used))}
    return {**head, **cover(body, hidden)}


def _with_places(incident: Incident, hidden: frozenset[str]) -> dict[str, Any]:
    """The record, and what only a page needs: where names and cues of sources stand, how large a region is.

    Quotes are cut from the reports' texts by the page, so evidence travels as (field, start, end).
    """
    record: dict[str, Any] = dict(to_record(incident, hidden))
    record["claims"] = [
        {
            **written,
            "spans": _source_spans(claim),
            "arguments": _arguments(claim),
            "evidence": [[e.field, e.start, e.end] for e in claim.evidence],
        }
        for written, claim in zip(record["claims"], incident.claims, strict=True)
    ]
    record["radius_km"] = radius_of(record["where"])
    record["reports"] = [report["id"] for report in record["reports"]]
    return record


def _source_spans(claim: Claim) -> list[list[int | None]]:
    """For each link of the chain: start and end of its name, start and end of its cue; ``None`` when not in the text."""
    return [[s.start, s.end, s.cue_start, s.cue_end] for s in claim.attribution]


def _arguments(claim: Claim) -> list[list[Any]]:
    """(role, name, start, end) of each argument, so that a party finds its own words among those of its role."""
    return [[a.role, a.name, a.start, a.end] for a in claim.arguments]


def _report(report: Report) -> dict[str, Any]:
    # The folders of whoever built the casebook are nobody else's business.
    name = report.name if "://" in report.name else PurePath(report.name).name or report.name
    return {
        "name": name,
        "publisher": report.publisher,
        "url": report.url,
        "title": report.title,
        "published": report.published,
        "text": report.text,
        "boilerplate": [list(span) for span in report.boilerplate],
    }


def _labels() -> dict[str, Any]:
    look = read_look()

    def strip(table: Mapping[str, Any], keep: Iterable[str]) -> dict[str, Any]:
        return {name: {key: row[key] for key in keep if key in row} for name, row in table.items()}

    kept = {
        "stage": strip(look["stage"], ("label",)),
        "stageless": strip(look["stageless"], ("label", "types")),
        "group": strip(look["group"], ("label", "fields")),
    }
    return {name: kept.get(name, look[name]) for name in LABELS}
