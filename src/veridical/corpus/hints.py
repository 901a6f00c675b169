"""Places where a mark may have been forgotten: no faults, but worth a second look before a corpus is released.

What a report or the whole corpus marks most of the time is looked for where it is not marked: words of triggers, names of
declared entities, figures of people beside words of harm, and cues of saying in sentences that tell of an event.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from veridical.corpus.counting import WORD
from veridical.corpus.document import Document, Mark
from veridical.corpus.markup import grammar
from veridical.errors import Fault

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[”\"’]*|\n")
_OFTEN, _SHARE = 4, 0.7


@lru_cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """A number of people, a word of harm, and the words of saying, from the grammar's word lists."""
    lists = grammar()["hints"]
    numbers, people, harm = ("|".join(lists[key]) for key in ("numbers", "people", "harm"))
    count = rf"\b(?:\d[\d,]*|{numbers})\s+(?:\w+\s+){{0,2}}?(?:{people})\b"
    return re.compile(count, re.IGNORECASE), re.compile(rf"\b(?:{harm})", re.IGNORECASE), frozenset(lists["saying"])


def hints(documents: Sequence[Document]) -> Iterator[Fault]:
    """Where to look again, report by report in their order."""
    usual = _usual_triggers(documents)
    for document in documents:
        found = [*_triggers(document, usual), *_names(document), *_counts(document), *_cues(document)]
        for start, what in sorted(found):
            line = document.text.count("\n", 0, start) + 1
            yield Fault(
                document.name, line, start - document.text.rfind("\n", 0, start), f"{what}: mark it, or leave it on purpose"
            )


def _usual_triggers(documents: Sequence[Document]) -> frozenset[str]:
    """One-word forms that are triggers in most of their uses in reports that tell of events."""
    marked: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for document in (d for d in documents if d.events):
        marked.update(document.quote(v).casefold() for v in document.tagged("v"))
        used.update(w.casefold() for w in WORD.findall(document.text))
    return frozenset(w for w, n in marked.items() if n >= _OFTEN and " " not in w and n / max(used[w], 1) >= _SHARE)


def _free(document: Document, start: int, end: int, *tags: str) -> bool:
    """Whether no mark of these elements, and no noise, covers any of the characters."""
    return not any(m.start < end and start < m.end for m in document.tagged(*tags, "noise"))


def _triggers(document: Document, usual: frozenset[str]) -> Iterator[tuple[int, str]]:
    own = {document.quote(v).casefold() for v in document.tagged("v")}
    for match in WORD.finditer(document.text):
        word = match[0].casefold()
        if (
            document.events
            and (word in usual or (word in own and len(word) > 4))
            and _free(document, *match.span(), "v", "m", "w", "cue")
        ):
            yield match.start(), f"{match[0]!r} is a trigger elsewhere"


def _names(document: Document) -> Iterator[tuple[int, str]]:
    for row in document.entities.values():
        name = row.get("name")
        if name and len(name) > 3:
            for match in re.finditer(rf"\b{re.escape(name)}\b", document.text):
                if _free(document, *match.span(), "m"):
                    yield match.start(), f"{name!r} is the name of {row.id!r}"


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _SENTENCE.finditer(document.text))


def _inside(marks: Sequence[Mark], start: int, end: int) -> bool:
    return any(start <= m.start < end for m in marks)


def _counts(document: Document) -> Iterator[tuple[int, str]]:
    triggers, (count, harm, _) = list(document.tagged("v")), _patterns()
    for start, end in _sentences(document):
        sentence = document.text[start:end]
        if _inside(triggers, start, end) and harm.search(sentence):
            for match in count.finditer(sentence):
                if _free(document, start + match.start(), start + match.end(), "c"):
                    yield start + match.start(), f"{match[0]!r} may be a count"


def _cues(document: Document) -> Iterator[tuple[int, str]]:
    triggers, (_, _, saying) = list(document.tagged("v")), _patterns()
    for start, end in _sentences(document):
        if _inside(triggers, start, end) and _free(document, start, end, "cue"):
            for match in WORD.finditer(document.text, start, end):
                if match[0].casefold() in saying and _free(document, *match.span(), "v", "w"):
                    yield match.start(), f"{match[0]!r} may be a cue"
