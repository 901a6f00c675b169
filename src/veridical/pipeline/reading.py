"""Reports from their sources, and the records of each report by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veridical.engine import Done, Failed, Outcome, Result, SerialEngine
from veridical.model import Report
from veridical.pipeline.rooms import Extraction, Rooms, built_in
from veridical.settings import Settings
from veridical.store import Refused

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Task:
    """One report on its way to an extractor, and the source it was read from."""

    report: Report
    source: str

    @property
    def address(self) -> str:
        """What later versions of this report share: its url, else its file, else its row in that file."""
        if self.report.url:
            return self.report.url
        if self.source == str(STDIN):
            return f"- {self.report.id}"  # Two texts from one pipe are not versions of each other.
        return self.source if self.report.name == self.source else f"{self.source} {self.report.name}"


@dataclass(frozen=True, slots=True)
class Reading:
    read: Callable[[Any, Settings], Iterable[Any]]
    settings: Settings

    def __call__(self) -> Callable[[Path], Iterable[Any]]:
        return lambda path: self.read(sys.stdin.buffer if path == STDIN else path, self.settings)


@dataclass(frozen=True, slots=True)
class Extracting:
    prepare: Callable[[Settings], Callable[[Report], Extraction]]
    settings: Settings

    def __call__(self) -> Callable[[Task], Iterable[Extraction]]:
        run = self.prepare(self.settings)
        return lambda task: (run(task.report),)


def name_source(path: Path) -> str:
    """The path as it can be stored and shown: bytes that are no UTF-8 become U+FFFD, as in a report's name."""
    return os.fsencode(path).decode("utf-8", "replace")


def refusal_of(outcome: Result[Path, Any] | Failed[Path]) -> Refused:
    if isinstance(outcome, Failed):
        after = f" (after {outcome.after} reports of it)" if outcome.after else ""
        name = name_source(outcome.shard)
        return Refused(name, name, outcome.reason, outcome.message + after)
    given = outcome.value
    return Refused(given.source, given.name, given.reason, given.message)


def refused_task(outcome: Failed[Task], task: Task) -> Refused:
    return Refused(task.source, task.report.name, outcome.reason, outcome.message)


@dataclass(frozen=True, slots=True)
class Extracted:
    """One report with its incident records; ``records`` is empty when it tells of no incident."""

    report: Report
    records: list[dict[str, object]]


def extract(paths: Sequence[str], settings: Settings, rooms: Rooms | None = None) -> Iterator[Extracted | Refused]:
    """The records of each report by itself, and what was refused, in the order of reading; in this process."""
    house = rooms or built_in()
    house.identify(settings)
    reading = SerialEngine().map(Reading(house.read, settings), house.discover(paths))
    tasks: list[Refused] = []
    extracting = SerialEngine().map(Extracting(house.prepare, settings), _reports_of(reading, tasks.append))
    for outcome in extracting:
        yield from _drain(tasks)
        if isinstance(outcome, Result):
            yield Extracted(outcome.shard.report, house.record(outcome.value.claims, outcome.shard.report))
        elif isinstance(outcome, Failed):
            yield refused_task(outcome, outcome.shard)
    yield from _drain(tasks)


def _reports_of(reading: Iterator[Outcome[Path, Any]], refuse: Callable[[Refused], None]) -> Iterator[Task]:
    for outcome in reading:
        if isinstance(outcome, Result) and isinstance(outcome.value, Report):
            yield Task(outcome.value, name_source(outcome.shard))
        elif not isinstance(outcome, Done):
            refuse(refusal_of(outcome))


def _drain(waiting: list[Refused]) -> Iterator[Refused]:
    while waiting:
        yield waiting.pop(0)
