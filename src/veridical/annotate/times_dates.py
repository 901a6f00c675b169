"""Forms of calendar dates: days, months, years, seasons, decades and spans of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from veridical.annotate import times_lexicon as lexicon
from veridical.annotate.times_calendar import (
    between,
    make_day,
    make_decade,
    make_fraction,
    make_month,
    make_season,
    make_week,
    make_week_of_month,
    make_year,
)
from veridical.annotate.times_forms import Found, Meaning, Parts, Rules, dated
from veridical.values import Extent, When

RULES = Rules()

MACROS = {
    "DAYX": "DAY | DAYORD",
    "TIMEOF": "the? ( early? late? POD | early hours | small hours | late hours ) of",
    "PRE": "$TIMEOF? ( ( WEEKDAY | WDSHORT ) POD? ,? the? )?",
    "YEARX": "( ,? of? y:YEAR )",
    "TO": "- | – | — | to | through | until | till",
    "PART": "( early | late | mid ) -? | mid- | the? very? ( beginning | start | end | close | middle | outset | early days"
    " | closing days"
    " | early months | first months | first few months | last months | final months | closing months | latter part"
    " | early part | first days | last days | final days ) of",
    "NOTNAME": ">!( NAMEHEAD )",
}


def _two_ends(first: When | None, last: When | None, extent: Extent = Extent.WITHIN) -> When | None:
    if first is None or last is None or first.earliest is None or last.latest is None:
        return None
    low, high = date.fromisoformat(first.earliest), date.fromisoformat(last.latest)
    return between(low, high, extent=extent) if low <= high else None


def _extent(parts: Parts) -> Extent:
    """ "from X to Y" and "X through Y" last throughout; "between X and Y" and "X-Y" are bounds."""
    words = parts.all_words()
    return Extent.THROUGHOUT if words[0] == "from" or "through" in words else Extent.WITHIN


def _event_name(parts: Parts) -> Meaning | None:
    day = date.fromisoformat(lexicon.table()["event_names"][" ".join(parts.all_words())])
    return Meaning(when=When.day(day), yearless=lambda y: make_day(y, day.month, day.day))


RULES.listed.append((" | ".join(lexicon.table()["event_names"]), _event_name))


@RULES.add("y:YEAR - m:NUM - d:NUM", "y:YEAR / m:NUM / d:NUM")
def _iso(parts: Parts) -> Meaning | None:
    when = make_day(int(parts.word("y")), int(parts.word("m")), int(parts.word("d")))
    return Meaning(when=when) if when else None


@RULES.add("$PRE WRITTEN")
def _written(parts: Parts) -> Meaning | None:
    """Digits with slashes, dots or hyphens: year first, or day and month in an order that only one reading allows."""
    word = parts.all_words()[-1].split("t")[0]
    a, b, c = (int(x) for x in re.split(r"[/.-]", word))
    if a > 31:
        when = make_day(a, b, c)
    elif "." in word or a > 12 or a == b:
        when = make_day(c, b, a)
    elif b > 12:
        when = make_day(c, a, b)
    else:
        return Meaning()
    return Meaning(when=when) if when else None


@RULES.add(
    "between? $PRE d1:$DAYX c:( $TO | and | or | / ) d2:$DAYX of? m:MONTH $YEARX? $NOTNAME",
    "from d1:$DAYX c:( $TO ) d2:$DAYX of? m:MONTH $YEARX?",
    "between $PRE m:MONTH d1:$DAYX c:( and ) d2:$DAYX $YEARX? $NOTNAME",
    "from? $PRE m:MONTH d1:$DAYX c:( $TO | / ) d2:$DAYX $YEARX? $NOTNAME >!( - )",
    "$PRE m:MONTH d1:$DAYX c:( and | or ) d2:$DAYX ,? y:YEAR",
    "$PRE m:MONTH d1:$DAYX c:( and | or ) d2:$DAYX >>( PUNCT | BEFOREMONTH | when )",
)
def _days(parts: Parts) -> Meaning | list[Found] | None:
    month, first, last = lexicon.month_of(parts.word("m")), lexicon.day_of(parts.words("d1")), lexicon.day_of(parts.words("d2"))
    year = parts.year()
    if parts.word("c") in ("and", "or") and parts.all_words()[0] != "between":
        return _each_day(parts, month, first, last)
    return dated(lambda y: _two_ends(make_day(y, month, first), make_day(y, month, last), _extent(parts)), year)


def _each_day(parts: Parts, month: int, first: int, last: int) -> list[Found] | None:
    """ "5 and 6 May" as two days: the words "5" and "6 May"."""
    cut = parts.range("c")[0]
    year = parts.year()
    out = [
        (parts.start, cut, dated(lambda y: make_day(y, month, first), year)),
        (cut + 1, parts.end, dated(lambda y: make_day(y, month, last), year)),
    ]
    return [Found(start, end, meaning) for start, end, meaning in out if meaning] or None


@RULES.add("$PRE s:DAYS of? m:MONTH $YEARX?", "$PRE m:MONTH s:DAYS $YEARX?")
def _glued_days(parts: Parts) -> Meaning | None:
    days, month = lexicon.days_of(parts.word("s")), lexicon.month_of(parts.word("m"))
    if days is None:
        return None
    return dated(lambda y: _two_ends(make_day(y, month, days[0]), make_day(y, month, days[1])), parts.year())


@RULES.add("d:DAY m:MONTH yy:YY >>( LPAR | RPAR | -- | — | - )", "m:MONTH d:DAY ,? yy:YY >>( LPAR | -- | — )")
def _dateline(parts: Parts) -> Meaning | None:
    """Day, month and two digits, as wires head their reports; 70-99 belong to the last century."""
    short = int(parts.word("yy"))
    year = short + (1900 if short >= 70 else 2000)
    when = make_day(year, lexicon.month_of(parts.word("m")), int(parts.word("d")))
    return Meaning(when=when) if when else None


@RULES.add("the week of m:MONTH d:$DAYX $YEARX?", "the week of d:$DAYX m:MONTH $YEARX?")
def _week_of(parts: Parts) -> Meaning | None:
    month, day = lexicon.month_of(parts.word("m")), lexicon.day_of(parts.words("d"))

    def make(year: int) -> When | None:
        when = make_day(year, month, day)
        return make_week(date.fromisoformat(when.earliest)) if when and when.earliest else None

    return dated(make, parts.year())


@RULES.add(
    "$PRE the? d:$DAYX of? m:MONTH $YEARX? $NOTNAME",
    "$PRE the d:( ORDW ( - ORDW )? ) of m:MONTH $YEARX? $NOTNAME",
    "<!( in ) $PRE m:MONTH ( ,? the )? d:$DAYX $YEARX? $NOTNAME",
    "$PRE m:MONTH d:DAY ,? y:YEAR",
    "d:$DAYX m:SMALLMONTH y:YEAR",
    "<<( on | since | until | by ) d:$DAYX m:SMALLMONTH",
    "$PRE m:MONTH d:DAY >!( NOTYEAR | NAMEHEAD )",
)
def _day(parts: Parts) -> Meaning | None:
    month, day = lexicon.month_of(parts.word("m")), lexicon.day_of(parts.words("d"))
    year = parts.year()
    event = _event_day(parts, month, day) if year is None else None
    made = event or dated(lambda y: make_day(y, month, day), year)
    first = parts.all_words()[0]
    if made and year is None and first in lexicon.table()["weekdays"]:
        return replace(made, weekday=lexicon.weekday_of(first))
    return made


def _event_day(parts: Parts, month: int, day: int) -> Meaning | None:
    """A yearless day that names one event by the word behind it."""
    for row in lexicon.table()["event_days"]:
        if (row["month"], row["day"]) == (month, day) and parts.word_after() in row["words"]:
            return Meaning(when=When.day(date.fromisoformat(row["date"])), yearless=lambda y: make_day(y, month, day))
    return None


@RULES.add("$PRE g:GLUED ( ,? y:YEAR )?")
def _glued(parts: Parts) -> Meaning | None:
    month, day = lexicon.glued_date(parts.word("g"))
    return dated(lambda y: make_day(y, month, day), parts.year())


@RULES.add("f:( " + " | ".join(lexicon.table()["feasts"]) + " ) ( ,? of? y:YEAR )? >!( FEASTNOUN )")
def _feast(parts: Parts) -> Meaning | None:
    month, day = lexicon.table()["feasts"][parts.word("f")]
    return dated(lambda y: make_day(y, month, day), parts.year())


@RULES.add("the? o:ORDW week of m:MONTH $YEARX?")
def _week_of_month(parts: Parts) -> Meaning | None:
    number, month = int(lexicon.table()["ordinals"][parts.word("o")]), lexicon.month_of(parts.word("m"))
    if number > 5:
        return None
    return dated(lambda y: make_week_of_month(y, month, number), parts.year())


@RULES.add(
    "<<( BEFOREMONTH ) m1:MONTH c:( $TO | and | or | / ) m2:MONTH $YEARX?", "m1:MONTH c:( $TO | and | or | / ) m2:MONTH ,? y:YEAR"
)
def _months(parts: Parts) -> Meaning | list[Found] | None:
    first, last, year = lexicon.month_of(parts.word("m1")), lexicon.month_of(parts.word("m2")), parts.year()
    if parts.word("c") not in ("and", "or", "/"):
        return dated(lambda y: _two_ends(make_month(y - (first > last), first), make_month(y, last)), year)
    cut = parts.range("c")[0]
    out = [
        (parts.start, cut, dated(lambda y: make_month(y, first), year)),
        (cut + 1, parts.end, dated(lambda y: make_month(y, last), year)),
    ]
    return [Found(start, end, meaning) for start, end, meaning in out if meaning]


@RULES.add(
    "( p:( $PART ) )? m:MONTH $YEARX >!( NOTYEAR )",
    "p:( $PART ) m:MONTH",
    "<<( BEFOREMONTH ) m:MONTH >!( NAMEHEAD )",
    "<<( in ) m:MONTH >>( DAY )",
    "<<( in | since | until | of | from ) m:SMALLMONTH y:YEAR",
    "the month of m:MONTH ( ,? y:YEAR )?",
)
def _month(parts: Parts) -> Meaning | None:
    month, part = lexicon.month_of(parts.word("m")), lexicon.part_of(parts.words("p"))
    return dated(lambda y: make_month(y, month, part), parts.year())


@RULES.add("g:PARTMONTH ( ,? y:YEAR )?", "g:PARTYEAR", "g:PARTDECADE")
def _glued_part(parts: Parts) -> Meaning | None:
    part, rest = lexicon.glued_part(parts.word("g"))
    if rest in lexicon.table()["months"]:
        return dated(lambda y: make_month(y, lexicon.month_of(rest), part), parts.year())
    if len(rest) == 4:
        return Meaning(when=make_year(int(rest), part))
    return Meaning(when=make_decade(int(rest[:4]), part))


@RULES.add("the? ( p:( early | late | mid -? ) )? s:SEASON of? y:YEAR")
def _season(parts: Parts) -> Meaning | None:
    first = int(lexicon.table()["seasons"][parts.word("s")])
    return dated(lambda y: make_season(y, first), parts.year())


@RULES.add("the? o:ORDW u:( half | quarter ) of the? year? y:YEAR")
def _fraction(parts: Parts) -> Meaning | None:
    number, pieces = int(lexicon.table()["ordinals"][parts.word("o")]), 2 if parts.word("u") == "half" else 4
    if number > pieces:
        return None
    return dated(lambda y: make_fraction(y, number, pieces), parts.year())


@RULES.add(
    "( p:( $PART ) )? the? d:( DECADE | ' SHORTDECADE | ’ SHORTDECADE )",
    "( p:( $PART ) ) the d:SHORTDECADE",
    "<<( in ) the d:SHORTDECADE",
)
def _decade(parts: Parts) -> Meaning | None:
    digits = re.sub(r"\D", "", parts.words("d")[-1])
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Meaning(when=make_decade(first, lexicon.part_of(parts.words("p"))))


@RULES.add(
    "( between | from ) y1:YEAR c:( $TO | and ) y2:( YEAR | YY ) >!( NOTYEAR )",
    "<<( BEFOREYEAR | DETERMINER | LPAR ) y1:YEAR c:( - | – | — | / ) y2:( YEAR | YY ) >!( NOTYEAR )",
    "y1:YEAR c:( - | – | — | / ) y2:YEAR >!( NOTYEAR )",
    "START y1:YEAR c:( - | – | — ) y2:YEAR",
    "( <<( BEFOREYEAR | LPAR | DETERMINER | , ) | START ) YEARS >!( NOTYEAR )",
)
def _years(parts: Parts) -> Meaning | None:
    if parts.words("y1"):
        ends = lexicon.complete_years(int(parts.word("y1")), parts.word("y2"))
    else:
        ends = lexicon.years_of(parts.all_words()[-1])
    if ends is None:
        return None
    return Meaning(when=between(date(ends[0], 1, 1), date(ends[1], 12, 31), extent=_extent(parts)))


@RULES.add(
    "<<( BEFOREYEAR ) a:YEAR c:( and | or ) b:YEAR >!( NOTYEAR )",
    "<<( BEFOREYEAR ) a:YEAR , b:YEAR ,? c:( and | or ) d:YEAR >!( NOTYEAR )",
)
def _year_list(parts: Parts) -> list[Found]:
    """ "in 2014, 2015 and 2016": a date each."""
    out = []
    for name in "abd":
        if parts.words(name):
            start, end = parts.range(name)
            out.append(Found(start, end, Meaning(when=make_year(int(parts.word(name))))))
    return out


@RULES.add(
    "p:( $PART ) the? year? y:YEAR >!( NOTYEAR )",
    "<<( BEFOREYEAR ) y:YEAR >!( NOTYEAR )",
    "the year y:YEAR",
    "y:YEAR >>( 's | ’s )",
    "<<( DETERMINER ) y:YEAR >!( NOTYEAR | PUNCT )",
    "<<( LPAR ) y:YEAR >>( RPAR )",
    "START y:YEAR >!( NOTYEAR | PUNCT )",
)
def _year(parts: Parts) -> Meaning | None:
    year = parts.year()
    return Meaning(when=make_year(year, lexicon.part_of(parts.words("p")))) if year else None
