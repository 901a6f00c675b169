"""Time expressions of a report: found by forms over words, resolved only where there is something to stand on.

What kinds there are follows TimeML's TIMEX3 (Pustejovsky et al. 2003: date, time, duration, set); what an
expression may stand on follows DESIGN.md: its own words, a date beside it, or the day of publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from veridical.annotate import times_dates, times_relative
from veridical.annotate.times_forms import Builder, Found, Parts, Rule
from veridical.annotate.times_grammar import Grammar
from veridical.annotate.times_lexicon import make_lexicon
from veridical.annotate.times_resolve import resolve
from veridical.model import Report, TimeMention, Token

_CORE = (
    "MONTH",
    "SMALLMONTH",
    "WEEKDAY",
    "WEEKDAYS",
    "YEAR",
    "YEARS",
    "WRITTEN",
    "GLUED",
    "DECADE",
    "SHORTDECADE",
    "PARTYEAR",
    "PARTMONTH",
    "PARTDECADE",
    "UNIT",
    "POD",
    "CLOCK",
    "HHMM",
    "AMPM",
    "SEASON",
    "'today",
    "'yesterday",
    "'tomorrow",
    "'tonight",
    "'overnight",
    "'christmas",
    "'halloween",
    "'after",
    "'before",
    "'afterwards",
    "'thereafter",
    "'later",
    "'earlier",
    "'shortly",
    "'daily",
    "'weekly",
    "'monthly",
    "'annually",
    "'aftermath",
    "'weekend",
    "'hours",
    "'following",
    "'11",
    "'7",
)


def _rules() -> list[Rule]:
    """Relative forms that begin with a date come before the plain dates they begin with."""
    relative = times_relative.RULES.listed
    first = [
        rule
        for rule in relative
        if rule[1].__name__ in ("_nothing", "_near_month_day", "_month_of_year", "_day_of_month", "_on_unit")
    ]
    return first + times_dates.RULES.listed + [rule for rule in relative if rule not in first]


@lru_cache(maxsize=1)
def _grammar() -> tuple[Grammar, tuple[Builder, ...]]:
    rules = _rules()
    macros = {**times_dates.MACROS, **times_relative.MACROS}
    grammar = Grammar(make_lexicon(), [form for form, _ in rules], _CORE, macros)
    return grammar, tuple(builder for _, builder in rules)


def find_times(report: Report, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> tuple[TimeMention, ...]:
    """The time expressions of a report in text order, none overlapping another.

    Dates are resolved by their own words, by a date with a year in the same sentence, or by the day of
    publication (``report.published``, or else a dateline with a full date); otherwise ``when`` is
    unknown and keeps the words. Days are precise to the date only.
    """
    grammar, builders = _grammar()
    texts = [token.text for token in tokens]
    words = [text.lower() for text in texts]
    code = grammar.lexicon.encode(texts)
    found: list[tuple[int, Found]] = []
    for number, (begin, end) in enumerate(sentences):
        for match in grammar.find(code, begin, end):
            made = builders[match.form](Parts(words, match.parts, match.start, match.end))
            if isinstance(made, list):
                found += [(number, one) for one in made]
            elif made is not None:
                found.append((number, Found(match.start, match.end, made)))
    return resolve(report, tokens, words, sentences, found)
