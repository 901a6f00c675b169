"""Prints the id of the incident with most to see: origins, disagreements, reports. ``python tools/richest_incident.py FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def richest(path: Path) -> str:
    """The id of one incident of a JSON Lines file; of several alike the first by id."""
    incidents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return str(min(incidents, key=lambda i: (-i["origins"] - 2 * len(i["disagreements"]), -len(i["reports"]), i["id"]))["id"])


if __name__ == "__main__":
    print(richest(Path(sys.argv[1])))
