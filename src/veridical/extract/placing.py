"""Gives event mentions their times and places, and carries them along the clauses of one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from veridical.extract.event import EventMention
from veridical.extract.setting import dates, finest, place_fits, range_head
from veridical.extract.tolls import effect_of
from veridical.lexicon import words
from veridical.model import Annotation, TimeMention
from veridical.values import Stage, When, WhenPrecision, Where, WherePrecision

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "csubj", "obj", "nsubj", "conj", "advcl", "obl", "nmod", "acl", "appos"})
_AHEAD = frozenset({Stage.PLANNED, Stage.FOILED, Stage.ABANDONED, Stage.THREATENED})
_ORDER = [
    WhenPrecision.DAY,
    WhenPrecision.WEEK,
    WhenPrecision.MONTH,
    WhenPrecision.SEASON,
    WhenPrecision.RANGE,
    WhenPrecision.YEAR,
    WhenPrecision.UNKNOWN,
]


_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")


def place_events(annotation: Annotation, events: Sequence[EventMention], cues: frozenset[int]) -> None:
    """Attaches time and place mentions to events; ``cues`` are reporting verbs, whose own dates are not the event's."""
    anchors = {a: k for k, e in enumerate(events) for a in e.anchors}
    for k, time in dates(annotation):
        if _of_saying(annotation, time, cues):
            continue
        for owner in _owners(annotation, events, anchors, range_head(annotation, time.start, time.end), cues):
            act = _act_tried(annotation, events, owner, time)
            if not (time.anchor and _is_anchor(annotation, time, events[act])):
                events[act].times.append(k)
    for k, place in enumerate(annotation.places):
        if place_fits(annotation, place):
            for owner in _owners(annotation, events, anchors, range_head(annotation, place.start, place.end), cues):
                events[owner].places.append(k)
    _inherit(annotation, events, anchors, cues)
    _from_headers(annotation, events)


def _from_headers(annotation: Annotation, events: Sequence[EventMention]) -> None:
    """A line that opens with "3 February, Niono road:" dates and places what it tells, where that says nothing else."""
    for s, (first, last) in enumerate(annotation.sentences):
        if (
            last - first > (16 if annotation.tokens[last - 1].text == ":" else 9)
            or annotation.tokens[last - 1].text not in (":", ".")
            or any(t.pos in ("VERB", "AUX") for t in annotation.tokens[first:last])
        ):
            continue
        times = [k for k, t in dates(annotation) if first <= t.start < last]
        places = [k for k, p in enumerate(annotation.places) if first <= p.start < last]
        if not times:
            continue
        covered = _rest_of_paragraph(annotation, s)
        for event in events:
            if event.sent in covered:
                event.times = event.times or list(times)
                if not any(annotation.places[k].where.known for k in event.places):
                    event.places = list(places)


def share_places(annotation: Annotation, groups: Sequence[Sequence[EventMention]]) -> None:
    """An event that no mention places, told in the paragraph of one that has a place, happened in that town, no finer.

    Called after coreference, so that a borrowed place joins nothing. ``groups`` are the mentions of each event.
    """
    ordered = sorted(((m, k) for k, g in enumerate(groups) for m in g), key=lambda x: x[0].head)
    _from_dateline(annotation, groups)
    for k, group in enumerate(groups):
        event = min(group, key=lambda m: m.head)
        if any(m.places for m in group) or event.type == "threat" or event.modality.stage != Stage.CARRIED_OUT:
            continue
        for other, number in reversed(ordered):
            if number == k or other.head > event.head or other.coarse or other.modality.stage != Stage.CARRIED_OUT:
                continue
            if event.sent - other.sent > 2 or not _same_paragraph(annotation, other.sent, event.sent):
                break
            if any(annotation.places[p].where.city for p in other.places):
                event.places, event.coarse = list(other.places), True
                break


def _from_dateline(annotation: Annotation, groups: Sequence[Sequence[EventMention]]) -> None:
    """What the lead of a dispatch tells without a place happened where it was sent from ("THESSALONIKI - The trial opened")."""
    for s, (first, last) in enumerate(annotation.sentences[:6]):
        tokens = annotation.tokens[first:last]
        if (
            last - first > 14
            or tokens[-1].text not in ("-", "--", "—", "–", ":", "--")
            or any(t.pos in ("VERB", "AUX") for t in tokens)
        ):
            continue
        places = [k for k, p in enumerate(annotation.places) if first <= p.start < last and p.where.city]
        for group in groups:
            event = min(group, key=lambda m: m.head)
            lead = event.sent == s + 1 and not any(m.places for m in group) and event.type != "threat"
            if places and lead and event.modality.stage == Stage.CARRIED_OUT:
                event.places, event.coarse = places[:1], True
        return


def _same_paragraph(annotation: Annotation, first: int, last: int) -> bool:
    a, b = annotation.tokens[annotation.sentences[first][0]].start, annotation.tokens[annotation.sentences[last][0]].start
    return "\n\n" not in annotation.report.text[a:b]


def _rest_of_paragraph(annotation: Annotation, s: int) -> range:
    """The sentences after ``s`` up to the next line break."""
    end = s
    while end + 1 < len(annotation.sentences):
        gap = annotation.report.text[
            annotation.tokens[annotation.sentences[end][1] - 1].end : annotation.tokens[annotation.sentences[end + 1][0]].start
        ]
        if "\n" in gap:
            break
        end += 1
    return range(s + 1, end + 1)


def _owners(
    annotation: Annotation, events: Sequence[EventMention], anchors: Mapping[int, int], head: int, cues: frozenset[int]
) -> list[int]:
    """The event above a mention; else the topmost events below the nearest ancestor that has any, short of a reporting verb."""
    path = [head, *annotation.ancestors(head)]
    for node in path:
        if node in anchors:
            return [anchors[node]]
        if node in cues:
            return []
        if node == head:
            continue
        if _aside(annotation, node, anchors):
            return []
        below = [k for k in _complements(annotation, node, head) if k in anchors]
        if below:
            top = min(below, key=lambda k: (_depth(annotation, k), abs(k - head)))
            return [anchors[top]] if top not in cues else []
    return []


def _aside(annotation: Annotation, node: int, anchors: Mapping[int, int]) -> bool:
    """ "surveyors who vanished on 7 September were let go": what a clause tells about a party is not the event's."""
    token = annotation.tokens[node]
    return (
        token.pos == "VERB"
        and token.dep == "acl:relcl"
        and token.head not in anchors
        and token.lemma not in words("stages", "happening")
        and not any(k in anchors for k in annotation.subtree(node))
    )


def _act_tried(annotation: Annotation, events: Sequence[EventMention], owner: int, time: TimeMention) -> int:
    """Of "jailed for the bombings at the station on 10 October 2015", a date with its year is that of the act tried."""
    event = events[owner]
    if event.family != "justice" or not _YEAR.search(annotation.text(time.start, time.end)):
        return owner
    between = [
        k
        for k, e in enumerate(events)
        if e.nominal and e.family == "violence" and event.head < e.head < time.start and e.sent == event.sent
    ]
    return max(between, key=lambda k: events[k].head, default=owner)


def _of_saying(annotation: Annotation, time: TimeMention, cues: frozenset[int]) -> bool:
    """ "said on Wednesday they had prevented an attack": a date directly behind a reporting verb is the saying's."""
    return time.start - 1 in cues or (time.start - 2 in cues and annotation.tokens[time.start - 1].text.lower() == "on")


def _is_anchor(annotation: Annotation, time: TimeMention, event: EventMention) -> bool:
    """Whether an event is what a time expression counts from ("hours after the explosion"), not what it dates."""
    return (
        event.nominal
        and 0 <= event.start - time.end <= 3
        and not any(annotation.tokens[k].pos in ("VERB", "PUNCT") for k in range(time.end, event.start))
    )


def _happens(annotation: Annotation, verb: int) -> bool:
    return (
        annotation.tokens[verb].lemma in words("stages", "happening")
        or effect_of(annotation.tokens[verb]) is not None
        or _does(annotation, verb)
    )


def _does(annotation: Annotation, verb: int) -> bool:
    lemma = annotation.tokens[verb].lemma
    return (
        annotation.tokens[verb].pos != "VERB"
        or any(
            lemma in words("stages", k)
            for k in ("light", "planned", "attempted", "foiled", "abandoned", "threatened", "targeting", "happening")
        )
        or lemma in ("survive", "see", "suffer", "witness", "claim")
    )


def _complements(annotation: Annotation, node: int, mention: int) -> list[int]:
    """Tokens below a verb that its own time or place speaks of: complements, subjects, objects and what results."""
    out, stack = [], [node]
    while stack:
        top = stack.pop()
        for child in annotation.children(top):
            token = annotation.tokens[child]
            kind = token.dep.split(":")[0]
            if (kind == "nsubj" and not _happens(annotation, top)) or (
                kind == "obj" and token.pos in ("NOUN", "PROPN") and not _does(annotation, top)
            ):
                continue  # "condemned the attack on Monday": the date is the condemning's
            if child == mention or token.dep == "acl:relcl" or token.dep.split(":")[0] not in _COMPLEMENTS:
                continue
            if token.dep == "advcl" and token.tag not in ("VBG", "VB"):
                continue
            out.append(child)
            stack.append(child)
    return out


def _depth(annotation: Annotation, i: int) -> int:
    return sum(1 for _ in annotation.ancestors(i))


def _of_clause_before(annotation: Annotation, event: EventMention, cues: frozenset[int], anchors: Mapping[int, int]) -> list[int]:
    """The places of the verb that an event's verb is coordinated with ("entered the district and shot him")."""
    at = event.slots.light if event.slots.light is not None else event.head
    while annotation.tokens[at].dep in ("conj", "parataxis", "advcl") and annotation.tokens[at].head < at:
        at = annotation.tokens[at].head
        if at in cues or at in anchors or annotation.tokens[at].pos != "VERB":
            return []
        found = []
        for k, place in enumerate(annotation.places):
            head = range_head(annotation, place.start, place.end)
            above = next((a for a in annotation.ancestors(head) if annotation.tokens[a].pos == "VERB" or a in anchors), None)
            if above == at and place_fits(annotation, place):
                found.append(k)
        if found:
            return found
    return []


def _only_date_below(annotation: Annotation, event: EventMention, cues: frozenset[int]) -> list[int]:
    """The single date in an event's clause, outside relative clauses and reporting: a sentence with one date is about it."""
    found = []
    top = event.slots.light if event.slots.light is not None else event.head
    governor = event.modality.governor
    for k, time in dates(annotation):
        head = range_head(annotation, time.start, time.end)
        path = [head, *annotation.ancestors(head)]
        stop = next((n for n in path if n in (top, event.head, governor)), None)
        if (
            stop is None
            or time.anchor
            or _of_saying(annotation, time, cues)
            or annotation.tokens[head].dep.split(":")[0] in ("compound", "nummod", "amod")
        ):
            continue
        between = path[: path.index(stop)]
        if not any(n in cues or annotation.tokens[n].dep == "acl:relcl" for n in between):
            found.append(k)
    return found if len(found) == 1 else []


def _inherit(annotation: Annotation, events: Sequence[EventMention], anchors: Mapping[int, int], cues: frozenset[int]) -> None:
    """An event without time or place of its own takes those of the event it depends on or is coordinated with."""
    for k, event in enumerate(events):
        for above in annotation.ancestors(event.head):
            owner = anchors.get(above)
            if owner is None or owner == k:
                if annotation.tokens[above].dep == "ccomp" or annotation.tokens[above].dep == "parataxis":
                    break
                continue
            other = events[owner]
            if event.family == "violence" and other.family in ("response", "justice"):
                break  # "detained on Monday in connection with the attack": the date is the arrest's
            if event.family in ("justice",) or other.family == "justice" or "acl:relcl" in _deps(annotation, event.head, above):
                break
            if not event.times:
                event.times = list(other.times)
            if not event.places and (event.times == other.times or event.family == "violence"):
                event.places = list(other.places)
            break
    for event in events:
        if not event.places:
            event.places = _of_clause_before(annotation, event, cues, anchors)
    for event in events:
        if not event.times:
            found = _only_date_below(annotation, event, cues)
            others = {k for e in events if e.family == "violence" for k in e.times} if event.family == "justice" else set()
            event.times = [k for k in found if k not in others]


def _deps(annotation: Annotation, low: int, high: int) -> set[str]:
    out = {annotation.tokens[low].dep}
    for above in annotation.ancestors(low):
        if above == high:
            return out
        out.add(annotation.tokens[above].dep)
    return out


def when_of(
    annotation: Annotation, event: EventMention, before: Sequence[tuple[int, When]] = ()
) -> tuple[When, TimeMention | None]:
    """The most precise date of an event mention and the mention it rests on.

    ``before`` are (token, date) of events told earlier, for "15 days later": the last dated one is meant.
    """
    best: tuple[When, TimeMention] | None = None
    for k in event.times:
        time = annotation.times[k]
        when = time.when
        if time.anchor == "event":
            when = _shifted(time, [w for i, w in before if i < time.start])
        if event.modality.stage in _AHEAD:
            when = _ahead(when, annotation.report.published)
        if best is None or _finer(when, best[0]):
            best = (when, time)
    return best if best is not None else (When(), None)


def _ahead(when: When, published: str | None) -> When:
    """A day without a year that a plan is for lies ahead of the plan's telling by less than a year, not behind it."""
    if when.precision != WhenPrecision.DAY or not published or not when.earliest or re.search(r"\d{4}", when.as_written or ""):
        return when
    day = date.fromisoformat(when.earliest)
    if not 31 < (date.fromisoformat(published[:10]) - day).days < 366:
        return when
    try:
        return When.day(day.replace(year=day.year + 1), when.as_written)
    except ValueError:  # 29 February
        return when


def _finer(a: When, b: When) -> bool:
    return (a.known and not b.known) or (a.known == b.known and _ORDER.index(a.precision) < _ORDER.index(b.precision))


def _shifted(time: TimeMention, before: Sequence[When]) -> When:
    """A date some days from the last date before it; unknown when that one is no day or the distance is not told."""
    known = [w for w in before if w.precision == WhenPrecision.DAY and w.earliest]
    written = time.when.as_written
    if not known or time.shift is None or time.shift[0] is None or time.shift[1] is None:
        return When(as_written=written)
    base = date.fromisoformat(known[-1].earliest or "")
    try:
        first, last = base + timedelta(time.shift[0]), base + timedelta(time.shift[1])
    except OverflowError:
        return When(as_written=written)
    if first == last:
        return When.day(first, written)
    if (last - first).days == 1:
        return When(as_written=written)  # "hours later" may be the next day: not told
    return When(first.isoformat(), last.isoformat(), WhenPrecision.RANGE, as_written=written)


def where_of(annotation: Annotation, event: EventMention) -> tuple[Where, tuple[int, int] | None]:
    """The finest place of an event mention, completed by its broader ones where they agree, and its token range."""
    places = [annotation.places[k] for k in event.places]
    best = finest(places)
    if best is None:
        return Where(), None
    where = best.where
    if event.coarse:
        return Where(
            where.city,
            where.city,
            where.admin1,
            where.country,
            where.latitude,
            where.longitude,
            where.geonames_id,
            WherePrecision.CITY,
        ), (best.start, best.end)
    for place in places:
        other = place.where
        if place is best or (where.country and other.country and where.country != other.country):
            continue
        if not where.country and other.country:
            where = Where(
                where.name,
                where.city or other.city,
                where.admin1 or other.admin1,
                other.country,
                other.latitude,
                other.longitude,
                other.geonames_id,
                where.precision if where.precision != WherePrecision.UNKNOWN else WherePrecision.SITE,
            )
        elif where.precision == WherePrecision.SITE and not where.city and other.precision == WherePrecision.CITY:
            where = Where(
                where.name,
                other.city,
                other.admin1,
                other.country,
                other.latitude,
                other.longitude,
                other.geonames_id,
                where.precision,
            )
    return where, (best.start, best.end)
