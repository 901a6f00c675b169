"""The only place where stages meet: reports to records, reports to a casebook, a casebook to incidents."""

from __future__ import annotations

from veridical.pipeline.building import BuildInterrupted, BuildOptions, BuildSummary, Progress, build
from veridical.pipeline.deriving import Derived, derive, resolve_all
from veridical.pipeline.reading import Extracted, extract
from veridical.pipeline.rooms import Extraction, Rooms, built_in

__all__ = [
    "BuildInterrupted",
    "BuildOptions",
    "BuildSummary",
    "Derived",
    "Extracted",
    "Extraction",
    "Progress",
    "Rooms",
    "build",
    "built_in",
    "derive",
    "extract",
    "resolve_all",
]
