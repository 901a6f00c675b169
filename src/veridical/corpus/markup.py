"""Reads the inline markup of the corpus: XML by expat, so that every complaint has its line and column.

The grammar is ``data/corpus_markup.toml``; what each element means is said in ``corpus/GUIDELINES.md``.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from xml.parsers import expat

from veridical.corpus.document import INLINE, Document, Mark, Place, Row
from veridical.errors import CorpusError, Fault

_FRAME = {None: ("report",), "report": ("entities", "events", "title", "body"), "entities": ("entity",), "events": ("event",)}
_TEXTUAL = ("title", "body")


@lru_cache
def grammar() -> Mapping[str, Any]:
    """The grammar file: elements with their attributes, roles and vocabularies."""
    return tomllib.loads(resources.files("veridical").joinpath("data/corpus_markup.toml").read_text("utf-8"))


def read_markup(source: str, name: str) -> Document:
    """The document that ``source`` marks up; raises CorpusError with every fault of form, each with line and column."""
    return _Reader(unicodedata.normalize("NFC", source.replace("\r\n", "\n")), name).read()


def read_file(path: Path) -> str:
    """The text of a file of a corpus; CorpusError where it is not UTF-8 or cannot be opened."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.object[error.start]:#x} is no UTF-8: save the file as UTF-8"
        raise CorpusError.of([Fault(str(path), line, error.start - error.object.rfind(b"\n", 0, error.start), what)]) from error
    except OSError as error:
        raise CorpusError.of([Fault(str(path), 1, 1, f"{error.strerror}: the file is needed")]) from error


class _Reader:
    """Builds one document while expat walks through its source."""

    def __init__(self, source: str, name: str) -> None:
        self.source, self.name = source, name
        self.faults: list[Fault] = []
        self.header: dict[str, str] = {}
        self.entities: dict[str, Row] = {}
        self.events: dict[str, Row] = {}
        self.parts: dict[str, list[str]] = {"title": [], "body": []}
        self.length = 0
        self.part: str | None = None
        self.stack: list[tuple[str, int | None]] = []
        self.marks: list[dict[str, Any]] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self) -> Document:
        """Parse and trim; the faults are raised together, a broken nesting by itself since nothing after it can be read."""
        try:
            self.parser.Parse(self.source.encode("utf-8"), True)
        except expat.ExpatError as error:
            self.faults.append(
                Fault(self.name, error.lineno, error.offset + 1, f"{expat.errors.messages[error.code]}: mend the tags")
            )
        if self.header.get("id") is None and not self.faults:
            self._fault("the report has no id: write <report id=…>")
        if self.faults:
            raise CorpusError.of(self.faults)
        title, body = ("".join(self.parts[p]) for p in _TEXTUAL)
        document = Document(
            self.name,
            self.header,
            self.entities,
            self.events,
            title.strip() or None,
            "\n\n".join(x for x in (title.strip(), body.strip()) if x),
            tuple(Mark(**mark) for mark in self._shifted(title, body)),
        )
        if self.faults:
            raise CorpusError.of(self.faults)
        return document

    def _shifted(self, title: str, body: str) -> list[dict[str, Any]]:
        """The marks with offsets into the whole text: title, blank line, body, each without the white space around it."""
        skipped = {p: len(x) - len(x.lstrip()) for p, x in (("title", title), ("body", body))}
        before = {"title": 0, "body": len(title.strip()) + 2 if title.strip() else 0}
        out = []
        for mark in self.marks:
            part = mark.pop("part")
            text = "".join(self.parts[part])[mark["start"] : mark["end"]]
            if not text.strip() or (mark["tag"] not in ("noise", "q") and text != text.strip()):
                self._fault(
                    f"<{mark['tag']}> marks nothing or begins or ends with white space: move the tag to the words", mark["at"]
                )
            lead, trail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
            move = before[part] - skipped[part]
            out.append({**mark, "start": mark["start"] + move + lead, "end": mark["end"] + move - trail})
        return out

    def _here(self) -> Place:
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _fault(self, what: str, at: Place | None = None) -> None:
        at = at or self._here()
        self.faults.append(Fault(self.name, at.line, at.column, what))

    def _doctype(self, *_: object) -> None:
        self._fault("a document type is not allowed: remove <!DOCTYPE …>")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self.stack[-1][0] if self.stack else None
        allowed = INLINE if self.part else _FRAME.get(parent, ())
        if tag not in allowed:
            where = f"in <{parent}>" if parent else "here"
            self._fault(f"<{tag}> may not stand {where}: allowed are {', '.join(allowed) or 'no elements'}")
        self._check_attributes(tag, attributes)
        index = None
        if tag == "report":
            self.header = dict(attributes)
        elif tag in ("entity", "event"):
            self._declare(self.entities if tag == "entity" else self.events, attributes)
        elif tag in _TEXTUAL:
            self.part, self.length = tag, 0
        elif self.part and tag in INLINE:
            index = len(self.marks)
            around = next((i for _, i in reversed(self.stack) if i is not None), None)
            self.marks.append(
                {
                    "tag": tag,
                    "start": self.length,
                    "end": -1,
                    "attributes": attributes,
                    "parent": around,
                    "at": self._here(),
                    "part": self.part,
                }
            )
        self.stack.append((tag, index))

    def _close(self, tag: str) -> None:
        _, index = self.stack.pop()
        if index is not None:
            self.marks[index]["end"] = self.length
        if tag in _TEXTUAL:
            self.part = None

    def _characters(self, text: str) -> None:
        if self.part:
            self.parts[self.part].append(text)
            self.length += len(text)
        elif text.strip():
            self._fault(f"{text.strip()[:30]!r} stands outside title and body: move it in")

    def _declare(self, table: dict[str, Row], attributes: dict[str, str]) -> None:
        key = attributes.get("id", "")
        if key in table:
            self._fault(f"id {key!r} is declared twice: give each its own")
        table[key] = Row(key, attributes, self._here())

    def _check_attributes(self, tag: str, attributes: Mapping[str, str]) -> None:
        rules = grammar()["elements"].get(tag, {"required": [], "optional": []})
        for name in rules["required"]:
            if name not in attributes:
                self._fault(f"<{tag}> lacks {name}=: add it")
        known = [*rules["required"], *rules["optional"]]
        for name in attributes:
            if name not in known:
                self._fault(f"<{tag}> has no attribute {name!r}: allowed are {', '.join(known) or 'none'}")
