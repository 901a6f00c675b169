"""Whole reports with the incidents that were read out of them by eye; compared loosely, as a net under changes.

``reports/NAME/expected.json`` names partial records (see ``cases/extract.yml``) and ``absent``: partial records that no
record may agree with. Those with a ``known`` reason fail today; each is a test of its own that may fail.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ExtractText
from partial_records import agrees, brief, unmatched

FOLDERS = sorted(p for p in (Path(__file__).parent / "reports").iterdir() if p.is_dir())
READ = {f: json.loads((f / "expected.json").read_text("utf-8")) for f in FOLDERS}


def records_of(folder: Path, extract_text: ExtractText) -> list[dict[str, Any]]:
    """The records of the report in a folder, extracted with its publisher and date."""
    text, facts = (folder / "report.txt").read_text("utf-8"), READ[folder]
    return extract_text(text, folder.name, publisher=facts["publisher"], published=facts["published"]).records


@pytest.mark.parametrize("folder", FOLDERS, ids=[f.name for f in FOLDERS])
def test_a_report_tells_of_its_incidents(folder: Path, extract_text: ExtractText) -> None:
    records = records_of(folder, extract_text)
    shown = "\n".join(brief(r) for r in records)
    assert unmatched([w for w in READ[folder]["incidents"] if "known" not in w], records) == [], shown
    assert [w for w in READ[folder]["absent"] if "known" not in w and any(agrees(w, r) for r in records)] == [], shown
    assert len(records) <= len(READ[folder]["incidents"]) + 1, shown


def known_failures() -> Iterator[Any]:
    """Every partial record with a reason why it fails, as test parameters."""
    for folder in FOLDERS:
        for kind in ("incidents", "absent"):
            for i, wanted in enumerate(w for w in READ[folder][kind] if "known" in w):
                bare = {k: v for k, v in wanted.items() if k != "known"}
                mark = pytest.mark.xfail(reason=f"known: {wanted['known']}", strict=False)
                yield pytest.param(folder, kind, bare, id=f"{folder.name}-{kind}-{i}", marks=mark)


@pytest.mark.parametrize(("folder", "kind", "wanted"), tuple(known_failures()))
def test_what_is_known_to_fail(folder: Path, kind: str, wanted: dict[str, Any], extract_text: ExtractText) -> None:
    assert any(agrees(wanted, r) for r in records_of(folder, extract_text)) == (kind == "incidents")
