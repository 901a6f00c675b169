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
from veridical.store.choices import apply_choices
from veridical.store.ledger import Settlement, settle_ids

__all__ = [
    "Anchor",
    "Choice",
    "Forgotten",
    "Forward",
    "LedgerEntry",
    "Refused",
    "Run",
    "Settlement",
    "Sighting",
    "Store",
    "Unattached",
    "apply_choices",
    "open_casebook",
    "settle_ids",
]


def open_casebook(path: str | Path, create: bool = True) -> Store:
    """The casebook at this path, made or migrated where needed; StoreError when that cannot be."""
    from veridical.store.sqlite import SQLiteStore

    return SQLiteStore(Path(path), create)
