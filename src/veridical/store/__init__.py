"""Casebooks: reports, claims and decisions are kept, incidents are derived."""

from __future__ import annotations

from pathlib import Path

from veridical.store.base import (
    Anchor,
    Choice,
    Forgotten,
    Forward,
    LedgerEntry,
    Refused,
    Run,
    Sighting,
    Store,
    Unattached,
)

__all__ = ["Anchor", "Choice", "Forgotten", "Forward", "LedgerEntry", "Refused", "Run", "Sighting", "Store",
           "Unattached", "open_casebook"]


def open_casebook(path: str | Path, create: bool = True) -> Store:
    """The casebook at this path, made or migrated where needed; StoreError when that cannot be."""
    from veridical.store.sqlite import SQLiteStore

    return SQLiteStore(Path(path), create)
