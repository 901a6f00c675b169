"""Leaves the names of private victims out of what is exported (DESIGN.md, "Forgetting")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from veridical.export.record import to_record
from veridical.model import Actor, Incident

COVER = "█"
"""One cover a character, so that every offset into a covered text still holds."""
PARTICLES = 3
"""Parts of a name under this many letters ("de", "Al") are covered only within the whole name."""


def private_names(actors: Iterable[Actor]) -> frozenset[str]:
    """The names and aliases of the actors that have a fact ``private``."""
    return frozenset(
        name
        for actor in actors
        if any(fact.field == "private" for fact in actor.facts)
        for name in (actor.name, *actor.aliases)
        if name.strip()
    )


@lru_cache(maxsize=8)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Whole names in any case, and each capitalised part of them as written: "Ms Marbán" would give "Lucía Marbán" away."""
    whole = sorted({_plain(name) for name in names}, key=lambda name: (-len(name), name))
    parts = sorted(
        {part for name in whole for part in re.findall(r"[^\W_][\w'’-]*", name) if len(part) >= PARTICLES and part[0].isupper()},
        key=lambda part: (-len(part), part),
    )
    spaced = [r"(?:[\s_+.-]|%20)+".join(map(re.escape, name.split())) for name in whole]
    either = [*(f"(?i:{name})" for name in spaced), *map(re.escape, parts)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(either)})(?![^\W_])")


def _plain(text: str) -> str:
    """The text without marks on its letters, as long as before: addresses write "lucia-marban"."""

    def bare(letter: str) -> str:
        base = unicodedata.normalize("NFKD", letter)[0]
        return "i" if letter == "ı" else base if base.isalpha() else letter

    return text if text.isascii() else "".join(map(bare, text))


def _cover_text(text: str, names: frozenset[str]) -> str:
    found = [match.span() for match in _pattern(names).finditer(_plain(text))]
    for start, end in reversed(found):
        text = text[:start] + COVER * (end - start) + text[end:]
    return text


def cover(value: Any, names: frozenset[str]) -> Any:
    """``value`` (plain JSON data) with every private name in every string covered, letter by letter; keys stay.

    >>> cover({"quote": "Ana Ruiz, 12, and Ms Ruiz's mother"}, frozenset({"Ana Ruiz"}))
    {'quote': "████████, 12, and Ms ████'s mother"}
    """
    if not names:
        return value
    if isinstance(value, str):
        return _cover_text(value, names)
    if isinstance(value, dict):
        return {key: cover(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cover(inner, names) for inner in value]
    return value


def record_of(incident: Incident, names: frozenset[str]) -> dict[str, Any]:
    """The incident's record without the names; a quote that would have to be altered is left out, for quotes never are."""
    record: dict[str, Any] = dict(to_record(incident, names))
    if not names:
        return record
    covered: dict[str, Any] = cover(record, names)
    for claim, shown in zip(record["claims"], covered["claims"], strict=True):
        pairs = zip(claim["evidence"], shown["evidence"], strict=True)
        shown["evidence"] = [new for old, new in pairs if old["quote"] == new["quote"]]
    return covered
