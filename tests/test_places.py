"""Places: the cases of tests/cases/places.yml, and what must hold of any text."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from veridical.annotate.gazetteer import Gazetteer
from veridical.annotate.places import resolve_places
from veridical.annotate.syntax_tokens import paragraphs, sentences, words
from veridical.model import NameSpan, PlaceMention, Report, Token

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "places.yml").read_text(encoding="utf-8"))
MARK = re.compile(r"\[([A-Z]+) ([^\]]+)\]")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def tokenize(text: str) -> tuple[Token, ...]:
    out: list[Token] = []
    for number, (start, stop) in enumerate(s for a, b in paragraphs(text) for s in sentences(text, a, b)):
        for a, b in words(text, start, stop):
            out.append(Token(len(out), a, b, text[a:b], text[a:b].lower(), "X", "X", len(out), "dep", number))
    return tuple(out)


def read_marked(marked: str) -> tuple[Report, tuple[Token, ...], list[NameSpan]]:
    """A report without the marks, its tokens, and the marked names as token ranges."""
    plain, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        plain += marked[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain += mark[2]
        at = mark.end()
    report = Report.of(plain + marked[at:], "case")
    tokens = tokenize(report.text)
    names = []
    for start, end, label in spans:
        inside = [t.i for t in tokens if start <= t.start < end]
        names.append(NameSpan(inside[0], inside[-1] + 1, label))
    return report, tokens, names


def resolve(marked: str, gazetteer: Gazetteer) -> tuple[Report, tuple[Token, ...], tuple[PlaceMention, ...]]:
    report, tokens, names = read_marked(marked)
    return report, tokens, resolve_places(report, tokens, names, gazetteer)


def written(report: Report, tokens: tuple[Token, ...], place: PlaceMention) -> str:
    return report.text[tokens[place.start].start : tokens[place.end - 1].end]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_cases(case: dict[str, Any], gazetteer: Gazetteer) -> None:
    report, tokens, places = resolve(case["text"], gazetteer)
    found = {written(report, tokens, p): p.where for p in places}
    for name, want in case["want"].items():
        if want == "-":
            assert name not in found
            continue
        assert name in found, sorted(found)
        where = found[name]
        assert {k: getattr(where, k) for k in want} == want
        assert where.name == name


def test_there_are_enough_cases_and_they_are_of_all_continents() -> None:
    assert len(CASES) >= 60


def test_the_same_name_goes_with_the_report(gazetteer: Gazetteer) -> None:
    here = [
        w.where.country
        for nation in ("Lebanese", "Libyan", "Greek")
        for w in resolve(f"The [NORP {nation}] army shot two men in [GPE Tripoli].", gazetteer)[2]
    ]
    assert here == ["LBN", "LBY", "GRC"]


def test_a_small_homonym_in_a_land_not_mentioned_is_not_taken(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Baga"), "the case needs homonyms elsewhere"
    _, _, places = resolve("Gunmen killed forty people in [GPE Baga]. The [NORP Nigerian] army was late.", gazetteer)
    assert [(p.where.country, p.where.latitude) for p in places] in ([(None, None)], [("NGA", None)])


def test_context_mentions_are_given_on_request(gazetteer: Gazetteer) -> None:
    report, tokens, names = read_marked("[GPE Istanbul] police said so.")
    assert resolve_places(report, tokens, names, gazetteer) == ()
    (mention,) = resolve_places(report, tokens, names, gazetteer, context=True)
    assert mention.where.city == "Istanbul"


def test_a_long_list_of_places_takes_time_in_proportion(gazetteer: Gazetteer) -> None:
    names = ["Springfield", "Santa Ana", "San Pedro", "Paris", "Ankara", "Mosul", "Washington", "Georgia", "Valencia", "Victoria"]
    seconds = []
    for size in (40, 400):
        report, tokens, spans = read_marked(" ".join(f"in [GPE {names[i % 10]}] ," for i in range(size)))
        started = time.process_time()
        assert resolve_places(report, tokens, spans, gazetteer)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 40 * max(seconds[0], 0.005)


def test_no_tokens_no_places(gazetteer: Gazetteer) -> None:
    assert resolve_places(Report.of("", "empty"), (), (), gazetteer) == ()


PIECES = st.sampled_from(
    [
        "[GPE Paris]",
        "[GPE Texas]",
        "[NORP French]",
        "[FAC Hall of Mirrors]",
        "[ORG Reuters]",
        "[PERSON Ali]",
        "in",
        "the",
        "city",
        "of",
        "province",
        ",",
        ".",
        "'s",
        "near",
        "AT",
        "KABUL",
        "Baga",
        "(",
        ")",
        "-",
        "border",
        "mosque",
        "İzmir",
        "station",
        "police",
        "[GPE Nevşehir province]",
        "\n\n",
        "ß",
        "[LOC the Sahel]",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_mentions_are_ordered_and_apart_and_keep_their_words(gazetteer: Gazetteer, pieces: list[str]) -> None:
    report, tokens, places = resolve(" ".join(pieces), gazetteer)
    end = 0
    for place in places:
        assert end <= place.start < place.end <= len(tokens)
        end = place.end
        assert place.where.name == " ".join(written(report, tokens, place).split())
        assert (place.where.latitude is None) == (place.where.longitude is None)
        assert place.where.precision != "city" or place.where.city
    assert places == resolve(" ".join(pieces), gazetteer)[2]
