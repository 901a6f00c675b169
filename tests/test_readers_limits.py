"""What cannot be read is refused with its reason and a mend, and quickly, whatever it was built to do."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import threading
import time
from pathlib import Path

import pytest

from veridical.errors import ReadError
from veridical.model import Report
from veridical.readers import Refusal, read
from veridical.readers.deadline import time_limit
from veridical.settings import Settings

STORY = "Gunmen killed three officers at a checkpoint on Friday. Police said two of the attackers were wounded. "


def refused(source: object, settings: Settings = Settings()) -> Refusal:  # noqa: B008
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    (one,) = read(stream, settings)  # type: ignore[arg-type]
    assert isinstance(one, Refusal), one
    assert ":" in one.message or "," in one.message or "–" in one.message
    return one


def test_limits_are_named_with_the_setting_that_raises_them() -> None:
    small = Settings(max_report_chars=1000, max_file_bytes=5000)
    over = refused((STORY * 15).encode(), small)
    assert over.reason == "too large" and "1,000" in over.message and "max_report_chars" in over.message
    over = refused((STORY * 100).encode(), small)
    assert over.reason == "too large" and "5,000" in over.message and "max_file_bytes" in over.message
    assert isinstance(next(read(io.BytesIO((STORY * 9).encode()), small)), Report)


def test_empty_and_blank_files_have_no_text(tmp_path: Path) -> None:
    for name, data in {
        "a.txt": b"",
        "b.txt": b" \n\n",
        "c.html": b"",
        "d.pdf": b"",
        "e.jsonl": b"\n\n",
        "f.csv": b"id,text\n",
        "g.txt": b"...",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert refused(tmp_path / name).reason == "no text", name


def test_folders_loops_pipes_and_missing_files_are_explained(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    assert "folder" in refused(tmp_path / "x.txt").message
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert refused(tmp_path / "loop.txt").reason == "unreadable"
    assert "no such file" in refused(tmp_path / "missing.txt").message
    assert refused("a\0b.txt").reason == "unreadable"
    os.mkfifo(tmp_path / "pipe.txt")
    assert "standard input" in refused(tmp_path / "pipe.txt").message


def test_a_file_one_may_not_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(STORY)
    path.chmod(0)
    if os.access(path, os.R_OK):  # a privileged user may read anything: let the system call say no

        def deny(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", deny)
    assert "right to read" in refused(path).message


def test_a_name_that_is_no_utf8_is_shown_and_can_be_written(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    try:
        Path(path).write_text(STORY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (report,) = read(path)
    assert isinstance(report, Report) and report.name.endswith("caf\ufffd.txt")
    report.name.encode("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 400_000 + b"text",
        b"<html>" + b"<p>x" * 900_000,
        b"<html><body>" + b"<b" * 1_000_000,
        b"<html><body><p>" + b"&amp;" * 700_000,
        b"<html>" + b"<!--" * 900_000,
        ("\u0301\u0316" * 45_000).encode(),
        b"x" * 5_000_000,
        b"a\n" * 1_900_000,
        b"[" * 3_000_000,
        b'{"a":' * 700_000,
        b'"' * 3_900_000,
        b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]/Type/Pages>>endobj\n" * 80_000,
        b"<?xml version='1.0'?><rss><channel>" + b"<item>" * 600_000,
        gzip.compress(bytes(300_000_000), 9),
    ],
)
def test_bombs_are_refused_within_ten_seconds(data: bytes, tmp_path: Path) -> None:
    for name in ("bomb.txt", "bomb.json", "bomb.csv", "bomb.html"):
        (tmp_path / name).write_bytes(data)
        began = time.perf_counter()
        for one in read(tmp_path / name):
            assert isinstance(one, Refusal), one
        assert time.perf_counter() - began < 10, name


def test_surrogates_and_zero_bytes_do_not_get_into_a_text() -> None:
    lone = refused(json.dumps({"text": STORY + "\ud800"}).encode())
    assert lone.reason == "not text" and "surrogate" in lone.message
    (report,) = read(io.BytesIO(json.dumps({"text": STORY + "\u0000 and \u0007"}).encode()))
    assert isinstance(report, Report) and "\0" not in report.text and "\a" not in report.text
    assert refused(STORY.encode() + b"\0").reason == "not text"


def test_a_stream_of_text_is_refused_with_a_mend() -> None:
    (one,) = read(io.StringIO(STORY))  # type: ignore[arg-type]
    assert isinstance(one, Refusal) and "binary mode" in one.message


def test_a_parser_that_loops_is_stopped_in_any_thread() -> None:
    outcomes: list[str] = []

    def loop() -> None:
        try:
            with time_limit(0.2):
                while True:
                    with contextlib.suppress(Exception):  # as a careless parser does
                        sum(range(100))
        except ReadError as error:
            outcomes.append(str(error))

    loop()
    thread = threading.Thread(target=loop)
    thread.start()
    thread.join(10)
    assert len(outcomes) == 2 and "longer than 0.2 s" in outcomes[0]


def test_a_block_that_ends_in_time_is_left_alone() -> None:
    for _ in range(20):
        with time_limit(0.02):
            pass
    time.sleep(0.05)
