"""What is compared across reports: one profile for each event of each report, and the corpus's word counts."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from veridical.model import Claim, Incident, Report
from veridical.resolve.comparing import ordinal
from veridical.resolve.knowledge import knowledge
from veridical.resolve.merging import merge
from veridical.resolve.names import canonical, flatten, fold, is_described, singular, words
from veridical.resolve.order import position
from veridical.values import Count, Stage, When, Where

_TOKEN = re.compile(r"[a-z][a-z0-9]{2,}|\d{2,}")
KEPT_TERMS = 120
"""Terms kept of a report: enough for a cosine, few enough for thousands of reports in memory."""
UNSEEN_REPORTS = 100
"""In a corpus of a dozen reports a shared word is not common: it is smoothed with so many reports without it."""
AROUND = 240
"""Characters on each side of an event's evidence that are its own words in a report of several events."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Profile:
    """One event of one report, or one claim where a reviewer parted them; ``id`` is its first claim's."""

    id: str
    claims: tuple[Claim, ...]
    report: str
    published: int | None
    publisher: str | None
    type: str
    family: str
    stage: Stage | None
    when: When
    where: Where
    people: Mapping[str, frozenset[str]]
    """Role → full names of people, folded; a surname alone stands in ``surnames``."""
    surnames: frozenset[str]
    groups: frozenset[str]
    things: frozenset[str]
    """Telling words of the described targets and the weapons."""
    charges: frozenset[str]
    tolls: Mapping[tuple[str, str], Count]
    sources: frozenset[str]
    main: bool
    """Whether the report tells more of it than of any other event of the family."""
    text: Vector = field(default_factory=dict)
    """Weighted rare words of the whole report, of length 1."""
    local: Vector = field(default_factory=dict)
    """The same of the words around the event; the whole report's where it has one event."""

    @cached_property
    def everyone(self) -> frozenset[str]:
        """All full names of people in any role."""
        return frozenset().union(*self.people.values())


@dataclass(frozen=True)
class Corpus:
    """How many reports hold a word and how many profiles hold a name, so that rare ones can count more."""

    size: int = 1
    terms: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    def rarity(self, name: str) -> float:
        """0 for a name that every profile holds up to 1 for a name of at most two; 1 in a small corpus."""
        seen = self.names.get(name, 1)
        return 1.0 if seen <= 2 or self.size < 20 else max(0.0, 1.0 - math.log(seen / 2) / math.log(self.size / 2))

    def weight(self, term: str) -> float:
        """The inverse document frequency of a word (Spärck Jones 1972), as if ``UNSEEN_REPORTS`` more lacked it."""
        return math.log((self.size + UNSEEN_REPORTS) / (self.terms.get(term, 0) + 0.5))


def tokens(text: str) -> list[str]:
    """The words and numbers of a text that can tell reports apart; function words cannot."""
    idle = knowledge().function_words
    return [singular(t) for t in _TOKEN.findall(flatten(text)) if t not in idle]


def vector(found: Iterable[str], corpus: Corpus) -> Vector:
    """The strongest terms of a text as a vector of length 1 (log frequency times rarity)."""
    raw = {t: (1 + math.log(n)) * corpus.weight(t) for t, n in Counter(found).items()}
    # A word of one report only can be shared with nobody: it lengthens the vector and need not be kept.
    shared = {t: w for t, w in raw.items() if corpus.terms.get(t, 0) != 1}
    top = sorted(shared.items(), key=lambda kv: (-kv[1], kv[0]))[:KEPT_TERMS]
    length = math.sqrt(math.fsum(w * w for w in raw.values())) or 1.0
    return {t: w / length for t, w in top}


def cosine(a: Vector, b: Vector) -> float:
    """The similarity of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return math.fsum(w * b[t] for t, w in a.items() if t in b)


def profile_events(
    groups: Sequence[Sequence[Claim]], reports: Mapping[str, Report], texts: Mapping[str, str], copies: Mapping[str, str]
) -> tuple[list[Profile], Corpus]:
    """One profile for each group of claims, in canonical order, with the counts of the corpus they make.

    ``texts`` are the reports' own words and ``copies`` the near copies among them (`veridical.resolve.wording`).
    """
    used = sorted({g[0].report for g in groups})
    found = {r: tokens(texts[r]) for r in used}
    terms: Counter[str] = Counter()
    for r in used:
        terms.update(set(found[r]))
    counted = Corpus(max(len(used), 1), terms, {}, copies)
    whole = {r: vector(found[r], counted) for r in used}
    mains = _main_events(groups)
    profiles = [_profile(g, reports, counted, whole[g[0].report], mains) for g in groups]
    names = Counter(n for p in profiles for n in _names(p))
    profiles.sort(key=lambda p: (reports[p.report].published or "", p.report, position(p.claims[0]), p.id))
    return profiles, Corpus(counted.size, terms, names, copies)


def _names(p: Profile) -> set[str]:
    return {*p.everyone, *p.surnames, *p.groups, *p.things, *place_keys(p.where)}


def place_keys(where: Where) -> set[str]:
    """Names under which a place is counted and blocked: the town, the site."""
    found = {f"town:{fold(where.city)}"} if where.city else set()
    return found | {f"site:{w}" for w in words(where.name or "")} if where.name else found


def _main_events(groups: Sequence[Sequence[Claim]]) -> tuple[frozenset[str], frozenset[str]]:
    """The events (by first claim) that their reports mostly tell of, one a family, and those that are alone."""
    ranked: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for group in groups:
        told = sum(len(c.evidence) for c in group)
        family = knowledge().family_of(group[0].type)
        ranked.setdefault((group[0].report, family), []).append((-told, min(map(position, group)), group[0].id))
    events = Counter(g[0].report for g in groups)
    return (frozenset(min(found)[2] for found in ranked.values()), frozenset(g[0].id for g in groups if events[g[0].report] == 1))


def _profile(
    group: Sequence[Claim],
    reports: Mapping[str, Report],
    corpus: Corpus,
    whole: Vector,
    mains: tuple[frozenset[str], frozenset[str]],
) -> Profile:
    report = reports[group[0].report]
    merged = merge(group, {report.id: report}, copies={})
    main, alone = mains
    people, surnames = _people(merged)
    known = knowledge()
    return Profile(
        id=group[0].id,
        claims=tuple(group),
        report=report.id,
        published=ordinal(report.published) if report.published else None,
        publisher=report.publisher,
        type=merged.type,
        family=known.family_of(merged.type),
        stage=merged.stage,
        when=merged.when,
        where=merged.where,
        people=people,
        surnames=surnames,
        groups=_groups(merged),
        things=_things(merged),
        charges=frozenset(" ".join(words(c)) for c in merged.charges),
        tolls={(c.measure, c.of or ""): c for c in merged.counts},
        sources=frozenset(canonical(s.name) for c in group for s in c.attribution[1:] if s.name),
        main=group[0].id in main,
        text=whole,
        local=whole if group[0].id in alone else vector(tokens(_around(group, report)), corpus),
    )


def _around(group: Sequence[Claim], report: Report) -> str:
    """The report's words near the evidence of one event."""
    ranges = sorted((max(0, e.start - AROUND), e.end + AROUND) for c in group for e in c.evidence)
    pieces, reached = [], 0
    for start, end in ranges:
        pieces.append(report.text[max(start, reached) : end])
        reached = max(reached, end)
    return " ".join(pieces)


def _people(merged: Incident) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    full: dict[str, set[str]] = {}
    short: set[str] = set()
    for role, parties in merged.parties:
        for party in (p for p in parties if p.kind == "person" and not is_described(p.name, "person")):
            name = words(party.name)
            if len(name) > 1:
                full.setdefault(role, set()).add(" ".join(name))
            short.add(name[-1])
    return {role: frozenset(names) for role, names in full.items()}, frozenset(short)


def _groups(merged: Incident) -> frozenset[str]:
    return frozenset(
        canonical(p.name)
        for role, parties in merged.parties
        for p in parties
        if p.kind in ("organization", "group") and not is_described(p.name, p.kind)
    )


def _things(merged: Incident) -> frozenset[str]:
    skip = knowledge().attackers | knowledge().generic | set(knowledge().numbers)
    return frozenset(
        w
        for role in ("targets", "weapons")
        for p in merged.party(role)
        if p.kind != "person" or is_described(p.name, "person")
        for w in words(p.name)
        if w not in skip
    )
