"""What the finders of actor facts share: who a token names, whether a clause is told as a fact, and when it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from veridical.extract.setting import range_head
from veridical.extract.slots import preposition, verb_slots
from veridical.extract.triggers import is_class, mention_at
from veridical.lexicon import table, words
from veridical.model import Annotation, Entity, TimeMention
from veridical.values import Status, When, WhenPrecision

BODIES = frozenset({"group", "organization", "authority", "outlet", "agency"})
_CLIMB = 6
_NOBODY = frozenset({"no", "none", "nobody", "no-one", "neither"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact before it is given to its actor: tokens ``start`` to ``end`` are its evidence, ``cue`` is who-says-so's place."""

    entity: int
    field: str
    value: str
    when: When
    start: int
    end: int
    cue: int
    by: int | None = None
    """The token of the one who accuses or suspects, where the words name one."""


@dataclass(frozen=True, slots=True)
class StatusCue:
    """A status told of the person at token ``person``; tokens ``start`` to ``end`` say it, ``by`` names who does."""

    person: int
    status: Status
    when: When
    start: int
    end: int
    cue: int
    by: int | None = None


@lru_cache(maxsize=64)
def listed(section: str, key: str) -> frozenset[str]:
    """A list of ``data/actors.toml`` as a set."""
    found = table("actors")[section]
    assert isinstance(found, dict)
    return frozenset(found[key])


@lru_cache(maxsize=64)
def by_word(section: str) -> dict[str, str]:
    """The lists of a section of ``data/actors.toml`` turned round: word → the list it stands in."""
    found = table("actors")[section]
    assert isinstance(found, dict)
    return {word: key for key, members in found.items() for word in members}


def evidential(annotation: Annotation, sentence: int) -> bool:
    """Whether a sentence is evidence, and not part of the page around the report."""
    first, end = annotation.sentences[sentence]
    start, stop = annotation.tokens[first].start, annotation.tokens[end - 1].end
    return not any(a < stop and start < b for a, b in annotation.report.boilerplate)


def entity_at(annotation: Annotation, i: int) -> Entity | None:
    """The entity that token ``i`` stands for, if the report has one."""
    m = mention_at(annotation).get(i)
    if m is None or not trusted(annotation, m):
        return None
    entity = annotation.mentions[m].entity
    if entity is None:
        entity = _named_beside(annotation, m)
    return annotation.entities[entity] if entity is not None else None


def _named_beside(annotation: Annotation, m: int) -> int | None:
    """The person in "the gunman, X, …", for a description that belongs to nobody yet; the commas tell it, whatever the tree."""
    mention, tokens = annotation.mentions[m], annotation.tokens
    comma = mention.end
    plural = tokens[mention.head].tag in ("NNS", "NNPS")
    if mention.form != "nominal" or mention.kind != "person" or plural or comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    k = mention_at(annotation).get(comma + 1)
    if k is None or annotation.mentions[k].start != comma + 1 or annotation.mentions[k].kind != "person":
        return None
    named = annotation.mentions[k]
    return named.entity if named.form == "name" and closed(annotation, named.end) else None


def closed(annotation: Annotation, end: int) -> bool:
    """Whether an apposition ends at a token: by a comma, the end of a sentence or the verb."""
    if end >= len(annotation.tokens):
        return True
    after = annotation.tokens[end]
    return after.text in (",", ".", ";", ")", ":") or after.pos in ("AUX", "VERB")


def trusted(annotation: Annotation, m: int) -> bool:
    """Whether a description may stand for a named person: what is said of "a man" is put on nobody but the one named next.

    Coreference may join "a businessman" to any later name; on a legal status that would be a slander.
    """
    mention = annotation.mentions[m]
    if mention.form == "nominal" and _another_body(annotation, m):
        return False
    if mention.form != "nominal" or annotation.tokens[mention.start].text.lower() not in ("a", "an", "another"):
        return True
    named = [k for k, o in enumerate(annotation.mentions) if o.form == "name" and o.kind == "person"]
    mine = [k for k in named if annotation.mentions[k].entity == mention.entity]
    if not mine or any(annotation.mentions[k].head < mention.head for k in mine):
        return True
    following = next((k for k in named if annotation.mentions[k].head > mention.head), None)
    return following in mine and following is not None and not _speaks(annotation, annotation.mentions[following].head)


def _another_body(annotation: Annotation, m: int) -> bool:
    """Whether a description names another body than the first one of the same person: "the Front leader" is not the League's."""
    entity = annotation.mentions[m].entity
    if entity is None:
        return False
    nominals = [k for k in annotation.entities[entity].mentions if annotation.mentions[k].form == "nominal"]
    tied = [(k, b) for k in nominals if (b := _bodies_within(annotation, annotation.mentions[k].head))]
    mine = dict(tied).get(m)
    return bool(mine) and tied[0][1].isdisjoint(mine or ())


def _bodies_within(annotation: Annotation, head: int) -> frozenset[int | str]:
    """The bodies directly before a noun, by entity or by name."""
    found: set[int | str] = set()
    for child in annotation.children(head, "compound", "nmod:poss"):
        body = body_at(annotation, child)
        if body is not None:
            entity = annotation.mentions[mention_at(annotation)[child]].entity
            found.add(annotation.text(*body) if entity is None else entity)
    return frozenset(found)


def _speaks(annotation: Annotation, i: int) -> bool:
    """Whether token ``i`` is who says something: an officer who tells of "a man" is not that man."""
    head = annotation.tokens[annotation.tokens[i].head]
    return annotation.tokens[i].dep == "nsubj" and head.lemma in ("say", "tell", "add", "report", "announce")


def is_person(annotation: Annotation, i: int) -> bool:
    """Whether token ``i`` stands for a person, or persons, by its mention or its entity."""
    m = mention_at(annotation).get(i)
    if m is None:
        return False
    entity = entity_at(annotation, i)
    return annotation.mentions[m].kind in ("person", "nationality") or (entity is not None and entity.kind == "person")


def body_at(annotation: Annotation, i: int) -> tuple[int, int] | None:
    """The token range of the group or body that token ``i`` names (not merely describes), or ``None``."""
    m = mention_at(annotation).get(i)
    if m is None:
        return None
    mention = annotation.mentions[m]
    if mention.form != "name" or mention.kind not in BODIES or (mention.start, mention.end) in known_places(annotation):
        return None
    return mention.start, mention.end


def known_places(annotation: Annotation) -> frozenset[tuple[int, int]]:
    """The token ranges that the gazetteer knows as places; what stands there is no person and no body."""
    found: frozenset[tuple[int, int]] | None = annotation.__dict__.get("_known_places")
    if found is None:
        places = frozenset((p.start, p.end) for p in annotation.places if p.where.geonames_id is not None)
        found = annotation.__dict__["_known_places"] = places
    return found


def named_people(annotation: Annotation) -> Iterator[Entity]:
    """The people whom the report names; a name that the gazetteer knows at that place is no person's."""
    places = known_places(annotation)
    for entity in annotation.entities:
        named = [annotation.mentions[m] for m in entity.mentions if annotation.mentions[m].form == "name"]
        if entity.kind == "person" and entity.name and not (named and all((n.start, n.end) in places for n in named)):
            yield entity


def asserted(annotation: Annotation, i: int, depth: int = 0) -> bool:
    """Whether the clause or noun at token ``i`` is told as something that happened.

    Negation, modals, conditions, and what is only planned, asked for or denied are not; a bare status is
    never inferred from them.
    """
    token = annotation.tokens[i]
    if _cancelled(annotation, i) or depth > _CLIMB:
        return False
    if token.head == i:
        return True
    governor = annotation.tokens[token.head]
    dep = token.dep.split(":")[0]
    if dep == "conj" and governor.pos in ("VERB", "AUX"):
        return asserted(annotation, governor.i, depth + 1) if not annotation.children(i, "nsubj", "mark") else True
    if token.pos in ("VERB", "AUX", "ADJ") and dep in ("xcomp", "advcl", "acl", "ccomp", "csubj"):
        return _under(annotation, i, depth)
    if token.pos == "NOUN" and governor.pos == "VERB" and dep in ("obj", "obl", "nsubj"):
        return governor.lemma not in listed("assertion", "unreal") and not _cancelled(annotation, governor.i)
    if token.pos == "NOUN" and governor.lemma in listed("assertion", "unreal_nouns"):
        return False
    # "A pair of charges were dropped": what is said of the pair is said of the charges.
    counted = token.pos == "NOUN" and dep == "nmod" and governor.pos == "NOUN" and preposition(annotation, i) == "of"
    return asserted(annotation, governor.i, depth + 1) if counted else True


def _under(annotation: Annotation, i: int, depth: int) -> bool:
    """Whether a clause counts under its governor: an infinitive only under verbs that imply it."""
    token = annotation.tokens[i]
    governor = annotation.tokens[token.head]
    if token.dep == "acl:relcl":
        return True
    infinitive = any(
        annotation.tokens[c].text.lower() == "to" for c in annotation.children(i, "mark")
    ) and not annotation.children(i, "aux")
    perfect = any(annotation.tokens[c].lemma == "have" for c in annotation.children(i, "aux"))
    if infinitive and not perfect:
        return (
            governor.lemma in listed("assertion", "implicative")
            and governor.pos == "VERB"
            and asserted(annotation, governor.i, depth + 1)
        )
    if token.dep == "xcomp" and token.tag in ("VB", "VBG") and governor.lemma in listed("assertion", "unreal"):
        return False
    return not (token.dep == "ccomp" and governor.lemma in listed("assertion", "unreal"))


def _cancelled(annotation: Annotation, i: int) -> bool:
    """Negation, a modal or a condition directly at token ``i``, or a subject that is nobody."""
    if _inverted(annotation, i):
        return True
    for child in annotation.children(i):
        other = annotation.tokens[child]
        text, dep = other.text.lower(), other.dep.split(":")[0]
        if dep in ("advmod", "det", "cc") and text in words("stages", "negations"):
            return True
        if dep == "aux" and other.lemma.lower() in words("stages", "modals"):
            return True
        if dep == "mark" and text in words("stages", "conditional_marks"):
            return True
        if dep == "nsubj" and (
            text in _NOBODY or any(annotation.tokens[d].text.lower() in _NOBODY for d in annotation.children(child, "det"))
        ):
            return True
    return False


def _inverted(annotation: Annotation, i: int) -> bool:
    """ "Were he tried as an adult, …": a condition told by the order of the words."""
    subjects = annotation.children(i, "nsubj")
    helping = [c for c in annotation.children(i, "aux", "cop") if annotation.tokens[c].text.lower() in ("were", "had", "should")]
    return bool(subjects and helping) and min(helping) < min(subjects)


def when_at(annotation: Annotation, i: int) -> When:
    """When the clause or noun at token ``i`` took place, by a date in that clause; unknown otherwise."""
    for time in annotation.times:
        if time.kind != "date" or annotation.tokens[time.start].sent != annotation.tokens[i].sent:
            continue
        if not _places(annotation, time, i):
            continue
        if time.when.known:
            return time.when
        shifted = _shifted(annotation, time)
        if shifted is not None:
            return shifted
        return When(as_written=annotation.text(time.start, time.end))
    return When()


def _places(annotation: Annotation, time: TimeMention, i: int) -> bool:
    """Whether a time's nearest clause above is the one at token ``i``, and no other event's date stands between.

    "Sentenced for the March 16 shooting" dates the shooting, "in an operation on June 15" the capture.
    """
    at = range_head(annotation, time.start, time.end)
    for above in annotation.ancestors(at):
        token = annotation.tokens[above]
        if above == i:
            return True
        if token.pos in ("VERB", "AUX") or token.lemma.lower() in _happenings():
            return False
    return False


def _happenings() -> frozenset[str]:
    """Nouns of events that have dates of their own."""
    return listed("phrases", "guilt") | listed("phrases", "events") | words("stages", "patient_nouns")


def _shifted(annotation: Annotation, time: TimeMention) -> When | None:
    """ "15 days later", where the paragraph has told exactly one day before it."""
    if time.anchor != "event" or time.shift is None or time.shift[0] is None or time.shift[0] != time.shift[1]:
        return None
    start = annotation.report.text.rfind("\n\n", 0, annotation.tokens[time.start].start) + 1
    days = {
        t.when.earliest
        for t in annotation.times
        if t.when.precision is WhenPrecision.DAY and t.end <= time.start and annotation.tokens[t.start].start >= start
    }
    day = days.pop() if len(days) == 1 else None
    if day is None:
        return None
    return When.day(date.fromisoformat(day) + timedelta(days=time.shift[0]), annotation.text(time.start, time.end))


def subjects_of(annotation: Annotation, verb: int) -> list[int]:
    """The logical subjects of a verb."""
    return verb_slots(annotation, verb).subjects


def skip_articles(annotation: Annotation, start: int, end: int) -> int:
    """The start of a range without articles, marks and words that only point."""
    while start < end - 1 and (annotation.tokens[start].pos in ("PUNCT", "DET") or annotation.tokens[start].tag == "PRP$"):
        start += 1
    return start


def is_rebel(annotation: Annotation, i: int) -> bool:
    """Whether token ``i`` stands for an armed group or its people: whom they hold or try has no legal status by it."""
    return is_class(annotation, i, "attacker") or is_class(annotation, i, "group")
