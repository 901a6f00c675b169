"""Plain text and Markdown: one file is one report, its text is its own."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.readers.drafts import Draft
from veridical.readers.encoding import decode
from veridical.readers.sources import Source, read_limited
from veridical.settings import Settings


def read_plain(source: Source, settings: Settings) -> Iterator[Draft]:
    """The one draft of a text file; raises TooLarge or NotText."""
    yield Draft(source.name, decode(read_limited(source.stream, settings.max_file_bytes)))
