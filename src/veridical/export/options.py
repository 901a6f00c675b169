"""What an export may be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """``private`` keeps the names of private victims; ``bom`` starts a CSV with U+FEFF, which old Excels need for UTF-8.

    ``title`` heads a dossier. Nothing here is a time: the same incidents always give the same bytes.
    """

    private: bool = False
    bom: bool = False
    title: str = "Incident dossier"
