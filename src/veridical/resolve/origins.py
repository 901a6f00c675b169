"""Who a claim comes from: independent origins, counted once however many papers print them.

The origin of a claim is the innermost source of its chain. Names of one source join (acronyms,
aliases, a surname with its full name where only one fits). A report whose text is a near copy of an
earlier one of another outlet has no own word: its outlet's statements count as the earlier outlet's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from veridical.model import Claim, Report
from veridical.resolve.knowledge import knowledge
from veridical.resolve.names import canonical, fold, initials, is_acronym, same_organization, same_person, sound, words
from veridical.values import SourceKind

_PERSON_LIKE = frozenset({SourceKind.SUSPECT, SourceKind.OFFICIAL, SourceKind.WITNESS})
_OUTLET_LIKE = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})


def raw_origin(claim: Claim, reports: Mapping[str, Report], copies: Mapping[str, str]) -> tuple[str | None, str]:
    """Name and kind of the innermost source; a copied report's own word is that of the copied outlet."""
    if not claim.attribution:
        return reports[claim.report].publisher, SourceKind.OUTLET
    source = claim.attribution[-1]
    if len(claim.attribution) == 1 and claim.report in copies:
        return reports[copies[claim.report]].publisher, SourceKind.OUTLET
    return source.name, source.kind


@lru_cache(maxsize=16384)
def _outlet_key(name: str) -> tuple[str, ...]:
    return tuple(w for w in fold(name).split() if w not in knowledge().outlet_words) or tuple(fold(name).split())


@lru_cache(maxsize=65536)
def same_source(a: str, b: str, kind_a: str, kind_b: str) -> bool:
    """Whether two source names, each with its kind, can name one source of one incident."""
    if fold(a) == fold(b):
        return True
    if kind_a in _OUTLET_LIKE or kind_b in _OUTLET_LIKE:
        return _outlet_key(a) == _outlet_key(b) or _short(a, b)
    if kind_a in _PERSON_LIKE and kind_b in _PERSON_LIKE and same_person(a, b):
        return True
    return same_organization(a, b)


def _short(a: str, b: str) -> bool:
    """Whether one is the short form of the other by initials or by the table of aliases."""
    return canonical(a) == canonical(b) or is_acronym(a, b) or is_acronym(b, a)


def name_origins(claims: Sequence[Claim], reports: Mapping[str, Report], copies: Mapping[str, str]) -> dict[str, str | None]:
    """For each claim id its origin's name, one name (the fullest) for all names of one source.

    A short name that fits two different fuller ones joins neither.
    """
    raw = {c.id: raw_origin(c, reports, copies) for c in claims}
    named = sorted({(n, k) for n, k in raw.values() if n is not None}, key=lambda s: (-len(words(s[0])), -len(s[0]), s[0], s[1]))
    leaders: dict[str, list[tuple[str, str]]] = {}
    shown: dict[tuple[str, str], str] = {}
    for name, kind in named:
        near = dict.fromkeys(x for key in _handles(name) for x in leaders.get(key, ()))
        fits = [x for x in near if same_source(name, x[0], kind, x[1])]
        exact = [x for x in fits if fold(x[0]) == fold(name)]
        if exact or len(fits) == 1:
            shown[name, kind] = (exact or fits)[0][0]
        else:
            for key in _handles(name):
                leaders.setdefault(key, []).append((name, kind))
            shown[name, kind] = name
    return {cid: None if n is None else shown[n, k] for cid, (n, k) in raw.items()}


@lru_cache(maxsize=16384)
def _handles(name: str) -> tuple[str, ...]:
    """What two names of one source share at least one of: alias, a word's sound, the initials."""
    short = fold(name).replace(" ", "")
    return tuple(
        dict.fromkeys(
            [
                "=" + canonical(name),
                "=" + " ".join(_outlet_key(name)),
                *map(sound, words(name)),
                *("." + x for x in initials(name)),
                "." + short,
            ]
        )
    )
