"""GeoJSON (RFC 7946): one feature an incident, WGS 84, longitude first.

Nothing exact is drawn for something vague: a place known only as a country, or not at all, has a null geometry; a region is
a point with its ``radius_km`` and its precision beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from veridical.export.options import ExportOptions
from veridical.export.privacy import record_of
from veridical.export.regions import radius_of
from veridical.export.rows import flatten
from veridical.model import Incident, Report

POINTS = frozenset({"site", "city", "region"})


def locate(where: dict[str, Any]) -> dict[str, Any] | None:
    """The point of a place that is known at least to its region, else ``None``; six decimals are 11 cm."""
    latitude, longitude = where.get("latitude"), where.get("longitude")
    if where.get("precision") not in POINTS or latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    row = flatten(record)
    key = row.pop("id")
    row["radius_km"] = radius_of(record["where"])
    return {"type": "Feature", "id": key, "geometry": locate(record["where"]), "properties": {"id": key, **row}}


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """The feature collection, one feature a line, so that versions can be compared."""
    features = [json.dumps(_feature(record_of(incident, hidden)), ensure_ascii=False) for incident in incidents]
    body = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'.encode()
