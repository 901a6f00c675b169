"""The lemma lexicon that goes with the predicted edit scripts.

Two sources: the treebanks (words that nearly always have one lemma) and WordNet's exception lists and
verb index, as packed in spacy-lookups-data.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from typing import Any

from veridical.annotate.syntax_features import lemma_script

Sentence = dict[str, Any]
HARD = ("ie", "che", "she", "sse", "xe", "ies", "ches", "shes", "sses", "xes")
_OPEN_CLASSES = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}


def lexicon(rows: list[Sentence]) -> dict[str, Any]:
    """``words``: "form<tab>UPOS" to lemma; ``verbs`` and ``nouns``: known lemmas, against which scripts are checked."""
    from spacy_lookups_data import en

    exceptions, index = load_table(en["lemma_exc"]), load_table(en["lemma_index"])
    words = from_treebanks(rows)
    seen = {
        (f"{word.lower()}\t{upos}", lemma)
        for row in rows
        if "lemmas" in row
        for word, lemma, upos in zip(row["words"], row["lemmas"], row["upos"], strict=True)
    }
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for key, lemma in seen:
        elsewhere[key].add(lemma)
    for upos, part in _OPEN_CLASSES.items():
        known = set(index[part])
        for form, lemmas in exceptions[part].items():
            key = f"{form}\t{upos}"
            agrees = elsewhere.get(key, {lemmas[0]}) == {lemmas[0]}
            if form not in known and len(lemmas) == 1 and form.isalpha() and agrees:
                words[key] = lemmas[0]
    verbs = {v for v in index["verb"] if v.isalpha()} | {
        lemma.lower()
        for row in rows
        if "lemmas" in row
        for lemma, upos in zip(row["lemmas"], row["upos"], strict=True)
        if upos == "VERB" and lemma.isalpha()
    }
    nouns = sorted(n for n in index["noun"] if n.isalpha() and n.endswith(HARD))
    return {"words": dict(sorted(words.items())), "verbs": sorted(verbs), "nouns": nouns}


def load_table(entry: Any) -> dict[str, Any]:
    """One gzipped table of spacy-lookups-data, which names its files without their ".gz"."""
    with gzip.open(f"{str(entry).removesuffix('.gz')}.gz", "rt", encoding="utf-8") as stored:
        found: dict[str, Any] = json.load(stored)
    return found


def from_treebanks(rows: list[Sentence]) -> dict[str, str]:
    """ "form<tab>UPOS" to lemma, for the inflected words of the treebanks that nearly always have one lemma."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for word, lemma, upos in zip(row.get("words", ()), row.get("lemmas", ()), row.get("upos", ()), strict=False):
            if upos not in ("PROPN", "X", "PUNCT", "SYM", "NUM") and lemma != "_" and not word.isupper():
                seen[f"{word.lower()}\t{upos}"][lemma] += 1
    out = {}
    for key, lemmas in seen.items():
        form, upos = key.split("\t")
        lemma, count = lemmas.most_common(1)[0]
        odd = lemma_script(form, lemma, False) is None
        closed = upos in ("AUX", "PRON", "DET", "PART", "ADP", "SCONJ", "CCONJ")
        if count >= 0.95 * lemmas.total() and (odd or (count > 1 and (closed or form != lemma.lower()))):
            out[key] = lemma
    return out
