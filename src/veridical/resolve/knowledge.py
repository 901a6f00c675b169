"""The resolve room's tables, read once from ``data/resolve.toml``: types, stages, statuses, names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the file says, in the shapes that the rules look up; words are lower case."""

    family: dict[str, str]
    general: dict[str, frozenset[str]]
    compatible: frozenset[frozenset[str]]
    open_stages: dict[str, frozenset[str]]
    status_rank: dict[str, int]
    verdicts: frozenset[str]
    part_rank: dict[str, int]
    stop: frozenset[str]
    titles: frozenset[str]
    outlet_words: frozenset[str]
    generic: frozenset[str]
    numbers: dict[str, int]
    attackers: frozenset[str]
    irregular: dict[str, str]
    function_words: frozenset[str]
    alias_groups: tuple[tuple[str, ...], ...]

    def family_of(self, type_: str) -> str:
        """The family of an event type; a type of a user's codebook is a family of its own."""
        return self.family.get(type_, type_)

    def types_agree(self, a: str, b: str) -> bool:
        """Whether one act can rightly be called by both types."""
        return a == b or b in self.general.get(a, ()) or a in self.general.get(b, ()) or frozenset((a, b)) in self.compatible


def _known_groups() -> list[tuple[str, ...]]:
    """The names of ``data/groups.tsv``, one tuple for each group or outlet."""
    lines = files("veridical").joinpath("data", "groups.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [tuple(row[1].split("|")) for row in rows if len(row) > 1]


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The tables of ``data/resolve.toml``."""
    raw: dict[str, Any] = tomllib.loads(files("veridical").joinpath("data", "resolve.toml").read_text("utf-8"))
    names = raw["names"]
    return Knowledge(
        family={t: family for family, types in raw["types"].items() for t in types},
        general={k: frozenset(v) for k, v in raw["types_general"].items()},
        compatible=frozenset(frozenset(p) for p in raw["types_compatible"]["pairs"]),
        open_stages={k: frozenset(v) for k, v in raw["stages"].items()},
        status_rank={s: i for i, s in enumerate(raw["statuses"]["order"])},
        verdicts=frozenset(raw["statuses"]["verdicts"]),
        part_rank={p: i for i, p in enumerate(raw["statuses"]["parts"])},
        stop=frozenset(names["stop"]),
        titles=frozenset(names["titles"]),
        outlet_words=frozenset(names["outlet_words"]),
        generic=frozenset(names["generic"]),
        numbers=dict(names["numbers"]),
        attackers=frozenset(names["attackers"]),
        irregular=dict(names["irregular"]),
        function_words=frozenset(names["function_words"]),
        alias_groups=(*_known_groups(), *(tuple(g) for g in raw["aliases"]["groups"])),
    )
