"""Word lists as data: classes of nouns, reporting verbs, cues of factuality and stage (``data/*.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=32)
def table(name: str) -> Mapping[str, object]:
    """The parsed ``data/NAME.toml``; loaded once."""
    return tomllib.loads(resources.files("veridical").joinpath(f"data/{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=256)
def words(name: str, key: str) -> frozenset[str]:
    """The list ``key`` of ``data/NAME.toml`` as a set of lower-case lemmas; raises KeyError when it is not there."""
    value = table(name)[key]
    if not isinstance(value, list):
        raise KeyError(f"{name}.{key} is no list")
    return frozenset(str(v) for v in value)


@lru_cache(maxsize=1)
def _counted_people() -> frozenset[str]:
    text = resources.files("veridical").joinpath("data/person_nouns.tsv").read_text("utf-8")
    return frozenset(line.split("\t")[0] for line in text.splitlines() if line and not line.startswith("#"))


def names_people(lemma: str) -> bool:
    """Whether a common noun names people: by list, by GUM's counts, or by an agent ending ("surveyor", "hotelier").

    >>> names_people("surveyor"), names_people("container"), names_people("wharfinger")
    (True, False, True)
    """
    if noun_class(lemma, "human") or noun_class(lemma, "attacker") or lemma in _counted_people():
        return True
    if lemma in words("nouns", "not_people") or any(
        noun_class(lemma, k) for k in ("facility", "vehicle", "weapon", "document", "contraband", "group")
    ):
        return False
    return len(lemma) > 4 and lemma.endswith(("er", "or", "ist", "eer", "ier", "ian", "woman", "ee"))


def noun_class(lemma: str, key: str) -> bool:
    """Whether a lemma, or its last hyphenated part, is in the class ``key`` of ``data/nouns.toml``.

    >>> noun_class("gunman", "attacker"), noun_class("ex-soldier", "authority"), noun_class("tree", "human")
    (True, True, False)
    """
    members = words("nouns", key)
    return lemma in members or ("-" in lemma and lemma.rsplit("-", 1)[-1] in members)
