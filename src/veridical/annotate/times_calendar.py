"""Intervals of the calendar as `When` values: parts of months and years, seasons, weeks, shifts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from veridical.values import Extent, When, WhenPrecision

# DESIGN.md, "Early", "mid-", "late": first and last month of each part of a year.
_YEAR_PARTS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def make_day(year: int, month: int, day: int) -> When | None:
    """One day, or ``None`` where the calendar has no such day."""
    try:
        return When.day(date(year, month, day))
    except ValueError:
        return None


def make_month(year: int, month: int, part: str | None = None) -> When:
    """A month, or its "early", "mid" or "late" third (days 1-10, 11-20, 21-end)."""
    if part is None:
        return When.month(year, month)
    first, last = _MONTH_PARTS[part]
    return between(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))


def make_year(year: int, part: str | None = None) -> When:
    """A year, or its early, middle or late months with the precision season."""
    if part is None:
        return When.year(year)
    first, last = _YEAR_PARTS[part]
    return _months(year, first, last, WhenPrecision.SEASON)


def make_season(year: int, first_month: int) -> When:
    """Three months from ``first_month``; a winter reaches into the next year."""
    start = date(year, first_month, 1)
    end = date(year + (first_month > 10), (first_month + 1) % 12 + 1, 1)
    return between(start, end.replace(day=monthrange(end.year, end.month)[1]), WhenPrecision.SEASON)


def make_fraction(year: int, number: int, parts: int) -> When:
    """A half (``parts`` = 2) or quarter (4) of a year, counted from 1, -1 is the last."""
    months = 12 // parts
    number = parts if number == -1 else number
    precision = WhenPrecision.SEASON if parts == 4 else WhenPrecision.RANGE
    return _months(year, (number - 1) * months + 1, number * months, precision)


def make_decade(first_year: int, part: str | None = None) -> When:
    """Ten years, or their early (0-3), middle (4-6) or late (7-9) years."""
    low, high = _DECADE_PARTS[part] if part else (0, 9)
    return between(date(first_year + low, 1, 1), date(first_year + high, 12, 31))


def make_week_of_month(year: int, month: int, number: int) -> When:
    """The n-th seven days of a month, -1 for the last seven."""
    last = monthrange(year, month)[1]
    first = last - 6 if number == -1 else 7 * number - 6
    return between(date(year, month, min(first, last)), date(year, month, min(first + 6, last)), WhenPrecision.WEEK)


def make_week(day: date, weeks: int = 0) -> When:
    """The ISO week, Monday to Sunday, around ``day``, moved by ``weeks``."""
    monday = day - timedelta(days=day.isoweekday() - 1) + timedelta(weeks=weeks)
    return between(monday, monday + timedelta(days=6), WhenPrecision.WEEK)


def make_weekend(day: date, weekends: int = 0) -> When:
    """The Saturday and Sunday that last began before or on ``day``, moved by ``weekends``."""
    saturday = day - timedelta(days=(day.isoweekday() - 6) % 7) + timedelta(weeks=weekends)
    return between(saturday, saturday + timedelta(days=1))


def between(first: date, last: date, precision: WhenPrecision = WhenPrecision.RANGE, extent: Extent = Extent.WITHIN) -> When:
    """The days from ``first`` to ``last``, both included; one day has the precision day."""
    if first == last:
        return When.day(first)
    if first > last:
        first, last = last, first
    return When(first.isoformat(), last.isoformat(), precision, extent)


def add_months(day: date, months: int) -> date:
    """The first of the month that lies ``months`` after the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def weekday_near(day: date, weekday: int, direction: int, same: bool = True) -> date:
    """The nearest ``weekday`` (ISO number) in the past (-1) or future (1), the day itself when ``same``."""
    step = (day.isoweekday() - weekday) % 7 if direction < 0 else (weekday - day.isoweekday()) % 7
    if step == 0 and not same:
        step = 7
    return day + timedelta(days=step * direction)


def _months(year: int, first: int, last: int, precision: WhenPrecision) -> When:
    return between(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)
