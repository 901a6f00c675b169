"""Whether a text is in the language that is asked for; the identifier (py3langid) loads on first use."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from veridical.errors import WrongLanguage

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|[\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
MIN_LETTERS = 80
"""Fewer letters than this, names aside, do not tell the language of a text in a script with capitals."""
MIN_CAPITALS = 300
"""The same for a text in capitals, where names cannot be set aside."""
MIN_OTHER_LETTERS = 20
"""Letters of scripts without capitals tell more, each."""
UNLIKELY = 0.02
"""Probability of the wanted language at or below which a text is confidently in another."""
CONFIDENT = 0.95
"""Probability of the other language that a text in capitals needs on top."""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _function_words() -> dict[str, tuple[frozenset[str], float]]:
    import tomllib
    from importlib.resources import files

    data = tomllib.loads((files("veridical") / "data" / "languages.toml").read_text("utf-8"))
    return {code: (frozenset(entry["words"]), entry["share"]) for code, entry in data.items()}


def check_language(text: str, wanted: str, declared: str | None = None) -> None:
    """Raises WrongLanguage, naming the language, when ``text`` is confidently not in ``wanted``.

    Addresses, numbers and capitalised words (names, in most languages) are set aside. Too short a
    text is judged by what its source declares, and passes when that says nothing.
    """
    words = _WORD.findall(_NOISE.sub(" ", text[:_SAMPLE]))
    known, share = _function_words().get(wanted, (frozenset(), 2.0))
    if sum(word.lower() in known for word in words) >= max(1.0, share * len(words)):
        return
    capitals = sum(word.isupper() for word in words) * 2 > len(words)
    telling = words if capitals else [word for word in words if not word[0].isupper()]
    body = " ".join(telling).lower()
    stated = re.split("[-_]", declared.strip().lower())[0] if declared else ""
    if len(body) < _needed(body, capitals):
        if len(stated) == 2 and stated != wanted:
            raise _wrong(stated, wanted, "by its source's own word")
        return
    ranked = dict(_identifier().rank(body))
    code = next(iter(ranked))
    if code == wanted or (capitals and ranked[code] < CONFIDENT and stated != code):
        return
    if ranked.get(wanted, 0.0) <= UNLIKELY or stated == code:
        raise _wrong(code, wanted, f"probability {ranked[code]:.2f}, of {wanted} {ranked.get(wanted, 0.0):.2f}")


def _needed(body: str, capitals: bool) -> int:
    if capitals:
        return MIN_CAPITALS
    cased = sum(char.upper() != char for char in body)
    return MIN_LETTERS if cased * 2 > len(body) else MIN_OTHER_LETTERS


def _wrong(code: str, wanted: str, ground: str) -> WrongLanguage:
    return WrongLanguage(
        f"the text is in another language ({code}, {ground}) than the configured one ({wanted}): "
        "translate it first, or change the setting language"
    )
