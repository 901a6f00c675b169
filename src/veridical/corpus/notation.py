"""The notation of times and counts in the markup, read into `When` and `Count`.

Times follow ISO 8601, and EDTF level 0 for intervals: ``2015-10-10``, ``2015-10``, ``2015``, ``2015-W41``,
``2015-10-10/2015-10-12``, ``2015-06-01/..``; ``?`` is a time that the report does not let one resolve. Counts are one number,
or ``low,best,high`` with ``-`` for a bound that is not told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from veridical.values import Count, Extent, When, WhenPrecision

_UNITS = (
    (re.compile(r"\d{4}"), WhenPrecision.YEAR),
    (re.compile(r"\d{4}-\d{2}"), WhenPrecision.MONTH),
    (re.compile(r"\d{4}-W\d{2}"), WhenPrecision.WEEK),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), WhenPrecision.DAY),
)


def read_when(value: str, precision: str | None = None, extent: str | None = None, words: str | None = None) -> When:
    """The time that ``value`` writes; ValueError where it is no time or no precision of ours.

    >>> read_when("2015-10").latest
    '2015-10-31'
    >>> read_when("../2001-09").earliest is None
    True
    """
    how = Extent(extent or "within")
    if value == "?":
        return When(as_written=words, extent=how)
    first, slash, last = value.partition("/")
    start, unit = _bound(first, 0)
    end, _ = _bound(last if slash else first, 1)
    if start is None and end is None:
        raise ValueError("an interval needs one end")
    if start and end and start > end:
        raise ValueError("the interval ends before it begins")
    told = WhenPrecision(precision) if precision else WhenPrecision.RANGE if slash else unit
    return When(start.isoformat() if start else None, end.isoformat() if end else None, told, how, words)


def _bound(text: str, end: int) -> tuple[date | None, WhenPrecision]:
    """The first or the last day of a date, and its unit; ``..`` is an end that is not told."""
    if text == "..":
        return None, WhenPrecision.RANGE
    unit = next((name for form, name in _UNITS if form.fullmatch(text)), None)
    if unit is WhenPrecision.DAY:
        return date.fromisoformat(text), unit
    if unit is WhenPrecision.WEEK:
        return date.fromisocalendar(int(text[:4]), int(text[6:]), 1) + timedelta(6 * end), unit
    if unit is WhenPrecision.MONTH:
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, monthrange(year, month)[1] if end else 1), unit
    if unit is WhenPrecision.YEAR:
        return (date(int(text), 12, 31) if end else date(int(text), 1, 1)), unit
    raise ValueError(f"{text!r} is no date")


def read_count(value: str, measure: str, of: str | None = None) -> Count:
    """The count that ``value`` writes; ValueError where it is none.

    >>> read_count("101,101,-", "injured").high is None
    True
    """
    parts = value.split(",")
    if len(parts) not in (1, 3):
        raise ValueError("a count is one number or low,best,high")
    bounds = [None if p.strip() == "-" else int(p) for p in parts]
    low, best, high = bounds * 3 if len(bounds) == 1 else bounds
    told = [b for b in (low, best, high) if b is not None]
    if not told or told != sorted(told) or told[0] < 0:
        raise ValueError("a count needs one bound, and low ≤ best ≤ high")
    return Count(measure, of, low, best, high)
