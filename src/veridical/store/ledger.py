"""Incident ids that stay: a derived incident takes the id that its words had before, if they had one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from veridical.model import Incident, Relation
from veridical.store.anchors import anchor_of
from veridical.store.base import Anchor, Forward, LedgerEntry


@dataclass(frozen=True, slots=True)
class Settlement:
    """Incidents under their lasting ids, the ledger that says so, and what became of ids no longer in use."""

    incidents: tuple[Incident, ...]
    entries: tuple[LedgerEntry, ...]
    forwards: tuple[Forward, ...]


def settle_ids(incidents: Sequence[Incident], ledger: Sequence[LedgerEntry]) -> Settlement:
    """Each incident with the ledger's id of most of its words; a new one keeps the id it was derived with.

    Of a merge the id with more words survives and the other forwards to it; of a split the larger part keeps
    the id, which forwards to the other too. Ties go to the id that the incident was derived with, then the smaller.
    """
    members = [_members(i) for i in incidents]
    weights = _shared_words(members, ledger)
    derived = [i.id for i in incidents]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for old, new in sorted(weights, key=lambda k: (-weights[k], k[0] != derived[k[1]], k[0], derived[k[1]])):
        if old not in taken and new not in given:
            given[new] = old
            taken.add(old)
    for new in sorted(set(range(len(incidents))) - given.keys(), key=lambda n: derived[n]):
        given[new] = _free(derived[new], taken)
        taken.add(given[new])
    renamed = {derived[n]: now for n, now in given.items()}
    settled = tuple(
        replace(i, id=given[n], related=tuple(Relation(r.relation, renamed.get(r.event, r.event)) for r in i.related))
        for n, i in enumerate(incidents)
    )
    entries = tuple(LedgerEntry(i.id, m) for i, m in zip(settled, members, strict=True))
    return Settlement(settled, tuple(sorted(entries, key=lambda e: e.id)), _forwards(ledger, weights, given))


def _members(incident: Incident) -> tuple[Anchor, ...]:
    by_place = {(a.report, a.start, a.end, a.type): replace(a, origin=None) for a in map(anchor_of, incident.claims)}
    return tuple(by_place[place] for place in sorted(by_place))


def _shared_words(members: Sequence[Sequence[Anchor]], ledger: Sequence[LedgerEntry]) -> Counter[tuple[str, int]]:
    """How many words an old id (its members carried over) shares with each incident; the same place counts twice."""
    by_report: dict[str, list[tuple[Anchor, int]]] = {}
    for n, anchors in enumerate(members):
        for anchor in anchors:
            by_report.setdefault(anchor.report, []).append((anchor, n))
    weights: Counter[tuple[str, int]] = Counter()
    for entry in ledger:
        for old in entry.members:
            for new, n in by_report.get(old.report, ()):
                if min(old.end, new.end) > max(old.start, new.start):
                    weights[entry.id, n] += 2 if (old.start, old.end) == (new.start, new.end) else 1
    return weights


def _forwards(ledger: Sequence[LedgerEntry], weights: Counter[tuple[str, int]], given: dict[int, str]) -> tuple[Forward, ...]:
    kept = set(given.values())
    known = {entry.id for entry in ledger}
    found = []
    for entry in ledger:
        heirs = sorted((n for old, n in weights if old == entry.id), key=lambda n: (-weights[entry.id, n], given[n]))
        if entry.id not in kept:
            found.append(Forward(entry.id, given[heirs[0]] if heirs else None, "merged" if heirs else "gone"))
        else:
            found.extend(Forward(entry.id, given[n], "split") for n in heirs if given[n] not in known)
    return tuple(found)


def _free(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
