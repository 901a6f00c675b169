"""The dossier in Debian's Chromium: three widths, both themes, by keyboard alone, with axe-core and without any network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import dossier_fixture as made
from veridical.export import write
from veridical.model import Evidence, Incident, Report
from veridical.values import When

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("no chromium on this machine (apt-get install chromium)", allow_module_level=True)
sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
CALI = "COL-19870514-bombing-7c1e02"
CHAIN_OF_FOUR = "COL-19871001-bombing-e2f6b1"
OVERLAP = "ESP-20040207-bombing-3a90f7"
SIZES = {1440: 900, 820: 1100, 390: 844}


def many(count: int) -> tuple[Incident, ...]:
    """``count`` incidents spread over fifty years, of every stage and precision, reports shared."""
    found = []
    for n in range(count):
        base = made.INCIDENTS[n % len(made.INCIDENTS)]
        when = When.day(date(1975, 1, 1) + timedelta(days=n * 18250 // count)) if n % 3 else base.when
        where = base.where
        if where.latitude is not None and where.longitude is not None:
            where = replace(where, latitude=where.latitude + n % 17 * 0.21, longitude=where.longitude + n % 23 * 0.27)
        found.append(replace(base, id=f"{base.id}-{n:04}", when=when, where=where, related=()))
    return tuple(found)


def export(folder: Path, incidents: tuple[Incident, ...], name: str) -> str:
    """The address of a dossier of ``incidents``."""
    reports = {report.id: report for incident in incidents for report in incident.reports}
    return write("dossier", incidents, reports, made.ACTORS, folder / name).as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests here."""
    with sync.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return export(tmp_path_factory.mktemp("dossier"), made.INCIDENTS, "dossier.html")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    return export(tmp_path_factory.mktemp("large"), many(2000), "large.html")


class Watch:
    """A page that remembers what it asked for and what it complained of."""

    def __init__(self, browser: Any, width: int = 1440, theme: str = "light", **given: Any) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": SIZES.get(width, 900)}, color_scheme=theme, **given)
        self.page.set_default_timeout(6000)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, address: str) -> Any:
        self.page.goto("about:blank")
        self.requests.clear()
        self.page.goto(address)
        self.page.wait_for_selector("#incident h2" if "#" in address else "#tally:not(:empty)")
        self.page.wait_for_timeout(120)
        return self.page

    def check(self, address: str) -> None:
        """Nothing was asked for besides the file, nothing was complained of."""
        assert [url.split("#")[0] for url in self.requests] == [address.split("#", maxsplit=1)[0]]
        assert self.complaints == []
        self.page.close()


@pytest.fixture
def watch(browser: Any, address: str) -> Iterator[Watch]:
    made_page = Watch(browser)
    yield made_page
    made_page.check(address)


def focused(page: Any) -> str:
    """The text, or the name, of what has the focus."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", sorted(SIZES))
def test_no_violation_no_overflow_no_request(browser: Any, address: str, width: int, theme: str) -> None:
    seen = Watch(browser, width, theme)
    for fragment in ("", f"#{CALI}", f"#{OVERLAP}", "#no-such-incident"):
        page = seen.open(address + fragment)
        result = axe.Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    seen.check(address)


def test_every_incident_opens_with_its_quotes_and_without_complaint(watch: Watch, address: str) -> None:
    page = watch.open(address)
    for incident in made.INCIDENTS:
        page.evaluate("id => { location.hash = encodeURIComponent(id); }", incident.id)
        page.locator("#incident .id", has_text=incident.id).wait_for()
        quoted = {(c.report, e.start, e.end) for c in incident.claims for e in c.evidence}
        assert page.locator("#incident .quote").count() >= len(quoted) > 0
        if incident.stage is None or len(incident.claims) > 2:
            result = axe.Axe().run(page)
            assert result.violations_count == 0, f"{incident.id}: {result.generate_report()}"


def test_by_keyboard_alone(watch: Watch, address: str) -> None:
    page = watch.open(address)
    press = page.keyboard.press
    press("Tab")
    assert focused(page) == "skip"
    press("Enter")
    first = focused(page)
    assert first.startswith("row-GBR-1979")
    press("ArrowDown")
    assert focused(page) == f"row-{CALI}"
    press("End")
    press("Home")
    assert focused(page) == first
    press("ArrowDown")
    press("Enter")
    page.wait_for_selector("#incident h2")
    assert focused(page) == "title" and page.evaluate("location.hash") == f"#{CALI}"
    press("Tab")
    assert focused(page).startswith("Bombing")
    press("Enter")
    assert page.evaluate("document.activeElement.className").startswith("quote")
    assert focused(page) == "bomb hidden in a fruit cart"
    press("ArrowRight")
    assert focused(page).startswith("Alameda")
    press("ArrowLeft")
    press("Escape")
    assert focused(page).startswith("Bombing") and page.locator("#incident").is_visible()
    press("Escape")
    page.wait_for_selector("#list")  # The address changes first, the page after it.
    assert focused(page) == f"row-{CALI}"
    press("Enter")
    page.locator("#incident .id", has_text=CALI).wait_for()
    press("ArrowRight")
    page.locator("#incident .id", has_text="COL-19870520-arrest-1b88d0").wait_for()
    press("ArrowLeft")
    page.locator("#incident .id", has_text=CALI).wait_for()


def test_the_charts_are_reached_and_left_by_keyboard(watch: Watch, address: str) -> None:
    page = watch.open(address)
    frame = page.locator("#map .frame")
    frame.focus()
    before = page.locator("#map .land").get_attribute("transform")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    assert page.locator("#map .land").get_attribute("transform") != before
    page.get_by_label("Show all marks").click()
    frame.focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    page.locator("#timeline svg.time a[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#incident h2").wait_for()


def test_a_value_lights_its_quotes_and_a_quote_its_values(watch: Watch, address: str) -> None:
    page = watch.open(f"{address}#{CALI}")
    page.locator(".fields button.value", has_text="14 May 1987").first.hover()
    assert page.locator(".quote.lit").all_inner_texts() == ["Thursday, 14 May 1987", "the early hours of May 15"]
    page.locator(".differ button.value", has_text="15 May 1987").hover()
    assert page.locator(".quote.lit").all_inner_texts() == ["the early hours of May 15"]
    page.locator(".quote", has_text="injuring more than 100").hover()
    assert page.locator(".value.lit").count() == 1 and "injured" in page.locator(".value.lit").inner_text()


def test_a_chain_of_four_shows_its_cues_on_focus_and_on_hover(watch: Watch, address: str) -> None:
    page = watch.open(f"{address}#{CHAIN_OF_FOUR}")
    chips = page.locator(".says .chip")
    assert page.locator(".says .chip .name").all_text_contents() == ["Meridian Courier", "Andes Wire", "the indictment", "Achury"]
    cue = page.locator(".says .cue").nth(2)
    assert not cue.is_visible()
    chips.nth(2).focus()
    assert cue.is_visible() and "according to" in cue.inner_text()
    assert set(page.locator(".quote.lit").all_inner_texts()) == {"the indictment", "according to"}
    chips.nth(3).hover()
    assert page.locator(".says .cue").nth(3).is_visible()


def test_the_text_is_whole_and_overlaps_keep_both_tints(watch: Watch, address: str) -> None:
    page = watch.open(f"{address}#{OVERLAP}")
    flat = "".join(made.REPORTS["bilbao"].text.split())
    assert "".join(page.locator(".text").inner_text().split()) == flat
    both = page.locator(".quote", has_text="Iker Zubia")
    assert both.locator(".g-who .g-what").count() == 1
    tints = both.locator(".ev").evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)")
    assert len(set(tints)) == 2
    outer, inner = both.locator(".ev").evaluate_all("nodes => nodes.map((node) => node.getBoundingClientRect().height)")
    assert outer > inner


def test_what_is_only_alleged_is_never_listed_as_fact(watch: Watch, address: str) -> None:
    page = watch.open(address)
    assert page.locator("#list tbody tr", has_text="Turkey").locator("small").inner_text() == "alleged"
    assert page.locator("#list tbody tr", has_text="Alameda").locator("small").count() == 0
    page.goto(f"{address}#TUR-20170101-attack-b05d6e")
    assert page.locator("#title").inner_text() == "Attack (alleged), Turkey"


def test_statuses_stand_beside_the_names(watch: Watch, address: str) -> None:
    page = watch.open(f"{address}#COL-19891109-sentence-90ee4a")
    assert [" ".join(text.split()) for text in page.locator(".party").all_inner_texts() if "court" not in text] == [
        "Ramiro Achury convicted 9 Nov 1989",
        "Efraín Solano acquitted 9 Nov 1989",
    ]


def test_filters_narrow_and_an_empty_answer_says_what_to_do(watch: Watch, address: str) -> None:
    page = watch.open(address)
    page.fill("#q", "medellin")
    page.locator("#found", has_text="1 of 15").wait_for()
    assert page.locator("#list tbody tr").count() == 1
    page.fill("#q", "no such word")
    page.get_by_text("No incident matches these filters.").wait_for()
    page.get_by_text("Clear all filters").click()
    assert page.locator("#list tbody tr").count() == len(made.INCIDENTS)
    page.get_by_role("button", name="foiled").click()
    assert page.locator("#list tbody tr").count() == 1
    page.get_by_role("button", name="Clear filters").click()
    page.select_option("#country", "?")
    assert page.locator("#list tbody tr").inner_text().startswith("Threat")
    page.keyboard.press("Escape")
    assert page.locator("#list tbody tr").count() == len(made.INCIDENTS)


def test_a_typed_range_narrows_to_those_days(watch: Watch, address: str) -> None:
    page = watch.open(address)
    page.fill("#time-from", "1987-05")
    page.press("#time-from", "Enter")
    page.fill("#time-to", "1987-05")
    page.press("#time-to", "Enter")
    assert page.locator("#list tbody tr").count() == 2 and page.locator("svg.time a").count() == 2
    assert page.locator(".tick").all_text_contents()[0].endswith("May")
    page.fill("#time-to", "May 87")
    page.press("#time-to", "Enter")
    assert page.locator("#time-to").get_attribute("aria-invalid") == "true"
    assert page.locator("#list tbody tr").count() == 2


def test_uncertainty_has_a_shape(watch: Watch, address: str) -> None:
    page = watch.open(address)
    assert page.locator("#map .hatched path").count() >= 1 and page.locator("#map .ring").count() == 4
    assert "1 without a place" in page.locator("#map").inner_text()
    assert page.locator("svg.time .dot").count() == 2
    soft = page.locator("svg.time a rect[fill^='url(#soft']").count()
    assert soft == sum(1 for i in made.INCIDENTS if i.when.known and i.when.precision != "day" and i.when.extent == "within")
    assert page.locator("#list tr", has_text="Garissa").locator(".tally-cell").text_content() == "101 ‹ …"
    assert page.locator("#list tr", has_text="Alameda").locator(".tally-cell b").text_content() == "39"


def test_the_theme_button_beats_the_system(watch: Watch, address: str) -> None:
    page = watch.open(address)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.locator("#theme").click()
    assert page.evaluate(paper) == light
    page.locator("#theme").click()
    assert page.evaluate(paper) != light and page.locator("#theme").inner_text() == "theme: dark"


def test_print_shows_all_and_hides_what_cannot_be_pressed(watch: Watch, address: str) -> None:
    page = watch.open(f"{address}#{CALI}")
    page.emulate_media(media="print")
    assert not page.locator(".ways").is_visible() and not page.locator("#theme").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.pane')).overflowY") == "visible"


def test_hostile_texts_do_nothing(browser: Any, tmp_path: Path) -> None:
    text = (
        "</script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)> 😀😀 A bomb killed nine. "
        "\u2028 {{data}}"
    )
    report = Report.of(text, "<svg onload=alert(3)>", "<b>Paper</b>", "javascript:alert(4)", None)
    at = report.text.index("bomb")
    base = made.INCIDENTS[-1]
    claim = replace(base.claims[0], report=report.id, evidence=(Evidence("type", at, at + 4, "bomb"),), arguments=())
    address = export(tmp_path, (replace(base, id="<i>x</i>'\"", reports=(report,), claims=(claim,), related=()),), "hostile.html")
    seen = Watch(browser)
    page = seen.open(address)
    page.locator("#list tbody a").click()
    assert page.locator(".quote").inner_text() == "bomb"
    assert page.locator(".report h4").inner_text() == "<b>Paper</b>" and page.locator(".report header a").count() == 0
    assert "".join(page.locator(".text").inner_text().split()) == "".join(text.split())
    seen.check(address)


def test_two_thousand_incidents_stay_quick(browser: Any, large: str) -> None:
    seen = Watch(browser)
    began = time.perf_counter()
    page = seen.open(large)
    assert time.perf_counter() - began < 8
    assert page.locator("#list tbody tr").count() == 100
    bottoms = page.evaluate("[...document.querySelectorAll('#list tbody tr')].map((row) => row.getBoundingClientRect().bottom)")
    assert sum(bottom <= SIZES[1440] for bottom in bottoms) >= 30
    took = page.evaluate("""() => {
        const input = document.querySelector('#country'), start = performance.now();
        input.value = 'COL';
        input.dispatchEvent(new Event('change'));
        document.body.offsetHeight;
        return performance.now() - start;
    }""")
    assert took < 1500, took
    page.keyboard.press("Escape")
    page.get_by_text("further rows").click()
    assert "101–200 of 2,000" in page.locator(".pager").inner_text()
    page.keyboard.press("ArrowUp")
    assert "1–100 of 2,000" in page.locator(".pager").inner_text()
    assert page.locator("svg.time a").count() > 1500
    result = axe.Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    seen.check(large)


def test_one_week_is_drawn_in_days(browser: Any, tmp_path: Path) -> None:
    week = tuple(
        replace(base, id=f"{n}-{base.id}", when=When.day(date(2016, 3, 20) + timedelta(days=n % 6)), related=())
        for n, base in enumerate(made.INCIDENTS)
    )
    address = export(tmp_path, week, "week.html")
    seen = Watch(browser)
    page = seen.open(address)
    ticks = page.locator(".tick").all_text_contents()
    assert any("Mar" in tick for tick in ticks) and not any(tick.isdigit() for tick in ticks)
    assert page.locator("svg.time a").count() == len(week)
    seen.check(address)


def test_an_empty_dossier_says_how_to_fill_it(browser: Any, tmp_path: Path) -> None:
    address = export(tmp_path, (), "empty.html")
    seen = Watch(browser, 820)
    page = seen.open(address)
    assert "veridical build" in page.locator(".empty").inner_text()
    assert axe.Axe().run(page).violations_count == 0
    seen.check(address)


def test_hard_wrapped_text_flows_and_other_lines_stay_paragraphs(browser: Any, tmp_path: Path) -> None:
    wrapped = "\n".join(["BOGOTA, 3 MAR -- A bomb went off in the centre of the city today and"] * 8) + "\n\nThe end."
    line = "A bomb went off in the centre of the city today, and nobody was hurt, said the mayor, who had just come home."
    unwrapped = "\n".join([line] * 3)
    base = made.INCIDENTS[-1]
    found = []
    for name, text in (("wrapped", wrapped), ("unwrapped", unwrapped)):
        report = Report.of(text, name)
        found.append(
            replace(
                base,
                id=name,
                reports=(report,),
                related=(),
                claims=(replace(base.claims[0], report=report.id, evidence=(), arguments=()),),
            )
        )
    address = export(tmp_path, tuple(found), "lines.html")
    seen = Watch(browser)
    assert seen.open(f"{address}#wrapped").locator(".text .gap").count() == 1
    seen.check(f"{address}#wrapped")
    again = Watch(browser)
    assert again.open(f"{address}#unwrapped").locator(".text .gap").count() == 2
    again.check(f"{address}#unwrapped")
