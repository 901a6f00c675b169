"""Which values of a field are live, which of them support which, and which one is shown.

DESIGN.md, "Which value is shown": alternatives are kept per origin; a later figure from the same origin
supersedes its earlier one; shown is the alternative with most independent origins, then the more precise,
then the one of the later report, then a fixed order. A vaguer value that contains a more precise one
supports it and contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observation(Generic[T]):
    """One value of one field as one claim gives it; ``published`` is "" when unknown."""

    value: T
    origin: str | None
    claim: str
    published: str


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """How values of a field relate: ``key`` names equal values, ``contains`` is strict (vaguer, compatible),
    ``conflicts`` says that both cannot be true, ``precision`` grows with exactness."""

    key: Callable[[T], Hashable]
    contains: Callable[[T, T], bool]
    conflicts: Callable[[T, T], bool]
    precision: Callable[[T], float]


@dataclass(slots=True)
class Option(Generic[T]):
    """A live alternative with what speaks for it, in order of first appearance."""

    value: T
    key: Hashable
    origins: list[str | None] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """The live alternatives, the shown one first, and whether any two of them contradict each other."""

    options: tuple[Option[T], ...]
    disputed: bool

    @property
    def shown(self) -> T | None:
        """The value to show, or ``None`` when nothing is known."""
        return self.options[0].value if self.options else None


def settle(observations: Sequence[Observation[T]], rules: Rules[T], chosen: str | None = None) -> Settled[T]:
    """The alternatives of a field in the order in which they are shown.

    ``chosen`` is the id of a claim whose value a reviewer wants shown. Observations come in canonical
    order; of equal values the first one's wording represents them.
    """
    live = _drop_superseded(observations, rules)
    exact: dict[Hashable, Option[T]] = {}
    for o in live:
        option = exact.setdefault(rules.key(o.value), Option(o.value, rules.key(o.value)))
        _support(option, o)
    options = list(exact.values())
    inside = {a.key: [b for b in options if b is not a and rules.contains(a.value, b.value)] for a in options}
    picked = {o.key for o in options if chosen in o.claims} if chosen else set()
    leaves = [o for o in options if not inside[o.key] or o.key in picked]
    leaf_keys = {o.key for o in leaves}
    for o in live:
        homes = [b for b in inside[rules.key(o.value)] if b.key in leaf_keys]
        if len(homes) == 1 and rules.key(o.value) not in leaf_keys:
            _support(homes[0], o, vague=True)
    # Stable sorts, the last criterion first: fixed order, later report, precision, origins, choice.
    leaves.sort(key=lambda o: repr(o.key))
    leaves.sort(key=lambda o: o.latest, reverse=True)
    leaves.sort(key=lambda o: (o.key in picked, len(set(o.origins)), rules.precision(o.value)), reverse=True)
    disputed = any(rules.conflicts(a.value, b.value) for i, a in enumerate(leaves) for b in leaves[:i])
    return Settled(tuple(leaves), disputed)


def _support(option: Option[T], o: Observation[T], vague: bool = False) -> None:
    if o.origin not in option.origins:
        option.origins.append(o.origin)
    if o.claim not in option.claims:
        option.claims.append(o.claim)
    if not vague:
        option.latest = max(option.latest, o.published)


def _drop_superseded(observations: Sequence[Observation[T]], rules: Rules[T]) -> list[Observation[T]]:
    """Without the values that a later report from the same origin contradicts."""
    newest: dict[tuple[str | None, Hashable], Observation[T]] = {}
    for o in observations:
        slot = (o.origin, rules.key(o.value))
        if slot not in newest or o.published > newest[slot].published:
            newest[slot] = o
    by_origin: dict[str | None, list[Observation[T]]] = {}
    for (origin, _), o in newest.items():
        by_origin.setdefault(origin, []).append(o)
    dead = {
        (origin, rules.key(a.value))
        for origin, own in by_origin.items()
        if len(own) > 1 and origin is not None
        for a in own
        if a.published
        for b in own
        if b.published > a.published and rules.conflicts(a.value, b.value)
    }
    return [o for o in observations if (o.origin, rules.key(o.value)) not in dead]
