"""Kills builds at random moments, resumes them, and compares the exports with an uninterrupted build's, byte for byte.

    python bench/kill.py PATH… [--kills 30] [--workers 2] [--seed 1] [--folder DIR]

One build is killed again and again: ``kill -9`` of its whole process group at a moment drawn evenly
from the time that an uninterrupted build took, then started again, until all kills are done and the last
start runs to its end. Prints one line a kill and a verdict; the exit code is 1 when the exports differ.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = (sys.executable, "-m", "veridical")
PROFILES = ("jsonl", "csv", "geojson", "dossier")


@dataclass(frozen=True)
class Trial:
    """What to build and how: the command line under test, the inputs, the number of workers."""

    paths: Sequence[str]
    folder: Path
    workers: int = 2
    command: Sequence[str] = COMMAND
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, casebook: Path) -> subprocess.Popen[bytes]:
        """A build in a process group of its own."""
        arguments = [*self.command, "build", *self.paths, "--casebook", str(casebook), "--workers", str(self.workers)]
        return subprocess.Popen(
            arguments,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **self.environment},
        )

    def finish(self, casebook: Path) -> float:
        """Builds to the end; the seconds it took."""
        start = time.monotonic()
        code = self.start(casebook).wait()
        if code not in (0, 1):
            raise SystemExit(f"a build ended with code {code}")
        return time.monotonic() - start

    def export(self, casebook: Path) -> dict[str, bytes]:
        """What each profile makes of the casebook."""
        made = {}
        for profile in PROFILES:
            target = self.folder / f"{casebook.stem}.{profile}"
            subprocess.run(
                [*self.command, "export", str(casebook), "--profile", profile, "-o", str(target)],
                check=True,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
            )
            made[profile] = target.read_bytes()
        return made


def count_reports(casebook: Path) -> int:
    """How many reports a casebook holds, 0 when there is none yet."""
    if not casebook.exists():
        return 0
    try:
        with sqlite3.connect(f"{casebook.absolute().as_uri()}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill_and_resume(trial: Trial, kills: int, seed: int) -> bool:
    """Whether a build that was killed ``kills`` times exports the same bytes as one that never was."""
    draw = random.Random(seed)
    whole, broken = trial.folder / "whole.db", trial.folder / "broken.db"
    seconds = trial.finish(whole)
    print(f"uninterrupted: {count_reports(whole)} reports in {seconds:.1f} s")
    done = fresh = 0
    while done < kills:
        process = trial.start(broken)
        moment = draw.uniform(0, seconds)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            done += 1
            print(f"kill {done} after {moment:.2f} s: {count_reports(broken)} reports kept", flush=True)
            continue
        # It came to its end before the moment: kill a new one.
        fresh += 1
        same = trial.export(broken) == trial.export(whole)
        print(f"build {fresh} came to its end: exports {'equal' if same else 'DIFFER'}")
        if not same:
            return False
        for file in trial.folder.glob("broken.db*"):
            file.unlink()
    trial.finish(broken)
    expected, found = trial.export(whole), trial.export(broken)
    for profile in PROFILES:
        print(f"{profile}: {'equal' if expected[profile] == found[profile] else 'DIFFERENT'}, {len(found[profile]):,} bytes")
    return expected == found and count_reports(whole) == count_reports(broken)


def main() -> int:
    """Reads the arguments and runs the trial; 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        same = kill_and_resume(Trial(given.paths, folder, given.workers), given.kills, given.seed)
    print(f"{given.kills} kills: {'no loss, no doubles' if same else 'THE EXPORTS DIFFER'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
