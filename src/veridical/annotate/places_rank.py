"""Chooses among a name's candidates: nations in the report, the division around it, near places, then weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, exp, radians, sin, sqrt

from veridical.annotate.gazetteer import Place

Choice = tuple[Place, float]

# One scale for all: a point is a factor of ten in population. Chosen on LGL and GeoWebNews (even ids).
ACCEPT = 3.6
_RANK = (0.0, -1.5, -2.2)
_NATION, _NATION_SHARE, _ABSENT = 1.6, 2.0, -1.0
_ABROAD, _SETTLED = -2.0, 4
"""For a country that is not mentioned where another one alone is, this often."""
_BESIDE = 4.0
_WORLD = 2.5
"""For a region of several countries, which no nation in the report can speak for."""
_HOLDER_COUNTRY, _HOLDER_DIVISION, _HOLDER_WRONG = 3.0, 4.0, -6.0
_NEAR, _NEAR_KM, _SAME_DIVISION = 2.0, 120.0, 2.0
_COMPANY, _COMPANY_KM, _COMPANY_MAX = 0.8, 70.0, 3.0
_IN_CELLS = 40
_HINTS: Mapping[str, Mapping[str, float]] = {
    "admin1": {"admin1": 3.0, "admin2": 1.5, "region": 1.5, "city": -1.5, "country": -1.0},
    "admin2": {"admin2": 4.0, "admin1": 1.0, "region": 1.0, "city": -1.5, "country": -4.0},
    "city": {"city": 2.0, "admin1": -3.0, "admin2": -2.0, "region": -2.0, "country": -4.0},
    "quarter": {"city": 0.5, "admin2": 1.0, "country": -4.0, "admin1": -2.0},
    "country": {"country": 2.0},
    "holder": {"admin1": 0.8, "country": 0.8},
}
_CITY_FIRST = -1.0
_OTHER_NAME = -2.0
_KIND = {"admin1": -0.2, "admin2": -0.6}


@dataclass(slots=True)
class Scene:
    """What the report tells of its ground so far: votes for countries, and the places resolved."""

    votes: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    divisions: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    cells: dict[tuple[int, int], list[tuple[str, Place]]] = field(default_factory=dict)
    company: dict[int, float] = field(default_factory=dict)
    """What `_by_company` found, by place: the cells stay as they are."""

    def share(self, country: str | None) -> float:
        """The share of a country among the votes, 0 when there are none."""
        total = sum(self.votes.values())
        return self.votes[country] / total if country and total else 0.0

    def only_country(self) -> str | None:
        """The one country that the report speaks of, or ``None`` where it speaks of several or of none."""
        return next(iter(self.votes)) if len(+self.votes) == 1 else None


def sort_into_cells(options: Mapping[str, Sequence[Place]]) -> dict[tuple[int, int], list[tuple[str, Place]]]:
    """The candidates of all names of a report by one-degree cells, to see which lie side by side."""
    cells: dict[tuple[int, int], list[tuple[str, Place]]] = {}
    for name, places in options.items():
        for place in places[:_IN_CELLS]:
            if (
                place.kind in ("city", "admin2", "site")
                and place.rank < 2
                and place.latitude is not None
                and (place.longitude is not None)
            ):
                cells.setdefault((int(place.latitude // 1), int(place.longitude // 1)), []).append((name, place))
    return cells


def _by_company(place: Place, scene: Scene) -> float:
    """How many other names of the report have some candidate beside this one."""
    if place.kind not in ("city", "admin2") or place.latitude is None or place.longitude is None or not scene.cells:
        return 0.0
    if place.key not in scene.company:
        scene.company[place.key] = _count_company(place, scene)
    return scene.company[place.key]


def _count_company(place: Place, scene: Scene) -> float:
    assert place.latitude is not None and place.longitude is not None
    row, column = int(place.latitude // 1), int(place.longitude // 1)
    best: dict[str, float] = {}
    own: set[str] = set()
    for cell in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
        for name, other in scene.cells.get(cell, ()):
            if other.key == place.key:
                own.add(name)
            else:
                best[name] = max(best.get(name, 0.0), exp(-kilometres(place, other) / _COMPANY_KM))
    return _COMPANY * min(_COMPANY_MAX, sum(close for name, close in best.items() if name not in own))


def kilometres(a: Place, b: Place) -> float:
    """The great-circle distance of two places, infinite when one has no coordinates."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return float("inf")
    p, q = radians(a.latitude), radians(b.latitude)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a name: the kind that a word says, the places that hold it, nationalities.

    ``loose``: the holder may as well be the next of a list ("Mosul, Basra and Kirkuk"), and only speaks for, not against.
    """

    hint: str | None = None
    holders: tuple[Place, ...] = ()
    nations: tuple[str, ...] = ()
    loose: bool = False


def rank(places: Sequence[Place], scene: Scene, beside: Beside) -> list[Choice]:
    """The candidates with their scores, best first; see the constants above for what counts how much."""
    cities = [p for p in places if p.kind == "city"]
    scored = [
        (place, _score(place, scene, beside) + _by_city(place, beside.hint, cities) + _by_main_name(place, places))
        for place in places
    ]
    return sorted(scored, key=lambda choice: (-choice[1], choice[0].rank, -choice[0].weight, choice[0].key))


def _by_city(place: Place, hint: str | None, cities: Sequence[Place]) -> float:
    """A division that is named after its city of the same size means the city, unless a word beside it says otherwise."""
    if place.kind != "admin1" or hint is not None:
        return 0.0
    same = (c for c in cities if (c.country, c.admin1) == (place.country, place.admin1) and c.rank <= place.rank)
    return _CITY_FIRST if any(c.weight >= place.weight - 0.7 for c in same) else 0.0


def _by_main_name(place: Place, places: Sequence[Place]) -> float:
    """A name that a division or region bears as its own means this rather than a city in it that also goes by it."""
    if place.kind != "city" or place.rank == 0:
        return 0.0
    return (
        _OTHER_NAME if any(p.rank == 0 and p.kind in ("admin1", "region") and p.country == place.country for p in places) else 0.0
    )


def _score(place: Place, scene: Scene, beside: Beside) -> float:
    score = place.weight + _RANK[place.rank] + _KIND.get(place.kind, 0.0)
    if beside.hint is not None:
        score += _HINTS[beside.hint].get(place.kind, 0.0)
    score += _by_nations(place, scene, beside.nations)
    held = _by_holders(place, beside.holders)
    score += max(0.0, held) if beside.loose else held
    score += _by_nearness(place, scene)
    score += _by_company(place, scene)
    return score


def _by_nations(place: Place, scene: Scene, nations: Sequence[str]) -> float:
    score = 0.0
    if nations:
        score += _BESIDE if place.country in nations else -_BESIDE if place.country else 0.0
    if place.country is None:
        return score + _WORLD
    if scene.votes[place.country]:
        return score + _NATION + _NATION_SHARE * scene.share(place.country)
    if scene.only_country() and sum(scene.votes.values()) >= _SETTLED:
        return score + _ABROAD
    return score + (_ABSENT if scene.votes else 0.0)


def _by_holders(place: Place, holders: Sequence[Place]) -> float:
    score = 0.0
    if place.kind == "country":
        return score
    for holder in holders:
        if holder.country is None or (holder.kind == place.kind and holder.kind != "city"):
            continue
        if place.country != holder.country:
            score += _HOLDER_WRONG
        elif holder.kind == "country":
            score += _HOLDER_COUNTRY
        elif holder.kind == "admin1" and place.admin1 is not None:
            score += _HOLDER_DIVISION if place.admin1 == holder.admin1 else _HOLDER_WRONG
        else:
            away = kilometres(place, holder)
            score += _HOLDER_DIVISION * exp(-away / 150.0) if away < 400 else _HOLDER_WRONG / 2
    return score


def _by_nearness(place: Place, scene: Scene) -> float:
    """Near to other resolved places of the report, and in the division that most of them are in."""
    if place.kind in ("country", "region") or place.latitude is None:
        return 0.0
    best = 0.0
    for other in scene.places:
        if other.key == place.key or other.latitude is None or other.kind in ("country", "region"):
            continue
        if abs(other.latitude - place.latitude) > 5:
            continue
        scale = _NEAR_KM if other.kind != "admin1" else 2 * _NEAR_KM
        best = max(best, (_NEAR if other.kind != "admin1" else 0.7 * _NEAR) * exp(-kilometres(place, other) / scale))
    total = sum(scene.divisions.values())
    if total and place.admin1:
        best += _SAME_DIVISION * scene.divisions[(place.country, place.admin1)] / total
    return best
