"""JSON Lines, JSON arrays and single JSON objects, one row at a time: a large file is never held whole."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from veridical.errors import NoText, ReadError, TooLarge
from veridical.readers.columns import check_mapping, draft_of
from veridical.readers.drafts import Draft
from veridical.readers.encoding import decode, mark_of, wide_encoding
from veridical.readers.refusals import Refusal
from veridical.readers.sources import Source, broken, read_lines
from veridical.settings import Settings

Columns = Mapping[str, str] | None
_LISTS = ("articles", "items", "documents", "docs", "reports", "stories", "data", "results", "records", "rows", "hits", "news")
_ROWS_INSIDE = re.compile(
    r'\{\s*"(?:[\w ]{1,30}"\s*:\s*(?:"[^"]{0,200}"|\d+|null|true|false)\s*,\s*"){0,8}(?:' + "|".join(_LISTS) + r')"\s*:\s*\[\s*\{'
)
_CHUNK = 1 << 16
_LINE_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
TRIED = 50
_SPACE = re.compile(r"[\s\ufeff]*")


class Transcoded(io.RawIOBase):
    """A stream in another encoding (UTF-16, UTF-32) as UTF-8 bytes; undecodable places become U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        import codecs

        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._stream = stream
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        ended = False
        while not self._ready and not ended:
            raw = self._stream.read(_CHUNK)
            ended = not raw
            self._ready = self._decoder.decode(raw, ended).encode("utf-8", "replace")
        data = self._ready[: len(view)]
        self._ready = self._ready[len(data) :]
        view[: len(data)] = data
        return len(data)


def as_utf8(source: Source) -> BinaryIO:
    """The source's bytes, past any byte order mark, as UTF-8 where the encoding is one of wide units."""
    mark = mark_of(source.head)
    if mark:
        source.stream.read(mark[1])
    wide = mark[0] if mark and mark[0] != "utf-8" else wide_encoding(source.head)
    return io.BufferedReader(Transcoded(source.stream, wide), _CHUNK) if wide else source.stream


def read_json(source: Source, settings: Settings, columns: Columns = None) -> Iterator[Draft | Refusal]:
    """The rows of a JSON file in whichever of its forms; raises ReadError where the file cannot go on."""
    head = source.head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n") if not wide_encoding(source.head) else ""
    mark = mark_of(source.head)
    if mark and mark[0] != "utf-8":
        head = source.head[mark[1] :].decode(mark[0], "ignore").lstrip()
    if head.startswith("["):
        yield from read_array(source, settings, columns)
    elif source.suffix not in _LINE_SUFFIXES and _opens_object_over_lines(head):
        yield from _read_object(source, settings, columns)
    else:
        yield from read_json_lines(source, settings, columns)


def _opens_object_over_lines(head: str) -> bool:
    """One object spread over lines, or with rows in a list inside, rather than one object a line."""
    first, newline, rest = head.partition("\n")
    if _ROWS_INSIDE.match(head):
        return True
    if not newline or rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first)
    except RecursionError:
        return False
    except ValueError as error:
        return isinstance(error, json.JSONDecodeError) and error.pos >= len(first.rstrip()) - 1
    return False


def read_json_lines(source: Source, settings: Settings, columns: Columns = None) -> Iterator[Draft | Refusal]:
    """A draft or a refusal for each line; a row without an id is named ``path:line``.

    Raises ReadError when none of the first ``TRIED`` lines is a row: then the file is of another form.
    """
    check_mapping(columns)
    limit = settings.max_file_bytes
    waiting: list[Refusal] = []
    found_row = False
    for number, line in read_lines(as_utf8(source), limit):
        name = f"{source.name}:{number}"
        try:
            if line is None:
                raise TooLarge(f"line {number} is over the limit of {limit:,} bytes: raise the setting max_file_bytes")
            if line.strip():
                row = _parse(decode(line), f"line {number}")
                found_row = True
                yield from waiting
                waiting.clear()
                yield draft_of(row, name, columns)
        except ReadError as error:
            refusal = Refusal.of(source.name, name, error)
            if found_row:
                yield refusal
                continue
            waiting.append(refusal)
            if len(waiting) >= TRIED:
                raise ReadError(f"none of its first {TRIED} lines is a row of JSON: give it the suffix of what it is") from error
    yield from waiting


def _parse(text: str, place: str) -> dict[str, object]:
    try:
        row = json.loads(text)
    except RecursionError as error:
        raise ReadError(f"{place} is nested too deeply for a row: give it as a flat object") from error
    except ValueError as error:
        raise ReadError(f"{place} is no JSON ({error}): mend or remove the row") from error
    if not isinstance(row, dict):
        raise ReadError(f"{place} is no JSON object: give each report as an object with a text")
    return row


def read_array(source: Source, settings: Settings, columns: Columns = None) -> Iterator[Draft | Refusal]:
    """A draft or a refusal for each element of a JSON array, read piece by piece.

    Raises ReadError where the array itself is malformed: what follows cannot be told apart any more.
    """
    check_mapping(columns)
    text = io.TextIOWrapper(as_utf8(source), "utf-8", errors="replace", newline="")
    for number, element in enumerate(_elements(text, settings.max_file_bytes), 1):
        name = f"{source.name}:{number}"
        try:
            if not isinstance(element, dict):
                raise ReadError(f"element {number} is no JSON object: give each report as an object with a text")
            yield draft_of(element, name, columns)
        except ReadError as error:
            yield Refusal.of(source.name, name, error)
    text.detach()


def _elements(stream: io.TextIOWrapper, limit: int) -> Iterator[object]:
    decoder = json.JSONDecoder()
    buffer, number, ended = _more(stream, "", _CHUNK)
    at = _skip(buffer, 0) + 1
    while True:
        at = _skip(buffer, at)
        while at >= len(buffer) and not ended:
            buffer, _, ended = _more(stream, "", _CHUNK)
            at = _skip(buffer, 0)
        if buffer[at : at + 1] == "]":
            return
        if buffer[at : at + 1] == ",":
            at += 1
            continue
        number += 1
        step = _CHUNK
        while True:
            try:
                element, after = decoder.raw_decode(buffer, at)
                break
            except RecursionError as error:
                raise ReadError(f"element {number} is nested too deeply: give each report as a flat object") from error
            except ValueError as error:
                if ended or _is_malformed(error, len(buffer)):
                    raise ReadError(
                        f"element {number} is cut off or no JSON ({error}): the rest of the array is not "
                        "read; mend it, or give JSON Lines"
                    ) from error
                if len(buffer) - at > limit:
                    raise TooLarge(
                        f"element {number} is over the limit of {limit:,} bytes, or broken: raise the setting "
                        "max_file_bytes, or give JSON Lines"
                    ) from error
            buffer, _, ended = _more(stream, buffer[at:], step)
            at, step = 0, step * 2
        yield element
        at = after


def _is_malformed(error: ValueError, size: int) -> bool:
    """Whether more text could not mend it: an element that is only cut off fails at the buffer's end."""
    return isinstance(error, json.JSONDecodeError) and "Unterminated" not in error.msg and error.pos + 100 < size


def _more(stream: io.TextIOWrapper, kept: str, size: int) -> tuple[str, int, bool]:
    try:
        new = stream.read(size)
    except (OSError, EOFError) as error:
        raise broken(error) from error
    return kept + new, 0, not new


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _read_object(source: Source, settings: Settings, columns: Columns) -> Iterator[Draft | Refusal]:
    from veridical.readers.sources import read_limited

    row = _parse(decode(read_limited(as_utf8(source), settings.max_file_bytes)), "the file")
    listed = next((row[key] for key in _LISTS if isinstance(row.get(key), list)), None)
    if not isinstance(listed, list) or not listed or not isinstance(listed[0], dict):
        yield draft_of(row, source.name, columns)
        return
    for number, element in enumerate(listed, 1):
        name = f"{source.name}:{number}"
        try:
            if not isinstance(element, dict):
                raise NoText(f"element {number} is no JSON object: give each report as an object with a text")
            yield draft_of(element, name, columns)
        except ReadError as error:
            yield Refusal.of(source.name, name, error)
