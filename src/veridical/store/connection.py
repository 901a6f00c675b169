"""Opening a casebook file: write-ahead log, migrations, and transactions that happen whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from veridical.errors import StoreError
from veridical.store.schema import APPLICATION_ID, MIGRATIONS


class Connection:
    """One SQLite connection to a casebook; closing it is optional, the file is whole at any moment."""

    def __init__(self, path: Path, create: bool = True) -> None:
        """Opens, makes or migrates the file; StoreError when it is missing, newer, or no casebook."""
        self.path = path
        if not path.exists():
            if not create:
                raise StoreError(f"there is no casebook at {path}: make one with `veridical build PATH --casebook {path}`")
            if not path.parent.is_dir():
                raise StoreError(f"there is no folder {path.parent}: make it, or name another casebook file")
        try:
            self.db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._migrate()
            self.db.execute("PRAGMA journal_mode = WAL")
            # A killed process loses nothing at this level; only a power cut may lose the last reports.
            self.db.execute("PRAGMA synchronous = NORMAL")
            self.db.execute("PRAGMA secure_delete = ON")
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{path} cannot be opened as a casebook ({error}): name a file that "
                "`veridical build` made, in a folder that can be written to"
            ) from error
        if self.counter("scrub"):
            self.scrub()

    def _migrate(self) -> None:
        version = self._pragma("user_version")
        tables = self.db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables and self._pragma("application_id") != APPLICATION_ID:
            raise StoreError(f"{self.path} is a database of another program: name another file for the casebook")
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self.path} was made by a newer Veridical (format {version}, this one knows "
                f"{len(MIGRATIONS)}): update Veridical, for example with `pip install --upgrade veridical`"
            )
        if version == len(MIGRATIONS):
            return
        with self.transaction():
            # Read again under the lock: another process may have migrated in between.
            for number in range(self._pragma("user_version"), len(MIGRATIONS)):
                for statement in _statements(MIGRATIONS[number]):
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version = {number + 1}")
            self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _pragma(self, name: str) -> int:
        return int(self.db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written at its end, or nothing when an exception leaves it."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            yield
            self.db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back()
            raise StoreError(
                f"{self.path} cannot be written ({error}): free some space, end other programs that "
                "write to it, and run the command again; nothing that was stored is lost"
            ) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def counter(self, key: str) -> int:
        """A number of the state table, 0 when it was never set."""
        row = self.db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def count_up(self, key: str) -> int:
        """Adds one to a number of the state table and returns it; call it inside a transaction."""
        self.db.execute("INSERT INTO state VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1", (key,))
        return self.counter(key)

    def scrub(self) -> None:
        """Rewrites the file so that deleted text stands in no free page and in no log; StoreError while others read."""
        # Two rounds: the first empties the log of old pages, the second that of the rewritten file.
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            try:
                row = self.db.execute(statement).fetchone()
            except sqlite3.OperationalError as error:
                row = (1, str(error))
            if row and row[0]:
                raise StoreError(
                    f"{self.path} is open in another program, so that deleted text may still stand in "
                    "unused parts of it: close that program and open the casebook again"
                )
        self.db.execute("DELETE FROM state WHERE key = 'scrub'")

    def close(self) -> None:
        """Ends the connection."""
        self.db.close()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger's inner semicolons do not end it."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
