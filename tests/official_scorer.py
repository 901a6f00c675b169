"""The scorer and the seed report that lie beside the project, loaded as they are; absent on most machines."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = SHARED / "seed"
SCORER = SHARED / "tools" / "score_incidents.py"

needs_seed = pytest.mark.skipif(
    not (SCORER.exists() and (SEED / "gold.json").exists()),
    reason=f"the seed report and its scorer are not beside the project ({SHARED.name}/)",
)


@dataclass(frozen=True)
class Scores:
    """Precision, recall and F of all slots together, of the incidents, and of the stages' mean; what went wrong where."""

    slots: float
    incidents: float
    stages: float
    unbacked: int
    notes: tuple[tuple[Any, ...], ...]
    counts: dict[str, list[int]]


def load_scorer(aliases: Sequence[Sequence[str]] = ()) -> ModuleType:
    """A fresh copy of the scorer, with further names that it takes for one and the same."""
    spec = importlib.util.spec_from_file_location("score_incidents", SCORER)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for i, group in enumerate(aliases):
        scorer.TOKEN.update({scorer.norm(name): f"@more{i}" for name in group})
    return scorer


def score(gold: dict[str, Any], records: list[dict[str, Any]], aliases: Sequence[Sequence[str]] = ()) -> Scores:
    """The scores of the records of one report, computed as the scorer's own command line does."""
    scorer = load_scorer(aliases)
    found, notes = scorer.score(gold, records)
    counts = defaultdict(lambda: [0, 0, 0], found)
    slots = [k for k in counts if not k.startswith("stage:") and k not in ("incident", "source_origin")]
    stages = [scorer.prf(*v)[2] for k, v in counts.items() if k.startswith("stage:") and v[0] + v[2]]
    return Scores(
        scorer.prf(*[sum(counts[k][i] for k in slots) for i in range(3)])[2],
        scorer.prf(*counts["incident"])[2],
        sum(stages) / len(stages),
        sum(len(scorer.unbacked(r)) for r in records),
        tuple(notes),
        dict(counts),
    )


def seed_text() -> str:
    """The text of the seed report."""
    return (SEED / "report.txt").read_text("utf-8")


def seed_gold() -> dict[str, Any]:
    """The gold object of the seed report."""
    gold: dict[str, Any] = json.loads((SEED / "gold.json").read_text("utf-8"))
    return gold
