"""JSON Lines: one incident record a line, as DESIGN.md defines it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veridical.export.options import ExportOptions
from veridical.export.privacy import record_of
from veridical.export.record import dumps
from veridical.model import Incident, Report


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """The lines, UTF-8, each ended by a newline."""
    return "".join(dumps(record_of(incident, hidden)).rstrip("\n") + "\n" for incident in incidents).encode()
