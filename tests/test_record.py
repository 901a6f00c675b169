"""The incident record keeps the contract's keys and order, and leaves out withheld names."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings

from test_resolve_merging import (
    KNOWN,
    MANY,
    STATION,
    A,
    B,
    chain,
    claim,
    day,
    exactly,
    group,
    join,
    paper,
    person,
)
from veridical.export.record import NAME_WITHHELD, dumps, to_record
from veridical.model import Claim, Evidence, Incident, Relation
from veridical.resolve import merge
from veridical.values import SourceKind, Status

KEYS = [
    "id",
    "type",
    "modes",
    "stage",
    "when",
    "where",
    "perpetrators",
    "organizations",
    "targets",
    "weapons",
    "authorities",
    "subjects",
    "charges",
    "counts",
    "reason",
    "certainty",
    "confidence",
    "origins",
    "reports",
    "related",
    "disagreements",
    "claims",
]
NESTED = {
    "when": ["earliest", "latest", "precision", "extent", "as_written"],
    "where": ["name", "city", "admin1", "country", "latitude", "longitude", "geonames_id", "precision"],
    "perpetrators": ["name", "actor_id", "part", "status", "status_date"],
    "organizations": ["name", "actor_id", "as_written"],
    "targets": ["name"],
    "counts": ["measure", "of", "low", "best", "high"],
    "reports": ["id", "name", "publisher", "url", "published"],
    "related": ["relation", "id"],
    "disagreements": ["field", "values"],
    "claims": ["id", "report", "extractor", "stage", "factuality", "attribution", "evidence"],
}


def whole() -> Incident:
    tan = chain(B, ("Kemal Tan", SourceKind.SUSPECT))
    one = claim(
        A,
        when=day("2015-10-10"),
        where=STATION,
        modes=("suicide",),
        counts=(exactly(109),),
        arguments=(
            person("Tomas Reyes", status=Status.CHARGED, status_date="2016-01-02"),
            group("ISIL"),
            group("a rally", "targets"),
        ),
    )
    two = claim(B, by=tan, when=day("2015-10-11"), counts=(exactly(102),))
    return replace(join(one, two, reports=(A, B)), related=(Relation("follows", "XXX-1"),))


def test_keys_stand_in_the_order_of_the_contract() -> None:
    record = to_record(whole())
    assert list(record) == KEYS
    for field, keys in NESTED.items():
        value = record[field]
        first = value[0] if isinstance(value, list) else value
        assert list(first) == keys, field


def test_the_record_says_what_the_incident_says() -> None:
    record = json.loads(dumps(to_record(whole())))
    assert record["id"].startswith("TUR-20151011-bombing-")
    assert record["perpetrators"] == [
        {"name": "Tomas Reyes", "actor_id": None, "part": "attacker", "status": "charged", "status_date": "2016-01-02"}
    ]
    assert record["counts"] == [{"measure": "killed", "of": None, "low": 102, "best": 102, "high": 109}]
    assert record["origins"] == 2
    [when, counts] = record["disagreements"]
    assert (when["field"], counts["field"]) == ("when", "counts.killed")
    assert [(v["value"]["best"], v["origins"]) for v in counts["values"]] == [(102, ["Kemal Tan"]), (109, ["Morning Post"])]
    assert record["claims"][1]["attribution"] == [
        {"name": "Evening Star", "kind": "outlet", "cue": None},
        {"name": "Kemal Tan", "kind": "suspect", "cue": "said"},
    ]


def test_letters_stay_themselves() -> None:
    told = paper("Gazete Şehir")
    assert "Gazete Şehir" in dumps(to_record(join(claim(told), reports=(told,))))


def test_withheld_names_stand_nowhere() -> None:
    report = paper("Morning Post", "2020-01-01", "Nora Feld was hurt at the Feld bakery; Feld is twelve.")
    hurt = claim(
        report,
        by=chain(report, ("Nora Feld", SourceKind.WITNESS)),
        reason="hatred of Nora Feld",
        arguments=(person("Nora Feld", "targets"), person("Feld", "targets")),
        evidence=(Evidence("targets", 0, 9, "Nora Feld"), Evidence("type", 14, 18, "hurt")),
    )
    found = join(hurt, reports=(report,))
    assert "Feld" in dumps(to_record(found))
    record = to_record(found, frozenset({"Nora Feld"}))
    assert "Feld" not in dumps(record)
    assert record["targets"] == [{"name": NAME_WITHHELD}]
    assert [e["quote"] for e in record["claims"][0]["evidence"]] == ["hurt"]


@given(MANY)
@settings(max_examples=60, deadline=None)
def test_every_incident_becomes_one_line_that_reads_back(claims: list[Claim]) -> None:
    record = to_record(merge(claims, KNOWN))
    line = dumps(record)
    assert "\n" not in line
    assert json.loads(line) == record
    assert list(record) == KEYS
