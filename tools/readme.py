"""Runs the worked example of the README and writes what the commands print into it: ``python tools/readme.py``.

In a ``console`` block a line that begins with ``$ `` is a command and the lines up to the next one are its output. A
test runs the same and compares.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.M | re.S)


def rewrite(text: str) -> str:
    """The README with the output of its commands as they print it now; a command that fails raises SystemExit."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "docs").mkdir()
        shutil.copy(ROOT / "docs/example.txt", folder / "docs")
        return BLOCK.sub(lambda found: run_block(found[0], folder), text)


def run_block(block: str, folder: Path) -> str:
    """The commands of a block, each followed by what it prints to standard output."""
    lines: list[str] = []
    for command in re.findall(r"^\$ (.+)$", block, re.M):
        lines += [f"$ {command}", *run_command(command, folder)]
    return "".join(f"{line}\n" for line in lines)


def run_command(command: str, folder: Path) -> list[str]:
    """The lines that ``veridical …`` prints in ``folder``; only `veridical` itself may be called."""
    program, *arguments = shlex.split(command)
    if program != "veridical":
        raise SystemExit(f"the README's example calls {program!r}: only veridical can be run here")
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "veridical", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr}")
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


if __name__ == "__main__":
    README.write_text(rewrite(README.read_text("utf-8")), "utf-8")
