"""The casebook's tables as numbered migrations; ``PRAGMA user_version`` holds the number of the last one."""

from __future__ import annotations

APPLICATION_ID = 0x56455243
""""VERC", so that another program's SQLite file is not taken for a casebook."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO state VALUES ('build', 0), ('revision', 0);

    CREATE TABLE reports (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT, body BLOB NOT NULL, current INTEGER NOT NULL DEFAULT 1);
    CREATE INDEX reports_by_name ON reports (name);
    CREATE INDEX reports_by_url ON reports (url) WHERE url IS NOT NULL;

    -- One report can be met at several addresses; at each the last one seen is the current version.
    CREATE TABLE sightings (
      address TEXT NOT NULL, report TEXT NOT NULL, source TEXT NOT NULL, build INTEGER NOT NULL, published TEXT NOT NULL,
      PRIMARY KEY (address, report)) WITHOUT ROWID;
    CREATE INDEX sightings_by_report ON sightings (report);

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY, report TEXT NOT NULL, extractor TEXT NOT NULL, codebook TEXT NOT NULL,
      annotator TEXT NOT NULL, active INTEGER NOT NULL, UNIQUE (report, extractor, codebook, annotator));
    CREATE UNIQUE INDEX one_active_run ON runs (report) WHERE active;

    CREATE TABLE claims (
      run INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;
    CREATE INDEX claims_by_id ON claims (id);
    CREATE TRIGGER claims_are_append_only BEFORE UPDATE ON claims
      BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;

    CREATE TABLE facts (
      run INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;

    CREATE TABLE refusals (
      source TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL,
      PRIMARY KEY (source, name)) WITHOUT ROWID;

    -- Append-only too: a later decision on the same anchors is in force, the earlier one stays readable.
    CREATE TABLE decisions (
      number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body BLOB NOT NULL);
    CREATE TABLE decision_anchors (
      number INTEGER NOT NULL, seat INTEGER NOT NULL, report TEXT NOT NULL, claim TEXT NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (number, seat)) WITHOUT ROWID;
    CREATE INDEX decision_anchors_by_report ON decision_anchors (report);

    CREATE TABLE ledger (id TEXT PRIMARY KEY, members BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE forwards (
      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, now TEXT, why TEXT NOT NULL, UNIQUE (id, now, why));

    -- Hashes only: a tombstone must not tell what was forgotten.
    CREATE TABLE tombstones (hash TEXT PRIMARY KEY) WITHOUT ROWID;

    CREATE TABLE cache (key TEXT PRIMARY KEY, revision INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
    """,
)
