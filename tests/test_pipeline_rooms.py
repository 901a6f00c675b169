"""The real rooms together: what they say stands in the reports, and neither order nor workers change a byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline_fakes import write_reports
from veridical import export, extract, read, resolve
from veridical.model import Report
from veridical.pipeline import BuildOptions, Derived, build, derive
from veridical.settings import Settings
from veridical.store import open_casebook

TEXTS = {
    "first.txt": "A car bomb exploded outside a bank in Valencia on 3 March 2019, killing at least 6 people, police said. "
    "Doctors said that 7 people had died.\n",
    "second.txt": "Seven people were killed by a car bomb in Valencia on 3 March 2019. Two men were arrested on 5 March 2019 "
    "in Madrid, a prosecutor said.\n",
    "third.txt": "Gunmen attacked a police station in Quito on 9 May 2020 and wounded three officers. "
    "The mayor said that a second attack had been planned but was prevented by the arrest of four suspects.\n",
    "quiet.txt": "The town council met on Tuesday and agreed to repair the bridge before winter. Nobody objected.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("rooms") / "in", TEXTS)


@pytest.fixture(scope="module")
def casebook(folder: Path) -> Path:
    summary = build([str(folder)], folder.parent / "c.db", Settings(publisher="Example Post"))
    assert summary.read == len(TEXTS) and summary.refused == () and summary.incidents >= 3
    return folder.parent / "c.db"


@pytest.fixture(scope="module")
def derived(casebook: Path) -> Iterator[Derived]:
    store = open_casebook(casebook, create=False)
    yield derive(store)
    store.close()


def test_every_quote_stands_in_its_report_and_every_chain_begins_with_the_publisher(derived: Derived) -> None:
    claims = [c for i in derived.incidents for c in i.claims]
    assert len(claims) >= 4
    for claim in claims:
        text = derived.reports[claim.report].text
        assert claim.evidence and all(text[e.start : e.end] == e.quote for e in claim.evidence)
        assert claim.attribution[0].name == "Example Post"


def test_a_bombing_of_two_reports_is_one_incident_with_a_place_and_a_day(derived: Derived) -> None:
    bombings = [i for i in derived.incidents if i.type == "bombing" and i.where.city == "Valencia"]
    assert [len(i.reports) for i in bombings] == [2]
    assert (bombings[0].when.earliest, bombings[0].when.latest) == ("2019-03-03", "2019-03-03")


def test_order_and_workers_change_no_byte_of_any_export(folder: Path, derived: Derived) -> None:
    turned = folder.parent / "turned.db"
    files = sorted(map(str, folder.iterdir()), reverse=True)
    build(files, turned, Settings(publisher="Example Post"), BuildOptions(workers=2))
    store = open_casebook(turned)
    other = derive(store)
    for ending in ("jsonl", "csv", "geojson", "html"):
        one = export(derived, folder.parent / f"one.{ending}").read_bytes()
        assert one == export(other, folder.parent / f"two.{ending}").read_bytes() != b""


def test_the_verbs_alone_give_what_a_build_gives(folder: Path, derived: Derived) -> None:
    settings = Settings(publisher="Example Post")
    reports = [r for file in sorted(folder.iterdir()) for r in read(file, settings) if isinstance(r, Report)]
    alone = resolve([extract(r, settings) for r in reports], reports)
    assert alone.incidents == derived.incidents and alone.actors == derived.actors
