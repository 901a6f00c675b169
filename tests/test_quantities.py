"""Quantities: cases in our own words, and properties that hold for every text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cutting import cut
from veridical.annotate.quantities import find_quantities
from veridical.annotate.quantities_forms import bound
from veridical.annotate.quantities_numbers import parse_number
from veridical.annotate.times import find_times
from veridical.model import Report, Token

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "quantities.yml").read_text("utf-8"))
PIECES = (
    "at",
    "least",
    "more",
    "than",
    "39",
    "people",
    "1,500",
    "a",
    "dozen",
    "dozens",
    "of",
    "two",
    "hundred",
    "and",
    "five",
    "-",
    "one",
    "another",
    "others",
    "killed",
    "between",
    "to",
    "nearly",
    "up",
    "or",
    "no",
    "several",
    "few",
    "thousand",
    "million",
    "1.2",
    "tens",
    "half",
    "couple",
    ",",
    "dead",
    "about",
    "31-39",
    "the",
    "man",
    "$",
    "years",
    "0",
    "some",
    "over",
    "fewer",
    "so",
    ".",
)


def written(text: str, with_times: bool = True) -> list[str]:
    """The quantities of a text in the notation of the cases."""
    report, tokens, spans = cut(text)
    times = find_times(report, tokens, spans) if with_times else ()
    out = []
    for q in find_quantities(report, tokens, spans, times):
        bounds = " ".join("-" if x is None else str(x) for x in (q.low, q.best, q.high))
        noun = "-" if q.noun is None else tokens[q.noun].text
        quote = report.text[tokens[q.start].start : tokens[q.end - 1].end]
        out.append(f"{quote} | {bounds} | {noun}" + (" more" if q.more else ""))
    return out


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['text'][:40]}" for i, c in enumerate(CASES)])
def test_case(case: dict[str, Any]) -> None:
    assert written(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['text'][:40]}" for i, c in enumerate(CASES)])
def test_case_without_times(case: dict[str, Any]) -> None:
    """Dates and ages are no counts even where the times are not handed in."""
    assert written(case["text"], with_times=False) == case["expect"]


def check_properties(text: str) -> None:
    report, tokens, spans = cut(text)
    end = 0
    for q in find_quantities(report, tokens, spans, find_times(report, tokens, spans)):
        assert end <= q.start < q.end <= len(tokens)
        end = q.end
        known = [x for x in (q.low, q.best, q.high) if x is not None]
        assert known and known == sorted(known) and known[0] >= 0
        assert q.noun is None or 0 <= q.noun < len(tokens)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_properties_of_any_words(pieces: list[str]) -> None:
    check_properties(" ".join(pieces))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_properties_of_any_text(text: str) -> None:
    check_properties(text)


_ONES = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spell(number: int) -> str:
    """A number below a million in words."""
    if number >= 1000:
        rest = number % 1000
        return f"{spell(number // 1000)} thousand" + (f" {'and ' if rest < 100 else ''}{spell(rest)}" if rest else "")
    if number >= 100:
        return f"{_ONES[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 999_999))
def test_a_spelled_number_is_read_back(number: int) -> None:
    assert parse_number(spell(number).replace("-", " - ").split()) == number
    assert written(f"They killed {spell(number)} soldiers.") == [f"{spell(number)} | {number} {number} {number} | soldiers"]
    assert written(f"They killed {number:,} soldiers.") == [f"{number:,} | {number} {number} {number} | soldiers"]


@given(st.integers(1, 10_000))
def test_bounds_are_those_of_the_design(number: int) -> None:
    assert bound(number, "at_least") == (number, number, None)
    assert bound(number, "more_than") == (number + 1, number + 1, None)
    assert bound(number, "nearly") == (None, number, number)
    assert bound(number, "up_to") == (None, None, number)
    assert bound(number, "about") == (None, number, None)
    assert bound(number, "exact") == (number, number, number)


def test_the_parse_tells_what_is_counted_where_no_list_knows_the_noun() -> None:
    report = Report.of("They freed 12 young bakers there", "case")
    rows = (
        ("They", "PRON", 1, "nsubj"),
        ("freed", "VERB", 1, "root"),
        ("12", "NUM", 4, "nummod"),
        ("young", "ADJ", 4, "amod"),
        ("bakers", "NOUN", 1, "obj"),
        ("there", "ADV", 1, "advmod"),
    )
    tokens, at = [], 0
    for i, (word, pos, head, dep) in enumerate(rows):
        tokens.append(Token(i, at, at + len(word), word, word, pos, "", head, dep, 0))
        at += len(word) + 1
    (found,) = find_quantities(report, tokens, [(0, len(tokens))])
    assert (found.start, found.end, found.best, found.noun) == (2, 3, 12, 4)
