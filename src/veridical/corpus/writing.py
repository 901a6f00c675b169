"""Writes a document as inline markup; marks that come from a stand-off format are nested first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from veridical.corpus.document import Document, Mark
from veridical.errors import CorpusError, Fault


def write_markup(document: Document) -> str:
    """The file of a document; reading it gives the same document again, but for places in the file."""
    lines = [f"<report{_attributes(document.header)}>", "<entities>"]
    lines += [f"<entity{_attributes(row.attributes)}/>" for row in document.entities.values()]
    lines += ["</entities>", "<events>"]
    lines += [f"<event{_attributes(row.attributes)}/>" for row in document.events.values()]
    cut = len(document.title or "")
    body = cut + 2 if document.title else 0
    title = _marked(document, 0, cut) if document.title else ""
    lines += [
        "</events>",
        f"<title>{title}</title>",
        "<body>",
        _marked(document, body, len(document.text)),
        "</body>",
        "</report>",
    ]
    return "\n".join(lines) + "\n"


def write_plain(document: Document) -> str:
    """The file of a document without its markup, for whoever marks it without having seen the first marks."""
    return write_markup(replace(document, entities={}, events={}, marks=()))


def nested(text: str, marks: Sequence[Mark], name: str) -> tuple[Mark, ...]:
    """The marks in text order, each with the mark around it as its parent.

    Of marks over the same characters the earlier one in ``marks`` is the outer one. Contents that cross other marks are
    cut in parts; any other crossing raises CorpusError, because inline markup cannot hold it.
    """
    waiting = sorted(marks, key=lambda m: (m.start, -m.end))
    out: list[Mark] = []
    open_: list[int] = []
    while waiting:
        mark = waiting.pop(0)
        while open_ and out[open_[-1]].end <= mark.start:
            open_.pop()
        crossed = out[open_[-1]] if open_ and out[open_[-1]].end < mark.end else None
        if crossed is not None and mark.tag == "q":
            first, second = replace(mark, end=_trim(text, crossed.end)), _rest(text, mark, crossed.end)
            waiting = sorted([first, *second, *waiting], key=lambda m: (m.start, -m.end))
            continue
        if crossed is not None:
            raise CorpusError.of([_crossing(text, name, mark, crossed)])
        out.append(replace(mark, parent=open_[-1] if open_ else None))
        open_.append(len(out) - 1)
    return tuple(out)


def _crossing(text: str, name: str, mark: Mark, other: Mark) -> Fault:
    line, column = text.count("\n", 0, mark.start) + 1, mark.start - text.rfind("\n", 0, mark.start)
    words, others = text[mark.start : mark.end], text[other.start : other.end]
    return Fault(name, line, column, f"<{mark.tag}> {words!r} crosses <{other.tag}> {others!r}: end the one within the other")


def _trim(text: str, end: int) -> int:
    return len(text[:end].rstrip())


def _rest(text: str, mark: Mark, start: int) -> list[Mark]:
    """What is left of a content after a cut; only the first part keeps its kind, speaker and stance."""
    start += len(text[start : mark.end]) - len(text[start : mark.end].lstrip())
    kept = {k: v for k, v in mark.attributes.items() if k == "a"}
    return [replace(mark, start=start, attributes=kept)] if start < mark.end else []


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())


def _marked(document: Document, start: int, end: int) -> str:
    """The text from ``start`` to ``end`` with its tags."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for mark in document.marks:
        if start <= mark.start and mark.end <= end:
            opening.setdefault(mark.start, []).append(f"<{mark.tag}{_attributes(mark.attributes)}>")
            closing.setdefault(mark.end, []).insert(0, f"</{mark.tag}>")
    return "".join(_pieces(document.text, start, end, opening, closing))


def _pieces(text: str, start: int, end: int, opening: Mapping[int, list[str]], closing: Mapping[int, list[str]]) -> Iterable[str]:
    last = start
    for at in sorted({*opening, *closing, end}):
        yield escape(text[last:at])
        yield from closing.get(at, ())
        yield from opening.get(at, ())
        last = at
