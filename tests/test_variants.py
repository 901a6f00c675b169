"""The seed report with every person, place and group replaced by others from another continent scores as it does itself.

``variants/*.toml`` hold the replacements only; the varied reports are made here and kept nowhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import ExtractText
from official_scorer import Scores, needs_seed, score, seed_gold, seed_text
from veridical.annotate.gazetteer import Gazetteer

VARIANTS = sorted((Path(__file__).parent / "variants").glob("*.toml"))
TOLERANCE = 0.03
# Fields of the gold that hold names, by which a replacement that was forgotten is found.
ENTITY_FIELDS = ("perpetrators", "organizations", "targets", "authorities", "subjects")


@cache
def read_variant(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def replacer(words: dict[str, str]) -> Callable[[str], str]:
    """A function that replaces whole words in one pass, longest first; a straight apostrophe stands for a curly one too."""
    straight = {old: new.replace("'", "’") for old, new in words.items()}
    pattern = re.compile(
        "|".join(
            rf"(?<!\w){re.escape(old).replace(chr(39), '[’' + chr(39) + ']')}(?!\w)"
            for old in sorted(straight, key=len, reverse=True)
        )
    )
    return lambda text: pattern.sub(lambda m: straight[m.group().replace("’", "'")], text)


def vary(value: Any, variant: dict[str, Any], replace: Callable[[str], str]) -> Any:
    """The same value with every string in it replaced; ids and keys of objects stay."""
    if isinstance(value, str):
        return variant["codes"].get(value) or replace(value)
    if isinstance(value, list):
        return [vary(v, variant, replace) for v in value]
    if isinstance(value, dict):
        out = {k: v if k in ("key", "id") else vary(v, variant, replace) for k, v in value.items()}
        if "city" in out:
            out["city"] = variant["city"].get(out["city"], out["city"])
        if out.get("admin1") and out.get("city") in variant["admin1"]:
            out["admin1"] = variant["admin1"][out["city"]]
        return out
    return value


@pytest.fixture(scope="session")
def seed_scores(extract_text: ExtractText) -> Scores:
    gold = seed_gold()
    return score(gold, extract_text(seed_text(), "report.txt", publisher=gold["publisher"]).records)


@needs_seed
@pytest.mark.parametrize("path", VARIANTS, ids=[p.stem for p in VARIANTS])
def test_other_names_cost_at_most_three_points(path: Path, extract_text: ExtractText, seed_scores: Scores) -> None:
    variant = read_variant(path)
    replace = replacer(variant["words"])
    gold = vary(seed_gold(), variant, replace)
    found = extract_text(replace(seed_text()), "report.txt", publisher=gold["publisher"])
    scores = score(gold, found.records, variant["aliases"])
    wrong = [n for n in scores.notes if n[2] != "all right" and n not in seed_scores.notes]
    assert scores.slots >= seed_scores.slots - TOLERANCE, wrong
    assert scores.unbacked == 0


@needs_seed
@pytest.mark.parametrize("path", VARIANTS, ids=[p.stem for p in VARIANTS])
def test_no_name_of_the_seed_report_is_left(path: Path) -> None:
    replace = replacer(read_variant(path)["words"])
    gold = seed_gold()
    before, after = seed_text(), replace(seed_text())
    names = {n for incident in gold["incidents"] for n in _names(incident)}
    proper = {w for n in names | {gold["publisher"]} for w in re.findall(r"\w+", n) if w[:1].isupper() and w not in GENERIC}
    assert len(proper) > 30
    assert {w for w in proper if re.search(rf"(?<!\w){w}(?!\w)", after)} == set()
    assert after.count("\n") == before.count("\n")


GENERIC = {"Party", "National", "Organization", "People", "Cultural", "Center", "Air", "Force", "State", "Islamic", "Republican"}


def _names(incident: dict[str, Any]) -> set[str]:
    where = [incident["where"][k] for k in ("name", "city", "admin1") if incident["where"][k]]
    return {*where, *(n for f in ENTITY_FIELDS for n in incident[f]), *(n for chain in incident["sources"] for n in chain)}


@pytest.mark.parametrize("path", VARIANTS, ids=[p.stem for p in VARIANTS])
def test_cities_of_a_variant_are_in_the_gazetteer(path: Path) -> None:
    variant = read_variant(path)
    gazetteer = Gazetteer.open()
    for old in ("Ankara", "Istanbul", "Kayseri", "Izmir", "Konya", "Suruç", "Antep", "Gaziantep"):
        assert variant["codes"]["TUR"] in {p.country for p in gazetteer.lookup(variant["words"][old])}, variant["words"][old]
    assert (
        len(
            {p.key for p in gazetteer.lookup(variant["words"]["Antep"])}
            & {p.key for p in gazetteer.lookup(variant["words"]["Gaziantep"])}
        )
        >= 1
    )
