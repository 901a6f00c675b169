"""The command line with the small rooms of ``pipeline_fakes`` in place of the real ones: ``python cli_fakes.py …``."""

from __future__ import annotations

import os
import sys
from types import ModuleType

import pipeline_fakes
from veridical.cli import main
from veridical.pipeline import Rooms, building, deriving, reading


def small_rooms() -> Rooms:
    """The small rooms, as slow and of the version that the environment asks for."""
    return pipeline_fakes.rooms(os.environ.get("LINES", "1"), float(os.environ.get("PAUSE", "0")))


def furnish() -> None:
    """Puts the small rooms where the pipeline looks for its own."""
    modules: tuple[ModuleType, ...] = (building, deriving, reading)
    for module in modules:
        module.built_in = small_rooms  # type: ignore[attr-defined]


if __name__ == "__main__":
    furnish()
    sys.exit(main())
