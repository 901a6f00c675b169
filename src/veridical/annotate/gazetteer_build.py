"""Builds a gazetteer file: rows from the sources in a fixed order, the same input gives the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from pathlib import Path

from veridical.annotate import gazetteer_sources as sources
from veridical.annotate.gazetteer_names import fold, skeleton
from veridical.annotate.gazetteer_sources import Entry
from veridical.errors import SettingsError

SCHEMA = "1"
_TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, geonames INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  admin1 TEXT, latitude REAL, longitude REAL, population INTEGER NOT NULL, weight REAL NOT NULL, seat TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (key, rank, place)) WITHOUT ROWID;
CREATE TEMP TABLE raw (key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL);
"""
_SEAT_WEIGHT = {"C": 1.2, "A": 0.5, "G": 0.3, "X": -1.0}
_UNKNOWN_POPULATION = 1000
"""A settlement without a figure is listed because it is a seat of something: as much as a small town."""
_KIND_WEIGHT = {"admin1": -0.3, "admin2": -1.5, "site": -1.0}
_FLOOR = {"country": 8.5, "region": 5.5, "admin1": 4.5, "admin2": 2.0, "site": 2.5, "city": 2.0}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the file, how many places and names it holds, and the hash of its content."""

    path: Path
    places: int
    names: int
    hash: str


def sources_hash() -> str:
    """A hash of everything the default gazetteer is made of: our data, the package's version, the schema."""
    digest = hashlib.sha256(f"{SCHEMA} {sources.package_version()}".encode())
    for file in sources.shipped_files():
        digest.update(file.read_bytes())
    for module in (__file__, sources.__file__, fold.__wrapped__.__code__.co_filename):
        digest.update(Path(module).read_bytes())
    return digest.hexdigest()


def build_gazetteer(target: Path, geonames_dump: Path | None = None) -> Built:
    """Writes a gazetteer to ``target``, which is replaced at the end in one step.

    ``geonames_dump`` is a folder with allCountries.txt (or cities500.txt and the like) and, where there are,
    admin1CodesASCII.txt and admin2Codes.txt; without it the default sources are used. Raises SettingsError
    when a source is missing or malformed, OSError when the target cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        base = sqlite3.connect(name)
        with contextlib.closing(base):
            built = _fill(base, target, geonames_dump)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except sqlite3.Error as error:
        raise SettingsError(f"the gazetteer cannot be written to {target} ({error}): name another target") from error
    finally:
        Path(name).unlink(missing_ok=True)
    return built


def _fill(base: sqlite3.Connection, target: Path, dump: Path | None) -> Built:
    base.executescript(_TABLES)
    digest = hashlib.sha256()
    counts: dict[str, int] = {}
    newest = ""
    for entry in sources.entries(dump):
        row = (
            entry.key,
            entry.geonames_id,
            entry.name,
            entry.kind,
            entry.country,
            entry.admin1,
            entry.latitude,
            entry.longitude,
            entry.population,
            round(_weigh(entry), 3),
            entry.seat,
        )
        keys = sorted(_keys(entry))
        base.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        base.executemany("INSERT INTO raw VALUES (?,?,?)", ((k, rank, entry.key) for k, rank in keys))
        digest.update(repr((row, keys)).encode())
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
        newest = max(newest, entry.date)
    base.execute("INSERT INTO name SELECT key, rank, place FROM raw ORDER BY key, rank, place")
    names = int(base.execute("SELECT count(*) FROM name").fetchone()[0])
    meta = {
        "schema": SCHEMA,
        "hash": digest.hexdigest(),
        "names": str(names),
        "date": newest or sources.package_date(dump),
        "sources": "\n".join(sources.credits(dump)),
        **{f"count.{k}": str(n) for k, n in counts.items()},
    }
    base.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    base.commit()
    return Built(target, sum(counts.values()), names, digest.hexdigest())


def _weigh(entry: Entry) -> float:
    """The prior of an entry: how likely a name without context means it."""
    population = entry.population or (_UNKNOWN_POPULATION if entry.kind == "city" else 0)
    weight = log10(population + 1)
    if entry.kind == "country":
        return _FLOOR["country"] + 0.1 * weight
    weight += _KIND_WEIGHT.get(entry.kind, 0.0) + _SEAT_WEIGHT.get(entry.seat, 0.0)
    return max(weight, _FLOOR[entry.kind])


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    """The keys of an entry with their best rank: 0 main name, 1 another name, 2 like transliteration."""
    best: dict[str, int] = {}
    own = {skeleton(fold(name)) for name in entry.main_names} if entry.transliterated else set()
    for rank, names in ((0, entry.main_names), (1, entry.other_names)):
        for name in names:
            key = fold(name)
            like = skeleton(key) if entry.transliterated else ""
            if len(key) > 1 or rank == 0:
                # "Hama" is no other name of Ḩamāh, nor "Mitrovica" of Mitrovicë, only another spelling.
                near = (
                    (like and like in own)
                    or (rank and any(_alike(key, fold(n)) for n in entry.main_names))
                    or (entry.seat in ("A", "C") and _shortens(key, fold(entry.name)))
                )
                best.setdefault(key, 0 if near else rank)
            if like:
                best.setdefault(like, 2)
    best.pop("", None)
    yield from best.items()


def _alike(one: str, other: str) -> bool:
    """Whether two keys are spellings of one name: nearly as long, with the same beginning."""
    return len(one) > 4 and abs(len(one) - len(other)) <= 2 and one[:-2] == other[: len(one) - 2]


def _shortens(key: str, main: str) -> bool:
    """Whether a seat's name without its addition is meant, "Santa Cruz" of "Santa Cruz de la Sierra", not "Oklahoma"."""
    return main.startswith((f"{key} de ", f"{key} del ", f"{key} of "))
