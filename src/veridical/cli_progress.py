"""A build as it goes on: a bar with rate and time left on a terminal, plain lines when piped; at the end a table."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from veridical.pipeline import BuildSummary, Progress

EVERY = 5.0
"""Seconds between the lines of a build that is piped."""


@contextmanager
def watching() -> Iterator[Callable[[Progress], None]]:
    """What to call with each step of a build; everything is written to standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=None), MofNCompleteColumn(),
               TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    console = Console(stderr=True)
    console.width = min(console.width, 100)
    with Bar(*columns, console=console, expand=True) as bar:
        task = bar.add_task("Reading", total=None, rate="")
        start = time.monotonic()

        def step(progress: Progress) -> None:
            rate = progress.done / max(time.monotonic() - start, 0.001)
            bar.update(task, completed=progress.done, total=progress.total or None, rate=f"{rate:.1f}/s",
                       description="Resolving" if progress.resolving else "Reading")

        yield step


class _Lines:
    """Progress in plain lines, one every few seconds."""

    def __init__(self) -> None:
        self.start = self.last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.resolving:
            print(f"{progress.done} of {progress.total} reports seen; resolving incidents", file=sys.stderr, flush=True)
        elif now - self.last >= EVERY:
            self.last = now
            rate = progress.done / (now - self.start)
            left = f", about {(progress.total - progress.done) / rate:.0f} s left" if rate else ""
            print(f"{progress.done} of {progress.total} reports, {rate:.1f} a second{left}", file=sys.stderr, flush=True)


def closing_table(summary: BuildSummary) -> None:
    """Prints what was read, skipped and refused, and why, to standard error."""
    rows = [("read", summary.read, f"{summary.claims} claims in them"),
            ("skipped", summary.known, "known already"),
            ("skipped", summary.doubles, "twice in the input"),
            ("skipped", summary.forgotten, "forgotten on request")]
    rows += [("refused", count, reason) for reason, count in sorted(Counter(r.reason for r in summary.refused).items())]
    rate = (summary.read + summary.known) / summary.seconds if summary.seconds else 0.0
    for what, count, why in rows:
        if count or what == "read":
            print(f"{what:<9}{count:>8,}  {why}", file=sys.stderr)
    print(f"{'incidents':<9}{summary.incidents:>8,}  in {summary.seconds:.1f} s, {rate:.1f} reports a second", file=sys.stderr)
    if summary.superseded:
        print(f"{'kept':<9}{summary.superseded:>8,}  earlier versions that a later text at their address replaces",
              file=sys.stderr)
    if summary.unattached:
        print(f"{'lost':<9}{summary.unattached:>8,}  decisions fit no claim any more: see `veridical show CASEBOOK --unattached`",
              file=sys.stderr)
