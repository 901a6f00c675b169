"""The gazetteer: building, looking up, spelling, and what happens when it is not there."""

from __future__ import annotations

import hashlib
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from veridical.annotate.gazetteer import Gazetteer, build_gazetteer
from veridical.annotate.gazetteer_names import fold, skeleton
from veridical.annotate.places_words import load_demonyms, load_nationalities, load_words
from veridical.errors import SettingsError

ROW = [
    "2338660",
    "Maiduguri",
    "Maiduguri",
    "Yerwa,Мајдугури",
    "11.84692",
    "13.15712",
    "P",
    "PPLA",
    "NG",
    "",
    "27",
    "",
    "",
    "",
    "1112449",
    "",
    "325",
    "Africa/Lagos",
    "2022-10-05",
]
BAGA = [
    "2347999",
    "Baga",
    "Baga",
    "",
    "13.1",
    "13.8",
    "P",
    "PPL",
    "NG",
    "",
    "27",
    "",
    "",
    "",
    "0",
    "",
    "280",
    "Africa/Lagos",
    "2019-01-02",
]
BASE = [
    "299817",
    "İncirlik Air Base",
    "Incirlik Air Base",
    "",
    "37.00",
    "35.43",
    "S",
    "AIRB",
    "TR",
    "",
    "81",
    "",
    "",
    "",
    "0",
    "",
    "70",
    "Europe/Istanbul",
    "2018-01-01",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def write_dump(folder: Path, *rows: list[str]) -> Path:
    (folder / "allCountries.txt").write_text("".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text("NG.27\tBorno\tBorno\t2346794\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "ISTANBUL"),
        ("Diyarbakır", "Diyarbakir"),
        ("Saint-Louis", "St. Louis"),
        ("U.S.A.", "usa"),
        ("N'Djamena", "N’Djamena"),
        ("the Gaza Strip", "Gaza Strip"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Hasakah", "Hassakeh"), ("Fallujah", "Al Fallūjah"), ("El Obeid", "Al-Ubayyid"), ("Raqqa", "ar-Raqqah")],
)
def test_rival_transliterations_share_most(one: str, other: str) -> None:
    assert skeleton(fold(one))[:4] == skeleton(fold(other))[:4]


def test_lookup_finds_by_other_names_and_articles(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Antep")[0].name == "Gaziantep"
    assert {p.country for p in gazetteer.lookup("Al-Raqqah")} >= {"SYR"}
    assert gazetteer.lookup("no such place at all") == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("US", "USA"),
        ("U.S.", "USA"),
        ("United States", "USA"),
        ("UK", "GBR"),
        ("Britain", "GBR"),
        ("DR Congo", "COD"),
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("Kosovo", "XKX"),
        ("Türkiye", "TUR"),
        ("Swaziland", "SWZ"),
    ],
)
def test_countries_go_by_many_names(gazetteer: Gazetteer, name: str, country: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert (best.kind, best.country) == ("country", country)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Gaza Strip", "PSE"),
        ("West Bank", "PSE"),
        ("Northern Ireland", "GBR"),
        ("Chechnya", "RUS"),
        ("Catalonia", "ESP"),
        ("Cappadocia", "TUR"),
        ("Sinai", "EGY"),
        ("Donbas", "UKR"),
        ("Helmand", "AFG"),
        ("Sambisa Forest", "NGA"),
        ("Sahel", None),
    ],
)
def test_regions_are_known(gazetteer: Gazetteer, name: str, country: str | None) -> None:
    assert any(p.country == country and p.kind in ("region", "admin1") and p.latitude is not None for p in gazetteer.lookup(name))


def test_nationalities_are_data() -> None:
    nations, peoples = load_nationalities(), load_demonyms()
    assert [nations[w] for w in ("turkish", "iraqis", "salvadoran", "chechen")] == ["TUR", "IRQ", "SLV", "RUS"]
    assert "congolese" not in nations and "turkish" in peoples and "turkey" not in peoples


def test_word_lists_are_lower_case_and_not_empty() -> None:
    words = load_words()
    for name in words.__dataclass_fields__:
        found = getattr(words, name)
        assert found and all(w == w.lower() for w in found), name


def test_info_tells_counts_sources_and_hash(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    counts = info["counts"]
    assert isinstance(counts, dict) and counts["city"] > 150_000 and counts["admin1"] > 3_500 and counts["region"] >= 300
    assert all("(" in source for source in info["sources"])  # type: ignore[attr-defined]
    assert len(str(info["hash"])) == 64 and info["date"]


def test_a_dump_gives_its_own_places_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    dump = write_dump(tmp_path, ROW, BAGA, BASE)
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    built = build_gazetteer(one, dump)
    assert built.hash == build_gazetteer(two, dump).hash
    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(two.read_bytes()).digest()
    gazetteer = Gazetteer.open(one)
    (baga,) = gazetteer.lookup("Baga")
    assert (baga.geonames_id, baga.admin1, baga.country) == (2347999, "Borno", "NGA")
    assert gazetteer.lookup("Incirlik Air Base")[0].kind == "site"
    assert gazetteer.info()["date"] == "2022-10-05"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("rows", [[["1", "too", "few"]], [["x", *ROW[1:]]], [[*ROW[:4], "north", *ROW[5:]]], []])
def test_a_broken_or_missing_dump_is_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    if rows:
        write_dump(tmp_path, *rows)
    with pytest.raises(SettingsError, match="dump"):
        build_gazetteer(tmp_path / "g.sqlite", tmp_path)
    assert not (tmp_path / "g.sqlite").exists()


def test_what_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no gazetteer"):
        Gazetteer.open(tmp_path / "missing.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database, and longer than a header would be " * 20)
    with pytest.raises(SettingsError, match="not a gazetteer"):
        Gazetteer.open(tmp_path / "text.sqlite")


def first_country(gazetteer: Gazetteer, name: str) -> str | None:
    return gazetteer.lookup(name)[0].country


def test_it_travels_to_other_processes(gazetteer: Gazetteer) -> None:
    gazetteer.lookup("Ankara")
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Ankara") == gazetteer.lookup("Ankara")
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        assert list(pool.map(first_country, [gazetteer] * 4, ["Ankara", "Mosul", "Maiduguri", "Lima"])) == [
            "TUR",
            "IRQ",
            "NGA",
            "PER",
        ]


@pytest.mark.parametrize("name", ["", " ", "\ud800", "\x00", "'" * 9, "x" * 100_000, "München\udfff", "; DROP TABLE place"])
def test_strange_names_are_looked_up_without_harm(gazetteer: Gazetteer, name: str) -> None:
    assert all(p.name for p in gazetteer.lookup(name))


def test_the_cache_is_bounded(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("veridical.annotate.gazetteer._CACHED_NAMES", 50)
    fresh = Gazetteer.open(gazetteer.path)
    for i in range(40):
        fresh.lookup_all([f"nowhere {i} {j}" for j in range(5)])
        assert len(fresh._cache) <= 60
    assert fresh.lookup("Lima")[0].country == "PER"
