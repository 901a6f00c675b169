"""The grammar of numbers with their bounds, and what each bound makes of a number (DESIGN.md, "Counts")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from veridical.annotate.quantities_numbers import cardinals, multipliers, parse_number
from veridical.annotate.times_grammar import Grammar, Lexicon, Match, load_words

Bounds = tuple[int | None, int | None, int | None]
"""low, best, high."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_DECIMAL = re.compile(r"\d{1,3}\.\d{1,3}")
_PAIR = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})[-–—](\d{1,3}(?:,\d{3})+|\d{1,9})")
_PLUS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})\+")
_KINDS = ("at_least", "more_than", "nearly", "up_to", "fewer_than", "about", "exact")


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """``data/numbers.toml``."""
    return load_words("numbers")


def _phrases(kind: str, name: str = "bounds") -> str:
    return " | ".join(sorted(table()[name].get(kind, ()), key=lambda p: -len(p.split())))


def _macros() -> dict[str, str]:
    bounds = " | ".join(f"{kind.replace('_', '')}:( {_phrases(kind)} )" for kind in _KINDS if kind != "exact")
    return {
        "BOUND": bounds,
        "EXACT": _phrases("exact"),
        "BIG": "hundred | thousand | million | billion",
        "SMALL": "CARD ( -? CARD )?",
        "NUMBER": "NUM | half ( a | an )? dozen | half a $BIG | CARD ( -? CARD )* ( and CARD ( -? CARD )* )? ( dozen"
        " | $BIG ( and? CARD ( -? CARD )* )? )*"
        " | NUM $BIG | DECIMAL ( thousand | million | billion ) | a dozen | ( a | an ) $BIG | a couple of? | NUM dozen",
        "VAGUE": "( tens | dozens | scores | hundreds | thousands | millions ) ( of ( thousands | millions ) )?"
        " | a? ( several | few )"
        " ( dozen | $BIG | score )? | a handful",
        "AFTER": f"{_phrases('at_least', 'bounds_after')}",
    }


@lru_cache(maxsize=1)
def make_grammar() -> Grammar:
    """The grammar of quantities; form numbers are the indices of `FORMS`."""
    words: dict[str, set[str]] = {}
    for word in (*cardinals(), *(w for w in multipliers() if len(w) > 3)):
        words.setdefault(word, set()).add("CARD")
    words.pop("zero", None)
    for word in ("dozen", "hundred", "thousand", "million", "billion"):
        words[word] = {"MULT"}
    for word in table()["vague"]:
        words.setdefault(word, set()).add("VAGUEWORD")
    for word in table()["nouns"]["person"]:
        words.setdefault(word, set()).add("PERSON")
    for word in table()["words"]["no_one"]:
        words.setdefault(word, set()).add("NOONE")
    shapes = {
        "number": frozenset(["NUM"]),
        "decimal": frozenset(["DECIMAL"]),
        "pair": frozenset(["PAIR"]),
        "plus": frozenset(["PLUS"]),
    }
    lexicon = Lexicon({word: frozenset(classes) for word, classes in words.items()}, shapes, _shape)
    core = (
        "NUM",
        "DECIMAL",
        "PAIR",
        "PLUS",
        "CARD",
        "MULT",
        "VAGUEWORD",
        "NOONE",
        "'no",
        "'a",
        "'an",
        "'another",
        "'couple",
        "'tens",
    )
    return Grammar(lexicon, [form for form, _ in FORMS], core, _macros())


def _shape(word: str) -> str | None:
    if word[0] not in "0123456789":
        return None
    if _NUMBER.fullmatch(word):
        return "number"
    if _DECIMAL.fullmatch(word):
        return "decimal"
    if _PAIR.fullmatch(word):
        return "pair"
    return "plus" if _PLUS.fullmatch(word) else None


FORMS: tuple[tuple[str, str], ...] = (
    ("between n:( $NUMBER ) ( and | to ) m:( $NUMBER )", "range"),
    ("from? n:( $NUMBER ) ( to | or ) m:( $NUMBER )", "range"),
    ("n:NUM ( - | – ) m:NUM", "range"),
    ("n:CARD ( to | - to | or ) m:CARD", "range"),
    ("PAIR", "pair"),
    ("PLUS", "plus"),
    ("more:( another | an additional | a further | an extra )? ( $BOUND )? n:( $NUMBER ) after:( $AFTER )", "number"),
    ("n:( $NUMBER ) orso:( or so | odd )", "number"),
    ("n:( $NUMBER ) oratmost:( at most | or fewer | or less )", "number"),
    ("( $BOUND )? more:( another | an additional | a further | an extra ) n:( $NUMBER )", "number"),
    ("( $BOUND ) n:( $NUMBER ) last:( more | others | other )?", "number"),
    ("( $BOUND )? more:( another | an additional | a further )? v:( $VAGUE ) last:( more | others | other )?", "vague"),
    ("( exactly | a total of )? n:( $NUMBER ) last:( more | others | other )?", "number"),
    ("NOONE", "zero"),
    ("no one", "zero"),
    ("not one", "zero"),
    ("no - one", "zero"),
    ("no >!( one | fewer | less | more | . )", "no"),
    ("one:( a | an ) >!( CARD | VAGUEWORD | MULT )", "one"),
    ("more:another", "another"),
)


def read(match: Match, words: Sequence[str]) -> Bounds | None:
    """The bounds that a match writes, ``None`` when it writes no number."""
    kind = FORMS[match.form][1]
    if kind in ("zero", "no"):
        return 0, 0, 0
    if kind in ("one", "another"):
        return 1, 1, 1
    if kind == "vague":
        return _vague(words[slice(*match.parts["v"])])
    if kind in ("range", "pair"):
        return _range(match, words)
    if kind == "plus":
        number = parse_number([words[match.start].rstrip("+")])
        return None if number is None else (number, number, None)
    written = words[slice(*match.parts["n"])]
    number = 2 if "couple" in written else parse_number(written)
    if number is None:
        return None
    return bound(number, _bound_of(match))


def _bound_of(match: Match) -> str:
    if "after" in match.parts:
        return "at_least"
    if "orso" in match.parts:
        return "about"
    if "oratmost" in match.parts:
        return "up_to"
    return next((kind for kind in _KINDS if kind.replace("_", "") in match.parts), "exact")


def bound(number: int, kind: str) -> Bounds:
    """(low, best, high) of a number under a bound, to the letter of DESIGN.md."""
    return {
        "at_least": (number, number, None),
        "more_than": (number + 1, number + 1, None),
        "nearly": (None, number, number),
        "up_to": (None, None, number),
        "fewer_than": (None, None, max(0, number - 1)),
        "about": (None, number, None),
    }.get(kind, (number, number, number))


def _range(match: Match, words: Sequence[str]) -> Bounds | None:
    if "n" in match.parts:
        low = parse_number(words[slice(*match.parts["n"])])
        high = parse_number(words[slice(*match.parts["m"])])
        last = words[match.parts["m"][1] - 1]
        if low is not None and high is not None and low < high // 1000 and last in multipliers():
            low *= multipliers()[last]  # "two to three thousand"
    else:
        pair = _PAIR.fullmatch(words[match.start])
        low, high = (parse_number([pair[1]]), parse_number([pair[2]])) if pair else (None, None)
    return None if low is None or high is None or low >= high else (low, None, high)


def _vague(words: Sequence[str]) -> Bounds:
    """The least that the words can mean: "several hundred" is 300 or more, "tens of thousands" 20,000."""
    low, listed = 1, table()["vague"]
    for word in words:
        if word == "tens":
            low *= 20
        elif word in listed:
            large = word in ("thousands", "millions") and low > 1
            low *= listed[word] // 2 if large else listed[word]
        elif word in multipliers():
            low *= multipliers()[word]
    return low, None, None
