"""A build as it goes on: a bar with rate and time left on a terminal, plain lines when piped; at the end a table."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from veridical.pipeline import BuildSummary, Progress

EVERY = 5.0
"""Seconds between the lines of a build that is piped."""
WINDOW = 30.0
"""Seconds over which the rate is taken."""


@contextmanager
def watching() -> Iterator[Callable[[Progress], None]]:
    """What to call with each step of a build; everything is written to standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    console.width = min(console.width, 100)
    with Bar(*columns, console=console, expand=True) as bar:
        task = bar.add_task("Reading", total=None, rate="")
        pace = _Pace()

        def step(progress: Progress) -> None:
            rate = f"{pace(progress.done):.1f}/s" if progress.done else ""
            bar.update(
                task,
                completed=progress.done,
                total=progress.total or None,
                rate=rate,
                description="Resolving" if progress.resolving else "Reading",
            )

        yield step


class _Pace:
    """Reports a second over the last half minute: what came before, such as loading models, tells nothing of what is left."""

    def __init__(self) -> None:
        self.seen: deque[tuple[float, int]] = deque()

    def __call__(self, done: int) -> float:
        now = time.monotonic()
        self.seen.append((now, done))
        while self.seen[0][0] < now - WINDOW and len(self.seen) > 2:
            self.seen.popleft()
        since, before = self.seen[0]
        return (done - before) / (now - since) if now > since else 0.0


class _Lines:
    """Progress in plain lines, one every few seconds."""

    def __init__(self) -> None:
        self.last = time.monotonic()
        self.pace = _Pace()

    def __call__(self, progress: Progress) -> None:
        if progress.resolving:
            print(f"{progress.done} of {progress.total} reports seen; resolving incidents", file=sys.stderr, flush=True)
            return
        if progress.done == 0:
            return
        rate = self.pace(progress.done)
        if time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            left = f", {rate:.1f} a second, about {(progress.total - progress.done) / rate:.0f} s left" if rate else ""
            print(f"{progress.done} of {progress.total} reports{left}", file=sys.stderr, flush=True)


def closing_table(summary: BuildSummary) -> None:
    """Prints what was read, skipped and refused, and why, to standard error."""
    rows = [
        ("read", summary.read, f"{summary.claims} claims in them"),
        ("skipped", summary.known, "known already"),
        ("skipped", summary.doubles, "twice in the input"),
        ("skipped", summary.forgotten, "forgotten on request"),
    ]
    rows += [("refused", count, reason) for reason, count in sorted(Counter(r.reason for r in summary.refused).items())]
    rate = (summary.read + summary.known) / summary.seconds if summary.seconds else 0.0
    for what, count, why in rows:
        if count or what == "read":
            print(f"{what:<9}{count:>8,}  {why}", file=sys.stderr)
    print(f"{'incidents':<9}{summary.incidents:>8,}  in {summary.seconds:.1f} s, {rate:.1f} reports a second", file=sys.stderr)
    if summary.superseded:
        print(
            f"{'kept':<9}{summary.superseded:>8,}  earlier versions that a later text at their address replaces", file=sys.stderr
        )
    if summary.unattached:
        print(
            f"{'lost':<9}{summary.unattached:>8,}  decisions fit no claim any more: see `veridical show CASEBOOK --unattached`",
            file=sys.stderr,
        )
