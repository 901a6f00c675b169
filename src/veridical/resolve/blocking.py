"""Which pairs of events are worth scoring: those that share a rare key, a bounded number for each event.

Keys are names of people, sites, towns with the time, groups with the time, single days with the
country and each text's rarest words. A key of too many events is parted by time and, if that does not help,
left out; each event keeps its best candidates only. So time grows linearly with the reports.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from veridical.model import Claim, Report
from veridical.resolve.comparing import bounds
from veridical.resolve.order import group_report
from veridical.resolve.profiles import Profile, profile_events
from veridical.resolve.wording import find_copies, own_words
from veridical.values import WhenPrecision

WINDOW_DAYS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest block that is paired whole, the candidates kept for an event, its rarest words as keys."""

    block: int = 80
    candidates: int = 40
    rare_words: int = 14


def block(claims: Iterable[Claim], reports: Mapping[str, Report], limits: Limits | None = None) -> Iterator[tuple[str, str]]:
    """Pairs of claim ids, each the first claim of an event, that are worth scoring; in canonical order."""
    texts = own_words(reports.values())
    profiles, _ = profile_events(group_report(claims), reports, texts, find_copies(reports.values(), texts))
    for i, j in candidate_pairs(profiles, limits or Limits()):
        yield profiles[i].id, profiles[j].id


def candidate_pairs(profiles: Sequence[Profile], limits: Limits) -> list[tuple[int, int]]:
    """Index pairs (i < j) of events of different reports and like families that share a key."""
    weights: dict[int, dict[int, float]] = defaultdict(dict)
    for members in _blocks(profiles, limits):
        weight = 1.0 / math.log2(1 + len(members))
        for n, i in enumerate(members):
            for j in members[:n]:
                if profiles[i].report != profiles[j].report:
                    weights[i][j] = weights[i].get(j, 0.0) + weight
                    weights[j][i] = weights[j].get(i, 0.0) + weight
    kept = set()
    for i, others in weights.items():
        for j, _ in heapq.nsmallest(limits.candidates, others.items(), key=lambda jw: (-jw[1], jw[0])):
            kept.add((i, j) if i < j else (j, i))
    return sorted(kept)


def _blocks(profiles: Sequence[Profile], limits: Limits) -> Iterator[list[int]]:
    """The members of each usable key; an oversized key is parted into overlapping windows of time."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        for key in sorted(_keys(p, limits)):
            by_key[f"{p.family}|{key}"].append(i)
    for _, members in sorted(by_key.items()):
        if 2 <= len(members) <= limits.block:
            yield members
        elif len(members) > limits.block:
            yield from (w for w in _windows(profiles, members) if 2 <= len(w) <= limits.block)


def _windows(profiles: Sequence[Profile], members: Sequence[int]) -> Iterator[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for i in members:
        for window in sorted(_times(profiles[i])):
            found[window].append(i)
    yield from (found[w] for w in sorted(found))


def _times(p: Profile) -> set[int]:
    """Numbers of half-overlapping windows that hold the event's day or, without one, its report's date."""
    day = bounds(p.when)[0] if p.when.precision is WhenPrecision.DAY and p.when.known else p.published
    if day is None:
        return set()
    return {2 * (day // WINDOW_DAYS), 2 * ((day + WINDOW_DAYS // 2) // WINDOW_DAYS) + 1}


def _keys(p: Profile, limits: Limits) -> set[str]:
    keys = {f"person:{n}" for n in p.everyone} | {f"surname:{n}" for n in p.surnames}
    if p.where.city:
        keys |= {f"town:{p.where.city.casefold()}:{t}" for t in _times(p)} | {f"town:{p.where.city.casefold()}"}
    if p.where.name:
        keys.add(f"site:{p.where.name.casefold()}")
    keys |= {f"group:{g}:{t}" for g in p.groups for t in _times(p)}
    if p.when.precision is WhenPrecision.DAY:
        keys.add(f"day:{p.when.earliest}:{p.where.country or ''}")
    source = p.text if p.main else p.local
    rarest = sorted(source.items(), key=lambda kv: (-kv[1], kv[0]))[: limits.rare_words]
    return keys | {f"word:{t}" for t, _ in rarest}
