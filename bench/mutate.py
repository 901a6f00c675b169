"""Damaged and hostile files: makes them from seeds, runs them through the readers or the whole pipeline.

    python bench/mutate.py make OUT [--count 2000] [--seed 1] [--data FOLDER]
    python bench/mutate.py run OUT [--through read|build] [--limit 10]

``make`` writes the same files for the same seed. ``run`` gives each file to a child process with a time limit and prints
what was read, refused (by reason), crashed or hung; it returns 1 when anything crashed or hung.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from mutations import mutations


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: read, refused, crashed or hung, with the reasons or the traceback."""

    outcome: str
    detail: tuple[str, ...]
    seconds: float


def _serve(pipe: Connection, through: str) -> None:
    take = _reader(through)
    while (path := pipe.recv()) is not None:
        began = time.perf_counter()
        try:
            outcome, detail = take(Path(path))
        except BaseException:  # whatever it is, it is what we are looking for
            outcome, detail = "crashed", (traceback.format_exc(),)
        pipe.send(Result(outcome, detail, time.perf_counter() - began))


def _reader(through: str) -> Callable[[Path], tuple[str, tuple[str, ...]]]:
    from veridical.readers import Refusal, read
    from veridical.settings import Settings

    settings = Settings()
    extract = record = None
    if through == "build":
        from veridical import pipeline

        rooms = pipeline.built_in()
        extract, record = rooms.prepare(settings), rooms.record

    def take(path: Path) -> tuple[str, tuple[str, ...]]:
        reasons: list[str] = []
        reports = 0
        for found in read(path, settings):
            if isinstance(found, Refusal):
                assert found.message and found.reason, found
                reasons.append(found.reason)
                continue
            assert all(0 <= a < b <= len(found.text) for a, b in found.boilerplate), found.name
            json.dumps([found.text, found.name, found.title, found.publisher]).encode()
            found.text.encode("utf-8")
            reports += 1
            if extract and record:
                json.dumps(record(extract(found).claims, found))
        return ("read" if reports else "refused"), tuple(reasons)

    return take


class Runner:
    """A child process that is replaced when a file takes longer than ``limit`` seconds or kills it."""

    def __init__(self, through: str, limit: float) -> None:
        self._through, self._limit = through, limit
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._child = self._context.Process(target=_serve, args=(theirs, self._through), daemon=True)
        self._child.start()
        theirs.close()

    def take(self, path: Path) -> Result:
        """What becomes of the file; a start-up is not counted as its time."""
        self._pipe.send(str(path))
        began = time.perf_counter()
        try:
            if self._pipe.poll(self._limit + (60 if self._through == "build" else 10)):
                result: Result = self._pipe.recv()
                return result if result.seconds <= self._limit else Result("hung", result.detail, result.seconds)
            outcome = Result("hung", (), time.perf_counter() - began)
        except EOFError:
            outcome = Result("crashed", ("the process died",), time.perf_counter() - began)
        self._child.kill()
        self._child.join()
        self._start()
        return outcome

    def close(self) -> None:
        """Ends the child."""
        self._pipe.send(None)
        self._child.join()


def run(folder: Path, through: str, limit: float) -> int:
    """Prints the table of outcomes for the files in ``folder``; returns 1 when any crashed or hung."""
    runner = Runner(through, limit)
    outcomes: dict[str, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    failed: list[tuple[str, Result]] = []
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        result = runner.take(path)
        kind = path.name.split("-")[1] if path.name.count("-") > 1 else "file"
        outcomes.setdefault(kind, Counter())[result.outcome] += 1
        reasons.update(result.detail if result.outcome in ("read", "refused") else ())
        slowest = sorted([*slowest, (result.seconds, path.name)], reverse=True)[:5]
        if result.outcome in ("crashed", "hung"):
            failed.append((path.name, result))
    runner.close()
    total: Counter[str] = sum(outcomes.values(), Counter())
    for kind, counted in [*sorted(outcomes.items()), ("all", total)]:
        print(f"{kind:20}" + "".join(f"{counted[o]:7} {o}" for o in ("read", "refused", "crashed", "hung")))
    print("refusals by reason: " + ", ".join(f"{n} {reason}" for reason, n in reasons.most_common()))
    print("slowest: " + ", ".join(f"{seconds:.2f} s {name}" for seconds, name in slowest))
    for name, result in failed:
        print(f"\n{result.outcome}: {name} ({result.seconds:.1f} s)\n{''.join(result.detail)}")
    if through == "build":
        _build_all(folder)
    return 1 if failed else 0


def _build_all(folder: Path) -> None:
    """One build over all the files at once."""
    from veridical import pipeline
    from veridical.settings import Settings

    with tempfile.TemporaryDirectory() as scratch:
        began = time.perf_counter()
        summary = pipeline.build([str(folder)], Path(scratch) / "casebook.db", Settings())
        print(f"one build of all: {time.perf_counter() - began:.0f} s, {summary}"[:2000])


def main() -> int:
    """The command line; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make")
    make.add_argument("folder", type=Path)
    make.add_argument("--count", type=int, default=2000)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--data", type=Path, help="a folder with more files to mutate")
    start = commands.add_parser("run")
    start.add_argument("folder", type=Path)
    start.add_argument("--through", choices=("read", "build"), default="read")
    start.add_argument("--limit", type=float, default=10.0, help="seconds a file")
    options = parser.parse_args()
    if options.command == "run":
        return run(options.folder, options.through, options.limit)
    options.folder.mkdir(parents=True, exist_ok=True)
    for _, name, content in mutations(options.count, options.seed, options.data):
        (options.folder / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
