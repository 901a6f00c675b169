"""``veridical --help`` is there at once."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

LIMIT = 0.3
"""Seconds, of processor time, so that a busy machine does not count against the program."""


def cost_of(*arguments: str) -> float:
    """Processor seconds of a call of the command line, start of Python included."""
    code = (
        "import resource, sys\n"
        "from veridical.cli import main\n"
        "main(sys.argv[1:])\n"
        "own = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(own.ru_utime + own.ru_stime, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert "Usage:" in done.stdout or "veridical" in done.stdout
    return float(done.stderr)


def test_help_answers_within_its_limit() -> None:
    cost_of("--help")  # Compiles what is not compiled yet.
    assert median(cost_of("--help") for _ in range(5)) <= LIMIT


def test_help_of_a_command_answers_within_its_limit() -> None:
    cost_of("build", "--help")
    assert median(cost_of("build", "--help") for _ in range(5)) <= LIMIT


def test_help_is_not_slowed_by_waiting() -> None:
    """Wall clock, with room for a busy machine: nothing sleeps, downloads or asks a network."""
    began = time.perf_counter()
    cost_of("--help")
    assert time.perf_counter() - began < 10 * LIMIT
