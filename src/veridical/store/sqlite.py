"""The default store: one SQLite file on a laptop, written report by report, readable while it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from veridical.errors import StoreError
from veridical.model import ActorFact, Claim, Report, content_hash
from veridical.store.base import Forgotten, Forward, LedgerEntry, Refused, Run, Sighting
from veridical.store.decisions import DecisionTables

_encode = msgspec.msgpack.Encoder().encode
_reports = msgspec.msgpack.Decoder(Report)
_claims = msgspec.msgpack.Decoder(Claim)
_facts = msgspec.msgpack.Decoder(ActorFact)
_members = msgspec.msgpack.Decoder(LedgerEntry)

_CURRENT = "FROM {} x JOIN runs r ON r.id = x.run AND r.active JOIN reports p ON p.id = r.report AND p.current"


class SQLiteStore(DecisionTables):
    """A casebook in one file; see `veridical.store.base.Store` for what each method promises."""

    # -- reports ----------------------------------------------------------------------------------

    def begin(self) -> int:
        """The number of a new build."""
        with self.transaction():
            return self.count_up("build")

    def known(self, report: str, run: Run) -> bool:
        """Whether this run is the report's active one."""
        return (
            self.db.execute(
                "SELECT 1 FROM runs WHERE report = ? AND extractor = ? AND codebook = ? AND annotator = ? AND active",
                (report, run.extractor, run.codebook, run.annotator),
            ).fetchone()
            is not None
        )

    def forgotten(self, report: Report, address: str) -> bool:
        """Whether a tombstone stands for this report, its address or its publisher's same text."""
        hashes = _tombstones(report, (address,))
        marks = ", ".join("?" * len(hashes))
        return self.db.execute(f"SELECT 1 FROM tombstones WHERE hash IN ({marks})", hashes).fetchone() is not None

    def put(self, report: Report, claims: Sequence[Claim], facts: Sequence[ActorFact], run: Run, at: Sighting) -> bool:
        """Stores a report with a run's claims, which replaces an older run; False when it is forgotten."""
        with self.transaction():
            if self.forgotten(report, at.address):
                return False
            self.db.execute(
                "INSERT INTO reports VALUES (?, ?, ?, ?, 1)"
                # A newer run rests on what the readers say now: which parts are no evidence, the date of publication.
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, body = excluded.body",
                (report.id, report.name, report.url, _encode(report)),
            )
            self._activate(report.id, claims, facts, run)
            self._sight(report.id, at)
            self.db.execute("DELETE FROM refusals WHERE source = ? AND name = ?", (at.source, report.name))
            self.count_up("revision")
        return True

    def _activate(self, report: str, claims: Sequence[Claim], facts: Sequence[ActorFact], run: Run) -> None:
        self.db.execute("UPDATE runs SET active = 0 WHERE report = ? AND active", (report,))
        key = (report, run.extractor, run.codebook, run.annotator)
        before = self.db.execute(
            "SELECT id FROM runs WHERE report = ? AND extractor = ? AND codebook = ? AND annotator = ?", key
        ).fetchone()
        if before:
            self.db.execute("UPDATE runs SET active = 1 WHERE id = ?", before)
            return
        number = self.db.execute(
            "INSERT INTO runs (report, extractor, codebook, annotator, active) VALUES (?, ?, ?, ?, 1)", key
        ).lastrowid
        self.db.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?)", [(number, i, c.id, _encode(c)) for i, c in enumerate(claims)]
        )
        self.db.executemany("INSERT INTO facts VALUES (?, ?, ?)", [(number, i, _encode(f)) for i, f in enumerate(facts)])

    def see(self, report: str, at: Sighting) -> None:
        """Notes that a known report was met again."""
        with self.transaction():
            self._sight(report, at)

    def _sight(self, report: str, at: Sighting) -> None:
        body = self.db.execute("SELECT body FROM reports WHERE id = ?", (report,)).fetchone()
        if body is None:
            raise StoreError(f"report {report} is not in {self.path}: it was removed meanwhile; run the build again")
        published = _reports.decode(body[0]).published or ""
        self.db.execute(
            "INSERT INTO sightings VALUES (?, ?, ?, ?, ?) ON CONFLICT (address, report) DO UPDATE"
            " SET build = max(build, excluded.build), source = excluded.source, published = excluded.published",
            (at.address, report, at.source, at.build, published),
        )
        sharing = self.db.execute("SELECT report FROM sightings WHERE address = ?", (at.address,)).fetchall()
        changed = [self._settle(r) for (r,) in sharing] if len(sharing) > 1 else [self._settle(report)]
        if any(changed):
            self.count_up("revision")

    def _settle(self, report: str) -> bool:
        """Marks a report as current when it was the last one seen at one of its addresses; whether that changed."""
        wins = any(report == self._winner(address) for address in self._addresses(report))
        return self.db.execute("UPDATE reports SET current = ? WHERE id = ? AND current <> ?", (wins, report, wins)).rowcount > 0

    def _winner(self, address: str) -> str:
        # Two texts that one build met at one address: the later published, else an arbitrary but fixed one,
        # so that the order of reading changes nothing.
        row = self.db.execute(
            "SELECT report FROM sightings WHERE address = ? ORDER BY build DESC, published DESC, report DESC LIMIT 1", (address,)
        ).fetchone()
        return str(row[0])

    def _addresses(self, report: str) -> tuple[str, ...]:
        return tuple(a for (a,) in self.db.execute("SELECT address FROM sightings WHERE report = ? ORDER BY address", (report,)))

    def report(self, report: str) -> Report | None:
        """A report by its id, current or not; ``None`` when unknown or forgotten."""
        row = self.db.execute("SELECT body FROM reports WHERE id = ?", (report,)).fetchone()
        return _reports.decode(row[0]) if row else None

    def reports(self) -> Iterator[Report]:
        """The current versions, in order of their ids."""
        for (body,) in self.db.execute("SELECT body FROM reports WHERE current ORDER BY id"):
            yield _reports.decode(body)

    def versions(self, report: str) -> tuple[tuple[Report, bool], ...]:
        """All versions that share an address with this report, oldest sighting first, and which are current."""
        rows = self.db.execute(
            "SELECT p.body, p.current FROM reports p JOIN sightings s ON s.report = p.id WHERE s.address IN"
            " (SELECT address FROM sightings WHERE report = ?) GROUP BY p.id ORDER BY max(s.build), s.published, p.id",
            (report,),
        ).fetchall()
        return tuple((_reports.decode(body), bool(current)) for body, current in rows)

    def superseded(self) -> int:
        """How many reports are kept that are not the current version at any of their addresses."""
        return int(self.db.execute("SELECT count(*) FROM reports WHERE NOT current").fetchone()[0])

    def successor(self, report: str) -> str | None:
        """The current version of a report: itself, another at its address, or ``None`` when it is gone."""
        row = self.db.execute("SELECT current FROM reports WHERE id = ?", (report,)).fetchone()
        if row is None or row[0]:
            return report if row else None
        return next((self._winner(address) for address in self._addresses(report)), None)

    # -- refusals ---------------------------------------------------------------------------------

    def refuse(self, refused: Refused) -> None:
        """Logs a refusal; the latest for the same source and name is kept."""
        with self.transaction():
            self.db.execute(
                "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?)",
                (refused.source, refused.name, refused.reason, refused.message),
            )

    def refusals(self) -> tuple[Refused, ...]:
        """All logged refusals that no later reading has mended, in order of source and name."""
        return tuple(Refused(*row) for row in self.db.execute("SELECT * FROM refusals ORDER BY source, name"))

    # -- runs and claims --------------------------------------------------------------------------

    def runs(self, report: str) -> tuple[tuple[Run, bool], ...]:
        """The runs over a report, oldest first, and which one is active."""
        rows = self.db.execute("SELECT extractor, codebook, annotator, active FROM runs WHERE report = ? ORDER BY id", (report,))
        return tuple((Run(e, c, a), bool(active)) for e, c, a, active in rows)

    def claims(self, report: str | None = None, run: Run | None = None) -> Iterator[Claim]:
        """The active claims of current reports in canonical order; or those of one report, or of one run of it."""
        arguments: tuple[str, ...] = ()
        if report is None:
            query = "SELECT x.body " + _CURRENT.format("claims") + " ORDER BY p.id, x.seq"
        elif run is None:
            query = "SELECT x.body FROM claims x JOIN runs r ON r.id = x.run WHERE r.report = ? AND r.active ORDER BY x.seq"
            arguments = (report,)
        else:
            query = (
                "SELECT x.body FROM claims x JOIN runs r ON r.id = x.run WHERE r.report = ? AND r.extractor = ?"
                " AND r.codebook = ? AND r.annotator = ? ORDER BY x.seq"
            )
            arguments = (report, run.extractor, run.codebook, run.annotator)
        for (body,) in self.db.execute(query, arguments):
            yield _claims.decode(body)

    def claims_of(self, report: str) -> tuple[Claim, ...]:
        """The claims of a report's active run."""
        return tuple(self.claims(report))

    def claim(self, claim: str) -> Claim:
        """A claim by its id, the active one first; StoreError when there is none."""
        row = self.db.execute(
            "SELECT c.body FROM claims c JOIN runs r ON r.id = c.run WHERE c.id = ? ORDER BY r.active DESC, r.id DESC LIMIT 1",
            (claim,),
        ).fetchone()
        if row is None:
            raise StoreError(f"there is no claim {claim} in {self.path}: take an id from `veridical show` or an export")
        return _claims.decode(row[0])

    def facts(self) -> Iterator[ActorFact]:
        """The actor facts that belong to the active claims, in the same order."""
        for (body,) in self.db.execute("SELECT x.body " + _CURRENT.format("facts") + " ORDER BY p.id, x.seq"):
            yield _facts.decode(body)

    # -- the ledger of incident ids ---------------------------------------------------------------

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """The incident ids in use, with their words carried over to the current versions of the reports."""
        found = []
        for incident, body in self.db.execute("SELECT id, members FROM ledger ORDER BY id").fetchall():
            members = [self.carried(anchor) for anchor in _members.decode(body).members]
            found.append(LedgerEntry(incident, tuple(a for a in members if a)))
        return tuple(found)

    def record(self, entries: Sequence[LedgerEntry], forwards: Sequence[Forward]) -> None:
        """Replaces the ids in use and adds forwarding records."""
        with self.transaction():
            self.db.execute("DELETE FROM ledger")
            self.db.executemany("INSERT INTO ledger VALUES (?, ?)", [(e.id, _encode(e)) for e in entries])
            # An id that is derived again needs no forwarding but to what was split from it.
            self.db.execute("DELETE FROM forwards WHERE why <> 'split' AND id IN (SELECT id FROM ledger)")
            self.db.executemany(
                "INSERT OR IGNORE INTO forwards (id, now, why) VALUES (?, ?, ?)", [(f.id, f.now, f.why) for f in forwards]
            )

    def forwards(self) -> tuple[Forward, ...]:
        """All forwarding records, oldest first."""
        return tuple(Forward(*row) for row in self.db.execute("SELECT id, now, why FROM forwards ORDER BY number"))

    def follow(self, incident: str) -> tuple[str, ...]:
        """The ids in use that a given or former id leads to; empty when it is unknown or gone."""
        live = {i for (i,) in self.db.execute("SELECT id FROM ledger")}
        reached, waiting = set(), [incident]
        while waiting:
            reached.add(one := waiting.pop())
            if one != incident and one in live:
                continue
            later = self.db.execute("SELECT now FROM forwards WHERE id = ? AND now IS NOT NULL", (one,)).fetchall()
            waiting.extend(i for (i,) in later if i not in reached)
        return tuple(sorted(reached & live))

    # -- forgetting -------------------------------------------------------------------------------

    def forget(self, which: str) -> Forgotten:
        """Removes a report (id, unique start of it, name or address) in all its versions, and leaves a tombstone."""
        versions = [report for report, _ in self.versions(self._find(which))]
        ids = tuple(sorted(r.id for r in versions))
        with self.transaction():
            claims = decisions = 0
            for report in versions:
                hashes = _tombstones(report, self._addresses(report.id))
                self.db.executemany("INSERT OR IGNORE INTO tombstones VALUES (?)", [(h,) for h in hashes])
                self.db.execute(
                    "DELETE FROM refusals WHERE name = ? AND source IN (SELECT source FROM sightings WHERE report = ?)",
                    (report.name, report.id),
                )
                claims += self._delete("claims", report.id)
                self._delete("facts", report.id)
                decisions += self._delete_decisions(report.id)
                for table, column in (("runs", "report"), ("sightings", "report"), ("reports", "id")):
                    self.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (report.id,))
            self._forget_members(set(ids))
            self.db.execute("DELETE FROM cache")
            self.count_up("revision")
            self.count_up("scrub")
        self.scrub()
        return Forgotten(ids, claims, decisions)

    def _delete(self, table: str, report: str) -> int:
        return self.db.execute(f"DELETE FROM {table} WHERE run IN (SELECT id FROM runs WHERE report = ?)", (report,)).rowcount

    def _delete_decisions(self, report: str) -> int:
        # A link's other anchor goes with it: a verdict on one claim alone says nothing.
        numbers = self.db.execute("SELECT DISTINCT number FROM decision_anchors WHERE report = ?", (report,)).fetchall()
        self.db.executemany("DELETE FROM decisions WHERE number = ?", numbers)
        self.db.executemany("DELETE FROM decision_anchors WHERE number = ?", numbers)
        return len(numbers)

    def _forget_members(self, reports: set[str]) -> None:
        for incident, body in self.db.execute("SELECT id, members FROM ledger").fetchall():
            entry = _members.decode(body)
            kept = tuple(a for a in entry.members if a.report not in reports)
            if len(kept) < len(entry.members):
                self.db.execute("UPDATE ledger SET members = ? WHERE id = ?", (_encode(LedgerEntry(incident, kept)), incident))

    def _find(self, which: str) -> str:
        rows: list[Any] = []
        for query in (
            "SELECT id FROM reports WHERE id = ?",
            "SELECT DISTINCT report FROM sightings WHERE address = ?",
            "SELECT id FROM reports WHERE url = ?1 OR name = ?1",
            "SELECT id FROM reports WHERE length(?1) >= 6 AND substr(id, 1, length(?1)) = ?1",
        ):
            rows = rows or self.db.execute(query, (which,)).fetchall()
        found = sorted(str(r[0]) for r in rows)
        families = {frozenset(r.id for r, _ in self.versions(one)) for one in found}
        if len(families) > 1:
            raise StoreError(f"{which!r} names {len(families)} reports: give an id, one of {', '.join(found[:8])}")
        if not found:
            already = self.db.execute(
                "SELECT 1 FROM tombstones WHERE hash IN (?, ?)", (_tomb("id", which), _tomb("address", which))
            ).fetchone()
            raise StoreError(
                f"{which!r} is forgotten already: nothing is left to remove"
                if already
                else f"there is no report {which!r} in {self.path}: take an id, a name or an address "
                "from `veridical show` or an export"
            )
        return found[0]

    # -- what is derived --------------------------------------------------------------------------

    def revision(self) -> int:
        """A number that grows with every change to what incidents are derived from."""
        return self.counter("revision")

    def cached(self, key: str) -> bytes | None:
        """What was last kept under this key, if nothing changed since."""
        row = self.db.execute("SELECT body FROM cache WHERE key = ? AND revision = ?", (key, self.revision())).fetchone()
        return row[0] if row else None

    def cache(self, key: str, body: bytes) -> None:
        """Keeps a derived value until the next change."""
        with self.transaction():
            self.db.execute("DELETE FROM cache WHERE revision <> ?", (self.revision(),))
            self.db.execute("INSERT OR REPLACE INTO cache VALUES (?, ?, ?)", (key, self.revision(), body))


def _tomb(*parts: str | None) -> str:
    return content_hash(*parts, length=64)


def _tombstones(report: Report, addresses: Sequence[str]) -> tuple[str, ...]:
    return (_tomb("id", report.id), _tomb("text", report.publisher, report.text), *(_tomb("address", a) for a in addresses))
