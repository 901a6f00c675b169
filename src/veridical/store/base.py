"""What a casebook keeps and what it answers: the Store protocol and its small value types.

Stored as truth: reports with their versions, runs with their claims and actor facts, refusals, reviewers'
decisions, the ledger of incident ids, tombstones. Incidents and actors are derived from these;
what is cached of them can be deleted at any time (DESIGN.md, house rule 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from veridical.model import ActorFact, Claim, Link, Report


@dataclass(frozen=True, slots=True)
class Run:
    """What read a report: the extractor and a hash of its rules, the codebook's hash, the annotating pipeline.

    Two runs are the same when nothing that decides a report's claims differs between them.
    """

    extractor: str
    codebook: str = ""
    annotator: str = "builtin"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a report was met: an address that its later versions share, the source read, the number of the build."""

    address: str
    source: str
    build: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A source, or one report in it, that could not be read; ``reason`` is a short fixed word."""

    source: str
    name: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a decision or an incident holds on to a report: a field's exact words, not a claim's id."""

    report: str
    field: str
    start: int
    end: int
    quote: str
    type: str = ""
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A reviewer's value for one field of the incident that holds this claim; it beats all alternatives.

    ``field`` as in the record ("when", "stage", "counts.killed", …); ``value`` is plain JSON data in
    the record's form, ``None`` for "unknown".
    """

    claim: str
    field: str
    value: object
    decided_by: str
    decided_at: str | None = None


@dataclass(frozen=True, slots=True)
class Unattached:
    """A stored decision that finds no claim in the active runs, to be reviewed again."""

    number: int
    kind: str
    anchors: tuple[Anchor, ...]
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An incident id that was given once, and the words it stood on when it was last derived."""

    id: str
    members: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Forward:
    """An id that moved: ``why`` is "merged" (into ``now``), "split" (``now`` came out of it) or "gone"."""

    id: str
    now: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `Store.forget` removed for good."""

    reports: tuple[str, ...]
    claims: int
    decisions: int


class Store(Protocol):
    """One casebook. Every writing method is one transaction: after a kill it happened whole or not at all."""

    def begin(self) -> int:
        """The number of a new build; reports seen under a later number are the later versions."""

    def known(self, report: str, run: Run) -> bool:
        """Whether this run is the report's active one, so that reading it again would add nothing."""

    def forgotten(self, report: Report, address: str) -> bool:
        """Whether a tombstone stands for this report, its address or its publisher's same text."""

    def put(self, report: Report, claims: Sequence[Claim], facts: Sequence[ActorFact], run: Run, at: Sighting) -> bool:
        """Stores a report with a run's claims, which replaces an older run; False when it is forgotten."""

    def see(self, report: str, at: Sighting) -> None:
        """Notes that a known report was met again."""

    def refuse(self, refused: Refused) -> None:
        """Logs a refusal; the latest for the same source and name is kept."""

    def refusals(self) -> tuple[Refused, ...]:
        """All logged refusals that no later reading has mended, in order of source and name."""

    def report(self, report: str) -> Report | None:
        """A report by its id, current or not; ``None`` when unknown or forgotten."""

    def reports(self) -> Iterator[Report]:
        """The current versions, in order of their ids."""

    def versions(self, report: str) -> tuple[tuple[Report, bool], ...]:
        """All versions that share an address with this report, oldest sighting first, and which are current."""

    def superseded(self) -> int:
        """How many reports are kept that are not the current version at any of their addresses."""

    def runs(self, report: str) -> tuple[tuple[Run, bool], ...]:
        """The runs over a report, oldest first, and which one is active."""

    def claims(self, report: str | None = None, run: Run | None = None) -> Iterator[Claim]:
        """The active claims of current reports in canonical order; or those of one report, or of one run of it."""

    def facts(self) -> Iterator[ActorFact]:
        """The actor facts that belong to the active claims, in the same order."""

    def judge(self, link: Link) -> None:
        """Stores a verdict on two claims (their ids); the latest on the same two wins. StoreError for unknown claims."""

    def choose(self, choice: Choice) -> None:
        """Stores a reviewer's value; the latest for the same claim and field wins. StoreError for an unknown claim."""

    def decisions(self) -> tuple[Link, ...]:
        """The verdicts in force, re-attached to the ids of the active claims."""

    def choices(self) -> tuple[Choice, ...]:
        """The chosen values in force, re-attached to the ids of the active claims."""

    def unattached(self) -> tuple[Unattached, ...]:
        """Decisions in force that attach to no active claim."""

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """The incident ids in use, with their words carried over to the current versions of the reports."""

    def record(self, entries: Sequence[LedgerEntry], forwards: Sequence[Forward]) -> None:
        """Replaces the ids in use and adds forwarding records."""

    def forwards(self) -> tuple[Forward, ...]:
        """All forwarding records, oldest first."""

    def follow(self, incident: str) -> tuple[str, ...]:
        """The ids in use that a given or former id leads to; empty when it is unknown or gone."""

    def forget(self, which: str) -> Forgotten:
        """Removes a report (id, unique start of it, name or address) in all its versions, and leaves a tombstone."""

    def revision(self) -> int:
        """A number that grows with every change to what incidents are derived from."""

    def cached(self, key: str) -> bytes | None:
        """What was last kept under this key, if nothing changed since."""

    def cache(self, key: str, body: bytes) -> None:
        """Keeps a derived value until the next change."""

    def close(self) -> None:
        """Ends the connection; the file is whole at any moment, closed or not."""
