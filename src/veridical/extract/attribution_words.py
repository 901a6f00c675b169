"""The words of attribution from ``data/reporting.toml``: reporting verbs and nouns with their stance, cues that are phrases."""

from __future__ import annotations

from functools import lru_cache

from veridical.lexicon import table

STANCES = ("confess", "deny", "claim", "confirm", "allege", "say")
"""Stances of a cue, the more telling first: a verb in two lists has the first."""


def _section(name: str) -> dict[str, list[str]]:
    section = table("reporting")[name]
    assert isinstance(section, dict)
    return section


@lru_cache(maxsize=1)
def stances() -> dict[str, str]:
    """Lemma of a reporting verb → its stance."""
    out: dict[str, str] = {}
    for section in ("verbs", "narrow"):
        for stance in STANCES:
            for lemma in _section(section).get(stance, ()):
                out.setdefault(lemma, stance)
    return out


@lru_cache(maxsize=1)
def narrow_verbs() -> frozenset[str]:
    """Verbs that report only with a set object."""
    return frozenset(lemma for lemmas in _section("narrow").values() for lemma in lemmas)


@lru_cache(maxsize=1)
def noun_stances() -> dict[str, str]:
    """Lemma of a reporting noun → its stance."""
    return {lemma: stance for stance, lemmas in _section("nouns").items() for lemma in lemmas}


@lru_cache(maxsize=1)
def phrases_before() -> tuple[tuple[str, ...], ...]:
    """Cues of several words that stand before their source."""
    return tuple(tuple(phrase.split()) for phrase in _section("phrases")["before"])


@lru_cache(maxsize=1)
def possessed_nouns() -> frozenset[str]:
    """Nouns of "in his words"."""
    return frozenset(_section("phrases")["possessed"])
