"""What could not be read, as a value: a refusal is yielded in a report's place and never stops a run."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.errors import ReadError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, row or page that was not read.

    ``source`` is the path or stream that was read, ``name`` what was refused in it (the file itself, a
    row's id or ``path:line``, a page's address), ``reason`` the short fixed word of the error's class,
    ``message`` what is wrong and what mends it.
    """

    source: str
    name: str
    reason: str
    message: str

    @classmethod
    def of(cls, source: str, name: str, error: ReadError) -> Refusal:
        """The refusal that ``error`` amounts to."""
        return cls(source, name, error.reason, str(error))
