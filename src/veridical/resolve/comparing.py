"""How two dates, places, tolls, types or stages relate: equal, one inside the other, or contradicting."""

from __future__ import annotations

import math
from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from veridical.resolve.alternatives import Rules
from veridical.resolve.knowledge import knowledge
from veridical.resolve.names import fold, same_name, words
from veridical.values import Count, Stage, When, Where, WherePrecision

NEAR_KM = 25.0
"""Two towns closer than this may be one place named by its suburb and by its city."""
_RANK = {
    WherePrecision.UNKNOWN: 0,
    WherePrecision.COUNTRY: 1,
    WherePrecision.REGION: 2,
    WherePrecision.CITY: 3,
    WherePrecision.SITE: 4,
}


@lru_cache(maxsize=65536)
def ordinal(day: str) -> int:
    """Days since year 1; for a broken date the nearest end of time."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 1


def bounds(when: When) -> tuple[int, int]:
    """First and last day of an interval as ordinals; an open end reaches to the end of time."""
    return (ordinal(when.earliest) if when.earliest else 1, ordinal(when.latest) if when.latest else date.max.toordinal())


def _when_contains(a: When, b: When) -> bool:
    (al, ah), (bl, bh) = bounds(a), bounds(b)
    return al <= bl and bh <= ah and (al, ah) != (bl, bh)


def _when_width(when: When) -> float:
    low, high = bounds(when)
    return -float(high - low)


WHEN: Rules[When] = Rules(
    key=lambda w: (w.earliest, w.latest), contains=_when_contains, conflicts=lambda a, b: not a.overlaps(b), precision=_when_width
)


def kilometres(a: Where, b: Where) -> float | None:
    """The great-circle distance of two places, or ``None`` when either has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def place_rank(where: Where) -> int:
    """0 for unknown up to 4 for a site."""
    return _RANK[where.precision]


def _differ(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and fold(a) != fold(b)


def _town(where: Where) -> str | None:
    return where.city or (where.name if where.precision is WherePrecision.CITY else None)


def same_town(a: Where, b: Where) -> bool:
    """Whether both name one town, by gazetteer id, by name without contrary coordinates, or by nearness."""
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return True
    x, y, km = _town(a), _town(b), kilometres(a, b)
    if x is None or y is None:
        return False
    return (fold(x) == fold(y) and (km is None or km < 100)) or (km is not None and km <= NEAR_KM)


@lru_cache(maxsize=65536)
def places_conflict(a: Where, b: Where) -> bool:
    """Whether one incident cannot be at both: other country, other region, or other town not nearby."""
    if _differ(a.country, b.country):
        return True
    x, y = _town(a), _town(b)
    if x is not None and y is not None:
        return not same_town(a, b)
    if min(place_rank(a), place_rank(b)) >= 2 and _differ(a.admin1, b.admin1):
        km = kilometres(a, b)
        return km is None or km > NEAR_KM
    return False


@lru_cache(maxsize=65536)
def _where_contains(a: Where, b: Where) -> bool:
    if place_rank(a) >= place_rank(b):
        if place_rank(a) == place_rank(b) == 4 and a.name and b.name and not places_conflict(a, b):
            p, q = frozenset(words(a.name)), frozenset(words(b.name))
            return p < q or (p == q and _gaps(a) > _gaps(b))
        return (
            place_rank(a) == place_rank(b)
            and _where_name(a) == _where_name(b)
            and _gaps(a) > _gaps(b)
            and not places_conflict(a, b)
        )
    return not places_conflict(a, b)


def _gaps(where: Where) -> int:
    return sum(x is None for x in (where.city, where.admin1, where.country, where.latitude))


def _where_name(where: Where) -> str:
    return fold(where.name or where.city or where.admin1 or where.country or "")


def _where_key(where: Where) -> Hashable:
    return (place_rank(where), _where_name(where), fold(where.city or ""), fold(where.admin1 or ""), where.country or "")


WHERE: Rules[Where] = Rules(
    key=_where_key, contains=_where_contains, conflicts=places_conflict, precision=lambda w: place_rank(w) - _gaps(w) / 10
)


def toll_bounds(count: Count) -> tuple[float, float]:
    """The interval that a figure allows; "about 40" allows a quarter more or less."""
    if count.low is None and count.high is None and count.best is not None:
        return count.best * 0.75, count.best * 1.25
    return (float(count.low) if count.low is not None else 0.0, float(count.high) if count.high is not None else math.inf)


def _toll_contains(a: Count, b: Count) -> bool:
    x, y = toll_bounds(a), toll_bounds(b)
    return x[0] <= y[0] and y[1] <= x[1] and x != y


def tolls_conflict(a: Count, b: Count) -> bool:
    """Whether no number satisfies both figures."""
    (al, ah), (bl, bh) = toll_bounds(a), toll_bounds(b)
    return ah < bl or bh < al


def _toll_precision(count: Count) -> float:
    low, high = toll_bounds(count)
    return -(high - low) if high < math.inf else -1e9 + (0 if count.best is None else 1)


COUNT: Rules[Count] = Rules(
    key=lambda c: (c.low, c.best, c.high), contains=_toll_contains, conflicts=tolls_conflict, precision=_toll_precision
)


def _type_contains(a: str, b: str) -> bool:
    return b in knowledge().general.get(a, ())


TYPE: Rules[str] = Rules(
    key=lambda t: t,
    contains=_type_contains,
    conflicts=lambda a, b: not knowledge().types_agree(a, b),
    precision=lambda t: -float(len(knowledge().general.get(t, ()))),
)


def _stage_contains(a: Stage, b: Stage) -> bool:
    return b in knowledge().open_stages.get(a, ())


STAGE: Rules[Stage] = Rules(
    key=lambda s: s.value,
    contains=_stage_contains,
    conflicts=lambda a, b: a != b and not _stage_contains(a, b) and not _stage_contains(b, a),
    precision=lambda s: -float(len(knowledge().open_stages.get(s, ()))),
)

REASON: Rules[str] = Rules(
    key=fold,
    contains=lambda a, b: fold(a) != fold(b) and frozenset(words(a)) < frozenset(words(b)),
    conflicts=lambda a, b: False,
    precision=lambda r: float(len(r)),
)


def same_site(a: Where, b: Where) -> bool:
    """Whether both name a site and the names can be one's."""
    return (
        a.precision is WherePrecision.SITE
        and b.precision is WherePrecision.SITE
        and a.name is not None
        and b.name is not None
        and same_name(a.name, b.name, "facility")
    )
