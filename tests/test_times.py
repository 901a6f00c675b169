"""Times: cases in our own words, and properties that hold for every text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cutting import cut
from veridical.annotate.times import find_times
from veridical.model import TimeMention
from veridical.values import Extent, WhenPrecision

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "times.yml").read_text("utf-8"))
PIECES = (
    "on",
    "July",
    "20",
    ",",
    "2015",
    "the",
    "last",
    "week",
    "May",
    "3",
    "-",
    "5",
    "two",
    "days",
    "later",
    "after",
    "from",
    "to",
    "since",
    "2008",
    "between",
    "and",
    "Tuesday",
    "yesterday",
    "of",
    "end",
    "night",
    "early",
    "a",
    "year",
    "1990s",
    "31",
    "February",
    "29",
    "ago",
    "in",
    "until",
    "9/11",
    "p.m.",
    "6:30",
    "(",
    ")",
    ".",
    "--",
    "JAN",
    "90",
    "99/99/2015",
    "summer",
    "second",
    "half",
)


def times(text: str, published: str | None = None) -> tuple[TimeMention, ...]:
    return find_times(*cut(text, published))


def written(mention: TimeMention) -> str:
    """A mention in the notation of the cases."""
    when = mention.when
    out = [f"{when.as_written} |"] + ([mention.kind] if mention.kind != "date" else []) + [when.precision.value]
    if when.known:
        out += [when.earliest or "-"] + ([when.latest or "-"] if when.latest != when.earliest else [])
    if when.extent is Extent.THROUGHOUT:
        out.append("throughout")
    if mention.anchor:
        out += [mention.anchor, *("-" if x is None else str(x) for x in mention.shift or ())]
    return " ".join(out)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['text'][:40]}" for i, c in enumerate(CASES)])
def test_case(case: dict[str, Any]) -> None:
    published = case.get("published")
    assert [written(m) for m in times(case["text"], published)] == case["expect"]


def check_properties(text: str, published: str | None) -> None:
    """Spans ordered and apart, words exact, intervals the right way round, unknown means unknown."""
    report, tokens, spans = cut(text, published)
    end = 0
    for mention in find_times(report, tokens, spans):
        assert end <= mention.start < mention.end <= len(tokens)
        end = mention.end
        when = mention.when
        assert when.as_written == report.text[tokens[mention.start].start : tokens[mention.end - 1].end]
        for day in (when.earliest, when.latest):
            assert day is None or date.fromisoformat(day)
        if when.earliest and when.latest:
            assert when.earliest <= when.latest
        assert when.known == (when.precision is not WhenPrecision.UNKNOWN)
        assert (mention.anchor is None) == (mention.shift is None)
        if mention.shift and None not in mention.shift:
            assert mention.shift[0] <= mention.shift[1]  # type: ignore[operator]
        assert mention.kind == "date" or not when.known


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from((None, "2016-02-29", "0001-01-01", "9999-12-31", "2015-10-12")),
)
def test_properties_of_any_words(pieces: list[str], published: str | None) -> None:
    check_properties(" ".join(pieces), published)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_properties_of_any_text(text: str) -> None:
    check_properties(text, "2015-10-12")


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 5))
def test_a_written_day_is_read_back(day: date, style: int) -> None:
    month = _MONTHS[day.month - 1]
    form = (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{month[:3].upper()} {day.day}, {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
    )[style]
    found = times(f"The bridge was blown up on {form}.")
    assert [(m.when.earliest, m.when.latest, m.when.as_written) for m in found] == [(day.isoformat(), day.isoformat(), form)]


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(1, 28), st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_a_day_without_a_year_lies_within_the_year_before_publication(published: date, day: int, month: int) -> None:
    found = times(f"The bridge was blown up on {_MONTHS[month - 1]} {day}.", published.isoformat())
    made = date.fromisoformat(found[0].when.earliest or "")
    assert (made.month, made.day) == (month, day)
    assert 0 <= (published - made).days <= 366


def test_without_anything_to_stand_on_nothing_is_resolved() -> None:
    text = "Yesterday, on Tuesday, last month, in May, two days ago and on June 3 bombs went off."
    assert [m.when.known for m in times(text)] == [False] * 6
    assert all(m.when.known for m in times(text, "2015-10-14"))


def test_a_byline_stands_for_the_day_of_publication() -> None:
    found = times("Published July 20, 2015\n\nA guard was shot yesterday.")
    assert found[-1].when.earliest == "2015-07-19"


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    found = times("On July 20, 2015 a bomb went off.\n\nA guard was shot yesterday.")
    assert not found[-1].when.known
