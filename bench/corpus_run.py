"""Every report of a ``--data`` folder through ``build``: what was read, refused (and why) and crashed, by corpus, with times.

    python bench/corpus_run.py --data FOLDER [--corpus NAME …] [--limit N] [--workers 2] [--keep DIR]

Reports come from ``bench/corpora.py`` and go by way of rows, as a user's would, into a casebook for each corpus. A crash or
a report over its time limit is a defect: the exit code is 1 then. Refusals for what a report is (too long, another language,
no text) are right and are listed. Quotes are checked against the stored texts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpora import CORPORA, iter_reports

from veridical.model import Report
from veridical.pipeline import BuildOptions, BuildSummary, Progress, build
from veridical.readers import Refusal
from veridical.settings import Settings
from veridical.store import open_casebook

DEFECTS = frozenset({"crashed", "too slow"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus on its way: how many reports it gave, what its own reading refused, what the build made of it."""

    name: str
    given: int
    unread: Counter[str]
    summary: BuildSummary
    evidence: int
    wrong: int

    def row(self) -> str:
        """A line of the table."""
        s = self.summary
        refused = Counter(r.reason for r in s.refused if r.reason not in DEFECTS) + self.unread
        defects = Counter(r.reason for r in s.refused if r.reason in DEFECTS)
        reasons = ", ".join(f"{count} {reason}" for reason, count in (refused + defects).most_common())
        rate = s.read / s.seconds if s.seconds else 0.0
        counts = (self.given, s.read, s.known + s.doubles, refused.total(), defects.total(), s.claims, s.incidents)
        return f"| {self.name} | {' | '.join(map(str, counts))} | {s.seconds:.0f} | {rate:.1f} | {reasons} |"


def write_rows(target: Path, reports: list[Report]) -> Path:
    """The reports as JSON Lines that the readers take."""
    with target.open("w", encoding="utf-8") as out:
        for report in reports:
            row = {
                "id": report.name,
                "text": report.text,
                "publisher": report.publisher,
                "published": report.published,
                "url": report.url,
            }
            out.write(json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n")
    return target


def run_corpus(name: str, given: argparse.Namespace, scratch: Path) -> Corpus:
    """Builds one corpus into a casebook of its own and checks its quotes."""
    unread: list[Refusal] = []
    reports = list(iter_reports(given.data, name, unread))[: given.limit]
    last = time.monotonic()

    def watch(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last > 30:
            last = time.monotonic()
            print(f"  {name}: {progress.done} of {progress.total}", file=sys.stderr, flush=True)

    casebook = (given.keep or scratch) / f"{name}.db"
    summary = build(
        [str(write_rows(scratch / f"{name}.jsonl", reports))],
        casebook,
        Settings(),
        BuildOptions(workers=given.workers, progress=watch),
    )
    return Corpus(name, len(reports), Counter(r.reason for r in unread), summary, *count_quotes(casebook))


def count_quotes(casebook: Path) -> tuple[int, int]:
    """How many pieces of evidence a casebook holds, and how many do not stand where they say."""
    store, total, wrong = open_casebook(casebook), 0, 0
    texts = {report.id: report.text for report in store.reports()}
    for claim in store.claims():
        for evidence in claim.evidence:
            total += 1
            wrong += texts[claim.report][evidence.start : evidence.end] != evidence.quote
    store.close()
    return total, wrong


def main() -> int:
    """Runs the corpora and prints the table; 1 when anything crashed, hung or quotes wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", choices=sorted(CORPORA), action="append")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the casebooks in this folder")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"no corpora in {given.data}: nothing is run (give their folder: make bench-data DATA=FOLDER)")
        return 0
    print("| corpus | reports | read | twice | refused | crashed or too slow | claims | incidents | s | reports/s | reasons |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    runs: list[Corpus] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in given.corpus or CORPORA:
            runs.append(run_corpus(name, given, Path(scratch)))
            print(runs[-1].row(), flush=True)
    defects = [r for run in runs for r in run.summary.refused if r.reason in DEFECTS]
    wrong = sum(r.wrong for r in runs)
    print(
        f"\n{sum(r.given for r in runs)} reports, {sum(r.summary.read for r in runs)} read, {len(defects)} crashed or too "
        f"slow; {sum(r.evidence for r in runs)} quotes, {wrong} wrong"
    )
    for one in defects:
        print(f"{one.reason}\t{one.source}\t{one.name}\t{one.message}")
    return 1 if defects or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
