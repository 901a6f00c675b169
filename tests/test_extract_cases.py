"""Extraction of short texts: which incidents they tell of, and which they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ExtractText
from partial_records import NAMED, brief, unmatched

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "extract.yml").read_text("utf-8"))
ALLOWED = {"type", "stage", "certainty", "reason", "modes", "when", "where", "counts", "origins", *NAMED}


def parameters() -> list[Any]:
    """The cases; those that are known to fail are expected to, and may pass without ado."""
    return [
        pytest.param(
            c,
            id=f"{i}-{c['text'][:50]}",
            marks=[pytest.mark.xfail(reason=f"known: {c['known']}", strict=False)] if "known" in c else [],
        )
        for i, c in enumerate(CASES)
    ]


@pytest.mark.parametrize("case", parameters())
def test_a_text_tells_of_its_incidents(case: dict[str, Any], extract_text: ExtractText) -> None:
    published = str(case["published"]) if "published" in case else None
    records = extract_text(case["text"], publisher="The Paper", published=published).records
    missing = unmatched(case["expect"], records)
    assert not missing, f"missing {missing} in {[brief(r) for r in records]}"
    if not case.get("more"):
        assert len(records) == len(case["expect"]), [brief(r) for r in records]


def test_cases_are_well_formed() -> None:
    assert len(CASES) >= 60
    for case in CASES:
        assert set(case) <= {"text", "published", "expect", "more", "known"}
        assert all(set(wanted) <= ALLOWED for wanted in case["expect"])
    stages = {wanted["stage"] for case in CASES for wanted in case["expect"] if isinstance(wanted.get("stage", []), str | None)}
    assert stages >= {"carried_out", "attempted", "foiled", "abandoned", "planned", "threatened", None}
