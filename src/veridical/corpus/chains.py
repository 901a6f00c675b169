"""Chains of sources, read off the nesting of what is said: publisher first, innermost speaker last."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.corpus.document import Document, Mark


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
    """The name of an entity, or else its first mention's words."""
    declared = document.entities[entity].get("name")
    return declared or next(document.quote(m) for m in document.tagged("m") if m.get("e") == entity)


def attributions(document: Document) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Every attribution of a report in text order, with its whole chain of sources."""
    seen: dict[str, tuple[Link, ...]] = {}
    for mark in document.tagged("q"):
        key = mark.get("a") or ""
        if key not in seen:
            seen[key] = chain_of(document, mark)
    return tuple(seen.items())
