"""What the README shows is what happens: its commands are run, its output compared, its links followed."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from veridical.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/measurements.md",
    "examples/README.md",
    "training/README.md",
)
MAKE = shutil.which("make")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_tool", ROOT / "tools/readme.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(kind: str) -> Iterator[str]:
    for found in re.finditer(rf"^```{kind}\n(.*?)^```$", README, re.M | re.S):
        yield found[1]


def shell_lines() -> list[str]:
    return [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines() if line.strip()]


def test_the_worked_example_prints_what_the_readme_shows() -> None:
    """When the output has changed for the better: ``python tools/readme.py`` writes it anew."""
    assert "$ veridical build" in README
    assert tool().rewrite(README) == README


def test_the_quoted_report_is_the_file() -> None:
    quoted = " ".join(" ".join(line[1:].split()) for line in README.splitlines() if line.startswith(">")).split()
    body = (ROOT / "docs/example.txt").read_text("utf-8").split("\n\n", 1)[1].split()
    assert quoted == body


def test_every_command_in_the_readme_can_be_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    called = [shlex.split(line) for line in shell_lines() if line.startswith("veridical ")]
    assert len(called) >= 4
    for _, *words in called:
        command: click.Command = cli
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        # Parses without calling: unknown options and missing arguments raise.
        paths = {p.name for p in command.params if isinstance(p.type, click.Path)}
        for parameter in command.params:
            if parameter.name in paths:
                monkeypatch.setattr(parameter, "type", click.STRING)
        command.make_context(command.name, words, **cli.context_settings)


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_are_there(target: str) -> None:
    assert f"make {target}" in README
    subprocess.run([str(MAKE), "-n", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
def test_the_demo_makes_what_is_promised(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        [str(MAKE), "-f", str(ROOT / "Makefile"), "-o", "setup", "demo", f"RUN={sys.executable} -m veridical"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "casebook.db").is_file()
    out = tmp_path / "out"
    records = [json.loads(line) for line in (out / "incidents.jsonl").read_text("utf-8").splitlines()]
    assert len(records) >= 16 and any(r["disagreements"] for r in records) and any(r["origins"] > 1 for r in records)
    assert len(json.loads((out / "incidents.geojson").read_text("utf-8"))["features"]) > 5
    assert (out / "incidents.csv").read_text("utf-8-sig").count("\n") > len(records)
    page = (out / "dossier.html").read_text("utf-8")
    assert records[0]["id"] in page and "<script src=" not in page
    assert re.search(r"read\s+24\b", done.stderr), "all 24 example reports are read"
    assert "refused" not in done.stderr
    for word in ("incident", "stage", "when", "where", "killed", "origins", "≠"):
        assert word in done.stdout


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    gone = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not gone


def test_the_version_is_in_the_changelog() -> None:
    from veridical import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
