"""The settings of a run: frozen, built once by the caller, passed down; nothing is read at import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told; every default works on a laptop without a network.

    ``pipeline`` is "builtin" or the name of an installed spaCy pipeline. ``max_report_chars`` and
    ``max_file_bytes`` are the named size limits: over them a report is refused (`TooLarge`).
    """

    codebook: Path | None = None
    gazetteer: Path | None = None
    pipeline: str = "builtin"
    language: str = "en"
    threads: int = 1
    max_report_chars: int = 60_000
    max_file_bytes: int = 4_000_000
    """For one-report files (text, HTML, PDF); row formats are streamed and judged row by row."""
    publisher: str | None = None
    """Used where a source does not name its publisher; never a guess."""
    published: str | None = None
    """ISO date, used where a source does not give one."""
