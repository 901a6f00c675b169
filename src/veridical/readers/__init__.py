"""Readers: files, folders and streams into reports, and what cannot be read into refusals.

``read`` gives the reports of one source, ``discover`` the files that a command line names. Formats: plain text and
Markdown, HTML, PDF, JSON Lines, JSON, CSV and TSV, RSS and Atom, WARC, MUC message files; each also packed
with gzip. Nothing heavy is imported before a format needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from veridical.errors import NoText, ReadError
from veridical.model import Report
from veridical.readers.drafts import Draft, finish
from veridical.readers.formats import read_drafts
from veridical.readers.refusals import Refusal
from veridical.readers.sources import discover, name_of, open_source
from veridical.settings import Settings

__all__ = ["Refusal", "discover", "read"]


def read(
    source: str | Path | BinaryIO,
    settings: Settings = Settings(),  # noqa: B008 (frozen, so it can be shared)
    columns: Mapping[str, str] | None = None,
) -> Iterator[Report | Refusal]:
    """The reports of a file or binary stream, with a refusal in place of each file, row or page that is not read.

    ``columns`` maps fields of a report (text, title, publisher, published, url, language, id) to the
    columns of rows, before the names known out of the box; a dot reaches into a nested object. Never raises for what
    a source holds. A stream that was passed in is not closed.

    >>> import io
    >>> [r.text for r in read(io.BytesIO(b"A bomb went off in the square."))]
    ['A bomb went off in the square.']
    """
    name = name_of(source)
    empty = True
    try:
        with open_source(source) as opened:
            for found in read_drafts(opened, settings, columns):
                empty = False
                yield _finished(found, name, settings)
    except ReadError as error:
        empty = False
        yield Refusal.of(name, name, error)
    except (OSError, EOFError) as error:
        empty = False
        yield Refusal.of(name, name, ReadError(f"reading failed ({error}): fetch the file again"))
    if empty:
        yield Refusal.of(name, name, NoText("it holds no report: no row, entry or page"))


def _finished(found: Draft | Refusal, source: str, settings: Settings) -> Report | Refusal:
    if isinstance(found, Refusal):
        return found
    try:
        return finish(found, settings)
    except ReadError as error:
        return Refusal.of(source, found.name, error)
