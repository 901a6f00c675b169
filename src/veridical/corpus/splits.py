"""Train, dev and test by story: twins stay together, and the parts resemble each other in what they hold.

A split is drawn once and kept in ``splits.toml``; stories that come later are added to it, none ever moves.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from veridical.corpus.counting import Tally
from veridical.corpus.stories import Story
from veridical.errors import CorpusError, Fault
from veridical.model import content_hash

SHARES = {"train": 0.6, "dev": 0.2, "test": 0.2}
"""The share of the words that each part should have."""

_DRAWS = 3000


def read_splits(folder: Path) -> dict[str, str]:
    """The part of each story, from ``splits.toml``; empty where there is none yet."""
    path = folder / "splits.toml"
    if not path.exists():
        return {}
    return {story: part for part, stories in tomllib.loads(path.read_text("utf-8")).items() for story in stories}


def write_splits(parts: Mapping[str, str]) -> str:
    """The text of ``splits.toml``."""
    lines = [
        "# Which part each story belongs to. Drawn once by `veridical corpus split`; a story never moves, new ones are added.\n"
    ]
    for part in SHARES:
        stories = sorted(s for s, p in parts.items() if p == part)
        lines.append(f"{part} = [\n" + "".join(f'  "{s}",\n' for s in stories) + "]\n")
    return "\n".join(lines)


def select(stories: Sequence[Story], parts: Mapping[str, str], part: str) -> tuple[Story, ...]:
    """The stories of one part; CorpusError for a story that has none."""
    lost = [s.id for s in stories if s.id not in parts]
    if lost:
        raise CorpusError.of(
            [Fault("splits.toml", 1, 1, f"{len(lost)} stories have no part ({lost[0]}, …): run `veridical corpus split`")]
        )
    return tuple(s for s in stories if parts[s.id] == part)


def draw(stories: Sequence[Story], fixed: Mapping[str, str]) -> dict[str, str]:
    """A part for each story, those of ``fixed`` kept; of many draws the one whose parts differ least in what they hold."""
    groups, profiles = _groups(stories), {s.id: _profile(s) for s in stories}
    words = {s.id: Tally([s]).totals["words"] for s in stories}
    deals = (_deal(groups, fixed, words, seed) for seed in range(_DRAWS))
    return min(deals, key=lambda parts: _unlikeness(profiles, parts))


def _groups(stories: Sequence[Story]) -> list[tuple[Story, ...]]:
    by_id = {s.id: s for s in stories}
    groups: list[tuple[Story, ...]] = []
    for story in stories:
        twin = by_id.get(story.twin) if story.twin else None
        if twin is None or story.id < twin.id:
            groups.append((story,) if twin is None else (story, twin))
    return groups


def _deal(groups: Sequence[tuple[Story, ...]], fixed: Mapping[str, str], words: Mapping[str, int], seed: int) -> dict[str, str]:
    """Groups in an order that the seed shuffles, each to the part that lacks most of its share."""
    parts: dict[str, str] = {}
    held: Counter[str] = Counter()
    known = [g for g in groups if any(s.id in fixed for s in g)]
    rest = sorted((g for g in groups if g not in known), key=lambda g: content_hash(str(seed), g[0].id))
    for group in [*known, *rest]:
        part = next((fixed[s.id] for s in group if s.id in fixed), None) or min(SHARES, key=lambda p: held[p] / SHARES[p])
        held[part] += sum(words[s.id] for s in group)
        parts.update({s.id: part for s in group})
    return parts


def _profile(story: Story) -> Counter[tuple[str, str]]:
    """How much of each type, stage, source kind, decade and the like a story holds."""
    tally = Tally([story])
    names = ("types", "stages", "source_kinds", "decades", "distractors", "bases", "depths")
    return Counter({(name, value): n for name in names for value, n in getattr(tally, name).items()})


def _unlikeness(profiles: Mapping[str, Counter[tuple[str, str]]], parts: Mapping[str, str]) -> float:
    """How far the parts are from their shares of each value: squares, so that no value is quite absent from a part."""
    held: dict[str, Counter[tuple[str, str]]] = {part: Counter() for part in SHARES}
    for story, profile in profiles.items():
        held[parts[story]].update(profile)
    whole = sum(held.values(), Counter[tuple[str, str]]())
    return sum((held[part][value] / n - share) ** 2 for value, n in whole.items() for part, share in SHARES.items())
