"""Veridical: reports of political violence in, incidents that can be checked out.

Four verbs: `read` gives reports, `extract` what one report says, `resolve` the incidents and actors of many,
`export` a file of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

__version__ = "0.1.0"

if TYPE_CHECKING:
    from veridical.model import Link, Report
    from veridical.pipeline import Derived, Extraction
    from veridical.readers import Refusal
    from veridical.settings import Settings

__all__ = ["__version__", "export", "extract", "read", "resolve"]


def read(source: str | Path | BinaryIO, settings: Settings | None = None) -> Iterator[Report | Refusal]:
    """The reports of a file or a binary stream; what cannot be read comes as a refusal that says why."""
    from veridical import readers
    from veridical.settings import Settings

    return readers.read(source, settings or Settings())


def extract(report: Report, settings: Settings | None = None) -> Extraction:
    """What a report says: its claims, each value with its exact words, and its facts about people and groups.

    Models are loaded at the first call and kept for the same settings.

    >>> from veridical.model import Report
    >>> text = "A suicide bomber killed 12 people at a market in Mosul on 4 May 2017, police said. Nobody was arrested."
    >>> report = Report.of(text, "note.txt", publisher="Example Post")
    >>> claim = extract(report).claims[0]
    >>> claim.type, claim.stage.value, claim.where.city, claim.when.earliest
    ('bombing', 'carried_out', 'Mosul', '2017-05-04')
    >>> " ‹ ".join(source.name for source in claim.attribution)
    'Example Post ‹ police'
    >>> all(text[e.start:e.end] == e.quote for e in claim.evidence)
    True
    """
    from veridical.pipeline.rooms import prepared
    from veridical.settings import Settings

    return prepared(settings or Settings())(report)


def resolve(extractions: Iterable[Extraction], reports: Iterable[Report], decisions: Sequence[Link] = ()) -> Derived:
    """The incidents that the extractions of these reports tell of, joined across reports, and the actors in them.

    ``decisions`` are reviewers' verdicts on pairs of claims, which bind. Raises VeridicalError when a report is missing.
    """
    from veridical.pipeline import resolve_all

    return resolve_all(tuple(extractions), {r.id: r for r in reports}, decisions)


def export(derived: Derived, target: str | Path, profile: str | None = None) -> Path:
    """Writes incidents as jsonl, csv, geojson, parquet or dossier, by ``profile`` or the file's ending; returns the path.

    The names of private victims are left out. Raises ExportError when the file cannot be written.
    """
    from veridical.export import profile_of, write

    path = Path(target)
    return write(profile or profile_of(path), derived.incidents, derived.reports, derived.actors, path)


class _Package(ModuleType):
    """Three verbs share their names with rooms; importing a room must not put a module in the verb's place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
