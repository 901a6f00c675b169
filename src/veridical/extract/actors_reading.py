"""What the finders of actor facts share: who a token names, whether a clause is told as a fact, and when it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from veridical.extract.setting import range_head
from veridical.extract.slots import verb_slots
from veridical.extract.triggers import mention_at
from veridical.lexicon import table, words
from veridical.model import Annotation, Entity, TimeMention
from veridical.values import When, WhenPrecision

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
    if m is None:
        return None
    entity = annotation.mentions[m].entity
    return annotation.entities[entity] if entity is not None else None


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
    return (mention.start, mention.end) if mention.form == "name" and mention.kind in BODIES else None


def named_people(annotation: Annotation) -> Iterator[Entity]:
    """The people whom the report names."""
    return (e for e in annotation.entities if e.kind == "person" and e.name)


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
    return not (token.pos == "NOUN" and governor.lemma in listed("assertion", "unreal_nouns"))


def _under(annotation: Annotation, i: int, depth: int) -> bool:
    """Whether a clause counts under its governor: an infinitive only under verbs that imply it."""
    token = annotation.tokens[i]
    governor = annotation.tokens[token.head]
    if token.dep == "acl:relcl":
        return True
    infinitive = any(annotation.tokens[c].text.lower() == "to" for c in annotation.children(i, "mark")) and not annotation.children(i, "aux")
    perfect = any(annotation.tokens[c].lemma == "have" for c in annotation.children(i, "aux"))
    if infinitive and not perfect:
        return governor.lemma in listed("assertion", "implicative") and governor.pos == "VERB" and asserted(annotation, governor.i, depth + 1)
    if token.dep == "xcomp" and token.tag in ("VB", "VBG") and governor.lemma in listed("assertion", "unreal"):
        return False
    if token.dep == "ccomp" and governor.lemma in listed("assertion", "unreal"):
        return False
    return True


def _cancelled(annotation: Annotation, i: int) -> bool:
    """Negation, a modal or a condition directly at token ``i``, or a subject that is nobody."""
    for child in annotation.children(i):
        other = annotation.tokens[child]
        text, dep = other.text.lower(), other.dep.split(":")[0]
        if dep in ("advmod", "det", "cc") and text in words("stages", "negations"):
            return True
        if dep == "aux" and other.lemma.lower() in words("stages", "modals"):
            return True
        if dep == "mark" and text in words("stages", "conditional_marks"):
            return True
        if dep == "nsubj" and (text in _NOBODY or any(annotation.tokens[d].text.lower() in _NOBODY for d in annotation.children(child, "det"))):
            return True
    return False


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
    """Whether a time's nearest clause above, through nouns only, is the one at token ``i``."""
    at = range_head(annotation, time.start, time.end)
    for above in annotation.ancestors(at):
        if above == i:
            return True
        if annotation.tokens[above].pos in ("VERB", "AUX"):
            return False
    return False


def _shifted(annotation: Annotation, time: TimeMention) -> When | None:
    """ "15 days later", where the paragraph has told exactly one day before it."""
    if time.anchor != "event" or time.shift is None or time.shift[0] is None or time.shift[0] != time.shift[1]:
        return None
    start = annotation.report.text.rfind("\n\n", 0, annotation.tokens[time.start].start) + 1
    days = {t.when.earliest for t in annotation.times if t.when.precision is WhenPrecision.DAY and t.end <= time.start
            and annotation.tokens[t.start].start >= start}
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
