"""JSON Lines: one incident record a line, as DESIGN.md defines it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veridical.export.options import ExportOptions
from veridical.export.privacy import cover
from veridical.export.record import dumps, to_record
from veridical.model import Incident, Report


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """The lines, UTF-8, each ended by a newline; covered names keep their length, so that offsets hold."""
    return "".join(dumps(cover(to_record(incident), hidden)).rstrip("\n") + "\n" for incident in incidents).encode()
