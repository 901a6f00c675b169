"""A casebook reads again whatever was read by other rules, and derives again what other rules derived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline_fakes import rooms, write_reports
from veridical.annotate.gazetteer import Gazetteer
from veridical.codebook import load
from veridical.errors import SettingsError
from veridical.pipeline import BuildOptions, build, derive
from veridical.pipeline import fingerprint as marks
from veridical.pipeline.rooms import built_in, identify
from veridical.settings import Settings
from veridical.store import open_casebook

PARTS = ("extract", "data", "model.py")
TEXT = "2031-05-04 bombing in Norwick: 12 killed, police said\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of four files, of which one has no say in a reading."""
    for name in ("extract/rules.py", "data/words.toml", "model.py", "cli.py"):
        path = tmp_path / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", "utf-8")
    return tmp_path / "package"


@pytest.fixture
def forget_marks() -> Iterator[None]:
    """Fingerprints are kept for the life of a process: these tests ask for new ones."""
    marks.reading_rules.cache_clear()
    marks.deriving_rules.cache_clear()
    yield
    marks.reading_rules.cache_clear()
    marks.deriving_rules.cache_clear()


@pytest.mark.parametrize("name", ["extract/rules.py", "data/words.toml", "model.py"])
def test_a_changed_rule_or_word_list_changes_the_fingerprint(package: Path, name: str) -> None:
    before = marks.fingerprint(package, PARTS)
    path = package / name
    path.write_text(path.read_text("utf-8") + "# one more line\n", "utf-8")
    assert marks.fingerprint(package, PARTS) != before


def test_added_and_renamed_files_count_and_what_has_no_say_does_not(package: Path) -> None:
    before = marks.fingerprint(package, PARTS)
    (package / "cli.py").write_text("# another door\n", "utf-8")
    cache = package / "extract" / "__pycache__"
    cache.mkdir()
    (cache / "rules.cpython-311.pyc").write_bytes(b"compiled")
    assert marks.fingerprint(package, PARTS) == before
    (package / "extract" / "rules.py").rename(package / "extract" / "laws.py")
    renamed = marks.fingerprint(package, PARTS)
    (package / "extract" / "more.py").write_text("", "utf-8")
    assert len({before, renamed, marks.fingerprint(package, PARTS)}) == 3


def test_what_is_named_as_deciding_is_there() -> None:
    named = {*marks.READING, *marks.DERIVING}
    assert not [name for name in named if not (marks.PACKAGE / name).exists()]


def test_the_run_of_an_installation_tells_rules_libraries_codebook_and_gazetteer_apart(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget_marks: None
) -> None:
    settings = Settings()
    run = identify(settings)
    assert run == identify(settings) and run.codebook == load(None).hash and run.extractor.startswith("builtin ")
    assert identify(replace(settings, pipeline="en_core_web_sm")) != run
    copy = tmp_path / "places.sqlite"
    copy.write_bytes(Gazetteer.open().path.read_bytes())
    placed = identify(replace(settings, gazetteer=copy))
    assert placed != run
    (tmp_path / "moved").mkdir()
    moved = copy.rename(tmp_path / "moved" / "places.sqlite")
    assert identify(replace(settings, gazetteer=moved)) == placed, "its content counts, not its address"
    with pytest.raises(SettingsError):
        identify(replace(settings, gazetteer=copy))
    monkeypatch.setattr(marks, "LIBRARIES", ("click",))
    assert identify(settings).annotator != run.annotator
    monkeypatch.setattr(marks, "PACKAGE", package)
    marks.reading_rules.cache_clear()
    assert identify(settings).extractor != run.extractor


def test_a_build_under_changed_rules_reads_again(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget_marks: None
) -> None:
    """The small rooms read; who they are is said by the real door."""
    monkeypatch.setattr(marks, "PACKAGE", package)
    monkeypatch.setattr(marks, "READING", PARTS)
    folder, casebook = write_reports(tmp_path / "in", {"a.txt": TEXT}), tmp_path / "c.db"
    options = BuildOptions(rooms=replace(rooms(), identify=built_in().identify))

    def counts() -> tuple[int, int]:
        marks.reading_rules.cache_clear()
        summary = build([str(folder)], casebook, Settings(), options)
        return summary.read, summary.known

    assert counts() == (1, 0)
    assert counts() == (0, 1)
    rules = package / "extract" / "rules.py"
    first = rules.read_text("utf-8")
    rules.write_text("# another rule\n", "utf-8")
    assert counts() == (1, 0)
    rules.write_text(first, "utf-8")
    assert counts() == (1, 0)
    store = open_casebook(casebook)
    (report,) = store.reports()
    runs = store.runs(report.id)
    store.close()
    assert [active for _, active in runs] == [True, False], "going back takes up the old run"
    assert len({run.extractor for run, _ in runs}) == 2


def test_what_is_derived_is_kept_until_its_rules_change(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget_marks: None
) -> None:
    monkeypatch.setattr(marks, "PACKAGE", package)
    monkeypatch.setattr(marks, "DERIVING", PARTS)
    small = rooms()
    calls: list[int] = []

    def resolve(claims: Any, reports: Any, decisions: Any) -> Any:
        calls.append(len(claims))
        return small.resolve(claims, reports, decisions)

    build([str(write_reports(tmp_path / "in", {"a.txt": TEXT}))], tmp_path / "c.db", Settings(), BuildOptions(rooms=small))
    store = open_casebook(tmp_path / "c.db")
    counting = replace(small, resolve=resolve)
    derive(store, counting)
    assert calls == []
    (package / "data" / "words.toml").write_text("# other words\n", "utf-8")
    marks.deriving_rules.cache_clear()
    derive(store, counting)
    derive(store, counting)
    store.close()
    assert calls == [1]
