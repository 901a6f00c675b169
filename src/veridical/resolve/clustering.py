"""Groups from links: average linkage under constraints, so that one weak link chains nothing.

Reviewers' verdicts are hard: "same" joins first, "different" keeps apart whatever the scores say. Automatic
links join the likeliest pair first; two groups join only when the mean score over their members' pairs is high
enough, no pair of them is vetoed (scores 0) and no report would stand in the group with two of its events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from veridical.model import Link

SAMPLE = 8
"""Members of each group that are compared: enough for a mean, and time stays linear for large groups."""
THRESHOLD = 0.5
"""The score from which a pair may join two groups."""
COHESION = 0.5
"""The share of the threshold that the mean over all pairs of two groups must reach: members of one incident
may share little with each other (the first alarm, the verdict two years later), but not nothing."""

UNSEEN = 0.1
"""The score of a pair that nobody looked at."""

Scorer = Callable[[str, str], float]


class _Groups:
    """Disjoint sets of ids with what keeps them apart."""

    def __init__(self, ids: Iterable[str], owner: Mapping[str, str], apart: Iterable[tuple[str, str]]) -> None:
        self.home = {i: i for i in ids}
        self.members = {i: [i] for i in self.home}
        self.owners = {i: {owner[i]} if i in owner else set() for i in self.home}
        self.enemies: dict[str, set[str]] = {i: set() for i in self.home}
        for a, b in apart:
            self.enemies[a].add(b)
            self.enemies[b].add(a)

    def barred(self, a: str, b: str) -> bool:
        """Whether a reviewer keeps two groups apart."""
        small, other = (a, b) if len(self.enemies[a]) < len(self.enemies[b]) else (b, a)
        return any(self.home[e] == other for e in self.enemies[small])

    def clash(self, a: str, b: str) -> bool:
        """Whether both groups hold an event of one report."""
        return not self.owners[a].isdisjoint(self.owners[b])

    def join(self, a: str, b: str) -> None:
        """Makes two groups one."""
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        for member in self.members[b]:
            self.home[member] = a
        self.members[a] = sorted(self.members[a] + self.members.pop(b))
        self.owners[a] |= self.owners.pop(b)
        self.enemies[a] |= self.enemies.pop(b)


def cluster(
    links: Iterable[Link],
    ids: Iterable[str] = (),
    owner: Mapping[str, str] | None = None,
    scorer: Scorer | None = None,
    threshold: float = THRESHOLD,
) -> list[tuple[str, ...]]:
    """The groups that links make, each sorted, in order of their first member; the same for any order of links.

    ``ids`` adds members without links. ``owner`` maps a member to its report: two events of one report never
    join automatically. ``scorer`` gives the score of pairs that have no link (``UNSEEN`` without it). Links by others than
    "resolver" are hard; of two on one pair the later decided wins, and "different" is never overruled through a third.
    """
    found = list(links)
    everyone = sorted({*ids, *(x for link in found for x in (link.left, link.right))})
    same, apart = _hard(found)
    groups = _Groups(everyone, owner or {}, apart)
    for a, b in same:
        x, y = groups.home[a], groups.home[b]
        if x != y and not groups.barred(x, y):
            groups.join(x, y)
    soft = {_pair(k.left, k.right): k.score or 0.0 for k in found if k.decided_by == "resolver"}

    def pair_score(a: str, b: str) -> float:
        key = _pair(a, b)
        if key not in soft:
            soft[key] = scorer(a, b) if scorer else UNSEEN
        return soft[key]

    likely = sorted((k for k in soft if soft[k] >= threshold), key=lambda k: (-soft[k], k))
    for a, b in likely:
        x, y = groups.home[a], groups.home[b]
        if x == y or groups.clash(x, y) or groups.barred(x, y):
            continue
        if _mean(groups.members[x], groups.members[y], pair_score) >= threshold * COHESION:
            groups.join(x, y)
    return sorted((tuple(sorted(m)) for m in groups.members.values()), key=lambda g: g[0])


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _hard(links: Sequence[Link]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The reviewers' pairs to join, latest decision first, and those to keep apart; the latest of a pair counts."""
    decided = sorted(
        (k for k in links if k.decided_by != "resolver"), key=lambda k: (k.decided_at or "", _pair(k.left, k.right), k.verdict)
    )
    latest = {_pair(k.left, k.right): k for k in decided}
    order = sorted(latest, key=lambda p: (latest[p].decided_at or "", p), reverse=True)
    return ([p for p in order if latest[p].verdict == "same"], [p for p in order if latest[p].verdict == "different"])


def _mean(a: Sequence[str], b: Sequence[str], score: Scorer) -> float:
    """The mean score over a fixed sample of both groups; 0 as soon as one pair is vetoed."""
    pairs = [score(x, y) for x, y in product(_sample(a), _sample(b))]
    return sum(pairs) / len(pairs) if all(pairs) else 0.0


def _sample(members: Sequence[str]) -> Sequence[str]:
    if len(members) <= SAMPLE:
        return members
    step = len(members) / SAMPLE
    return [members[int(i * step)] for i in range(SAMPLE)]
