"""Values in the few words that a table has room for: dates as precise as they are known, tolls with open ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from veridical.model import Party
from veridical.values import Count, Extent, When, WhenPrecision, Where

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_when(when: When) -> str:
    """A date no more exact than it is.

    >>> say_when(When.year(2017)), say_when(When.month(2021, 6)), say_when(When.day(date(2015, 10, 10)))
    ('2017', 'Jun 2021', '10 Oct 2015')
    >>> say_when(When("2018-10-01", "2018-12-31", WhenPrecision.SEASON)), say_when(When(None, "2016-01-05", WhenPrecision.RANGE))
    ('Oct–Dec 2018', 'until 5 Jan 2016')
    >>> say_when(When(as_written="on Tuesday"))
    '? “on Tuesday”'
    """
    if not when.known:
        return f"? “{when.as_written}”" if when.as_written else "?"
    if when.earliest is None or when.latest is None:
        return f"from {_day(when.earliest)}" if when.earliest else f"until {_day(when.latest or '')}"
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    if when.precision is WhenPrecision.YEAR and first.year == last.year:
        text = str(first.year)
    elif when.precision is WhenPrecision.MONTH and (first.year, first.month) == (last.year, last.month):
        text = f"{_MONTHS[first.month - 1]} {first.year}"
    elif when.precision is WhenPrecision.SEASON:
        year = "" if first.year == last.year else f" {first.year}"
        text = f"{_MONTHS[first.month - 1]}{year}–{_MONTHS[last.month - 1]} {last.year}"
    else:
        text = _day(when.earliest) if first == last else f"{_day(when.earliest)} – {_day(when.latest)}"
    return f"{text}, throughout" if when.extent is Extent.THROUGHOUT and first != last else text


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_where(where: Where) -> str:
    """Name, city and country, each once; "?" when nothing is known."""
    parts = [p for p in (where.name, where.city, where.country) if p]
    return ", ".join(p for i, p in enumerate(parts) if p not in parts[:i]) or where.admin1 or "?"


def say_count(count: Count) -> str:
    """Low, shown and high value; an open end stays open.

    >>> [say_count(Count("killed", None, *x)) for x in ((109, 109, 109), (31, 37, 39), (31, None, 39))]
    ['109', '31 ‹ 37 ‹ 39', '31–39']
    >>> [say_count(Count("killed", None, *x)) for x in ((101, 101, None), (None, 60, 60), (None, 40, None), (24, None, None))]
    ['101 ‹ …', '… ‹ 60', '~40', '24 ‹ …']
    """
    low, best, high = count.low, count.best, count.high
    if low is None and high is None:
        return "?" if best is None else f"~{best}"
    if low == high:
        return str(low)
    if low is None or high is None:
        middle = [] if best in (low, high, None) else [str(best)]
        return " ‹ ".join(["…" if low is None else str(low), *middle, "…" if high is None else str(high)])
    return f"{low}–{high}" if best is None else f"{low} ‹ {best} ‹ {high}"


def say_party(party: Party, status: Mapping[str, Any]) -> str:
    """A name; for a person never without the status that the sources give, and its date."""
    tag = status.get(party.status.value, "") if party.status else ""
    since = f" {_since(party.status_date)}" if party.status_date else ""
    part = f", {party.part}" if party.part and party.part != "attacker" else ""
    return f"{party.name}{part}" + (f" [{tag}{since}]" if tag else "")


def _since(text: str) -> str:
    """A status date is a day, or a month or year where no more is told."""
    try:
        return _day(text)
    except ValueError:
        return text
