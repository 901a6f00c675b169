"""The words by which place names are found, and the nationalities, as loaded from the data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources

from veridical.annotate.gazetteer_names import fold


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of data/places_words.toml, which says what each is for; all in lower case."""

    locative: frozenset[str]
    strong: frozenset[str]
    admin1: frozenset[str]
    admin2: frozenset[str]
    settlement: frozenset[str]
    quarter: frozenset[str]
    country: frozenset[str]
    site: frozenset[str]
    site_modifier: frozenset[str]
    institution: frozenset[str]
    named_after: frozenset[str]
    site_lead: frozenset[str]
    court: frozenset[str]
    mission: frozenset[str]
    village: frozenset[str]
    nature: frozenset[str]
    calendar: frozenset[str]
    never: frozenset[str]
    portion: frozenset[str]
    speaking: frozenset[str]
    based: frozenset[str]
    organization: frozenset[str]
    authority: frozenset[str]
    title: frozenset[str]
    people: frozenset[str]
    event: frozenset[str]
    border: frozenset[str]
    direction: frozenset[str]
    stop: frozenset[str]

    @property
    def divisions(self) -> frozenset[str]:
        """Every word for a kind of division or settlement."""
        return self.admin1 | self.admin2 | self.settlement | self.quarter | self.country


@lru_cache(maxsize=1)
def load_words() -> PlaceWords:
    """The word lists."""
    text = (resources.files("veridical") / "data" / "places_words.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return PlaceWords(**{field.name: frozenset(found[field.name]) for field in fields(PlaceWords)})


@lru_cache(maxsize=1)
def load_divisions() -> Mapping[str, str]:
    """What a name is when a division word stands by it: word → admin1, admin2, city, quarter or country."""
    words = load_words()
    kinds: dict[str, str] = {}
    for kind, names in (
        ("city", words.settlement),
        ("quarter", words.quarter),
        ("admin2", words.admin2),
        ("admin1", words.admin1),
        ("country", words.country),
    ):
        kinds.update(dict.fromkeys(names, kind))
    # "District" and "borough" name parts of cities and counties alike: the gazetteer decides.
    return {**kinds, "district": "admin2", "borough": "quarter", "suburb": "quarter"}


@lru_cache(maxsize=1)
def load_nationalities() -> Mapping[str, str]:
    """Alpha-3 by demonym or country name, folded; those of several countries are left out."""
    found: dict[str, set[str]] = {}
    for iso3, names, demonyms in _countries():
        for word in (*names, *demonyms):
            found.setdefault(word, set()).add(iso3)
    return {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1 and "" not in codes}


@lru_cache(maxsize=1)
def load_demonyms() -> frozenset[str]:
    """Folded words for peoples ("turkish", "iraqis"), which name no ground themselves."""
    return frozenset(word for _, names, demonyms in _countries() for word in demonyms if word not in names)


def _countries() -> Iterator[tuple[str, list[str], list[str]]]:
    """Alpha-3 (or ""), folded names, folded words for the people; of world regions the latter only."""
    for iso3, name, aliases, demonyms in _rows("places_countries.tsv"):
        yield iso3, [fold(word) for word in (name, *aliases.split("|")) if word], _peoples(demonyms)
    for _, iso3, _, _, demonyms in _rows("places_regions.tsv"):
        if demonyms:
            yield iso3, [], _peoples(demonyms)


def _peoples(demonyms: str) -> list[str]:
    singular = [fold(word) for word in demonyms.split("|") if word]
    return [*singular, *(word + "s" for word in singular)]


def _rows(name: str) -> Iterator[list[str]]:
    lines = (resources.files("veridical") / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if not line.startswith("#"))
    next(rows)
    for line in rows:
        yield line.split("\t")
