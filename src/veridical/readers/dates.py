"""Publication dates as sources state them, as ISO days; what is less than a day, or unclear, is ``None``."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?\d\d.*|Z)?\s*$", re.S)
_SLASHED = re.compile(r"\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ].*)?\s*$", re.S)
_DAY_FIRST = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]+,\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_MONTHS = {
    form: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
    for form in (name, name[:3])
} | {"sept": 9}
_DATELINE = re.compile(
    r"\s*[^\W\d_][^\d\n]{0,60}?,\s+(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4}|\d\d)\s*"
    r"(?:\([^()\n]{1,40}\)\s*)?(?:--|[—–])"
)


def iso_date(value: object) -> str | None:
    """The day that ``value`` states as YYYY-MM-DD, or ``None``: never a part of a date made whole.

    Reads ISO forms with or without a time, RFC 822 dates, year-first slashes, and English written
    dates; a day/month order that could be read both ways is not read. Unix times (seconds or milliseconds) are
    read from numbers only.

    >>> iso_date("2016-02-17T18:31:00+03:00"), iso_date("Wed, 17 Feb 2016 18:31:00 +0300"), iso_date("02/03/2016")
    ('2016-02-17', '2016-02-17', None)
    """
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        return None
    found = _ISO.match(value) or _SLASHED.match(value)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _written(value.strip())


def dateline_date(text: str) -> str | None:
    """The day of a dateline that opens ``text`` ("ANKARA, 3 JAN 90 (AGENCY) --"), or ``None``.

    Two-digit years are read as POSIX does: 69-99 as 1969-1999.
    """
    found = _DATELINE.match(text)
    if not found:
        return None
    year = int(found[3])
    if len(found[3]) == 2:
        year += 1900 if year >= 69 else 2000
    return _day(year, _MONTHS.get(found[2].lower(), 0), int(found[1]))


def _written(value: str) -> str | None:
    found = _DAY_FIRST.match(value)
    if found:
        return _day(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    found = _MONTH_FIRST.match(value)
    if found:
        return _day(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _from_number(value: float) -> str | None:
    if 19_000_000 <= value < 21_000_000 and value == int(value):
        return iso_date(str(int(value)))
    seconds = value / 1000 if value > 1e11 else value
    if not 1e8 < seconds < 1e10:
        return None
    from datetime import UTC

    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
