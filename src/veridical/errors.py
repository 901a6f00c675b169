"""Every error that Veridical raises on purpose.

::

    VeridicalError
    ├── ReadError            a report cannot be read: refused, counted, never fatal to a run
    │   ├── TooLarge         over the size limit of the settings
    │   ├── NotText          binary or undecodable bytes where text was expected
    │   ├── NoText           nothing left to read (empty, or nothing but boilerplate)
    │   └── WrongLanguage    a language that no extractor is configured for
    ├── SpanError            a quote does not stand where it is said to stand
    ├── CodebookError        a codebook is not usable; names file, table and key
    ├── SettingsError        a setting, a model or an optional package is missing or wrong
    ├── StoreError           a casebook cannot be opened, or is of another version
    ├── ExportError          a profile is unknown or its target cannot be written
    └── CorpusError          markup or a story of a corpus is faulty; lists every fault with line and column

Each message says what is wrong and, after a colon or dash, what mends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class VeridicalError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is fit to show to a user."""


class ReadError(VeridicalError):
    """A report that cannot be read; ``reason`` is a short fixed word for the refusals table."""

    reason = "unreadable"


class TooLarge(ReadError):
    """A file or a text over the size limit."""

    reason = "too large"


class NotText(ReadError):
    """Bytes that are not text of any encoding we detect."""

    reason = "not text"


class NoText(ReadError):
    """A source without any report text."""

    reason = "no text"


class WrongLanguage(ReadError):
    """A report in a language other than the configured one."""

    reason = "other language"


class SpanError(VeridicalError):
    """A quote that does not stand at its offsets."""


class CodebookError(VeridicalError):
    """A codebook that cannot be used."""


class SettingsError(VeridicalError):
    """A setting, model or optional package that is missing or wrong."""


class StoreError(VeridicalError):
    """A casebook that cannot be opened, read or migrated."""


class ExportError(VeridicalError):
    """An export that cannot be written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a corpus file; line and column count from 1."""

    file: str
    line: int
    column: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}"


class CorpusError(VeridicalError):
    """Files of a corpus that cannot be used; ``faults`` has them all."""

    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> CorpusError:
        """One error for all the faults, a line each."""
        error = cls("\n".join(map(str, faults)))
        error.faults = tuple(faults)
        return error
