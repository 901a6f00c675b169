"""Scores incident records against gold reports, slot by slot, with the scorer that lies beside the project.

usage: score_gold.py [--gold FOLDER]... [--seed FOLDER] [--scorer FILE] [--keep FILE] [--show]

A gold FOLDER holds ``gold.jsonl`` and ``reports/``; each report is extracted with its own publisher and date. A seed FOLDER
holds ``gold.json`` and ``report.txt``. Without arguments: the half of our gold to build on, and the seed where it is there.
Every quote and the evidence of every filled field are checked as well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veridical.model import Report
from veridical.pipeline.rooms import prepared, record_report
from veridical.readers import read
from veridical.settings import Settings

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"


@dataclass(frozen=True)
class GoldReport:
    """A report of a gold set, with the facts that its text does not carry."""

    path: Path
    gold: dict[str, Any]


def read_gold(folder: Path) -> list[GoldReport]:
    """The reports of a gold folder in the order of its ``gold.jsonl``."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]
    return [GoldReport(folder / "reports" / f"{row['id']}.txt", row) for row in rows]


def read_seed(folder: Path) -> list[GoldReport]:
    """The one report of a seed folder."""
    return [GoldReport(folder / "report.txt", json.loads((folder / "gold.json").read_text("utf-8")))]


def extract_records(item: GoldReport) -> Iterator[tuple[Report, dict[str, object]]]:
    """The records of a gold report, each with its report; SystemExit when the report is refused."""
    for report in read(item.path, Settings(publisher=item.gold["publisher"], published=item.gold["published"])):
        if not isinstance(report, Report):
            raise SystemExit(f"{item.path} was refused: {report}")
        for record in record_report(prepared(Settings())(report).claims, report):
            yield report, record


def count_wrong_quotes(report: Report, record: dict[str, Any]) -> int:
    """How many quotes of a record do not stand at their offsets."""
    return sum(report.text[e["start"] : e["end"]] != e["quote"] for c in record["claims"] for e in c["evidence"])


def score_set(items: Sequence[GoldReport], scorer: Path, show: bool, keep: Path | None) -> str:
    """The scorer's table for a gold set and a line about the quotes; the records also go to ``keep``."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), keep or Path(folder, "records.jsonl")
        lines, wrong, quotes = [], 0, 0
        for item in items:
            for report, record in extract_records(item):
                name = {"name": item.gold["id"]} if len(items) > 1 else {}
                row: dict[str, Any] = {**record, "reports": [{**r, **name} for r in _rows(record["reports"])]}
                lines.append(json.dumps(row, ensure_ascii=False) + "\n")
                wrong += count_wrong_quotes(report, row)
                quotes += sum(len(c["evidence"]) for c in row["claims"])
        gold.write_text("".join(json.dumps(i.gold, ensure_ascii=False) + "\n" for i in items), "utf-8")
        predicted.write_text("".join(lines), "utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predicted), *["--show"] * show]
        found = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if found.returncode:
        raise SystemExit(f"{scorer} failed:\n{found.stderr}")
    return f"{found.stdout}{len(lines)} records of {len(items)} reports; {quotes} quotes, {wrong} of them wrong"


def _rows(value: object) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else []


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gold", type=Path, action="append", default=[], metavar="FOLDER")
    arguments.add_argument("--seed", type=Path, metavar="FOLDER")
    arguments.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score_incidents.py", metavar="FILE")
    arguments.add_argument("--keep", type=Path, metavar="FILE", help="keep the records of the last set in this file")
    arguments.add_argument("--show", action="store_true", help="say for each incident which slots are wrong")
    given = arguments.parse_args()
    if not given.scorer.exists():
        raise SystemExit(f"there is no scorer at {given.scorer}: it lies beside the project, or name it with --scorer")
    golds, seed = given.gold, given.seed
    if not golds and seed is None:
        golds, seed = [PROJECT / "tests" / "gold" / "dev"], SHARED / "seed" if (SHARED / "seed").exists() else None
    sets = [(folder, read_gold(folder)) for folder in golds] + ([(seed, read_seed(seed))] if seed else [])
    for folder, items in sets:
        print(f"# {folder}\n{score_set(items, given.scorer, given.show, given.keep)}\n")


if __name__ == "__main__":
    main()
