"""Chooses among a name's candidates: nations in the report, the division around it, near places, then weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, exp, radians, sin, sqrt

from veridical.annotate.gazetteer import Place
from veridical.annotate.gazetteer_names import fold

Choice = tuple[Place, float]

# One scale for all: a point is a factor of ten in population. Chosen on LGL and GeoWebNews (even ids).
ACCEPT = 4.0
_RANK = (0.0, -1.0, -2.2)
_NATION, _NATION_SHARE, _ABSENT = 1.2, 2.0, -0.8
_BESIDE = 4.0
_HOLDER_COUNTRY, _HOLDER_DIVISION, _HOLDER_WRONG = 3.0, 4.0, -6.0
_NEAR, _NEAR_KM, _SAME_DIVISION = 2.0, 120.0, 1.0
_HINTS: Mapping[str, Mapping[str, float]] = {
    "admin1": {"admin1": 3.0, "admin2": 1.5, "region": 1.5, "city": -1.5, "country": -1.0},
    "admin2": {"admin2": 3.5, "admin1": 1.0, "region": 1.0, "city": 0.0, "country": -4.0},
    "city": {"city": 2.0, "admin1": -3.0, "admin2": -2.0, "region": -2.0, "country": -4.0},
    "quarter": {"city": 0.5, "admin2": 1.0, "country": -4.0, "admin1": -2.0},
    "country": {"country": 2.0},
}
_KIND = {"admin1": -0.2, "admin2": -0.6}


@dataclass(slots=True)
class Scene:
    """What the report tells of its ground so far: votes for countries, and the places resolved."""

    votes: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    divisions: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def share(self, country: str | None) -> float:
        """The share of a country among the votes, 0 when there are none."""
        total = sum(self.votes.values())
        return self.votes[country] / total if country and total else 0.0


def kilometres(a: Place, b: Place) -> float:
    """The great-circle distance of two places, infinite when one has no coordinates."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return float("inf")
    p, q = radians(a.latitude), radians(b.latitude)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def rank(places: Sequence[Place], scene: Scene, hint: str | None, holders: Sequence[Place],
         nations: Sequence[str]) -> list[Choice]:
    """The candidates with their scores, best first; see the constants above for what counts how much."""
    same = {fold(p.name) for p in places if p.kind == "city" and p.rank == 0}
    scored = [(place, _score(place, scene, hint, holders, nations, bool(same))) for place in places]
    return sorted(scored, key=lambda choice: (-choice[1], choice[0].rank, -choice[0].weight, choice[0].key))


def _score(place: Place, scene: Scene, hint: str | None, holders: Sequence[Place],  # noqa: PLR0913
           nations: Sequence[str], has_city: bool) -> float:
    score = place.weight + _RANK[place.rank] + _KIND.get(place.kind, 0.0)
    if hint is not None:
        score += _HINTS[hint].get(place.kind, 0.0)
    elif place.kind == "admin1" and has_city and not holders:
        score -= 0.3
    score += _by_nations(place, scene, nations)
    score += _by_holders(place, holders)
    score += _by_nearness(place, scene)
    return score


def _by_nations(place: Place, scene: Scene, nations: Sequence[str]) -> float:
    score = 0.0
    if nations:
        score += _BESIDE if place.country in nations else -_BESIDE if place.country else 0.0
    if place.kind == "country" or place.country is None:
        return score + (0.5 * scene.share(place.country) if place.kind == "country" else 0.0)
    if scene.votes[place.country]:
        return score + _NATION + _NATION_SHARE * scene.share(place.country)
    return score + (_ABSENT if scene.votes else 0.0)


def _by_holders(place: Place, holders: Sequence[Place]) -> float:
    score = 0.0
    for holder in holders:
        if holder.country is None:
            continue
        if place.country != holder.country:
            score += _HOLDER_WRONG
        elif holder.kind == "country":
            score += _HOLDER_COUNTRY
        elif holder.kind == "admin1":
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
