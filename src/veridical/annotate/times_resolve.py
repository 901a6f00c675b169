"""What time expressions stand on: dates beside them, the day of publication, a dateline; and spans made of two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from veridical.annotate.times_calendar import between
from veridical.annotate.times_forms import Found, Meaning
from veridical.annotate.times_lexicon import table
from veridical.model import Report, TimeMention, Token
from veridical.values import Extent, When, WhenPrecision

_DATELINE_TOKENS = 60
_DATELINE_REACH = 14
_BYLINE_SENTENCES = 6
_FUTURE_REACH = 10
_LOOK_BACK = 12
_NEWS = timedelta(days=31)
"""What a report dates without a year within this of its publication is its news."""
_CLOSE = timedelta(days=62)
_JOINTS = ("and", "or", "to", "until", "till", "through", "-", "–", "—", ",")
_ENDS = frozenset(
    (".", ",", ";", ":", ")", "]", "and", "but", "or", "when", "while", "”", '"', "", "that", "who", "which", "in", "at", "as")
)


@dataclass(slots=True)
class Point:
    """An expression on its way to a `TimeMention`."""

    start: int
    end: int
    sentence: int
    meaning: Meaning
    when: When
    firm: bool = False
    """Whether its year stands in its own sentence or beside it, not only on the day of publication."""

    @property
    def is_date(self) -> bool:
        """Whether it is a date with a known interval."""
        return self.meaning.kind == "date" and self.when.known


def resolve(
    report: Report,
    tokens: Sequence[Token],
    words: Sequence[str],
    sentences: Sequence[tuple[int, int]],
    found: Sequence[tuple[int, Found]],
) -> tuple[TimeMention, ...]:
    """The found expressions with what they resolve to, spans of two dates joined."""
    points = [Point(f.start, f.end, sentence, f.meaning, f.meaning.when, f.meaning.explicit) for sentence, f in found]
    published = _day(report.published) or _dateline(points, words, sentences)
    _share_years(points, words)
    for index, point in enumerate(points):
        meaning = point.meaning
        if point.when.known:
            continue
        if meaning.relative and published:
            point.when = _stand(meaning, published, _is_future(point, words, sentences))
        elif meaning.yearless:
            point.when = _with_year(points, index, published, words, sentences) or When()
    joined = _extend(_join(points, words), words)
    return tuple(_mention(report, tokens, point) for point in joined)


def _mention(report: Report, tokens: Sequence[Token], point: Point) -> TimeMention:
    written = report.text[tokens[point.start].start : tokens[point.end - 1].end]
    meaning = point.meaning
    return TimeMention(
        point.start, point.end, replace(point.when, as_written=written), meaning.kind, meaning.anchor, meaning.shift
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _dateline(points: Sequence[Point], words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> date | None:
    """The day of a dateline ("ANKARA, 3 JAN 90 (AGENCY) --") or of a byline that stands by itself."""
    for point in points:
        when = point.when
        if point.start > _DATELINE_TOKENS and point.sentence > _BYLINE_SENTENCES:
            return None
        if when.precision is not WhenPrecision.DAY or not point.meaning.explicit or when.earliest is None:
            continue
        after = words[point.end : point.end + _DATELINE_REACH]
        opened = bool(after) and (
            after[0] in ("--", "—", "–")
            or (after[0] == "-" and point.start < 12)
            or (after[0] in ("(", "[") and any(w in ("--", "—", "–", "-") for w in after))
        )
        if (opened and point.start <= _DATELINE_TOKENS) or _is_byline(point, words, sentences):
            return date.fromisoformat(when.earliest)
    return None


def _is_byline(point: Point, words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> bool:
    """Whether the sentence is nothing but the date and words such as "published"."""
    begin, end = sentences[point.sentence]
    if point.sentence > _BYLINE_SENTENCES or point.end - point.start < 3:
        return False
    rest = [*words[begin : point.start], *words[point.end : end]]
    known = table()["words"]["byline"]
    zones = table()["parts_of_day"]
    return len(rest) <= 8 and all(
        w in known or w in zones["zones"] or w in zones["half_days"] or w.replace(":", "").isdigit() for w in rest
    )


def _is_future(point: Point, words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> bool:
    """Whether the nearest verb of the clause speaks of the future: before it, or behind one that begins the sentence."""
    begin, end = sentences[point.sentence]
    verdict = _tense(range(point.start - 1, max(begin, point.start - _FUTURE_REACH) - 1, -1), words)
    if verdict is None and point.start - begin <= 1:
        first = point.end + (point.end < end and words[point.end] == ",")
        verdict = _tense(range(first, min(end, point.end + _FUTURE_REACH)), words)
    return bool(verdict)


def _tense(order: Iterable[int], words: Sequence[str]) -> bool | None:
    """True for a word of the future, False for a sign of the past or the end of the clause, whichever comes first."""
    listed = table()["words"]
    for i in order:
        word = words[i]
        if word in listed["future"]:
            return i + 1 >= len(words) or words[i + 1] != "have"
        if word in listed["clause"]:
            return False
        if len(word) > 4 and word.endswith("ed") and words[i - 1] not in listed["passive"]:
            return False
    return None


def _share_years(points: Sequence[Point], words: Sequence[str]) -> None:
    """ "from June 15 to July 3, 2021": the first takes the year of the second."""
    for left, right in reversed(list(pairwise(points))):
        joint = words[left.end : right.start]
        if left.sentence != right.sentence or not left.meaning.yearless or left.when.known or right.when.latest is None:
            continue
        if not joint or len(joint) > 3 or joint[0] not in _JOINTS or not right.is_date:
            continue
        if right.when.precision not in (WhenPrecision.DAY, WhenPrecision.MONTH, WhenPrecision.RANGE):
            continue
        year = int(right.when.latest[:4])
        made = _make(left.meaning, year)
        if made and (made.earliest or "") > right.when.latest:
            made = _make(left.meaning, year - 1)
        left.when, left.firm = made or When(), made is not None


def _stand(meaning: Meaning, published: date, future: bool) -> When:
    """What is relative, from the day of publication; unknown where that leaves the calendar."""
    try:
        return (meaning.relative and meaning.relative(published, future)) or When()
    except (ValueError, OverflowError):
        return When()


def _make(meaning: Meaning, year: int) -> When | None:
    """A yearless date in a year, ``None`` where the calendar has no such day."""
    return meaning.yearless(year) if meaning.yearless and 1 < year < 9999 else None


def _with_year(
    points: Sequence[Point], index: int, published: date | None, words: Sequence[str], sentences: Sequence[tuple[int, int]]
) -> When | None:
    """A date without a year: by a dated one beside it, or else by the day of publication, or unknown.

    Where both are there, what would be news on the day of publication is taken from it, and otherwise
    the date beside it when the two follow each other.
    """
    point = points[index]
    by_publication = _by_publication(point, published, words, sentences) if published else None
    beside = _year_beside(points, index, published is None, sentences)
    when = _nearest(point.meaning, beside) if beside else None
    if when is None or published is None or beside is None:
        point.firm = when is not None
        return when or by_publication
    if by_publication and by_publication.earliest and (abs(published - date.fromisoformat(by_publication.earliest)) <= _NEWS):
        return by_publication
    gap = date.fromisoformat(when.earliest or "0001-01-01") - date.fromisoformat(beside.earliest or "9999-12-31")
    if (when.earliest or "9") > published.isoformat() or gap < -_CLOSE:
        return by_publication
    point.firm = True
    return when


def _by_publication(point: Point, published: date, words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> When | None:
    """The nearest such day up to the day of publication, or from it on where the context speaks of the future.

    A weekday told with it picks the year by itself ("Monday, Oct. 26").
    """
    fitting = [
        w
        for w in (_make(point.meaning, published.year + step) for step in (0, -1, 1))
        if w and w.earliest and date.fromisoformat(w.earliest).isoweekday() == point.meaning.weekday
    ]
    if fitting:
        return fitting[0]
    made = [_make(point.meaning, published.year + step) for step in range(-4, 5)]
    day = published.isoformat()
    if _is_future(point, words, sentences):
        return next((w for w in made if w and (w.latest or "") >= day), None)
    return next((w for w in reversed(made) if w and (w.earliest or "9999") <= day), None)


def _year_beside(points: Sequence[Point], index: int, year_alone: bool, sentences: Sequence[tuple[int, int]]) -> When | None:
    """An earlier date of the same sentence that carries its year, or the head date of a chronicle's last sentence."""
    point = points[index]
    for other in reversed(points[max(0, index - _LOOK_BACK) : index]):
        if other.sentence != point.sentence:
            break
        if not (other.is_date and other.firm and other.when.earliest and other.when.latest) or _is_event_name(other):
            continue
        length = date.fromisoformat(other.when.latest) - date.fromisoformat(other.when.earliest)
        heads = other.start - sentences[other.sentence][0] <= 1
        if length <= _CLOSE or (other.when.precision is WhenPrecision.YEAR and (year_alone or heads)):
            return other.when
    return _chronicle(points, index, sentences)


def _is_event_name(point: Point) -> bool:
    """Whether the date is the name of an event, which lends its year to nothing."""
    return point.meaning.explicit and point.meaning.yearless is not None


def _chronicle(points: Sequence[Point], index: int, sentences: Sequence[tuple[int, int]]) -> When | None:
    """ "On June 15, 2021, … . On June 21, …": sentences that each begin with a date, going forward."""
    point = points[index]
    if point.start - sentences[point.sentence][0] > 1:
        return None
    for other in points[max(0, index - _LOOK_BACK) : index]:
        if (
            other.sentence == point.sentence - 1
            and other.start - sentences[other.sentence][0] <= 1
            and other.is_date
            and other.firm
            and other.when.precision is WhenPrecision.DAY
        ):
            made = _nearest(point.meaning, other.when)
            return other.when if made and (made.earliest or "") >= (other.when.earliest or "9") else None
    return None


def _nearest(meaning: Meaning, beside: When) -> When | None:
    """The year that puts the date nearest to the one beside it; within a year told alone, that year."""
    anchor = date.fromisoformat(beside.earliest or "0001-01-01")
    if beside.precision is WhenPrecision.YEAR:
        return _make(meaning, anchor.year)
    made = [w for w in (_make(meaning, anchor.year + step) for step in (0, 1, -1)) if w and w.earliest]
    return min(made, default=None, key=lambda w: abs(date.fromisoformat(w.earliest or "") - anchor))


def _join(points: Sequence[Point], words: Sequence[str]) -> list[Point]:
    """ "from X to Y", "between X and Y", "X - Y" as one interval."""
    out: list[Point] = []
    for point in points:
        left = out[-1] if out else None
        joint = words[left.end : point.start] if left else ()
        if left is None or len(joint) != 1 or not (left.is_date and point.is_date) or left.sentence != point.sentence:
            out.append(point)
            continue
        merged = _span_of_two(left, point, joint[0], words)
        if merged:
            out[-1] = merged
        else:
            out.append(point)
    return out


def _span_of_two(left: Point, right: Point, joint: str, words: Sequence[str]) -> Point | None:
    before = words[left.start - 1] if left.start else ""
    through = joint in ("to", "until", "till", "through", "thru")
    bare = joint in ("to", "-", "–", "—", "through") and left.when.precision == right.when.precision
    if not ((before == "from" and (through or joint == "-")) or (before == "between" and joint in ("and", "-")) or bare):
        return None
    if left.when.earliest is None or right.when.latest is None or left.when.earliest > right.when.latest:
        return None
    start = left.start - 1 if before in ("from", "between") else left.start
    extent = Extent.THROUGHOUT if before == "from" or joint == "through" else Extent.WITHIN
    when = between(date.fromisoformat(left.when.earliest), date.fromisoformat(right.when.latest), extent=extent)
    return Point(start, right.end, left.sentence, Meaning(when=when), when)


def _extend(points: Sequence[Point], words: Sequence[str]) -> list[Point]:
    """ "since X", "until X", "before X", "after X", and "for two days from X"."""
    out: list[Point] = []
    for point in points:
        last = out[-1] if out else None
        if (
            point.is_date
            and last
            and last.meaning.days
            and words[last.end : point.start]
            in (["from"], ["starting"], ["beginning"], ["starting", "on"], ["beginning", "on"], ["starting", "from"])
        ):
            first = date.fromisoformat(point.when.earliest or "0001-01-01")
            when = between(first, first + timedelta(days=last.meaning.days - 1), extent=Extent.THROUGHOUT)
            out[-1] = Point(last.start, point.end, point.sentence, Meaning(when=when), when)
            continue
        if last and last.meaning.anchor and point.is_date and words[last.end : point.start] in ([], ["the"]):
            _count_from(last, point)
        out.append(_half_open(point, words, last.end if last else 0))
    return out


def _count_from(shifted: Point, base: Point) -> None:
    """ "three days after April 15, 2013" is known by itself; the date keeps its own place."""
    low, high = shifted.meaning.shift or (None, None)
    if low is None or high is None or base.when.precision is not WhenPrecision.DAY or high - low > _CLOSE.days:
        return
    first, last = _move(base.when.earliest, low), _move(base.when.latest, high)
    if first and last:
        shifted.when = between(date.fromisoformat(first), date.fromisoformat(last))
        shifted.meaning = Meaning(when=shifted.when)


def _half_open(point: Point, words: Sequence[str], free: int) -> Point:
    """The interval without one end, where the word before the date takes it away."""
    if not point.is_date:
        return point
    begin, end, when = point.start - 1, point.end, point.when
    before = words[begin] if begin >= free else ""
    after = words[end] if end < len(words) else ""
    made: When | None = None
    if before == "to" and begin > free and words[begin - 1] == "prior":
        begin, before = begin - 1, "before"
    if before == "since" or (before == "from" and after in ("onwards", "onward", "on")):
        made = _from(when, Extent.THROUGHOUT)
        end += before == "from"
    elif before in ("until", "till"):
        made = _up_to(when, Extent.THROUGHOUT)
    elif before == "before" and after in _ENDS:
        made = _up_to(replace(when, latest=_move(when.earliest, -1)))
    elif before == "after" and after in _ENDS:
        made = _from(replace(when, earliest=_move(when.latest, 1)))
    return Point(begin, end, point.sentence, Meaning(when=made), made) if made else point


def _from(when: When, extent: Extent = Extent.WITHIN) -> When | None:
    return When(when.earliest, None, WhenPrecision.RANGE, extent) if when.earliest else None


def _up_to(when: When, extent: Extent = Extent.WITHIN) -> When | None:
    return When(None, when.latest, WhenPrecision.RANGE, extent) if when.latest else None


def _move(day: str | None, days: int) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else None
    except OverflowError:
        return None
