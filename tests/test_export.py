"""The data profiles: what each writes, read back by an independent reader; refusals say the mend."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import dossier_fixture as made
from veridical.errors import ExportError
from veridical.export import PROFILES, ExportOptions, profile_of, write
from veridical.export.regions import radius_of
from veridical.export.rows import COLUMNS
from veridical.model import Party
from veridical.values import Status

REPORTS = {report.id: report for report in made.REPORTS.values()}
CALI = "COL-19870514-bombing-7c1e02"


def export(profile: str, folder: Path, incidents: Any = made.INCIDENTS, name: str = "out", **options: Any) -> bytes:
    """The bytes of one export."""
    return write(profile, incidents, REPORTS, made.ACTORS, folder / name, ExportOptions(**options)).read_bytes()


def rows_of(content: bytes) -> dict[str, dict[str, str]]:
    """CSV rows by incident id."""
    return {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))}


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_any_order_gives_the_same_bytes(profile: str, tmp_path: Path) -> None:
    assert export(profile, tmp_path) == export(profile, tmp_path, tuple(reversed(made.INCIDENTS)), "again")


@pytest.mark.parametrize("profile", sorted(set(PROFILES) - {"parquet"}))
def test_private_victims_are_left_out_unless_asked_for(profile: str, tmp_path: Path) -> None:
    assert "Marbán" not in export(profile, tmp_path).decode()
    assert "Lucía Marbán" in export(profile, tmp_path, name="asked", private=True).decode()


def test_jsonl_is_one_record_a_line_and_every_quote_holds(tmp_path: Path) -> None:
    lines = export("jsonl", tmp_path).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == sorted(i.id for i in made.INCIDENTS)
    checked = 0
    for line in lines:
        for claim in json.loads(line)["claims"]:
            for quote in claim["evidence"]:
                assert REPORTS[claim["report"]].text[quote["start"] : quote["end"]] == quote["quote"]
                checked += 1
    assert checked > 60


def test_csv_keeps_precision_bounds_chains_and_who_disagrees(tmp_path: Path) -> None:
    content = export("csv", tmp_path)
    assert not content.startswith(b"\xef\xbb\xbf") and export("csv", tmp_path, name="bom", bom=True).startswith(b"\xef\xbb\xbf")
    rows = rows_of(content)
    assert list(rows[CALI]) == [name for name, _ in COLUMNS]
    cali = rows[CALI]
    assert (cali["killed_low"], cali["killed_best"], cali["killed_high"]) == ("31", "39", "39")
    assert (cali["injured_low"], cali["injured_high"]) == ("101", "")
    assert "Meridian Courier ‹ Andes Wire ‹ Octavio Benz" in cali["chains"]
    assert "when: 1987-05-14 [Octavio Benz] / 1987-05-15 [San Rafael hospital]" in cali["disagreements"]
    judged = rows["COL-19891109-sentence-90ee4a"]["subjects"]
    assert judged == "Ramiro Achury [convicted 1989-11-09]; Efraín Solano [acquitted 1989-11-09]"
    clash = rows["PER-unknown-armed_clash-8ac37f"]
    assert (clash["when_earliest"], clash["when_precision"], clash["killed_low"]) == ("", "unknown", "")
    assert clash["other_counts"] == "killed (soldiers): 6//9" and clash["perpetrators"] == "rebels [unknown]"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_cell_can_run_as_a_formula(name: str, tmp_path: Path) -> None:
    hostile = replace(made.INCIDENTS[0], parties=(("targets", (Party(name),)),))
    cell = rows_of(export("csv", tmp_path, (hostile,)))[CALI]["targets"]
    assert cell == f"'{name}"


def test_negative_coordinates_stay_numbers(tmp_path: Path) -> None:
    assert float(rows_of(export("csv", tmp_path))[CALI]["longitude"]) == -76.534


def test_geojson_draws_nothing_exact_for_something_vague(tmp_path: Path) -> None:
    collection = json.loads(export("geojson", tmp_path))
    assert collection["type"] == "FeatureCollection" and "crs" not in collection
    features = {feature["id"]: feature for feature in collection["features"]}
    assert features[CALI]["geometry"] == {"type": "Point", "coordinates": [-76.534, 3.437]}
    assert features["TUR-20170101-attack-b05d6e"]["geometry"] is None
    assert features["XXX-unknown-threat-6f19aa"]["geometry"] is None
    assert features["XXX-unknown-threat-6f19aa"]["properties"]["where_precision"] == "unknown"
    region = features["NGA-20180101-kidnapping-0d47be"]
    assert region["geometry"] and region["properties"]["where_precision"] == "region"
    assert 130 < region["properties"]["radius_km"] < 170  # Borno has 70,900 square kilometres


def test_a_region_is_as_large_as_its_area_by_name_and_by_centre() -> None:
    borno = {"precision": "region", "country": "NGA", "admin1": "Borno"}
    by_centre = radius_of({**borno, "admin1": "no such name", "latitude": 11.5, "longitude": 13.0})
    assert radius_of(borno) == by_centre and by_centre
    assert radius_of({**borno, "precision": "city"}) is None
    assert radius_of({**borno, "admin1": "no such name"}) is None
    assert radius_of({"precision": "region", "country": None}) is None


def test_parquet_reads_back_typed(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    export("parquet", tmp_path, name="out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.num_rows == len(made.INCIDENTS) and table.column_names == [*(name for name, _ in COLUMNS), "record"]
    row = {r["id"]: r for r in table.to_pylist()}[CALI]
    assert row["killed_best"] == 39 and row["injured_high"] is None and row["modes"] == ["civilian_target"]
    assert json.loads(row["record"])["id"] == CALI and "Marbán" not in row["record"]


def test_parquet_without_pyarrow_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"veridical\[parquet\]"):
        export("parquet", tmp_path)
    assert not list(tmp_path.iterdir())


def test_refusals_say_the_mend(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="choose one of"):
        export("xlsx", tmp_path)
    with pytest.raises(ExportError, match="make the folder first"):
        export("csv", tmp_path / "nowhere")
    with pytest.raises(ExportError, match="is a folder"):
        export("csv", tmp_path, name=".")
    with pytest.raises(ExportError, match="name one of"):
        profile_of(Path("a.docx"))
    assert profile_of(Path("A.HTML")) == "dossier" and profile_of(Path("x.geojson")) == "geojson"


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").write_text("old", "utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ExportError, match="No space left"):
        export("csv", tmp_path)
    assert (tmp_path / "out").read_text("utf-8") == "old" and [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_replaced_file_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old", "utf-8")
    (tmp_path / "out").chmod(0o640)
    export("csv", tmp_path)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o640


def test_a_status_is_never_left_off_a_person(tmp_path: Path) -> None:
    accused = replace(made.INCIDENTS[0], parties=(("perpetrators", (Party("Iris Vane", status=Status.SUSPECTED),)),))
    assert rows_of(export("csv", tmp_path, (accused,)))[CALI]["perpetrators"] == "Iris Vane [suspected]"
