"""The command line as a user meets it: exit codes, output, interruptions, and a reference in step with it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import click
import pytest

from pipeline_fakes import write_reports
from veridical.cli import cli, main

ROOT = Path(__file__).parent.parent
FAKE = (sys.executable, str(Path(__file__).with_name("cli_fakes.py")))
TEXTS = {
    "a.txt": "outlet: Norwick Post\n2031-05-04 bombing in Norwick: 12 killed, police said\n",
    "b.txt": "outlet: Daily Lantern\n2031-05-04 bombing in Norwick: 14 killed, doctors said\n",
    "c.txt": "outlet: Harbour Times\n2031-05-06 raid in Skarn: 2 killed, police said\n",
}


def call(*arguments: object, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FAKE, *map(str, arguments)],
        capture_output=True,
        text=True,
        input=given,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "in", TEXTS)


@pytest.fixture
def casebook(tmp_path: Path, folder: Path) -> Path:
    assert call("build", folder, "--casebook", tmp_path / "c.db").returncode == 0
    return tmp_path / "c.db"


def test_help_imports_nothing_heavy() -> None:
    """What that costs is measured in ``test_help_speed``."""
    heavy = "numpy|onnxruntime|spacy|rich|trafilatura|msgspec|sqlite3|multiprocessing|veridical.pipeline"
    code = (
        "import sys\nfrom veridical.cli import main\nmain(['--help'])\n"
        f"print([m for m in {heavy.split('|')!r} if m in sys.modules], file=sys.stderr)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.strip() == "[]"


def test_every_command_and_option_has_help_and_the_reference_is_in_step() -> None:
    maker = load("make_cli", ROOT / "docs" / "make_cli.py")
    for path, command in maker.walk(cli, "veridical"):
        assert command.help, path
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), f"{path} {parameter.name}"
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == maker.write_reference(), "run python docs/make_cli.py"


def test_the_choices_of_profiles_are_those_of_the_exports() -> None:
    from veridical.cli import PROFILES
    from veridical.export import PROFILES as WRITTEN

    assert set(PROFILES) == set(WRITTEN)


def test_extract_writes_records_to_a_file_or_to_standard_output(folder: Path, tmp_path: Path) -> None:
    printed = call("extract", folder)
    assert printed.returncode == 0
    assert [json.loads(line)["type"] for line in printed.stdout.splitlines()] == ["bombing", "bombing", "raid"]
    target = tmp_path / "p.jsonl"
    assert call("extract", folder, "-o", target).stdout == ""
    assert target.read_text("utf-8") == printed.stdout
    text = TEXTS["b.txt"].split("\n", 1)[1]
    piped = call("extract", "-", "--publisher", "Harbour Times", "--published", "2031-05-05", given=text)
    (record,) = map(json.loads, piped.stdout.splitlines())
    assert record["reports"][0] | {"id": ""} == {
        "id": "",
        "name": "-",
        "publisher": "Harbour Times",
        "url": None,
        "published": "2031-05-05",
    }


def test_exit_codes_tell_done_refused_and_wrong_use(folder: Path, tmp_path: Path) -> None:
    write_reports(folder, {"d.txt": "unreadable"})
    refused = call("extract", folder)
    assert refused.returncode == 1 and len(refused.stdout.splitlines()) == 3
    assert re.search(r"refused \(not text\): .*d\.txt: it cannot be read: write another", refused.stderr)
    built = call("build", folder, "--casebook", tmp_path / "c.db")
    assert built.returncode == 1 and "refused (not text)" in built.stderr and re.search(r"read +3 ", built.stderr)
    for arguments in (
        ["build", folder],
        ["extract"],
        ["frobnicate"],
        ["show", tmp_path / "none.db"],
        ["export", tmp_path / "c.db", "-o", tmp_path / "x.odt"],
        ["forget", "x", "--casebook", tmp_path / "c.db"],
        ["extract", folder, "--published", "tomorrow"],
        ["extract", folder, "-o", tmp_path / "no" / "p.jsonl"],
    ):
        wrong = call(*arguments)
        assert wrong.returncode == 2 and "Traceback" not in wrong.stderr and "Error" in wrong.stderr, arguments


def test_a_bad_codebook_is_wrong_use_with_its_reasons(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(
        '[types.kite_attack]\nfamily = "violence"\nlabel = "kite attack"\n'
        '[[types.kite_attack.triggers]]\nnouns = ["kite attack"]\n',
        "utf-8",
    )
    bad.write_text("[types.bombing\n", "utf-8")
    assert call("codebook", "check", good).stdout.startswith(str(good))
    wrong = call("codebook", "check", bad)
    assert wrong.returncode == 2 and str(bad) in wrong.stderr and "Traceback" not in wrong.stderr


def test_build_is_incremental_and_says_what_it_skipped(folder: Path, casebook: Path) -> None:
    again = call("build", folder, "--casebook", casebook)
    assert again.returncode == 0
    assert re.search(r"read +0 ", again.stderr) and re.search(r"skipped +3 +known already", again.stderr)


def test_build_reads_standard_input_too(tmp_path: Path) -> None:
    for text in (TEXTS["a.txt"], TEXTS["c.txt"]):
        assert call("build", "-", "--casebook", tmp_path / "c.db", given=text).returncode == 0
    table = call("show", tmp_path / "c.db", PYTHONIOENCODING="ascii")
    assert table.returncode == 0 and "bombing" in table.stdout and "raid" in table.stdout


def test_show_fits_a_hundred_columns_and_draws_glyphs_squares_and_chains(casebook: Path) -> None:
    table = call("show", casebook).stdout
    assert max(map(len, table.splitlines())) <= 100
    row = next(line for line in table.splitlines() if "bombing" in line)
    assert row.startswith("●") and "4 May 2031" in row and "12 ‹ 12 ‹ 14" in row and "■■" in row and "killed" in row
    page = call("show", casebook, row.split()[2]).stdout
    assert call("show", casebook, "NOR-20310504-bomb").stdout == page
    assert max(map(len, page.splitlines())) <= 100
    assert "Daily Lantern ‹ doctors" in page and "“bombing”" in page and "≠ counts.killed" in page
    assert sorted(p.name for p in casebook.parent.glob("c.db*")) == ["c.db"]
    missing = call("show", casebook, "no-such")
    assert missing.returncode == 2 and "veridical show" in missing.stderr


def test_show_lists_refusals_and_lost_decisions(folder: Path, casebook: Path) -> None:
    write_reports(folder, {"d.txt": "unreadable"})
    call("build", folder, "--casebook", casebook)
    assert "refused (not text)" in call("show", casebook, "--refused").stdout
    assert "Every decision fits" in call("show", casebook, "--unattached").stdout


@pytest.mark.parametrize("ending", ["jsonl", "csv", "geojson", "html"])
def test_export_chooses_by_ending_and_repeats_to_the_byte(casebook: Path, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    assert call("export", casebook, "-o", first).returncode == 0
    assert call("export", casebook, "-o", second).returncode == 0
    assert first.read_bytes() == second.read_bytes() and b"Norwick" in first.read_bytes()


def test_forget_removes_and_later_builds_say_so(folder: Path, casebook: Path) -> None:
    gone = call("forget", folder / "b.txt", "--casebook", casebook)
    assert gone.returncode == 0 and "1 claims" in gone.stderr
    assert "Lantern" not in call("export", casebook, "--profile", "jsonl", "-o", "/dev/stdout").stdout
    again = call("build", folder, "--casebook", casebook)
    assert re.search(r"skipped +1 +forgotten", again.stderr)


def test_a_broken_pipe_leaves_no_traceback(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", {f"{i}.txt": TEXTS["a.txt"] * 40 for i in range(40)})
    reader = subprocess.Popen([*FAKE, "extract", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert reader.stdout and reader.stderr
    reader.stdout.read(10)
    reader.stdout.close()
    assert reader.stderr.read() == b""
    assert reader.wait(30) == 0


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", {f"{i}.txt": TEXTS["a.txt"] for i in range(12)})
    casebook = tmp_path / "c.db"
    builder = subprocess.Popen(
        [*FAKE, "build", str(folder), "--casebook", str(casebook)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PAUSE": "0.3"},
        start_new_session=True,
    )
    kill = load("kill", ROOT / "bench" / "kill.py")
    deadline = time.monotonic() + 30
    while kill.count_reports(casebook) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(builder.pid, signal.SIGINT)
    assert builder.stderr
    said = builder.stderr.read()
    assert builder.wait(30) == 130
    assert "Traceback" not in said and "run the same command again" in said
    kept = kill.count_reports(casebook)
    assert 2 <= kept < 12
    assert re.search(rf"skipped +{kept} +known", call("build", folder, "--casebook", casebook).stderr)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_ctrl_c_while_workers_start_leaves_no_traceback(tmp_path: Path, seconds: float) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    builder = subprocess.Popen(
        [*FAKE, "build", str(folder), "--casebook", str(casebook), "--workers", "3"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PAUSE": "2"},
        start_new_session=True,
    )
    while not casebook.exists():
        time.sleep(0.01)
    time.sleep(seconds)
    os.killpg(builder.pid, signal.SIGINT)
    assert builder.stderr
    said = builder.stderr.read()
    assert builder.wait(30) == 130
    assert "Interrupted" in said and "Traceback" not in said


def test_a_killed_build_resumes_without_loss_or_doubles(tmp_path: Path) -> None:
    kill = load("kill", ROOT / "bench" / "kill.py")
    texts = {
        f"{i}.txt": f"outlet: Paper {i}\n2031-05-{1 + i % 9:02} bombing in Norwick: {i} killed, police said\n" for i in range(16)
    }
    folder = write_reports(tmp_path / "in", texts)
    trial = kill.Trial([str(folder)], tmp_path, 2, FAKE, {"PAUSE": "0.08"})
    assert kill.kill_and_resume(trial, kills=3, seed=4)


def test_main_returns_codes_and_prints_versions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("veridical 0.")
    assert main(["show"]) == 2
