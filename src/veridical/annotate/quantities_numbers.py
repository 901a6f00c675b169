"""Number words and digits to integers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from veridical.annotate.times_grammar import load_words

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DECIMAL = re.compile(r"\d{1,3}\.\d{1,3}")
_LARGEST = 10**12


@lru_cache(maxsize=1)
def cardinals() -> dict[str, int]:
    """Number words below a hundred with their values."""
    return dict(load_words("numbers")["cardinals"])


@lru_cache(maxsize=1)
def multipliers() -> dict[str, int]:
    """ "dozen", "hundred" and so on with their values."""
    return dict(load_words("numbers")["multipliers"])


def parse_number(words: Sequence[str]) -> int | None:
    """The integer that lower-case words write ("two", "hundred", "and", "five" → 205), or ``None``.

    Digits with or without thousands' commas are read too, decimals only before "thousand" and larger.
    """
    total = group = 0
    seen = False
    for word in words:
        if word in ("-", "and", "of", "–"):
            continue
        if word in ("a", "an"):
            group = group or 1
        elif word == "half":
            return _half(words)
        elif word in multipliers():
            factor = multipliers()[word]
            group = (group or 1) * factor
            if factor >= 1000:
                total, group = total + group, 0
        else:
            value = cardinals().get(word)
            if value is None:
                value = _digits(word)
            if value is None:
                return _decimal(words)
            group += value
        seen = True
    return total + group if seen and total + group < _LARGEST else None


def _half(words: Sequence[str]) -> int | None:
    """ "half a dozen", "half a million"."""
    factor = multipliers().get(words[-1])
    return factor // 2 if factor else None


def _digits(word: str) -> int | None:
    if not _DIGITS.fullmatch(word) or not word.isascii() or len(word) > 15:
        return None
    return int(word.replace(",", ""))


def _decimal(words: Sequence[str]) -> int | None:
    """ "1.2 million" → 1200000."""
    factor = multipliers().get(words[-1], 1) if len(words) == 2 else 1
    if factor < 1000 or not _DECIMAL.fullmatch(words[0]):
        return None
    return round(float(words[0]) * factor)
