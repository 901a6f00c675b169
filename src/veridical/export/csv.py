"""CSV (RFC 4180, UTF-8): one incident a line, the columns of `veridical.export.rows`, lists joined by "; ".

A text cell that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from veridical.export.options import ExportOptions
from veridical.export.privacy import record_of
from veridical.export.rows import COLUMNS, flatten
from veridical.model import Incident, Report

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters that make spreadsheets calculate; the full-width forms do so in East Asian ones."""


def guard(cell: str) -> str:
    """``cell``, with an apostrophe before it when a spreadsheet would take it for a formula.

    >>> guard("=HYPERLINK(1)"), guard("Cali")
    ("'=HYPERLINK(1)", 'Cali')
    """
    return f"'{cell}" if cell[:1] in FORMULA or cell.lstrip()[:1] in FORMULA else cell


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(value)
    return guard(value) if isinstance(value, str) and value else value


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """The table with its header line; with ``options.bom`` it starts with U+FEFF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([name for name, _ in COLUMNS])
    for incident in incidents:
        row = flatten(record_of(incident, hidden))
        writer.writerow([_cell(row[name]) for name, _ in COLUMNS])
    return (("\ufeff" if options.bom else "") + stream.getvalue()).encode()
