"""The words of time expressions as classes for the grammar, and the meaning of words and shapes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from veridical.annotate.quantities_numbers import cardinals, multipliers, parse_number
from veridical.annotate.times_grammar import Lexicon, load_words

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(1[89]\d|20\d)0['’]?s")
_SHORT_DECADE = re.compile(r"[2-9]0['’]?s")
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?(?:am|pm|a\.m\.?|p\.m\.?|h|z)?|1?\d(?:am|pm)|[0-2]\d[0-5]\d(?:z|h|gmt)"
)
_HHMM = re.compile(r"(?:0\d|1\d|2[0-3])[0-5]\d")
_WRITTEN = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([/.-])\d{1,2}\2\d{1,2}(?:t[\d:.+z-]*)?")
_YEAR = re.compile(r"1[789]\d\d|20\d\d")
_YEARS = re.compile(r"(1[89]\d\d|20\d\d)[-–—/](\d\d|1[89]\d\d|20\d\d)")
_DAYS = re.compile(r"(\d\d?)[-–—/](\d\d?)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_GLUED = re.compile(r"([a-z]{3,9}\.?)(\d{1,2})")
_PART = re.compile(r"(early|mid|late)[-–](\w+\.?)")
_PART_OF = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "first": "early",
    "outset": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
    "last": "late",
    "final": "late",
    "closing": "late",
    "opening": "early",
    "latter": "late",
}


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """``data/times.toml``."""
    return load_words("times")


@lru_cache(maxsize=1)
def make_lexicon() -> Lexicon:
    """A lexicon of time words; the forms add their own literals to it."""
    data = table()
    words: dict[str, set[str]] = {}

    def put(name: str, listed: Any) -> None:
        for word in listed:
            words.setdefault(word, set()).add(name)

    put("MONTH", data["months"])
    put("WEEKDAY", data["weekdays"])
    put("WDSHORT", data["weekdays_short"])
    put("WEEKDAYS", [day + "s" for day in data["weekdays"]])
    put("SEASON", data["seasons"])
    put("ORDW", data["ordinals"])
    put("UNIT", data["units"])
    put("PLURAL", [unit for unit in data["units"] if unit.endswith("s")])
    put("CARD", [*cardinals(), *multipliers()])
    put("POD", data["parts_of_day"]["words"])
    put("HOURWORD", data["parts_of_day"]["clock"])
    put("ZONE", data["parts_of_day"]["zones"])
    put("AMPM", data["parts_of_day"]["half_days"])
    listed = data["words"]
    for name, key in (
        ("BEFOREMONTH", "before_month"),
        ("BEFOREYEAR", "before_year"),
        ("DETERMINER", "determiners"),
        ("NOTYEAR", "not_after_year"),
        ("NAMEHEAD", "name_heads"),
        ("NAMEBEFORE", "name_before"),
        ("NEARLY", "nearly"),
        ("FEASTNOUN", "feast_nouns"),
    ):
        put(name, listed[key])
    put("LPAR", ["(", "["])
    put("RPAR", [")", "]"])
    put("PUNCT", [".", ",", ";", ":", ")", "(", "]", "[", "-", "–", "—", "--", '"', "”", "“", "?", "!", "'s", "’s", "/"])
    return Lexicon(
        {word: frozenset(classes) for word, classes in words.items()}, _shapes(), _shape_of, frozenset(listed["capital_only"])
    )


def _shapes() -> dict[str, frozenset[str]]:
    sets = {
        "day": "NUM DAY MNUM",
        "day2": "NUM DAY MNUM YY",
        "late_day": "NUM DAY YY",
        "two": "NUM YY",
        "year": "NUM YEAR HHMM",
        "odd_year": "NUM YEAR",
        "hhmm": "NUM HHMM",
        "number": "NUM",
        "dayord": "ORD DAYORD",
        "ordinal": "ORD",
        "decade": "DECADE",
        "short_decade": "SHORTDECADE",
        "clock": "CLOCK",
        "written": "WRITTEN",
        "years": "YEARS",
        "days": "DAYS NUM",
        "glued": "GLUED",
        "part_year": "PARTYEAR",
        "part_month": "PARTMONTH",
        "part_decade": "PARTDECADE",
    }
    return {name: frozenset(classes.split()) for name, classes in sets.items()}


def _shape_of(word: str) -> str | None:
    """The shape of a word that no list has."""
    part = _PART.fullmatch(word)
    if part:
        return _shape_of_part(part[2])
    if not any(c in "0123456789" for c in word):
        return None
    if _NUMBER.fullmatch(word):
        return _shape_of_number(word)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return "dayord" if 1 <= int(ordinal[1]) <= 31 else "ordinal"
    for name, pattern in (
        ("decade", _DECADE),
        ("short_decade", _SHORT_DECADE),
        ("written", _WRITTEN),
        ("clock", _CLOCK),
        ("years", _YEARS),
    ):
        if pattern.fullmatch(word):
            return name
    days = _DAYS.fullmatch(word)
    if days and 1 <= int(days[1]) < int(days[2]) <= 31:
        return "days"
    glued = _GLUED.fullmatch(word)
    return "glued" if glued and glued[1] in table()["months"] and 1 <= int(glued[2]) <= 31 else None


def _shape_of_part(rest: str) -> str | None:
    if rest in table()["months"]:
        return "part_month"
    if _YEAR.fullmatch(rest):
        return "part_year"
    return "part_decade" if _DECADE.fullmatch(rest) else None


def _shape_of_number(word: str) -> str:
    if len(word) > 4 or "," in word:
        return "number"
    if len(word) <= 2:
        value = int(word)
        if not 1 <= value <= 31:
            return "two" if len(word) == 2 else "number"
        if value > 12:
            return "late_day"
        return "day" if len(word) == 1 else "day2"
    if _YEAR.fullmatch(word):
        return "year" if _HHMM.fullmatch(word) else "odd_year"
    return "hhmm" if _HHMM.fullmatch(word) else "number"


def month_of(word: str) -> int:
    """The number of a month's name."""
    return int(table()["months"][word])


def weekday_of(word: str) -> int:
    """The ISO number of a weekday's name."""
    data = table()
    return int(data["weekdays"].get(word) or data["weekdays_short"].get(word) or data["weekdays"][word.removesuffix("s")])


def part_of(words: list[str]) -> str | None:
    """ "early", "mid" or "late" for the words that say which part, ``None`` without any."""
    return next((_PART_OF[word] for word in words if word in _PART_OF), None)


def day_of(words: list[str]) -> int:
    """The day of a month from "20", "20th" or "twentieth"; 0 when it is none."""
    word = words[-1]
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal or word.isdecimal():
        return int(ordinal[1] if ordinal else word)
    value = int(table()["ordinals"].get(word, 0))
    return value + day_of(words[:1]) if len(words) > 1 and value < 10 and words[0] != word else value


def days_of(word: str) -> tuple[int, int] | None:
    """First and last day of "5–6"."""
    match = _DAYS.fullmatch(word)
    return (int(match[1]), int(match[2])) if match else None


def years_of(word: str) -> tuple[int, int] | None:
    """First and last year of "2008–2010" or "2014/15"; ``None`` when they do not follow each other."""
    match = _YEARS.fullmatch(word)
    if not match:
        return None
    return complete_years(int(match[1]), match[2])


def complete_years(first: int, last: str) -> tuple[int, int] | None:
    """(2014, "15") → (2014, 2015)."""
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return (first, end) if first < end else None


def glued_date(word: str) -> tuple[int, int]:
    """Month and day of "Dec.31"."""
    match = _GLUED.fullmatch(word)
    assert match is not None
    return month_of(match[1]), int(match[2])


def glued_part(word: str) -> tuple[str, str]:
    """Part and rest of "mid-2018"."""
    match = _PART.fullmatch(word)
    assert match is not None
    return match[1], match[2]


def amount_of(words: list[str]) -> tuple[int, int] | None:
    """Least and most of an amount ("three" → 3, 3; "two or three" → 2, 3), ``None`` for "several"."""
    kept = [w for w in words if w not in table()["words"]["nearly"]]
    if any(w in table()["words"]["vague_amounts"] for w in kept) and kept[:2] != ["a", "couple"]:
        return None
    if "couple" in kept:
        return 2, 2
    for joint in ("to", "or"):
        if joint in kept:
            at = kept.index(joint)
            low, high = parse_number(kept[:at]), parse_number(kept[at + 1 :])
            return (low, high) if low is not None and high is not None and low <= high else None
    value = parse_number(kept)
    return None if value is None or value > 10_000 else (value, value)
