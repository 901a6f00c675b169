"""CSV and TSV, one row at a time; a quote that is never closed costs its own row, not the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from veridical.errors import NoText, ReadError, TooLarge
from veridical.readers.columns import check_mapping, draft_of, has_text_column
from veridical.readers.drafts import Draft
from veridical.readers.encoding import decode
from veridical.readers.refusals import Refusal
from veridical.readers.rows import as_utf8
from veridical.readers.sources import Source, read_lines
from veridical.settings import Settings

Columns = Mapping[str, str] | None
_DELIMITERS = ",;\t|"


def read_table(source: Source, settings: Settings, columns: Columns = None) -> Iterator[Draft | Refusal]:
    """A draft or a refusal for each row below the header; a row without an id is named ``path:line``.

    Raises NoText when no column holds a text, NotText for a header that is not text.
    """
    check_mapping(columns)
    records = _Records(as_utf8(source), settings.max_file_bytes, source.suffix in (".tsv", ".tab"))
    header = [name.strip() for name in next(records.read(), (0, []))[1]]
    if isinstance(records.error, ReadError):
        raise records.error
    if not has_text_column(header, columns):
        raise NoText(
            f"no column holds a text (columns: {', '.join(header)[:200] or 'none'}): name the column with a mapping, text=COLUMN"
        )
    for number, cells in records.read():
        name = f"{source.name}:{number}"
        try:
            if records.error:
                raise records.error
            if len(cells) > len(header):
                raise ReadError(
                    f"the row at line {number} has {len(cells)} cells under {len(header)} columns: "
                    "quote the cells that hold the delimiter"
                )
            if any(cells):
                yield draft_of(dict(zip(header, cells, strict=False)), name, columns)
        except ReadError as error:
            yield Refusal.of(source.name, name, error)


class _Records:
    """The records of a table with the line each begins at; ``error`` tells why the current one is unusable."""

    def __init__(self, stream: BinaryIO, limit: int, tabs: bool) -> None:
        self._lines = read_lines(stream, limit)
        self._waiting: deque[tuple[int, bytes | None]] = deque()
        self._limit = limit
        self._taken: list[tuple[int, bytes | None]] = []
        self._held = 0
        self._delimiter = "\t" if tabs else ""
        self.error: ReadError | None = None

    def read(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(max(csv.field_size_limit(), self._limit * 2))
        while True:
            self.error, self._taken, self._held = None, [], 0
            try:
                cells = next(self._parser())
            except StopIteration:
                return
            except (csv.Error, ReadError) as error:
                cells = []
                self.error = (
                    error
                    if isinstance(error, ReadError)
                    else ReadError(f"line {self._taken[0][0]} is no row ({error}): mend or remove it")
                )
            if not self._taken:
                if self.error:
                    raise self.error
                return
            self._check_quotes()
            yield self._taken[0][0], cells

    def _parser(self) -> Iterator[list[str]]:
        return csv.reader(self._texts(), delimiter=self._delimiter or self._sniffed())

    def _sniffed(self) -> str:
        """The delimiter that is most frequent in the header line."""
        first = self._next()
        if first is None:
            return ","
        self._waiting.appendleft(first)
        head = decode(first[1]) if first[1] else ""
        self._delimiter = max(_DELIMITERS, key=head.count)
        return self._delimiter

    def _next(self) -> tuple[int, bytes | None] | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _texts(self) -> Iterator[str]:
        while (found := self._next()) is not None:
            self._taken.append(found)
            number, line = found
            if line is None:
                raise TooLarge(f"line {number} is over the limit of {self._limit:,} bytes: raise the setting max_file_bytes")
            self._held += len(line)
            if self._held > self._limit:
                break
            yield decode(line) + "\n" if line else "\n"

    def _check_quotes(self) -> None:
        """A record that ran on over lines to the end of the file, or the limit, with a quote left open."""
        if len(self._taken) < 2 and self._held <= self._limit:
            return
        quotes = sum(line.count(b'"') for _, line in self._taken if line)
        if quotes % 2 and (self._held > self._limit or not self._waiting_or_more()):
            first = self._taken[0]
            self._waiting.extendleft(reversed(self._taken[1:]))
            self._taken = [first]
            self.error = ReadError(f"a quote opens in line {first[0]} and never closes: mend or remove the row")

    def _waiting_or_more(self) -> bool:
        found = self._next()
        if found is not None:
            self._waiting.appendleft(found)
        return found is not None
