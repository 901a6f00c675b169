"""From a casebook to its incidents and actors: derived each time anything changed, never stored as truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from veridical.model import Actor, Incident, Link, Report
from veridical.pipeline.fingerprint import deriving_rules
from veridical.pipeline.rooms import Extraction, Rooms, built_in
from veridical.store import Store, apply_choices, settle_ids


@dataclass(frozen=True, slots=True)
class Derived:
    """A casebook's incidents under their lasting ids, its actors, and its current reports by id."""

    incidents: tuple[Incident, ...]
    actors: tuple[Actor, ...]
    reports: Mapping[str, Report]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An incident in the cache: claims and reports by id only, so that no text is kept twice."""

    incident: Incident
    reports: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cached:
    incidents: tuple[_Kept, ...]
    actors: tuple[Actor, ...]


def derive(store: Store, rooms: Rooms | None = None, *, record: bool = True, fresh: bool = False) -> Derived:
    """The incidents and actors of a casebook, reviewers' decisions included; the same for the same content.

    With ``record`` the ids become lasting: the ledger keeps them. What is derived is kept until the casebook
    changes, and used unless ``fresh``; deleting it changes nothing.
    """
    key = f"derived by {deriving_rules()}"
    reports = {r.id: r for r in store.reports()}
    body = None if fresh else store.cached(key)
    if body is not None and (not record or store.cached("recorded") is not None):
        return _unpack(body, store, reports)
    house = rooms or built_in()
    claims = tuple(store.claims())
    settled = settle_ids(house.resolve(claims, reports, store.decisions()), store.ledger())
    actors, named = house.actors(tuple(store.facts()), apply_choices(settled.incidents, store.choices()))
    incidents = tuple(sorted(named, key=lambda i: i.id))
    if record:
        store.record(settled.entries, settled.forwards)
        store.cache("recorded", b"")
    store.cache(key, _pack(incidents, actors))
    return Derived(incidents, actors, reports)


def resolve_all(
    extractions: Sequence[Extraction], reports: Mapping[str, Report], decisions: Sequence[Link] = (), rooms: Rooms | None = None
) -> Derived:
    """The incidents and actors of these extractions without a casebook: ids are those of a first build."""
    house = rooms or built_in()
    incidents = house.resolve([c for e in extractions for c in e.claims], reports, decisions)
    actors, named = house.actors([f for e in extractions for f in e.facts], incidents)
    return Derived(tuple(sorted(named, key=lambda i: i.id)), actors, reports)


def _pack(incidents: tuple[Incident, ...], actors: tuple[Actor, ...]) -> bytes:
    kept = tuple(
        _Kept(replace(i, reports=(), claims=()), tuple(r.id for r in i.reports), tuple(c.id for c in i.claims)) for i in incidents
    )
    return msgspec.msgpack.encode(_Cached(kept, actors))


def _unpack(body: bytes, store: Store, reports: Mapping[str, Report]) -> Derived:
    cached = msgspec.msgpack.decode(body, type=_Cached)
    claims = {c.id: c for c in store.claims()}
    incidents = tuple(
        replace(k.incident, reports=tuple(reports[r] for r in k.reports), claims=tuple(claims[c] for c in k.claims))
        for k in cached.incidents
    )
    return Derived(incidents, cached.actors, reports)
