"""What every file of the project keeps to: sizes, no addresses of any machine, sources beside data, locks for any index."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src/veridical/data"
MACHINE = re.compile(
    r"(?<![\w.])/(?:root|home/(?!someone\b)\w+|Users/\w+|work|workspace|mnt|opt)/[\w.-]+|[A-Z]:\\\\Users"
    r"|(?:index-url|find-links|trusted-host)\s*[=: ]\s*(?:https?:|file:|/)|https?://(?:\d{1,3}\.){3}\d|//localhost(?::\d+)?/(?:simple|npm|pypi)"
)
TEXTUAL = {".py", ".md", ".toml", ".tsv", ".txt", ".lock", ".js", ".css", ".html", ".yml", ".json", ".jsonl", ".cff", ""}


def tracked() -> list[Path]:
    """Every file of the project, whether it is a git checkout or an unpacked archive."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    skipped = {".venv", "out", "build", "dist", ".git"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)]


def test_no_source_file_outgrows_its_reader() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in tracked()
        if path.suffix in (".py", ".js", ".css")
    }
    assert len(lengths) > 100
    # The ground floor's nouns stand in one file by decision (docs/architecture.md).
    assert not {name: count for name, count in lengths.items() if count > (490 if name.endswith("/model.py") else 450)}


def test_no_file_names_a_machine_or_an_index() -> None:
    found = {}
    for path in tracked():
        if path.suffix in TEXTUAL and path != Path(__file__):
            hits = MACHINE.findall(path.read_text("utf-8", errors="replace"))
            if hits:
                found[str(path.relative_to(ROOT))] = hits[:3]
    assert not found


@pytest.mark.parametrize(
    "planted", ["see /root/notes", "--index-url https://a.example/simple", "/home/ann/x", "http://10.0.0.7:80/"]
)
def test_an_address_of_a_machine_would_be_noticed(planted: str) -> None:
    assert MACHINE.search(planted)


def head_of(path: Path) -> str:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())[:600].decode("utf-8", "replace")
    return path.read_bytes()[:900].decode("utf-8", "replace")


def test_every_data_file_says_where_it_comes_from() -> None:
    notices = "".join(path.read_text("utf-8") for path in [*DATA.glob("*.md"), ROOT / "NOTICE"])
    files = [path for path in DATA.iterdir() if path.is_file() and path.suffix not in (".md", ".py")]
    assert len(files) > 15
    said = re.compile(r"[Ss]ources?\b|[Cc]ompiled|general knowledge|Own work|our own|CC BY")
    silent = [path.name for path in files if not said.search(head_of(path)) and path.name not in notices]
    assert not silent


def test_the_model_is_what_its_card_says() -> None:
    folder = ROOT / "src/veridical/annotate/models"
    assert json.loads((folder / "labels.json").read_text("utf-8"))["deps"]
    assert (folder / "model.onnx").stat().st_size > 10_000_000


def test_locks_name_versions_and_hashes_and_no_index() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", [*project["dependencies"], *extras["dev"]]),
    ):
        text = (ROOT / lock).read_text("utf-8")
        assert not re.search(r"https?://|file:|--index|--find-links|--extra-index|--trusted| @ ", text), lock
        pins = re.findall(r"^([A-Za-z0-9._-]+)==\S+.*?((?:\n    --hash=sha256:[0-9a-f]{64}.*)+)", text, re.M)
        names = {name.lower().replace("_", "-") for name, _ in pins}
        assert len(pins) == len(re.findall(r"^\S+==", text, re.M)), "every pin has its hashes"
        missing = {re.split(r"[><=\[;~! ]", one, maxsplit=1)[0].lower().replace("_", "-") for one in wanted} - names
        assert not missing, f"{lock} lacks {missing}: run `make lock`"
        assert not names & {"torch", "transformers", "tensorflow"}, "training has its own requirements"


def test_the_wheel_holds_what_the_package_needs(tmp_path: Path) -> None:
    """Built and unpacked into an empty folder, it extracts from a text in another one; nothing of this tree is used."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    house, elsewhere = tmp_path / "house", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(house)
    note = elsewhere / "note.txt"
    note.write_text("Gunmen shot dead four soldiers in Maiduguri on 3 March 2015, the army said.\n", "utf-8")
    # The editable install of this tree must not answer in the wheel's place.
    program = (
        f"import sys; sys.path.insert(0, {str(house)!r}); import veridical.cli as c; "
        f"assert c.__file__.startswith({str(house)!r}), c.__file__; sys.exit(c.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "extract", str(note), "--publisher", "Example Post"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["type"], r["stage"], r["where"]["country"], r["when"]["earliest"]) for r in records] == [
        ("armed_assault", "carried_out", "NGA", "2015-03-03")
    ]
    assert (house / "veridical/export/dossier/template.html").is_file()
    assert list((house / "veridical/export/dossier/js").glob("*.js"))
    assert (house / "veridical/py.typed").is_file()
    assert any("LICENSE" in path.name for path in house.rglob("*dist-info*/**/*"))
