"""Extraction: events, arguments, stages, attribution, factuality and counts of one report, as claims."""

from __future__ import annotations

from veridical.extract.builtin import NAME, Extractor, extractor

__all__ = ["NAME", "Extractor", "describe_actors", "extractor"]


def __getattr__(name: str) -> object:
    """Loads the description of actors when it is first asked for."""
    if name == "describe_actors":
        from veridical.extract.actors import describe_actors

        return describe_actors
    raise AttributeError(name)
