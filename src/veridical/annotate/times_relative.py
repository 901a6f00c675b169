"""Forms that stand on the day of publication or on another event, and forms that are no date at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from veridical.annotate import times_lexicon as lexicon
from veridical.annotate.times_calendar import (
    add_months,
    between,
    make_decade,
    make_month,
    make_season,
    make_week,
    make_weekend,
    make_year,
    weekday_near,
)
from veridical.annotate.times_forms import Meaning, Parts, Rules, Shift
from veridical.values import When

RULES = Rules()

MACROS = {
    "NEAR": "NEARLY | more than | less than | at least | up to | as long as | well over | no more than | close to | fewer than",
    "COUNT": "NUM | a? CARD ( -? CARD )* ( and a half )? | a | an | a? few | several | many | some | a couple of? | half ( a"
    " | an )?"
    " | CARD ( or | to | - ) CARD | NUM ( or | to | - ) NUM",
    "AMOUNT": "NUM ( ( or | to | - ) NUM )? | CARD ( ( - | or | to ) CARD | CARD )* ( and a half )? | a few | a couple of?"
    " | half ( a | an )? | a hundred | a dozen | an | a | few | several | many",
    "EARLIER": "earlier | before | previously | prior to? | beforehand | ahead of",
    "LATER": "later | afterwards | afterward | after | thereafter | following | on from",
}

_PAST, _FUTURE = ("last", "past", "previous"), ("next", "coming")


@RULES.add(
    "$NEAR? w:$AMOUNT - u:UNIT -? ( old | olds )",
    "w:$AMOUNT u:UNIT ( - )? ( old | olds )",
    "w:$AMOUNT u:UNIT of age",
    "( aged | age ) w:$AMOUNT u:UNIT?",
    "( ORD | ORDW | w:$AMOUNT - u:UNIT ) -? ( anniversary | birthday )",
    "( anniversary | anniversaries | birthday ) of",
    "one day",
    "the other day",
    "day by day",
    "second - ( UNIT | ANY )",
    "these days",
    "those days",
    "NUM - day war",
    "six - day war",
    "( ORD | ORDW ) ( century | centuries )",
    "of the ( day | year | month )",
    "light years",
    "man of the year",
    "d - day",
    "a second",
    "last second",
    "first second",
    "a second ANY",
    "second UNIT",
)
def _nothing(parts: Parts) -> None:
    """Ages, anniversaries and sayings: words of time that tell no time."""
    return None


# ---- standing on the day of publication


def _shifted(days: int) -> Callable[[date, bool], When]:
    return lambda day, future: When.day(day + timedelta(days=days))


_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "last night": -1,
    "last evening": -1,
    "this": 0,
    "overmorrow": 2,
    "ereyesterday": -2,
}


@RULES.add("the day after tomorrow", "the day before yesterday")
def _two_days(parts: Parts) -> Meaning:
    return Meaning(relative=_shifted(2 if parts.all_words()[-1] == "tomorrow" else -2))


@RULES.add(
    "( early | earlier | late | later )? w:( today | yesterday | tomorrow | tonight ) POD?",
    "( early | late | later )? w:( last ( night | evening ) )",
    "( early | earlier | late | later )? w:this ( morning | afternoon | evening )",
)
def _near_day(parts: Parts) -> Meaning:
    return Meaning(relative=_shifted(_DEICTIC[parts.word("w")]))


def _weekday(day: date, future: bool, weekday: int, which: str) -> When:
    if which in ("next", "coming"):
        return When.day(weekday_near(day, weekday, 1, same=False))
    if which in ("last", "past", "previous"):
        return When.day(weekday_near(day, weekday, -1, same=False))
    if which == "this":
        return When.day(day + timedelta(days=weekday - day.isoweekday()))
    return When.day(weekday_near(day, weekday, 1 if future else -1))


@RULES.add(
    "d:WEEKDAY of? w:( last | this | next ) week",
    "<!( NAMEBEFORE ) ( ( early | earlier | late | later ) on? )? w:( last | this | next | past | coming )? d:WEEKDAY"
    " ( early? POD | early | late )? >!( NAMEHEAD )",
)
def _on_weekday(parts: Parts) -> Meaning:
    weekday, which = lexicon.weekday_of(parts.word("d")), parts.word("w")
    if "week" in parts.all_words():
        weeks = {"last": -1, "this": 0, "next": 1}[which]
        return Meaning(relative=lambda day, future: When.day(day + timedelta(days=weekday - day.isoweekday(), weeks=weeks)))
    return Meaning(relative=lambda day, future: _weekday(day, future, weekday, which))


def _unit_near(day: date, unit: str, step: int, part: str | None) -> When | None:
    """The week, weekend, month or year ``step`` away, up to the day itself for "earlier this month"."""
    first = add_months(day, step) if unit == "month" else day
    if unit == "week":
        whole = make_week(day, step)
    elif unit == "weekend":
        whole = make_weekend(day, step + 1 if step < 0 else step)
    elif unit == "month":
        whole = When.month(first.year, first.month)
    elif unit == "decade":
        return make_decade(day.year // 10 * 10 + 10 * step)
    else:
        whole = make_year(day.year + step)
    if step == 0 and part == "earlier":
        return replace(whole, latest=day.isoformat())
    if step == 0 and part == "later":
        return replace(whole, earliest=day.isoformat())
    if part in ("early", "late", "mid") and unit in ("month", "year"):
        return make_year(day.year + step, part) if unit == "year" else make_month(first.year, first.month, part)
    return whole


@RULES.add(
    "p:( early | earlier | late | later | mid )? w:( last | this | next | past ) u:( week | weekend | month | year | decade )",
    "p:( the end | the beginning | the start | end | beginning | start ) of w:( last | this | next ) u:( week | month | year )",
    "p:( earlier | later ) in the u:( week | month | year )",
    "over the u:weekend",
    "at the u:weekend",
)
def _on_unit(parts: Parts) -> Meaning:
    unit, which = parts.word("u"), parts.word("w") or ("last" if parts.word("u") == "weekend" else "this")
    step = -1 if which in _PAST else 1 if which in _FUTURE else 0
    words = parts.words("p")
    part = words[0] if words and words[0] in ("earlier", "later") else lexicon.part_of(words)
    return Meaning(relative=lambda day, future: _unit_near(day, unit, step, part))


@RULES.add("w:( last | next ) m:MONTH d:( DAY | DAYORD ) >!( - )")
def _near_month_day(parts: Parts) -> Meaning:
    """ "last Oct. 23": the nearest one behind, "next" the nearest one ahead."""
    month, day = lexicon.month_of(parts.word("m")), lexicon.day_of(parts.words("d"))
    sign = -1 if parts.word("w") == "last" else 1

    def resolve(published: date, future: bool) -> When | None:
        years = (published.year + sign * step for step in range(5))
        days = [date(year, month, day) for year in years if _exists(year, month, day)]
        return next((When.day(d) for d in days if (d > published if sign > 0 else d < published)), None)

    return Meaning(relative=resolve)


@RULES.add(
    "w:( last | this | next | past ) m:MONTH",
    "m:MONTH ,? of? w:( last | this | next ) year",
    "m:MONTH d:( DAY | DAYORD ) ,? of? w:( last | this | next ) year",
    "the? d:( DAY | DAYORD ) of? m:MONTH ,? of? w:( last | this | next ) year",
)
def _month_of_year(parts: Parts) -> Meaning:
    month, which, day = lexicon.month_of(parts.word("m")), parts.word("w"), parts.words("d")
    step = -1 if which in _PAST else 1 if which in _FUTURE else 0

    def resolve(published: date, future: bool) -> When | None:
        year = published.year + step
        if "year" not in parts.all_words():
            year = published.year + _turn(which, month, published.month)
        if day:
            number = lexicon.day_of(day)
            return When.day(date(year, month, number)) if _exists(year, month, number) else None
        return When.month(year, month)

    return Meaning(relative=resolve)


def _turn(which: str, month: int, now: int) -> int:
    """Years to add so that "last May" lies behind and "next May" ahead of the month of publication."""
    if which in _PAST:
        return -1 if month >= now else 0
    if which in _FUTURE:
        return 1 if month <= now else 0
    return 0


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@RULES.add("the d:( DAY | DAYORD ) of w:( last | this | next ) month")
def _day_of_month(parts: Parts) -> Meaning:
    step = {"last": -1, "this": 0, "next": 1}[parts.word("w")]
    number = lexicon.day_of(parts.words("d"))

    def resolve(published: date, future: bool) -> When | None:
        first = add_months(published, step)
        return When.day(first.replace(day=number)) if _exists(first.year, first.month, number) else None

    return Meaning(relative=resolve)


@RULES.add("( the | this )? w:( last | past | next | this | previous ) s:SEASON")
def _near_season(parts: Parts) -> Meaning:
    first, which = int(lexicon.table()["seasons"][parts.word("s")]), parts.word("w")

    def resolve(published: date, future: bool) -> When | None:
        listed = [make_season(published.year + y, first) for y in (-2, -1, 0, 1)]
        if which == "this":
            return make_season(published.year, first)
        if which in _FUTURE:
            return next((s for s in listed if (s.earliest or "") > published.isoformat()), None)
        return next((s for s in reversed(listed) if (s.latest or "9") < published.isoformat()), None)

    return Meaning(relative=resolve)


@RULES.add("$NEAR? a:$AMOUNT u:UNIT ago", "$NEAR? u:PLURAL ago", "a:$AMOUNT u:UNIT from now", "in a:$AMOUNT u:UNIT 's time")
def _ago(parts: Parts) -> Meaning:
    """In the unit in which it is told: "two years ago" is a year, "three weeks ago" a week."""
    amount, unit = lexicon.amount_of(parts.words("a")), parts.word("u").removesuffix("s")
    if amount is None or amount[0] != amount[1]:
        return Meaning()
    count = amount[0] if "ago" not in parts.all_words() else -amount[0]

    def resolve(day: date, future: bool) -> When | None:
        if unit in ("day", "night"):
            return When.day(day + timedelta(days=count))
        if unit in ("hour", "minute", "second"):
            return between(day - timedelta(days=1 + abs(count) // 24), day) if unit == "hour" and count < 0 else When.day(day)
        if unit in ("week", "month"):
            return _unit_near(day, unit, count, None)
        years = count * {"decade": 10, "century": 100}.get(unit, 1)
        return make_year(day.year + years) if 1 < day.year + years < 9998 else None

    return Meaning(relative=resolve)


# ---- standing on another event


def _amount_shift(parts: Parts, sign: int) -> Shift:
    """Days between two events, signed; a month is 28-31 days and a year 365-366."""
    unit, amount = parts.word("u").removesuffix("s"), lexicon.amount_of(parts.words("a")) if parts.words("a") else None
    least, most = lexicon.table()["units"].get(parts.word("u"), [1, 1])
    vague = lexicon.table()["vague_shifts"]
    if amount is None:
        low, high = vague.get(unit, [1, 13])
        low = 3 * least if parts.words("a") and least else low
    elif most == 0:
        low, high = 0, max(1, amount[1] // 24 + 1) if unit == "hour" else 1
    elif unit == "month":
        low, high = int(amount[0] * 30.4) - 2, int(amount[1] * 30.5) + 2
    else:
        low, high = amount[0] * least, amount[1] * most
    return _signed(low, max(low, high), parts.words("q"), sign)


def _signed(low: int, high: int, limit: list[str], sign: int) -> Shift:
    """The shift with its sign; "less than" opens it towards the event, "more than" away from it."""
    least: int | None = low
    most: int | None = high
    if {"less", "fewer", "up", "within"} & set(limit):
        least = 0
    elif {"more", "over", "least"} & set(limit):
        most = None
    if sign > 0:
        return least, most
    return None if most is None else -most, None if least is None else -least


@RULES.add(
    "the u:( day | night | evening | morning ) ( before | after )",
    "the u:( day | night | evening | morning | week | month | year ) of >>( the | his | her | their | its | a | an )",
    "the u:( week | month | year ) ( before | after )",
)
def _the_day_of(parts: Parts) -> Meaning | None:
    words, unit = parts.all_words(), parts.word("u")
    least = 1 if unit not in ("week", "month", "year") else {"week": 7, "month": 31, "year": 366}[unit]
    if "of" in words:
        return Meaning(anchor="event", shift=(0, 0) if least == 1 else (-least, least))
    if least == 1:
        return Meaning(anchor="event", shift=(1, 1) if "after" in words else (-1, -1))
    return Meaning(anchor="event", shift=(0, least) if "after" in words else (-least, 0))


@RULES.add(
    "q:( $NEAR )? a:$AMOUNT u:UNIT w:( $EARLIER | $LATER )",
    "u:PLURAL w:( later | earlier | afterwards | before | after )",
    "u:( minutes | moments | seconds | hours | days | weeks | months | years ) w:( prior to | following )",
    "within a:$AMOUNT u:UNIT of",
    "within u:PLURAL of",
)
def _amount_later(parts: Parts) -> Meaning:
    words = parts.words("w")
    if not words:
        return Meaning(anchor="event", shift=(0, _amount_shift(parts, 1)[1]))
    sign = -1 if words[0] in ("earlier", "before", "previously", "prior", "beforehand", "ahead") else 1
    return Meaning(anchor="event", shift=_amount_shift(parts, sign))


@RULES.add(
    "( shortly | soon | immediately | right | not long | minutes | moments | directly ) w:( after | afterwards"
    " | afterward | before"
    " | beforehand | thereafter | following | later | prior to ) >!( HOURWORD | NUM | CLOCK | CARD )",
    "( shortly | soon | immediately ) w:( thereafter | afterward )",
    "w:( just ) after the",
    "the w:immediate aftermath",
)
def _shortly(parts: Parts) -> Meaning:
    words = parts.words("w")
    if words[0] in ("before", "beforehand", "prior"):
        return Meaning(anchor="event", shift=(None, 0))
    return Meaning(anchor="event", shift=(0, None))


_SPAN_OF = {"week": 7, "weekend": 7, "month": 31, "year": 366, "fortnight": 14}


@RULES.add(
    "( the | that )? very? w:( next | following | previous | preceding ) u:( day | night | morning | afternoon | evening )",
    "the w:( next | following | previous | preceding ) u:( week | weekend | month | year | WEEKDAY )",
)
def _next_day(parts: Parts) -> Meaning:
    unit, sign = parts.word("u"), 1 if parts.word("w") in ("next", "following") else -1
    if unit in lexicon.table()["weekdays"]:
        low, high = 1, 7
    elif unit in _SPAN_OF:
        low, high = 1, 2 * _SPAN_OF[unit] - 1
    else:
        low, high = 1, 1
    return Meaning(anchor="event", shift=(low, high) if sign > 0 else (-high, -low))


@RULES.add(
    "( earlier | later )? ( the | that | this )? very? same u:( day | night | morning | afternoon | evening | week"
    " | month | year )",
    "( earlier | later )? that u:( day | night | morning | afternoon | evening | week | month | year | weekend )",
    "the u:( same ) time",
    "later in the u:day",
    "earlier in the u:day",
)
def _same_day(parts: Parts) -> Meaning | None:
    if parts.word("u") == "same":
        return None
    within = _SPAN_OF.get(parts.word("u"), 1) - 1
    return Meaning(anchor="event", shift=(-within, within))


# ---- times of day, sets, durations

_NEXT_TO = "( shortly | just | soon | around | about | before | after | until | by | at )"
_AT = f"{_NEXT_TO}? {_NEXT_TO}? {_NEXT_TO}?"


@RULES.add(
    f"{_AT} n:( CLOCK | NUM ) ( : NUM )? AMPM ( ZONE time? )? ( LPAR ANY ANY? RPAR )?",
    f"{_AT} ( CLOCK | HHMM ) ( hours | hrs | ZONE ) time?",
    f"{_AT} CLOCK",
    "at HHMM >!( - | – )",
    "NUM o'clock",
    "CARD o'clock",
    f"{_AT} HOURWORD",
    "( ( late | early ) )? ( in | during ) the ( early | late | small )? ( hours of the )? ( morning | afternoon"
    " | evening | night ) >!( of )",
    "( in | during ) the ( early | small | late ) hours >!( of )",
    "at ( night | nighttime )",
    "overnight",
    "<<( the ) ( early | small ) hours >!( of )",
    "( at | around | about ) CARD ( in the ( morning | afternoon | evening ) )",
)
def _time_of_day(parts: Parts) -> Meaning:
    return Meaning(kind="time_of_day")


@RULES.add(
    "( every | each ) ( other | few | ORD | ORDW | CARD | NUM )? ( UNIT | WEEKDAY | POD | MONTH | SEASON | weekend )",
    "WEEKDAYS",
    "daily",
    "nightly",
    "weekly",
    "monthly",
    "yearly",
    "annually",
    "( once | twice | times ) ( a | an | per ) UNIT",
    "per ( day | week | month | year )",
    "a ( day | week | month | year ) on average",
)
def _set(parts: Parts) -> Meaning:
    return Meaning(kind="set")


@RULES.add(
    "( the | these | in )? ( last | past | next | previous | recent | coming | first | preceding | following ) a:$AMOUNT? u:UNIT",
    "$NEAR? a:$AMOUNT - u:UNIT ( - long )?",
    "( day | days | week | weeks | month | months | year | years | hour | hours | decades | decade ) - ( long )",
    "$NEAR? a:$AMOUNT ( consecutive | straight | full | long | whole | more )? u:PLURAL ( and $AMOUNT UNIT )? ( and a half )?",
    "$NEAR? a:( NUM | one | CARD ) u:UNIT ( and $AMOUNT UNIT )?",
    "<<( for | in | within | over | than | after | about | nearly | almost | lasted | at ) ( a | an | half ( a"
    " | an )? ) u:UNIT ( and a half )?",
    "half ( a | an )? u:UNIT",
    "<<( for | after | over | in | of | lasted | during ) u:PLURAL",
    "the ( whole | entire ) u:UNIT",
    "<<( for ) ( many | so many | some | a long ) ( u:PLURAL | time )",
)
def _duration(parts: Parts) -> Meaning:
    words = parts.words("a")
    amount = lexicon.amount_of(words) if words else None
    unit = parts.word("u").removesuffix("s")
    scale = {"day": 1, "night": 1, "week": 7}.get(unit)
    return Meaning(kind="duration", days=amount[0] * scale if amount and scale and amount[0] == amount[1] else None)
