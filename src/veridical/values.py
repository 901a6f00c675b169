"""Small frozen values that carry their precision: When, Where, Count, and the closed vocabularies.

Unknown is ``None`` plus a precision, never a filled-in guess (DESIGN.md, house rule 3).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far an act got (DESIGN.md, "Stages")."""

    CARRIED_OUT = "carried_out"
    ATTEMPTED = "attempted"
    FOILED = "foiled"
    ABANDONED = "abandoned"
    PLANNED = "planned"
    THREATENED = "threatened"


class Factuality(StrEnum):
    """FactBank's values (Saurí and Pustejovsky 2009), always relative to one source."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    NOT_CERTAIN = "CT-"
    NOT_PROBABLE = "PR-"
    NOT_POSSIBLE = "PS-"
    CERTAIN_UNKNOWN = "CTu"
    UNKNOWN = "Uu"


class Certainty(StrEnum):
    """How sure a report is of an incident itself, not of who did it."""

    STATED = "stated"
    ALLEGED = "alleged"
    SUSPECTED = "suspected"
    CLAIMED = "claimed_by_perpetrator"
    DENIED = "denied"


class WhenPrecision(StrEnum):
    """The unit in which a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class WherePrecision(StrEnum):
    """The unit in which a place is known."""

    SITE = "site"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class Extent(StrEnum):
    """Whether something happened at some time within an interval or lasted throughout it."""

    WITHIN = "within"
    THROUGHOUT = "throughout"


class SourceKind(StrEnum):
    """What a link of a chain of sources is."""

    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"
    COURT = "court"
    DOCUMENT = "document"
    SUSPECT = "suspect"
    GROUP = "group"
    WITNESS = "witness"
    UNNAMED = "unnamed"


class Status(StrEnum):
    """The legal status of a person, as the sources give it; people are innocent until convicted."""

    UNKNOWN = "unknown"
    ALLEGED = "alleged"
    SUSPECTED = "suspected"
    ACCUSED = "accused"
    WANTED = "wanted"
    ARRESTED = "arrested"
    CHARGED = "charged"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    CLAIMED = "claimed"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days with the precision it was written in; both ends ISO dates, inclusive.

    >>> When.year(2017)
    When(earliest='2017-01-01', latest='2017-12-31', precision=<WhenPrecision.YEAR: 'year'>, \
extent=<Extent.WITHIN: 'within'>, as_written=None)
    """

    earliest: str | None = None
    latest: str | None = None
    precision: WhenPrecision = WhenPrecision.UNKNOWN
    extent: Extent = Extent.WITHIN
    as_written: str | None = None

    @property
    def known(self) -> bool:
        """True when at least one end is known."""
        return self.earliest is not None or self.latest is not None

    @classmethod
    def day(cls, value: date, as_written: str | None = None) -> When:
        """One day."""
        text = value.isoformat()
        return cls(text, text, WhenPrecision.DAY, Extent.WITHIN, as_written)

    @classmethod
    def month(cls, year: int, month: int, as_written: str | None = None) -> When:
        """One calendar month."""
        last = monthrange(year, month)[1]
        return cls(
            date(year, month, 1).isoformat(), date(year, month, last).isoformat(), WhenPrecision.MONTH, Extent.WITHIN, as_written
        )

    @classmethod
    def year(cls, year: int, as_written: str | None = None) -> When:
        """One calendar year."""
        return cls(date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat(), WhenPrecision.YEAR, Extent.WITHIN, as_written)

    def overlaps(self, other: When) -> bool:
        """Whether both intervals are known and share a day; an open end reaches to infinity."""
        if not (self.known and other.known):
            return False
        return (self.earliest or "0001-01-01") <= (other.latest or "9999-12-31") and (other.earliest or "0001-01-01") <= (
            self.latest or "9999-12-31"
        )


@dataclass(frozen=True, slots=True)
class Where:
    """A place: its own name as written, and what the gazetteer adds; degrees are WGS 84."""

    name: str | None = None
    city: str | None = None
    admin1: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    precision: WherePrecision = WherePrecision.UNKNOWN

    @property
    def known(self) -> bool:
        """True when the place has any name, or a country."""
        return bool(self.name or self.city or self.admin1 or self.country)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people with its bounds; ``None`` is an open or unstated bound.

    "at least 30" is ``(30, 30, None)``, "more than 100" is ``(101, 101, None)``.
    ``of`` names a part of the whole ("civilians", "attackers") or is ``None`` for the total.
    """

    measure: str
    of: str | None
    low: int | None
    best: int | None
    high: int | None
