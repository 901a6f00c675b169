"""How large a first-level region is, so that it is drawn as large as it is vague."""

from __future__ import annotations

import csv
import math
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.fuzz import ratio

SAME_NAME = 85.0
"""rapidfuzz ratio from which two spellings of a region are taken for one; below it the nearest centre decides."""


@lru_cache(maxsize=1)
def _regions() -> dict[str, list[tuple[str, float, float, int]]]:
    text = (files("veridical") / "data" / "shapes_regions.tsv").read_text("utf-8")
    found: dict[str, list[tuple[str, float, float, int]]] = {}
    for row in csv.DictReader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        found.setdefault(row["country"], []).append(
            (row["name"], float(row["latitude"]), float(row["longitude"]), int(row["radius_km"]))
        )
    return found


def radius_of(where: dict[str, Any]) -> int | None:
    """Kilometres of a circle as large as the region, by its name or else by the nearest centre; ``None`` for other precisions."""
    regions = _regions().get(where.get("country") or "")
    if where.get("precision") != "region" or not regions:
        return None
    name = where.get("admin1") or where.get("name") or ""
    nearest_name = max(regions, key=lambda r: ratio(r[0].casefold(), name.casefold()))
    if name and ratio(nearest_name[0].casefold(), name.casefold()) >= SAME_NAME:
        return nearest_name[3]
    latitude, longitude = where.get("latitude"), where.get("longitude")
    if latitude is None or longitude is None:
        return None
    squash = math.cos(math.radians(latitude))
    return min(regions, key=lambda r: math.hypot(r[1] - latitude, (r[2] - longitude) * squash))[3]
