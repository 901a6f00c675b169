"""Actors across reports: people, organisations and groups with their aliases, facts and incidents.

A person joins by a full name or an alias of two words and more; a mere variant of a name (another spelling, a
middle name) needs company: an organisation or an incident in common. A bare surname joins only within its own
report or incident, and only where one full name fits. Namesakes in different countries without company stay two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from veridical.model import Actor, ActorFact, Incident, Party, content_hash
from veridical.resolve.knowledge import knowledge
from veridical.resolve.names import fold, sound, words
from veridical.resolve.sightings import Sighting, named_alike, sight_actors

BLOCK = 200
"""Sightings that share a key are compared pairwise up to this many; over it the key tells nothing."""


def derive_actors(facts: Iterable[ActorFact], incidents: Sequence[Incident]) -> tuple[Actor, ...]:
    """The actors of a casebook, in order of name and id; the same for any order of facts and incidents.

    Facts stand in order of field, time and report, each with its source, and include the legal statuses
    that claims give; ``incidents`` are the ids of those that name the actor.
    """
    sightings = sight_actors(facts, incidents)
    groups = _join(sightings)
    actors = [_actor(g) for g in groups]
    return tuple(sorted(actors, key=lambda a: (a.name, a.id)))


def name_parties(incidents: Sequence[Incident], actors: Sequence[Actor]) -> tuple[Incident, ...]:
    """The incidents with each party's ``actor_id`` where exactly one actor of the incident bears the name."""
    present: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for incident in actor.incidents:
            present[incident].append(actor)
    return tuple(
        replace(i, parties=tuple((role, tuple(_name_party(p, present[i.id]) for p in parties)) for role, parties in i.parties))
        for i in incidents
    )


def _name_party(party: Party, actors: Sequence[Actor]) -> Party:
    fits = [
        a
        for a in actors
        if (a.kind == "person") == (party.kind == "person") and fold(party.name) in {fold(n) for n in (a.name, *a.aliases)}
    ]
    return replace(party, actor_id=fits[0].id) if len(fits) == 1 else party


def _join(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Groups of sightings of one actor: full names first, then bare surnames to the one group that fits."""
    home = list(range(len(sightings)))

    def root(i: int) -> int:
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    for i, j in _pairs(sightings):
        if root(i) != root(j) and _same_actor(sightings[i], sightings[j]):
            home[max(root(i), root(j))] = min(root(i), root(j))
    for i, near in _surnames(sightings):
        fits = {root(j) for j in near if _alike(sightings[i], sightings[j])}
        if len(fits) == 1:
            home[root(i)] = fits.pop()
    groups: dict[int, list[Sighting]] = defaultdict(list)
    for i, s in enumerate(sightings):
        groups[root(i)].append(s)
    return list(groups.values())


def _places(sighting: Sighting) -> list[str]:
    """The reports and incidents that it stands in."""
    return [*(f"r:{r}" for r in sorted(sighting.reports)), *(f"i:{x}" for x in sorted(sighting.incidents))]


def _bones(word: str) -> str:
    """The consonants of a name's sound: what its spelling variants share."""
    heard = sound(word)
    return heard[:1] + re.sub("[aeiou]", "", heard[1:])


def _pairs(sightings: Sequence[Sighting]) -> Iterator[tuple[int, int]]:
    """Pairs of sightings of a kind that share a spelling, a sound of first and last name, or a report or incident."""
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, s in enumerate(sightings):
        found = set(_places(s))
        for name in s.spellings():
            parts = name.split()
            found |= {f"n:{name}", f"s:{_bones(parts[0])} {_bones(parts[-1])}"} if parts else set()
        for key in found:
            keys[s.kind, key].append(i)
    seen = set()
    for _, members in sorted(keys.items()):
        # Namesakes beyond the bound are still chained to their neighbour, so that an equal name never gets lost.
        reach = len(members) if len(members) <= BLOCK else 2
        for n, i in enumerate(members):
            for j in members[n + 1 : n + reach]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def _surnames(sightings: Sequence[Sighting]) -> Iterator[tuple[int, list[int]]]:
    """Each person known by single words only, with the fuller named people of its reports and incidents."""
    fuller: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(sightings):
        if s.kind == "person" and not _is_short(s):
            for place in _places(s):
                fuller[place].append(i)
    for i, s in enumerate(sightings):
        if s.kind == "person" and _is_short(s):
            yield i, sorted({j for place in _places(s) for j in fuller[place]})


def _is_short(sighting: Sighting) -> bool:
    return all(len(words(n)) < 2 for n in sighting.names)


def _alike(a: Sighting, b: Sighting) -> bool:
    return any(named_alike(x, y, a.kind) for x in a.names for y in b.names)


def _same_actor(a: Sighting, b: Sighting) -> bool:
    together = bool(a.reports & b.reports or a.incidents & b.incidents)
    shared = a.spellings() & b.spellings()
    if a.kind != "person":
        telling = any(not frozenset(n.split()) <= knowledge().generic for n in shared)
        return telling or (together and _alike(a, b))
    company = together or bool(a.company & b.company)
    if any(len(n.split()) > 1 for n in shared):
        return company or not (a.countries and b.countries and a.countries.isdisjoint(b.countries))
    if _is_short(a) or _is_short(b):
        return together and bool(shared)
    return company and any(named_alike(x, y, a.kind) for x in a.names for y in b.names if min(len(words(x)), len(words(y))) > 1)


def _actor(group: Sequence[Sighting]) -> Actor:
    names: dict[str, int] = {}
    for s in group:
        for name, times in s.names.items():
            names[name] = names.get(name, 0) + times
    whole = Sighting(group[0].kind, names, "")
    shown = whole.fullest()
    facts = tuple(sorted({f for s in group for f in s.facts}, key=_fact_order))
    kind = "person" if whole.kind == "person" else min({f.kind for f in facts} or {"organization"})
    earliest = min(s.key for s in group)
    return Actor(
        content_hash("actor", kind, fold(shown), earliest),
        kind,
        shown,
        tuple(sorted(n for n in names if n != shown)),
        facts,
        tuple(sorted({i for s in group for i in s.incidents})),
    )


def _fact_order(fact: ActorFact) -> tuple[str, ...]:
    start = min((e.start for e in fact.evidence), default=0)
    return (fact.field, fact.when.earliest or "9999", fact.report, f"{start:09d}", fact.value, repr(fact.attribution))
