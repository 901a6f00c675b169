"""Running work over many reports: in this process, or in worker processes of this machine."""

from __future__ import annotations

from veridical.engine.base import Done, Engine, Failed, Outcome, Result, Work
from veridical.engine.local import LocalEngine, SerialEngine

__all__ = ["Done", "Engine", "Failed", "LocalEngine", "Outcome", "Result", "SerialEngine", "Work"]
