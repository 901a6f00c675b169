"""How likely two events of different reports are one incident: a sum of log odds, each with its reason.

The score starts below even (most candidate pairs are different) and each piece of evidence adds its
weight in log odds (Fellegi and Sunter 1969; weights set by hand and checked on development data, see
``bench/score_merging.py``). A veto alone makes the value 0, whatever else speaks for the pair; a pair that shares
nothing but type and year, or no more than a publication week, scores ``UNTOLD``: it is neither joined nor kept apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from veridical.model import Score
from veridical.resolve.comparing import (
    WHEN,
    bounds,
    kilometres,
    place_rank,
    places_conflict,
    same_site,
    same_town,
    tolls_conflict,
)
from veridical.resolve.knowledge import knowledge
from veridical.resolve.names import canonical, same_person, words
from veridical.resolve.profiles import Corpus, Profile, cosine
from veridical.values import Stage, WhenPrecision, WherePrecision

PRIOR = -2.0
"""Log odds before any evidence, of a pair that blocking holds worth a look."""
EVEN_WORDING = 0.12
"""The likeness of wording that speaks neither for nor against."""
GAPS = ((1, 1.6), (3, 0.7), (7, -0.1), (30, -1.0), (365, -2.6))
"""Days between two events, or between the reports where no day is told, and their weight; over these ``FAR``."""
FAR = -3.8
TIMELESS = -1.2
"""Weight where nothing tells how far apart in time the two are."""
UNTOLD = 0.05
TOWN = 3
"""`place_rank` of a town; a site ranks higher."""
_EMPTY = Corpus()


@dataclass(slots=True)
class _Evidence:
    """Weights with reasons; ``anchors`` counts what is shared besides type, year and week."""

    total: float = PRIOR
    reasons: list[tuple[float, str]] = field(default_factory=list)
    anchors: float = 0.0
    veto: str | None = None

    def add(self, weight: float, reason: str, anchor: float = 0.0) -> None:
        self.total += weight
        self.anchors += anchor
        if abs(weight) >= 0.05:
            self.reasons.append((weight, f"{reason} {weight:+.1f}"))


def score(a: Profile, b: Profile, corpus: Corpus = _EMPTY) -> Score:
    """The probability that both are one incident, with the reasons in order of weight.

    Symmetric; the value is in [0, 1]. ``corpus`` tells how rare a name is; without it every name is rare.
    """
    found = _Evidence()
    for rule in (_types, _stages, _times, _places, _parties, _tolls, _texts, _sources):
        rule(a, b, corpus, found)
        if found.veto:
            return Score(0.0, (found.veto,))
    if a.family in ("response", "justice"):
        _proceedings(a, b, found)
    else:
        _twins(a, b, found)
    if found.veto:
        return Score(0.0, (found.veto,))
    reasons = tuple(text for _, text in sorted(found.reasons, key=lambda r: (-abs(r[0]), r[1])))
    if found.anchors < 1.0:
        return Score(UNTOLD, ("nothing distinctive shared", *reasons))
    return Score(max(round(1 / (1 + math.exp(-found.total)), 4), 0.0001), reasons)


def _types(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    if a.family != b.family:
        found.veto = f"different families: {a.type}, {b.type}"
    elif a.type == b.type:
        found.add(0.4, f"same type {a.type}")
    elif not knowledge().types_agree(a.type, b.type):
        found.add(-1.2, f"other type: {a.type}, {b.type}")


def _stages(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    if a.stage is None or b.stage is None or a.stage == b.stage:
        return
    early = {Stage.PLANNED, Stage.THREATENED}
    if {a.stage, b.stage} & early:
        found.add(-0.8, f"{a.stage} and {b.stage}")
    elif {a.stage, b.stage} == {Stage.FOILED, Stage.ABANDONED} or Stage.ATTEMPTED in (a.stage, b.stage):
        found.add(-0.6, f"{a.stage} against {b.stage}")
    elif _share_target(a, b):
        found.add(-2.0, f"{a.stage} against {b.stage}")
    else:
        found.veto = f"{a.stage} against {b.stage} with no target in common"


def _share_target(a: Profile, b: Profile) -> bool:
    return bool(a.things & b.things or a.people.get("targets", frozenset()) & b.people.get("targets", frozenset()))


def _times(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    if a.when.known and b.when.known:
        _dates(a, b, found)
        return
    for x, y in ((a, b), (b, a)):
        if x.when.known and y.published is not None and bounds(x.when)[0] > y.published + 1 and y.stage is not Stage.PLANNED:
            found.add(-3.0, "happened after the other report came out")
            return
    ours, theirs = _reference(a), _reference(b)
    if ours is None or theirs is None:
        found.add(TIMELESS, "nothing tells the time between them")
        return
    gap = max(ours[0] - theirs[1], theirs[0] - ours[1], 0)
    what = "published" if not a.when.known and not b.when.known else "happened and published"
    wide = max(ours[1] - ours[0], theirs[1] - theirs[0])
    found.add(next((w for days, w in GAPS if gap + wide <= days), FAR), f"{what} {gap} days apart")


def _reference(p: Profile) -> tuple[int, int] | None:
    """The days of the event, or else the publication of a report that is mainly about it."""
    if p.when.known:
        return bounds(p.when) if p.when.earliest and p.when.latest else None
    return (p.published, p.published) if p.main and p.published is not None else None


def _dates(a: Profile, b: Profile, found: _Evidence) -> None:
    (al, ah), (bl, bh) = bounds(a.when), bounds(b.when)
    days = WhenPrecision.DAY
    gap = max(al - bh, bl - ah, 0)
    if a.when.precision is days and b.when.precision is days:
        if gap == 0:
            found.add(2.2, f"same day {a.when.earliest}", anchor=0.7)
        elif gap == 1:
            found.add(0.4, "one day apart")
        elif gap <= 3:
            found.add(-1.2, f"{gap} days apart")
        else:
            found.add(-2.0 if gap <= 7 else -2.8, f"{gap} days apart")
    elif gap == 0:
        width = min(ah - al, bh - bl) if not WHEN.contains(a.when, b.when) else ah - al
        width = max(width, min(ah - al, bh - bl), 1)
        found.add(max(0.1, 1.5 - 0.25 * math.log(width)), "dates agree", anchor=0.3 if width < 32 else 0.0)
    else:
        found.add(-0.8 if gap <= 2 else -2.5, f"dates {gap} days apart")


def _places(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    if not (a.where.known and b.where.known):
        return
    if same_site(a.where, b.where) and not places_conflict(a.where, b.where):
        rare = max((corpus.rarity(f"site:{w}") for w in words(a.where.name or "")), default=1.0)
        found.add(1.0 + 1.6 * rare, f"same site {a.where.name}", anchor=1.0)
        return
    if same_town(a.where, b.where):
        rare = corpus.rarity(f"town:{(a.where.city or '').casefold()}")
        found.add(0.6 + 1.4 * rare, f"same town {a.where.city or a.where.name}", anchor=0.6)
        return
    if places_conflict(a.where, b.where):
        if _same_day(a, b) and min(place_rank(a.where), place_rank(b.where)) >= TOWN:
            found.veto = f"same day in different towns: {a.where.city}, {b.where.city}"
            return
        km = kilometres(a.where, b.where)
        weight = -3.5 if a.where.country != b.where.country else -2.5
        found.add(weight, "other place" + ("" if km is None else f", {km:.0f} km away"))
    elif a.where.admin1 and a.where.admin1 == b.where.admin1:
        found.add(0.7, f"same region {a.where.admin1}", anchor=0.3)
    elif a.where.country and a.where.country == b.where.country:
        found.add(0.2, f"same country {a.where.country}")


def _same_day(a: Profile, b: Profile) -> bool:
    return a.when.precision is WhenPrecision.DAY and b.when.precision is WhenPrecision.DAY and a.when.earliest == b.when.earliest


def _parties(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    shared = shared_people(a, b)
    for i, name in enumerate(shared):
        weight = (2.6 if i == 0 else 0.9) * (0.4 + 0.6 * corpus.rarity(name))
        found.add(weight, f"both name {name}", anchor=1.0)
    if not shared:
        surnames = sorted(a.surnames & b.surnames)
        for name in surnames[:2]:
            found.add(0.9 * corpus.rarity(name), f"both name {name}", anchor=0.5)
        if not surnames and a.people.get("targets") and b.people.get("targets"):
            found.add(-2.0, "other people as targets")
        if not surnames and a.people.get("perpetrators") and b.people.get("perpetrators"):
            found.add(-1.5, "other people as perpetrators")
    for name in sorted(a.groups & b.groups)[:3]:
        found.add(0.2 + 0.8 * corpus.rarity(name), f"both name {name}", anchor=0.3 * corpus.rarity(name))
    things = sorted(((corpus.rarity(w), w) for w in a.things & b.things), reverse=True)
    for rare, word in things[:3]:
        found.add(0.2 + 0.6 * rare, f"both tell of {word}", anchor=0.4 * rare)


def shared_people(a: Profile, b: Profile) -> list[str]:
    """Full names that both have, spelling variants included, in alphabetical order of the first's."""
    if not a.everyone or not b.everyone:
        return []
    same = a.everyone & b.everyone
    rest = {x for x in a.everyone - same if any(same_person(x, y) for y in b.everyone - same)}
    return sorted(same | rest)


def _tolls(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    for key in sorted(a.tolls.keys() & b.tolls.keys()):
        x, y = a.tolls[key], b.tolls[key]
        most = max(v for t in (x, y) for v in (t.low, t.best, t.high, 0) if v is not None)
        if x.best is not None and x.best == y.best:
            found.add(min(2.5, 0.3 + 0.6 * math.log2(max(most, 1))), f"both {key[0]} {x.best}", anchor=0.6 if most >= 5 else 0.1)
        elif tolls_conflict(x, y):
            low = min(v for t in (x, y) for v in (t.high, t.best, t.low, most) if v is not None)
            far = math.log2((most + 1) / (low + 1))
            told = f"{key[0]} {_figure(x.best or x.low)} against {_figure(y.best or y.low)}"
            found.add(-0.3 - min(2.2, max(0.0, far - 0.5)), told)


def _figure(number: int | None) -> str:
    return "?" if number is None else str(number)


def _texts(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    copied = corpus.copies.get(a.report, a.report) == corpus.copies.get(b.report, b.report)
    whole, near = cosine(a.text, b.text), cosine(a.local, b.local)
    alike = (0.5 * whole + 0.5 * near) if a.main and b.main else near
    if copied and near > 0.5:
        found.add(3.0, "one text is a near copy of the other", anchor=1.0)
    weight = 2.7 * math.log(min(max(alike, 0.03), 0.6) / EVEN_WORDING)
    if not (a.main and b.main):
        weight = max(0.6 * weight, -0.5)  # a sentence in passing has few words: that it shares none tells little
    shared = sorted(a.local.keys() & b.local.keys(), key=lambda t: (-a.local[t] * b.local[t], t))[:4]
    found.add(weight, f"wording alike {alike:.2f} ({', '.join(shared)})", anchor=5.5 * alike if alike > 0.12 else 0.0)


def _sources(a: Profile, b: Profile, corpus: Corpus, found: _Evidence) -> None:
    if (b.publisher and canonical(b.publisher) in a.sources) or (a.publisher and canonical(a.publisher) in b.sources):
        found.add(0.5, "one report quotes the other's outlet")


def _proceedings(a: Profile, b: Profile, found: _Evidence) -> None:
    """A response or a step of justice is one only by the same type and the same person, charge or authority and date."""
    if not knowledge().types_agree(a.type, b.type):
        found.veto = f"different steps: {a.type}, {b.type}"
        return
    ours, theirs = a.people.get("subjects", frozenset()), b.people.get("subjects", frozenset())
    same = any(same_person(x, y) for x in ours for y in theirs) or bool(a.surnames & b.surnames)
    if ours and theirs and not same:
        found.veto = "different people arrested, charged or tried"
    elif not same and not (a.charges & b.charges) and not (a.groups & b.groups and a.when.overlaps(b.when)):
        found.veto = "no person, charge, or authority with date in common"
    elif a.when.known and b.when.known and WHEN.conflicts(a.when, b.when):
        gap = max(bounds(a.when)[0] - bounds(b.when)[1], bounds(b.when)[0] - bounds(a.when)[1])
        if gap > 3:
            found.veto = "the same step on dates that cannot agree"


def _twins(a: Profile, b: Profile, found: _Evidence) -> None:
    """Two attacks of one town and day stay apart when site, people or targets are told and differ."""
    if not (_same_day(a, b) and a.where.known and same_town(a.where, b.where)):
        return
    sites = WherePrecision.SITE
    differ = []
    if a.where.precision is sites and b.where.precision is sites and not same_site(a.where, b.where):
        differ.append("site")
    if a.things and b.things and not a.things & b.things:
        differ.append("targets")
    if any(tolls_conflict(a.tolls[k], b.tolls[k]) for k in a.tolls.keys() & b.tolls.keys()):
        differ.append("toll")
    named = "perpetrators", "targets"
    if any(a.people.get(r) and b.people.get(r) for r in named) and not shared_people(a, b):
        differ.append("people")
    if ("site" in differ and len(differ) > 1) or len(differ) > 2:
        found.veto = f"same town and day but other {', '.join(differ)}"
    elif "site" in differ:
        found.add(-2.2, "same town and day but another site")
    elif len(differ) == 2:
        found.add(-1.5, f"same town and day but other {', '.join(differ)}")
