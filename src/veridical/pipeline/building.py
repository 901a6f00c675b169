"""From reports to a casebook: incremental, resumable, and safe against a kill at any moment.

One set of processes reads, another extracts; this process alone writes, one transaction a
report, so that a kill loses at most what was in the workers' hands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from veridical.engine import Done, Engine, Failed, LocalEngine, Outcome, Result, SerialEngine
from veridical.model import Report
from veridical.pipeline.deriving import derive
from veridical.pipeline.reading import STDIN, Extracting, Reading, Task, name_source, refusal_of, refused_task
from veridical.pipeline.rooms import Extraction, Rooms, built_in
from veridical.settings import Settings
from veridical.store import Refused, Run, Sighting, Store, open_casebook


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is; ``total`` is an estimate that grows more exact as files are read."""

    done: int
    total: int
    resolving: bool = False


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """``workers`` extract; ``seconds`` is the limit for one report; ``progress`` is called after each report."""

    workers: int = 1
    seconds: float = 60.0
    progress: Callable[[Progress], None] | None = None
    rooms: Rooms | None = None
    engine: Callable[[int, float], Engine] = LocalEngine


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What became of the input: reports read now, skipped as known, twice in it, forgotten; refusals with reasons."""

    read: int
    known: int
    doubles: int
    forgotten: int
    refused: tuple[Refused, ...]
    seconds: float
    claims: int = 0
    incidents: int = 0
    unattached: int = 0
    superseded: int = 0
    """Reports in the casebook that a later version at their address has replaced."""


class BuildInterrupted(KeyboardInterrupt):
    """Ctrl-C during a build; what was read until then is in the casebook."""

    def __init__(self, summary: BuildSummary) -> None:
        super().__init__("the build was interrupted: run the same command again to go on")
        self.summary = summary


def build(paths: Sequence[str], casebook: str | Path, settings: Settings, options: BuildOptions | None = None) -> BuildSummary:
    """Reads, extracts and stores what the casebook does not know yet, then derives its incidents.

    Known reports are skipped, so that an interrupted build goes on where it was and a newer extractor or codebook
    reads everything again. Raises BuildInterrupted on Ctrl-C, VeridicalError for settings that cannot work.
    """
    given = options or BuildOptions()
    given = replace(given, rooms=given.rooms or built_in())
    assert given.rooms
    run = given.rooms.identify(settings)
    store = open_casebook(casebook)
    work = _Build(store, run, settings, given)
    try:
        work.read_all(paths)
        work.tell(resolving=True)
        derived = derive(store, given.rooms, fresh=True)
        return replace(
            work.summary(), incidents=len(derived.incidents), unattached=len(store.unattached()), superseded=store.superseded()
        )
    except KeyboardInterrupt:
        raise BuildInterrupted(work.summary()) from None
    finally:
        store.close()


@dataclass(slots=True)
class _Build:
    """One build under way: its counts, and which reports are in the workers' hands."""

    store: Store
    run: Run
    settings: Settings
    options: BuildOptions
    number: int = 0
    start: float = field(default_factory=time.monotonic)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("read", "known", "doubles", "forgotten", "claims"), 0))
    refused: list[Refused] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    twice: list[Task] = field(default_factory=list)
    total: int = 0
    done: int = 0
    expected: dict[Path, int] = field(default_factory=dict)
    """How many more reports each source probably holds."""

    def read_all(self, paths: Sequence[str]) -> None:
        rooms = self.options.rooms
        assert rooms
        self.number = self.store.begin()
        sources = list(rooms.discover(paths))
        self.expected = {path: expect_reports(path) for path in sources}
        self.total = sum(self.expected.values())
        self.tell()
        work = Reading(rooms.read, self.settings)
        files = [path for path in sources if path != STDIN]
        # Standard input belongs to this process alone.
        piped = SerialEngine().map(work, [path for path in sources if path == STDIN])
        reading = self.options.engine(max(1, self.options.workers // 2), self.options.seconds).map(work, files)
        extracting = self.options.engine(self.options.workers, self.options.seconds).map(
            Extracting(rooms.prepare, self.settings), self.admit(chain(piped, reading))
        )
        try:
            for outcome in extracting:
                self.keep(outcome)
        finally:
            for stream in (extracting, reading):
                getattr(stream, "close", lambda: None)()
        for task in self.twice:
            if self.store.report(task.report.id):
                self.store.see(task.report.id, self.sighting(task))

    def admit(self, reading: Iterable[Outcome[Path, Any]]) -> Iterator[Task]:
        """The reports that are to be extracted; what is known, forgotten or refused is noted and passed over."""
        for outcome in reading:
            if isinstance(outcome, Done):
                self.total -= self.expected[outcome.shard]
            elif isinstance(outcome, Result) and isinstance(outcome.value, Report):
                self.expected[outcome.shard] -= 1
                task = Task(outcome.value, name_source(outcome.shard))
                if self.is_new(task):
                    yield task
                else:
                    self.tell(1)
            else:
                self.expected[outcome.shard] -= 1
                self.refuse(refusal_of(outcome))

    def is_new(self, task: Task) -> bool:
        report = task.report
        if self.store.forgotten(report, task.address):
            self.counts["forgotten"] += 1
        elif report.id in self.met:
            self.counts["doubles"] += 1
            self.twice.append(task)
        elif self.store.known(report.id, self.run):
            self.counts["known"] += 1
            self.store.see(report.id, self.sighting(task))
        else:
            self.met.add(report.id)
            return True
        self.met.add(report.id)
        return False

    def keep(self, outcome: Outcome[Task, Extraction]) -> None:
        """Stores one report's extraction, or its refusal."""
        if isinstance(outcome, Result):
            got, task = outcome.value, outcome.shard
            stored = self.store.put(task.report, got.claims, got.facts, self.run, self.sighting(task))
            self.counts["read" if stored else "forgotten"] += 1
            self.counts["claims"] += len(got.claims)
            self.tell(1)
        elif isinstance(outcome, Failed):
            self.refuse(refused_task(outcome, outcome.shard))

    def refuse(self, refused: Refused) -> None:
        self.store.refuse(refused)
        self.refused.append(refused)
        self.tell(1)

    def sighting(self, task: Task) -> Sighting:
        return Sighting(task.address, task.source, self.number)

    def tell(self, more: int = 0, resolving: bool = False) -> None:
        self.done += more
        if self.options.progress:
            self.options.progress(Progress(self.done, max(self.total, self.done), resolving))

    def summary(self) -> BuildSummary:
        refused = tuple(sorted(self.refused, key=lambda r: (r.source, r.name)))
        n = self.counts
        return BuildSummary(
            n["read"], n["known"], n["doubles"], n["forgotten"], refused, time.monotonic() - self.start, n["claims"]
        )


def expect_reports(path: Path) -> int:
    """How many reports a source probably holds: the lines of a row format, else one."""
    if path.suffix.lower() not in (".jsonl", ".ndjson", ".csv", ".tsv"):
        return 1
    try:
        with path.open("rb") as stream:
            lines = sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1
    return max(1, lines - path.suffix.lower().endswith("sv"))
