"""What must hold of every extraction, whatever the text: exact quotes, backed fields, stable ids, no invented dates."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Extracted, ExtractText
from veridical.export.record import dumps
from veridical.model import Claim, Report
from veridical.readers import discover, read
from veridical.settings import Settings
from veridical.values import Stage

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JUSTICE = {
    "arrest",
    "raid",
    "killing_of_suspect",
    "seizure",
    "release",
    "extradition",
    "charge",
    "trial",
    "conviction",
    "acquittal",
    "sentence",
}
NAMED = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")


def some(words: str) -> st.SearchStrategy[str]:
    """One of the phrases, which stand between bars."""
    return st.sampled_from(words.split("|"))


who = some("Gunmen|Two men|Rebels of the Amber Front|Karim Sabti|A suicide bomber|The army|Police|İlyas Öz")
act = some(
    "attacked|planned to bomb|failed to kill|arrested|threatened to burn|kidnapped|shot at|denied having shelled"
    "|did not attack|might attack|blew up|was charged over"
)
whom = some("a market|the mayor, Lena Voss,|five nurses|a convoy of the Amber Front|“the Old Mill” café|soldiers")
place = some("in Kandahar|near Lyon|outside the Lotus Hall in Da Nang|in the province of Salta|at sea|")
loose_day = some("on Tuesday|last month|two weeks ago|yesterday")
day = loose_day | some("on 3 March 2017|in 2015|at the end of 2018|15 days later|between 2008 and 2010|")
toll = some(
    "|, killing at least 12 people|, leaving dozens injured|, wounding 3 or 4 others|. Nobody was hurt"
    "|. More than 100 people died"
)
speaker = some(
    "|, police said|, Radio Nord reported, citing a court file|. The Amber Front claimed responsibility|. The minister denied it"
)
tidy = partial(re.sub, r" +([ ,.])", r"\1")
sentences = st.builds("{} {} {} {} {}{}{}.".format, who, act, whom, place, day, toll, speaker).map(tidy)
undated = st.builds("{} {} {} {}.".format, who, act, whom, place).map(tidy)
loosely_dated = st.builds("{} {} {} {} {}.".format, who, act, whom, place, loose_day).map(tidy)
texts = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
PIECES = [
    "bomb",
    "killed",
    "(",
    "ISIL",
    "attack",
    "said",
    "“",
    "\n\n",
    "2017",
    "A",
    "\u200b",
    "İ",
    "e\u0301",
    "😀",
    "of",
    "-",
    "--",
]
odd = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="“”’‘()[]—…\n\t .,;:!?-'\"0123456789%$#@", max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.sampled_from(
        ["", " ", "\n\n\n", "\ufeff", "a", ".", "BOMB", "bomb " * 200, "(" * 100, "killed\n" * 50, "\u202eattack\u202c in Lima"]
    ),
)


@FEW
@given(text=texts)
def test_quotes_stand_at_their_offsets_and_back_every_field(text: str, extract_text: ExtractText) -> None:
    check(extract_text(text, publisher="The Paper"))


@FEW
@given(text=odd)
def test_odd_texts_are_read_like_others(text: str, extract_text: ExtractText) -> None:
    check(extract_text(text))


@FEW
@given(text=texts)
def test_ids_and_claims_do_not_depend_on_what_was_read_before(text: str, extract_text: ExtractText) -> None:
    first = extract_text(text, publisher="The Paper")
    extract_text("A bomb killed the mayor of Quito, Rosa Elena Paz, on 1 May 2020, the Condor Brigade said.", "other.txt")
    again = extract_text(text, publisher="The Paper")
    assert again.claims == first.claims
    assert [dumps(r) for r in again.records] == [dumps(r) for r in first.records]
    assert len({c.id for c in first.claims}) == len(first.claims)
    assert len({r["id"] for r in first.records}) == len(first.records)


@FEW
@given(text=texts)
def test_the_publisher_and_the_name_make_another_report_with_the_same_incidents(text: str, extract_text: ExtractText) -> None:
    one, other = extract_text(text, "a.txt", publisher="The Paper"), extract_text(text, "b.txt", publisher="The Other Paper")
    assert {c.id for c in one.claims}.isdisjoint(c.id for c in other.claims)
    assert [facts(r) for r in one.records] == [facts(r) for r in other.records]


@FEW
@given(text=texts)
def test_claims_survive_being_written_and_read(text: str, extract_text: ExtractText) -> None:
    claims = extract_text(text, publisher="The Paper").claims
    assert msgspec.json.decode(msgspec.json.encode(claims), type=tuple[Claim, ...]) == claims
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(claims), type=tuple[Claim, ...]) == claims


@FEW
@given(parts=st.lists(undated, min_size=1, max_size=3))
def test_a_text_without_dates_gives_no_dates(parts: list[str], extract_text: ExtractText) -> None:
    """The day of publication is known, and fills nothing."""
    found = extract_text(" ".join(parts), publisher="The Paper", published="2019-06-14")
    assert [(c.when.earliest, c.when.latest) for c in found.claims if c.when.known] == []
    assert [r["when"] for r in found.records if r["when"]["earliest"] or r["when"]["latest"]] == []


@FEW
@given(sentence=loosely_dated)
def test_words_that_hang_on_an_unknown_day_give_no_dates(sentence: str, extract_text: ExtractText) -> None:
    found = extract_text(sentence, publisher="The Paper")
    assert [c.when for c in found.claims if c.when.known] == []


def reports() -> list[Any]:
    """The example reports that carry text of their own, as test parameters."""
    paths = [p for p in discover([str(EXAMPLES)]) if p.suffix in (".txt", ".html", ".jsonl")]
    return [pytest.param(r, id=Path(r.name).name) for p in paths for r in read(p, Settings()) if isinstance(r, Report)]


@pytest.mark.parametrize("report", reports())
def test_example_reports_hold_to_the_same(report: Report, extract_text: ExtractText) -> None:
    found = extract_text(report.text, report.name, publisher=report.publisher, url=report.url, published=report.published)
    check(found)
    assert found.records
    assert msgspec.json.decode(msgspec.json.encode(found.claims), type=tuple[Claim, ...]) == found.claims


def check(found: Extracted) -> None:
    """Everything that must hold of any extraction."""
    text = found.report.text
    for claim in found.claims:
        assert claim.report == found.report.id
        assert claim.attribution[0].name == found.report.publisher
        assert {e.field for e in claim.evidence} >= {"type"}
        for evidence in claim.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote != ""
        for argument in claim.arguments:
            assert text[argument.start : argument.end] == argument.quote
        assert not (claim.type in JUSTICE and claim.stage), claim
        assert claim.type != "threat" or claim.stage == Stage.THREATENED
        assert 0 <= claim.confidence <= 1
    for record in found.records:
        assert unbacked(record) == set()
        assert json.loads(dumps(record)) == record
        assert record["claims"]
        for count in record["counts"]:
            known = [count[k] for k in ("low", "best", "high") if count[k] is not None]
            assert known and known == sorted(known) and known[0] >= 0


def unbacked(record: dict[str, Any]) -> set[str]:
    """The filled fields of a record for which no claim has evidence."""
    need = {"type"} | {f for f in NAMED if record[f]} | {f"counts.{c['measure']}" for c in record["counts"]}
    need |= {"when"} if record["when"]["earliest"] or record["when"]["latest"] else set()
    need |= {"where"} if any(record["where"][k] for k in ("name", "city", "admin1", "country")) else set()
    need |= {f for f in ("reason", "charges") if record[f]} | ({"stage"} if record["stage"] else set())
    have = {e["field"] for c in record["claims"] for e in c["evidence"]}
    return need - have


def facts(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says of its incident, without ids and sources."""
    return {k: record[k] for k in ("type", "stage", "when", "where", "counts", "reason", "certainty", "modes", *NAMED)}
