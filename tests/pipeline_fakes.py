"""Rooms small enough to see through: one line of a report is one claim, and claims alike in three words are one incident.

A line reads ``2031-05-04 bombing in Norwick: 12 killed, police said``. Everything else of the pipeline, the
store, the engine and the merging are the real ones.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from veridical.model import Actor, ActorFact, Claim, Evidence, Incident, Link, Report, Source, content_hash
from veridical.pipeline import Extraction, Rooms
from veridical.pipeline.rooms import record_report
from veridical.resolve import merge
from veridical.settings import Settings
from veridical.store import Refused, Run
from veridical.values import Certainty, Count, Factuality, SourceKind, Stage, When, Where, WherePrecision

LINE = re.compile(r"^(?P<date>\d{4}-\d\d-\d\d) (?P<type>\w+) in (?P<city>\w+): (?P<killed>\d+) killed, (?P<who>\w+) said$", re.M)


def discover(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


def read(source: Any, settings: Settings) -> Iterator[Report | Refused]:
    """A file's text; "outlet: X" in its first line names the publisher; "hang" and "unreadable" do what they say."""
    text = source.read().decode() if hasattr(source, "read") else Path(source).read_text("utf-8")
    name = "-" if hasattr(source, "read") else str(source)
    if text.startswith("unreadable"):
        yield Refused(name, name, "not text", "it cannot be read: write another")
        return
    if text.startswith("hang while reading"):
        time.sleep(60)
    for part in text.split("\n=====\n"):
        row, _, body = part.partition("\n") if part.startswith("row ") else (None, "", part)
        outlet = re.match(r"outlet: (.*)", body)
        yield Report.of(body, row or name, outlet[1] if outlet else settings.publisher, published=settings.published)


@dataclass(frozen=True)
class Reader:
    """An extractor of a version, whose claims' ids and, from version 2, evidence differ."""

    version: str = "1"
    pause: float = 0.0

    def __call__(self, settings: Settings) -> Callable[[Report], Extraction]:
        return self.extract_report

    def identify(self, settings: Settings) -> Run:
        return Run(f"lines {self.version}", "book")

    def extract_report(self, report: Report) -> Extraction:
        time.sleep(self.pause)
        if "crash while extracting" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "raise while extracting" in report.text:
            raise ValueError("no sense in it")
        claims = tuple(self.claim_of(report, found) for found in LINE.finditer(report.text))
        return Extraction(claims, tuple(_fact(c) for c in claims))

    def claim_of(self, report: Report, found: re.Match[str]) -> Claim:
        evidence = tuple(
            Evidence(field, found.start(group), found.end(group), found[group])
            for field, group in (("type", "type"), ("when", "date"), ("where", "city"), ("counts.killed", "killed"))
        )
        chain = (Source(report.publisher, SourceKind.OUTLET), Source(found["who"], SourceKind.UNNAMED, "said"))
        number = int(found["killed"])
        when = When.day(date.fromisoformat(found["date"]))
        return Claim(
            content_hash(report.id, self.version, found[0]),
            report.id,
            f"lines {self.version}",
            f"{found['type']}{found.start()}",
            found["type"],
            Stage.CARRIED_OUT,
            Factuality.CERTAIN,
            Certainty.STATED,
            chain,
            evidence,
            when=when,
            where=Where(found["city"], found["city"], None, "NOR", precision=WherePrecision.CITY),
            counts=(Count("killed", None, number, number, number),),
        )


def _fact(claim: Claim) -> ActorFact:
    return ActorFact(
        claim.report,
        claim.attribution[-1].name or "",
        "person",
        "role",
        "speaker",
        claim.when,
        claim.attribution,
        claim.evidence[:1],
    )


def resolve(claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Link]) -> tuple[Incident, ...]:
    """One incident for each date, type and city; "same" joins further, "different" sets the right claim apart."""
    group = {c.id: (c.when.earliest, c.type, c.where.city, "") for c in claims}
    for link in decisions:
        if link.verdict == "different" and group[link.left] == group[link.right]:
            group[link.right] = (*group[link.right][:3], link.right)
        if link.verdict == "same":
            old, new = group[link.right], group[link.left]
            group = {c: new if g == old else g for c, g in group.items()}
    members: dict[Any, list[Claim]] = {}
    for claim in claims:
        members.setdefault(group[claim.id], []).append(claim)
    return tuple(merge(m, reports) for m in members.values())


def derive_actors(facts: Sequence[ActorFact], incidents: Sequence[Incident]) -> tuple[tuple[Actor, ...], Sequence[Incident]]:
    """One actor a name."""
    names = sorted({f.actor for f in facts})
    return tuple(Actor(content_hash(n), "person", n, (), tuple(f for f in facts if f.actor == n)) for n in names), incidents


def rooms(version: str = "1", pause: float = 0.0) -> Rooms:
    """The small rooms with an extractor of this version that takes ``pause`` seconds a report."""
    reader = Reader(version, pause)
    return Rooms(discover, read, reader, reader.identify, record_report, resolve, derive_actors)


def write_reports(folder: Path, texts: Mapping[str, str]) -> Path:
    """A folder with these texts as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder
