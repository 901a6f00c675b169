"""The acceptance of the first issue on the seed report, through the command line; without the report it is skipped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from official_scorer import SEED, Scores, needs_seed, score, seed_gold, seed_text
from veridical.cli import main

pytestmark = needs_seed


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What ``veridical extract`` writes for the seed report."""
    out = tmp_path_factory.mktemp("seed") / "p.jsonl"
    assert main(["extract", str(SEED / "report.txt"), "--publisher", "Turkish Minute", "-o", str(out)]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def scores(records: list[dict[str, Any]]) -> Scores:
    return score(seed_gold(), records)


def record_of(scores: Scores, records: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """The record that the scorer matched with a gold incident."""
    found = next((note[1] for note in scores.notes if note[0] == key), None)
    assert found is not None, f"{key} was missed"
    return next(r for r in records if r["id"] == found)


def test_incidents_are_found(scores: Scores) -> None:
    assert scores.incidents >= 0.90, scores.notes


def test_slots_are_filled(scores: Scores) -> None:
    assert scores.slots >= 0.85, scores.notes


def test_stages_are_told_apart(scores: Scores) -> None:
    assert scores.stages >= 0.9, scores.counts


def test_both_dates_of_the_bombing_in_suruc_are_kept_with_their_origins(scores: Scores, records: list[dict[str, Any]]) -> None:
    record = record_of(scores, records, "suruc-2015")
    (disagreement,) = [d for d in record["disagreements"] if d["field"] == "when"]
    dated = {(a["value"]["earliest"], a["value"]["latest"]): a["origins"] for a in disagreement["values"]}
    assert dated == {("2015-07-20", "2015-07-20"): ["Turkish Minute"], ("2014-01-01", "2014-12-31"): ["Kasım Güler"]}
    held = {c["id"] for c in record["claims"]}
    assert all(a["claims"] and set(a["claims"]) <= held for a in disagreement["values"])


def test_a_weekday_without_a_publication_date_makes_no_date(records: list[dict[str, Any]]) -> None:
    """No date rests on "on Tuesday", alone or within other words, and none lies outside the years that the report names."""
    at = seed_text().index("on Tuesday")
    for record in records:
        quotes = [e for c in record["claims"] for e in c["evidence"] if e["field"] == "when"]
        if record["when"]["earliest"] or record["when"]["latest"]:
            assert quotes
            assert not [e for e in quotes if e["start"] < at + len("on Tuesday") and at < e["end"]]
            assert "2014" <= (record["when"]["earliest"] or record["when"]["latest"])[:4] <= "2021"


def test_every_quote_stands_at_its_offsets(records: list[dict[str, Any]]) -> None:
    text = seed_text()
    quotes = [e for r in records for c in r["claims"] for e in c["evidence"]]
    assert len(quotes) > 100
    assert [e for e in quotes if text[e["start"] : e["end"]] != e["quote"]] == []


def test_every_filled_field_has_evidence(scores: Scores) -> None:
    assert scores.unbacked == 0


def test_the_chain_of_the_lead_keeps_broadcaster_and_speaker(scores: Scores, records: list[dict[str, Any]]) -> None:
    """A newspaper cites a broadcaster that cites a man: three links, the man is the origin."""
    record = record_of(scores, records, "imamoglu-plot")
    chains = [[s["name"] for s in c["attribution"]] for c in record["claims"]]
    assert [chains[0][0], chains[0][-1]] == ["Turkish Minute", "Kasım Güler"]
    assert all(chain[0] == "Turkish Minute" for chain in chains)


def test_appeals_and_comment_forms_are_no_evidence(records: list[dict[str, Any]]) -> None:
    at = seed_text().index("Love? Take a second")
    assert [e for r in records for c in r["claims"] for e in c["evidence"] if e["end"] > at] == []
