"""Merging the arguments of claims into parties: one entry a person, group, target or weapon.

Names join by alias, acronym, spelling and containment (`veridical.resolve.names`); a short name that fits
two fuller ones stays by itself. A description gives way to a name only when it must mean the same:
one unnamed attacker beside one named attacker of the same part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from veridical.model import Argument, Claim, Party
from veridical.resolve.knowledge import knowledge
from veridical.resolve.names import fold, is_described, same_name, singular, words
from veridical.values import Status

ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")
_PEOPLE = frozenset({"perpetrators", "subjects"})


@dataclass(slots=True)
class _Group:
    """Arguments held to name one party; the first is the fullest."""

    name: str
    kind: str
    described: bool
    arguments: list[tuple[Argument, Claim]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(n for a, _ in self.arguments for n in (a.name, *a.aliases)))

    @property
    def reports(self) -> set[str]:
        return {c.report for _, c in self.arguments}


def merge_parties(claims: Sequence[Claim], published: Mapping[str, str]) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    """For each role its parties in order of first mention; ``claims`` in canonical order.

    ``published`` gives each report's date ("" when unknown), used only to order undated verdicts.
    """
    return tuple((role, _merge_role(role, claims, published)) for role in ROLES)


def merge_charges(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The union of the charges, fuller wordings standing for shorter ones, in order of first mention."""
    found: list[str] = []
    for argument in (a for c in claims for a in c.arguments_of("charges")):
        new = frozenset(words(argument.name))
        if any(new <= frozenset(words(x)) for x in found):
            continue
        at = next((i for i, x in enumerate(found) if frozenset(words(x)) <= new), len(found))
        found[at:] = [argument.name, *(x for x in found[at:] if not frozenset(words(x)) <= new)]
    return tuple(found)


def _merge_role(role: str, claims: Sequence[Claim], published: Mapping[str, str]) -> tuple[Party, ...]:
    arguments = [(a, c) for c in claims for a in c.arguments if a.role == role]
    if not arguments:
        return ()
    groups = _group(arguments)
    if role in _PEOPLE:
        groups = _absorb_descriptions(groups)
    order = {id(a): i for i, (a, _) in enumerate(arguments)}
    groups.sort(key=lambda g: min(order[id(a)] for a, _ in g.arguments))
    return tuple(_party(g, role, published) for g in groups)


def _kind(argument: Argument) -> str:
    return (
        argument.kind
        if argument.kind != "other"
        else {"organizations": "organization", "authorities": "organization"}.get(argument.role, "other")
    )


def _group(arguments: list[tuple[Argument, Claim]]) -> list[_Group]:
    """Fullest names first, each later one to the only group that it fits, or else to a new one."""

    def fullness(pair: tuple[Argument, Claim]) -> tuple[bool, int, int, str]:
        argument = pair[0]
        return (is_described(argument.name, _kind(argument)), -len(words(argument.name)), -len(argument.name), argument.name)

    groups: list[_Group] = []
    by_name: dict[tuple[str, bool], list[_Group]] = {}
    for argument, claim in sorted(arguments, key=fullness):
        kind, described = _kind(argument), is_described(argument.name, _kind(argument))
        slot = (fold(argument.name), described)
        fits = by_name.get(slot) or [g for g in groups if _fits(argument, kind, described, g)]
        if len(fits) > 1:
            fits = [g for g in fits if claim.report in g.reports]
        group = fits[0] if len(fits) == 1 else _Group(argument.name, kind, described)
        if len(fits) != 1:
            groups.append(group)
            by_name[slot] = [group]
        group.arguments.append((argument, claim))
    return groups


def _fits(argument: Argument, kind: str, described: bool, group: _Group) -> bool:
    if described != group.described:
        return any(fold(n) == fold(argument.name) for n in group.names)
    if described:
        return _same_description(argument.name, group.name)
    kinds = {kind, group.kind} - {"other"}
    if len(kinds) > 1 and "person" in kinds:
        return False
    shared = next(iter(sorted(kinds)), "other")
    return any(same_name(x, y, shared) for x in (argument.name, *argument.aliases) for y in group.names)


def number_of(description: str) -> int | None:
    """How many a description names: "two gunmen" 2, "a gunman" and "gunman" 1, "gunmen" ``None``."""
    every = fold(description).split() or [""]
    told = knowledge().numbers.get(every[0])
    if every[0].isdigit() or told is not None:
        return told if told is not None else int(every[0])
    return 1 if every[-1] in knowledge().attackers and singular(every[-1]) == every[-1] else None


def _same_description(a: str, b: str) -> bool:
    """Whether one description's words stand in the other and their numbers agree; numbers alone tell nothing."""
    numbers = {n for n in (number_of(a), number_of(b)) if n is not None}
    skip = set(knowledge().numbers) | {w for w in (*fold(a).split(), *fold(b).split()) if w.isdigit()}
    x, y = frozenset(words(a)) - skip, frozenset(words(b)) - skip
    small = x if len(x) <= len(y) else y
    return len(numbers) < 2 and bool(small) and small == x & y


def _absorb_descriptions(groups: list[_Group]) -> list[_Group]:
    """Give the unnamed attackers' words to the named ones where no others can be meant.

    That is so in one report that describes as many as it names, and across reports when exactly one is named and
    every description tells of a single one.
    """
    named = [g for g in groups if not g.described]
    kept = list(named)
    for group in (g for g in groups if g.described):
        peers = [g for g in groups if g.described and _part(g) == _part(group)]
        known = [g for g in named if _part(g) == _part(group)]
        alone = len(known) == 1 and all(number_of(g.name) == 1 for g in peers)
        if not alone:
            known = [g for g in known if g.reports & group.reports]
        nouns = set(words(group.name)) & knowledge().attackers
        if known and nouns and len(known) == number_of(group.name):
            for owner in known:
                owner.extra.extend(dict.fromkeys(x for a, _ in group.arguments for x in (a.name, a.quote)))
                if len(known) == 1:
                    owner.arguments.extend(group.arguments)
        else:
            kept.append(group)
    return kept


def _part(group: _Group) -> str:
    rank = knowledge().part_rank
    return min((a.part for a, _ in group.arguments if a.part), key=lambda p: rank.get(p, len(rank)), default="attacker")


def _party(group: _Group, role: str, published: Mapping[str, str]) -> Party:
    written = [x for a, _ in group.arguments for x in (a.name, a.quote, *a.aliases)] + group.extra
    pronouns = knowledge().function_words
    others = tuple(dict.fromkeys(x for x in written if x != group.name and fold(x) not in pronouns))
    if role not in _PEOPLE:
        return Party(group.name, as_written=others, kind=group.kind)
    parts = [a.part for a, _ in group.arguments if a.part]
    status, dated = latest_status([(a.status, a.status_date, published.get(c.report, "")) for a, c in group.arguments])
    return Party(
        group.name,
        part=_part(group) if parts or role == "perpetrators" else None,
        status=status,
        status_date=dated,
        as_written=others,
        kind=group.kind,
    )


def latest_status(told: Sequence[tuple[Status, str | None, str]]) -> tuple[Status, str | None]:
    """The legally latest of the told statuses with its date; each is (status, date, report's date).

    Procedure goes one way (`data/resolve.toml`); between two verdicts the later dated one counts, then the
    one of the later report, then the acquittal. Nothing is inferred: only a told status comes back.
    """
    known, rank = knowledge(), knowledge().status_rank

    def latest(one: tuple[Status, str | None, str]) -> tuple[bool, str, str, int, str]:
        status, dated, report = one
        final = status.value in known.verdicts
        return (final, dated or "" if final else "", report if final else "", rank[status.value], dated or "")

    if not told:
        return Status.UNKNOWN, None
    status, _, _ = max(told, key=latest)
    dates = sorted(d for s, d, _ in told if s is status and d)
    return status, (dates[-1] if status.value in known.verdicts else dates[0]) if dates else None
