"""Lemmas: from the lexicon, by rule for clitics, or made by the edit script that the network predicts."""

from __future__ import annotations

from typing import Any

from veridical.annotate.syntax_features import apply_script, fold
from veridical.lexicon import table

_VERB_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
)
_HARD_PLURALS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"))
_TAGGED = {
    ("her", "PRP"): "she",
    ("her", "PRP$"): "her",
    ("'d", "VBD"): "have",
    ("'d", "MD"): "would",
    ("'s", "VBZ"): "be",
    ("people", "NNS"): "people",
}


class Lemmas:
    """Makes lemmas with the lexicon of one model folder."""

    def __init__(self, lexicon: dict[str, Any]) -> None:
        """``lexicon`` is the content of lemmas.json: ``words``, ``verbs`` and ``nouns`` (ending in -ie, -che …)."""
        self.words: dict[str, str] = lexicon["words"]
        self.verbs = frozenset(lexicon["verbs"])
        self.nouns = frozenset(lexicon["nouns"])

    def lemma(self, form: str, upos: str, xpos: str, script: str) -> str:
        """The lemma of a word with those tags and that predicted script."""
        plain = fold(form)
        if upos == "PUNCT":
            return plain or form
        low = plain.lower()
        known = _TAGGED.get((low, xpos)) or _of_the_field(low, upos) or self.words.get(f"{low}\t{upos}")
        if known is not None:
            return known
        lemma = apply_script(form, script)
        if upos == "VERB" and lemma not in self.verbs:
            return self._regular_verb(low) or lemma
        if upos == "NOUN" and lemma not in self.nouns:
            return _plain_plural(low) or lemma
        return lemma

    def _regular_verb(self, form: str) -> str | None:
        """The known verb that the form is regularly made from, or None."""
        for ending, added in _VERB_ENDINGS:
            if form.endswith(ending):
                stem = form.removesuffix(ending)
                if stem + added in self.verbs:
                    return stem + added
                if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in self.verbs:
                    return stem[:-1]
        return None


_NO_MEN = frozenset(
    {"specimen", "omen", "regimen", "abdomen", "semen", "acumen", "yemen", "ramen", "amen", "hymen", "stamen", "bitumen"}
)


def _of_the_field(form: str, upos: str) -> str | None:
    """The lemma that ``data/lemmas.toml`` gives, and "-man" for plurals in "-men" ("gunmen"), or None."""
    if upos in ("NOUN", "PROPN") and form.endswith("men") and len(form) > 4 and form not in _NO_MEN:
        return form.removesuffix("men") + "man"
    section = table("lemmas").get({"VERB": "verb", "NOUN": "noun"}.get(upos, ""))
    return section.get(form) if isinstance(section, dict) else None


def _plain_plural(form: str) -> str | None:
    """The singular of a plural in -ies, -ches and the like, or None for any other word."""
    for ending, added in _HARD_PLURALS:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            return form.removesuffix(ending) + added
    return None
