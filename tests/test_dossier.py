"""The dossier as bytes: what it carries, what it cannot be made to do, and that it never changes without a reason."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import dossier_fixture as made
from veridical.export import ExportOptions, write
from veridical.export.dossier import SCRIPTS, STYLES
from veridical.model import Incident, Report

REPORTS = {report.id: report for report in made.REPORTS.values()}
HOSTILE = "</script><script>alert(1)</script> <img src=x onerror=alert(2)> {{script}} \u2028 & <!--"


def build(folder: Path, incidents: tuple[Incident, ...] = made.INCIDENTS, name: str = "dossier.html", **options: Any) -> str:
    """The page of ``incidents`` as text."""
    reports = {report.id: report for incident in incidents for report in incident.reports}
    return write("dossier", incidents, reports, made.ACTORS, folder / name, ExportOptions(**options)).read_text("utf-8")


def data_of(page: str, key: str = "data") -> Any:
    """The JSON that the page carries."""
    found = re.search(rf'<script type="application/json" id="{key}">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found.group(1))


def test_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    assert build(tmp_path) == build(tmp_path, tuple(reversed(made.INCIDENTS)), "again.html")


def test_every_report_stands_once_and_every_quote_where_it_is_said(tmp_path: Path) -> None:
    page = build(tmp_path, private=True)
    data = data_of(page)
    assert len(data["incidents"]) == len(made.INCIDENTS)
    assert page.count("Surgeons at the San Rafael hospital") == 1
    quotes = {(c.report, e.start, e.end): e.quote for i in made.INCIDENTS for c in i.claims for e in c.evidence}
    checked = 0
    for record in data["incidents"]:
        for claim in record["claims"]:
            for _, start, end in claim["evidence"]:
                assert data["reports"][claim["report"]]["text"][start:end] == quotes[claim["report"], start, end]
                checked += 1
    assert checked > 60


def test_the_policy_allows_only_the_page_s_own_style_and_script(tmp_path: Path) -> None:
    page = build(tmp_path)
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    policy = html.unescape(found.group(1))
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    for tag in ("style", "script"):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(body) == 1
        assert f"'sha256-{base64.b64encode(hashlib.sha256(body[0].encode()).digest()).decode()}'" in policy


def test_nothing_in_the_page_s_own_code_asks_a_network_or_parses_html() -> None:
    base = files("veridical.export.dossier")
    code = "".join((base / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    style = "".join((base / "css" / f"{name}.css").read_text("utf-8") for name in STYLES)
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "WebSocket",
        "sendBeacon",
    ):
        assert word not in code
    assert "@import" not in style and "http" not in style and "@font-face" not in style


def test_every_asset_is_used_and_short() -> None:
    base = files("veridical.export.dossier")
    for folder, names, suffix in (("js", SCRIPTS, "js"), ("css", STYLES, "css")):
        assert {entry.name for entry in (base / folder).iterdir()} == {f"{name}.{suffix}" for name in names}
        for name in names:
            assert len((base / folder / f"{name}.{suffix}").read_text("utf-8").splitlines()) <= 400


def test_hostile_reports_stay_data(tmp_path: Path) -> None:
    first = made.INCIDENTS[8]
    report = Report.of(HOSTILE, HOSTILE, HOSTILE, f"javascript:{HOSTILE}", HOSTILE)
    claims = tuple(replace(claim, report=report.id, evidence=(), arguments=()) for claim in first.claims)
    page = build(tmp_path, (replace(first, reports=(report,), claims=claims, reason=HOSTILE),), title=HOSTILE)
    assert page.count("<script") == 3 and page.count("</script>") == 3
    assert "<img" not in page and "<!--" not in page
    assert data_of(page)["reports"][report.id]["text"] == report.text


def test_a_private_victim_is_covered_everywhere_and_offsets_hold(tmp_path: Path) -> None:
    page = build(tmp_path)
    assert "Marbán" not in page and "Lucía" not in page
    courier = made.REPORTS["courier"]
    text = data_of(page)["reports"][courier.id]["text"]
    assert len(text) == len(courier.text)
    assert text[courier.text.index("Lucía") :].startswith("█" * 12 + ", a schoolteacher")
    assert "Lucía Marbán" in build(tmp_path, name="asked.html", private=True)


def test_no_clock_and_no_path_of_this_machine(tmp_path: Path) -> None:
    page = build(tmp_path)
    assert str(tmp_path) not in page and "/work/" not in page
    assert not re.search(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d", page)


def test_an_empty_casebook_says_what_to_do(tmp_path: Path) -> None:
    page = build(tmp_path, ())
    assert data_of(page)["incidents"] == [] and "veridical build" in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_the_look_can_be_read(theme: str) -> None:
    from veridical.export.dossier.theme import read_look

    look = read_look()
    ground = look["theme"][theme]
    for paper in ("paper", "raised"):
        for ink in ("ink", "grey", "faint", "accent"):
            assert contrast(ground[ink], ground[paper]) >= 4.5, (ink, paper)
        for table in ("stage", "stageless"):
            for name, stage in look[table].items():
                assert contrast(stage[theme], ground[paper]) >= 4.5, (name, paper)
    for name, group in look["group"].items():
        assert contrast(ground["ink"], group[theme]["tint"]) >= 7, name
        assert contrast(group[theme]["line"], group[theme]["tint"]) >= 3, name
    assert len({stage["glyph"] for table in ("stage", "stageless") for stage in look[table].values()}) == 9
    assert len({group["pattern"] for group in look["group"].values()}) == 6


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, "relative luminance")."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_folders_of_the_builder_stay_at_home(tmp_path: Path) -> None:
    first = made.INCIDENTS[8]
    report = Report.of(first.reports[0].text, "/home/someone/secret project/scan.txt")
    claims = tuple(replace(claim, report=report.id) for claim in first.claims)
    page = build(tmp_path, (replace(first, reports=(report,), claims=claims),))
    assert "secret project" not in page and data_of(page)["reports"][report.id]["name"] == "scan.txt"
