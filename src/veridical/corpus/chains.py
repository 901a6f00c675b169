"""Chains of sources, read off the nesting of what is said: publisher first, innermost speaker last."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.corpus.document import Document, Mark

_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "i", "we", "one", "who", "this", "that", "himself", "herself"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """One source of a chain: its name as the report gives it (``None`` for a publisher that is not told), kind and cue."""

    name: str | None
    kind: str
    cue: str | None = None
    stance: str = "says"


def enclosing(document: Document, mark: Mark) -> tuple[str, ...]:
    """The ids of the attributions in whose content a mark stands, outermost first; a content's own id is the last."""
    found: list[str] = []
    current: Mark | None = mark
    while current is not None:
        if current.tag == "q" and (key := current.get("a")) and key not in found:
            found.append(key)
        current = document.marks[current.parent] if current.parent is not None else None
    return tuple(reversed(found))


def chain_of(document: Document, mark: Mark) -> tuple[Link, ...]:
    """The chain of sources that answers for a mark, the publisher first."""
    return (Link(document.header.get("publisher"), "outlet"), *(link_of(document, a) for a in enclosing(document, mark)))


def link_of(document: Document, attribution: str) -> Link:
    """The source of one attribution: the declared name, or the words of the source, or nothing for an unnamed one."""
    first = next(m for m in document.tagged("q") if m.get("a") == attribution)
    words = [document.quote(m) for m in document.tagged("src") if m.get("a") == attribution]
    cues = [document.quote(m) for m in document.tagged("cue") if m.get("a") == attribution]
    by = document.entities.get(first.get("by") or "")
    name = (by.get("name") or mention_of(document, by.id)) if by else (words[0] if words else None)
    return Link(name, first.get("kind") or "unnamed", cues[0] if cues else None, first.get("stance") or "says")


def mention_of(document: Document, entity: str) -> str:
    """The name of an entity, or else the words of its first mention that is no pronoun."""
    quotes = [document.quote(m) for m in document.tagged("m") if m.get("e") == entity]
    return document.entities[entity].get("name") or next((q for q in quotes if q.casefold() not in _PRONOUNS), quotes[0])


def names_of(document: Document, attribution: str) -> frozenset[str]:
    """Every name by which the report calls the source of an attribution; empty for one without identity."""
    first = next(m for m in document.tagged("q") if m.get("a") == attribution)
    by = document.entities.get(first.get("by") or "")
    words = {document.quote(m) for m in document.tagged("src") if m.get("a") == attribution}
    if by is not None:
        words |= {document.quote(m) for m in document.tagged("m") if m.get("e") == by.id} | {by.get("name") or ""}
    return frozenset(w for w in words if w and w.casefold() not in _PRONOUNS)


def attributions(document: Document) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Every attribution of a report in text order, with its whole chain of sources."""
    seen: dict[str, tuple[Link, ...]] = {}
    for mark in document.tagged("q"):
        key = mark.get("a") or ""
        if key not in seen:
            seen[key] = chain_of(document, mark)
    return tuple(seen.items())
