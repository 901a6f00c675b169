"""Message files of the MUC evaluations: many reports in a file, each under a line with its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from veridical.readers.dates import dateline_date
from veridical.readers.drafts import Draft
from veridical.readers.encoding import decode
from veridical.readers.sources import Source, read_lines
from veridical.settings import Settings

_HEADER = re.compile(r"\s*((?:DEV|TST\d)-MUC\d-\d{4})(?:\s+\([A-Z /&-]{1,30}\))?\s*$")


def is_muc(head: str) -> bool:
    """Whether a file that begins with ``head`` is a message file."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return _HEADER.match(first) is not None


def dateline_of(text: str) -> str | None:
    """The publication date that a message's dateline states, its number line aside; ISO or ``None``."""
    first, _, rest = text.lstrip().partition("\n")
    return dateline_date(rest if _HEADER.match(first) else text)


def read_muc(source: Source, settings: Settings) -> Iterator[Draft]:
    """A draft for each message, named by its number; the number line is not part of its text."""
    name, lines, size = "", list[str](), 0
    for _, raw in read_lines(source.stream, settings.max_file_bytes):
        line = decode(raw) if raw else ("" if raw is not None else " " * settings.max_report_chars)
        header = _HEADER.match(line)
        if header:
            if name:
                yield _draft(name, lines)
            name, lines, size = header[1], [], 0
        elif size <= settings.max_report_chars:
            lines.append(line)
            size += len(line) + 1
    if name:
        yield _draft(name, lines)


def _draft(name: str, lines: list[str]) -> Draft:
    text = "\n".join(lines).strip("\n")
    return Draft(name, text, published=dateline_date(text))
