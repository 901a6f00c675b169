"""Leaves the names of private victims out of what is exported (DESIGN.md, "Forgetting")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from veridical.model import Actor

COVER = "█"
"""One cover a character, so that every offset into a covered text still holds."""
PARTICLES = 3
"""Parts of a name under this many letters ("de", "Al") are covered only within the whole name."""


def private_names(actors: Iterable[Actor]) -> frozenset[str]:
    """The names and aliases of the actors that have a fact ``private``."""
    return frozenset(name for actor in actors if any(fact.field == "private" for fact in actor.facts)
                     for name in (actor.name, *actor.aliases) if name.strip())


@lru_cache(maxsize=8)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Whole names in any case, and each capitalised part of them as written: "Ms Marbán" would give "Lucía Marbán" away."""
    whole = sorted(names, key=lambda name: (-len(name), name))
    parts = sorted({part for name in names for part in re.findall(r"\w[\w'’-]*", name)
                    if len(part) >= PARTICLES and part[0].isupper()}, key=lambda part: (-len(part), part))
    spaced = [r"\s+".join(map(re.escape, name.split())) for name in whole]
    either = [*(f"(?i:{name})" for name in spaced), *map(re.escape, parts)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)")


def cover(value: Any, names: frozenset[str]) -> Any:
    """``value`` (plain JSON data) with every private name in every string covered, letter by letter; keys stay.

    >>> cover({"quote": "Ana Ruiz, 12, and Ms Ruiz's mother"}, frozenset({"Ana Ruiz"}))
    {'quote': "████████, 12, and Ms ████'s mother"}
    """
    if not names:
        return value
    if isinstance(value, str):
        return _pattern(names).sub(lambda found: COVER * len(found.group()), value)
    if isinstance(value, dict):
        return {key: cover(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cover(inner, names) for inner in value]
    return value
