"""The corpus as it ships: no fault, the sizes that its datasheet promises, splits that keep twins, conversions without loss."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus_documents import CORPUS, content_of
from official_scorer import SCORER, load_scorer
from veridical.cli import cli
from veridical.codebook import load as load_codebook
from veridical.corpus import Story, load_corpus, read_markup
from veridical.corpus.agreement import Agreement, kappa
from veridical.corpus.brat import from_brat, to_brat
from veridical.corpus.cas import from_cas, to_cas
from veridical.corpus.counting import Tally
from veridical.corpus.importing import read_loose
from veridical.corpus.records import records_of
from veridical.corpus.splits import read_splits, select
from veridical.corpus.variety import Variety, texts_of
from veridical.corpus.views import view_of_document
from veridical.corpus.writing import write_markup
from veridical.values import SourceKind, Stage


@lru_cache
def stories() -> tuple[Story, ...]:
    return load_corpus(CORPUS)  # Raises with every fault.


@lru_cache
def tally() -> Tally:
    return Tally(stories())


PROMISED = {
    "reports": 480,
    "words": 110_000,
    "clusters of two to seven reports": 130,
    "clusters from at least two outlets": 130,
    "pairs of twins": 25,
    "distractors": 60,
    "reports with web noise": 48,
    "countries": 41,
    "kinds of actor": 30,
    "chains of three or more sources": 120,
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_corpus_is_as_large_as_its_datasheet_says(name: str) -> None:
    assert tally().totals[name] >= PROMISED[name]


def test_lengths_and_years_span_what_is_promised() -> None:
    totals, years = tally().totals, [s.year for s in stories() if s.year]
    assert totals["shortest report, words"] <= 60 and totals["longest report, words"] >= 900
    assert min(years) <= 1976 and max(years) >= 2024 and set(tally().decades) >= {f"{d}s" for d in range(1970, 2030, 10)}


def test_every_stage_type_and_source_kind_is_marked_forty_times() -> None:
    assert min(tally().stages[s.value] for s in Stage) >= 40
    assert min(tally().types[t] for t in load_codebook().types) >= 40
    assert min(tally().source_kinds[k.value] for k in SourceKind) >= 40


def test_a_split_is_for_every_story_and_keeps_twins_together() -> None:
    parts = read_splits(CORPUS)
    assert parts.keys() == {s.id for s in stories()}
    assert all(parts[s.id] == parts[s.twin] for s in stories() if s.twin)
    words = {p: Tally(select(stories(), parts, p)).totals["words"] for p in ("train", "dev", "test")}
    whole = sum(words.values())
    assert [round(words[p] / whole, 1) for p in ("train", "dev", "test")] == [0.6, 0.2, 0.2]


def test_no_sentence_frame_stands_in_more_than_a_few_stories() -> None:
    variety = Variety(texts_of(stories()))
    assert max(variety.openings.values()) <= 3
    assert max(variety.frames.values()) <= 6


def test_no_text_stands_twice_but_as_a_copy() -> None:
    texts = Counter(d.text for d in tally().documents if "copies" not in d.header)
    assert not [t[:60] for t, n in texts.items() if n > 1]


def test_every_report_survives_every_conversion() -> None:
    for document in tally().documents:
        held = content_of(document)
        assert content_of(read_markup(write_markup(document), document.name)) == held, document.id
        assert content_of(from_brat(to_brat(document), document.name)) == held, document.id
        assert content_of(from_cas(to_cas(document), document.name)) == held, document.id


def test_every_filled_field_of_the_gold_has_evidence_that_stands() -> None:
    for document in tally().documents:
        for record in records_of(document):
            evidence = [e for c in record["claims"] for e in c["evidence"]]
            assert all(document.text[e["start"] : e["end"]] == e["quote"] for e in evidence)
            fields = {e["field"] for e in evidence}
            assert "type" in fields
            assert fields >= {f"counts.{c['measure']}" for c in record["counts"]}


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of incident records is not beside the project (shared/)")
def test_the_gold_has_no_unbacked_field_by_the_scorer() -> None:
    scorer = load_scorer()
    assert not [r["id"] for d in tally().documents for r in records_of(d) if scorer.unbacked(r)]


def test_nothing_of_the_files_is_left_without_a_story() -> None:
    listed = {Path(d.name).resolve() for d in tally().documents}
    assert {p.resolve() for p in (CORPUS / "stories").glob("**/*.xml")} == listed


def test_the_kept_counts_are_those_of_the_command() -> None:
    told = CliRunner().invoke(cli, ["corpus", "stats", str(CORPUS)], standalone_mode=False).output
    assert (CORPUS / "STATS.txt").read_text("utf-8") == told, "run make corpus-stats"


@pytest.mark.parametrize("round_", ["1", "2"])
def test_the_rounds_of_marking_hold_the_same_texts_and_agree_as_asked(round_: str) -> None:
    first, second = (read_loose(CORPUS / "agreement" / round_ / side) for side in ("first", "second"))
    assert first.keys() == second.keys()
    result = Agreement()
    for key, document in first.items():
        assert document.text == second[key].text
        result.add(view_of_document(document), view_of_document(second[key]))
    stage, chains, spans = kappa(result.pairs["stage"]), result.chain_exact, result.all_spans[1].f
    assert result.typed_events.f and stage and chains and spans
    assert result.typed_events.f >= 0.85 and stage >= 0.8 and chains >= 0.75 and spans >= 0.8


def test_a_quarter_of_the_reports_is_marked_twice() -> None:
    twice = {key for n in ("1", "2") for key in read_loose(CORPUS / "agreement" / n / "second")}
    assert len(twice) >= 0.25 * tally().totals["reports"]
