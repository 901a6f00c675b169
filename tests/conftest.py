"""Fixtures for every test: the annotator and the whole path of one report, loaded once a session."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from veridical.model import Annotation, Claim, Report
from veridical.settings import Settings


@dataclass(frozen=True)
class Extracted:
    """One report with its claims and its incident records, as ``veridical extract`` writes them."""

    report: Report
    claims: tuple[Claim, ...]
    records: list[dict[str, Any]]


ExtractText = Callable[..., Extracted]


def pytest_configure() -> None:
    """A test run that was started in the background ignores Ctrl-C, and so would the programs it starts and interrupts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def annotator() -> Callable[[Report], Annotation]:
    """The annotator with its default settings."""
    from veridical.annotate import annotate

    return annotate(Settings())


@pytest.fixture(scope="session")
def extract_text() -> ExtractText:
    """A function from a text and the facts of its report to what is extracted from it."""
    from veridical.pipeline.rooms import prepared, record_report

    extract_report = prepared(Settings())

    def run(text: str, name: str = "case.txt", **facts: str | None) -> Extracted:
        report = Report.of(text, name, **facts)  # type: ignore[arg-type]
        claims = extract_report(report).claims
        return Extracted(report, claims, record_report(claims, report))

    return run
