"""Veridical: reports of political violence in, incidents that can be checked out.

Four verbs: `read` gives reports, `extract` the claims of one report, `resolve` the incidents of many
claims, `export` a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

__version__ = "0.1.0"

if TYPE_CHECKING:
    from veridical.model import Claim, Incident, Link, Report
    from veridical.readers import Refusal
    from veridical.settings import Settings

__all__ = ["__version__", "export", "extract", "read", "resolve"]


def read(source: str | Path | BinaryIO, settings: Settings | None = None) -> Iterator[Report | Refusal]:
    """The reports of a file or a binary stream; what cannot be read comes as a refusal that says why."""
    from veridical import readers
    from veridical.settings import Settings

    return readers.read(source, settings or Settings())


def extract(report: Report, settings: Settings | None = None) -> tuple[Claim, ...]:
    """What a report says happened, claim by claim, each value with its exact words.

    Models are loaded at the first call and kept for the same settings.

    >>> from veridical.model import Report
    >>> text = "Gunmen killed 12 people at a market in Mosul on 4 May 2017, police said. Nobody has been arrested."
    >>> report = Report.of(text, "note.txt", publisher="Example Post")
    >>> claim = extract(report)[0]
    >>> claim.type, claim.stage.value, claim.where.city, claim.when.earliest
    ('armed_assault', 'carried_out', 'Mosul', '2017-05-04')
    >>> " ‹ ".join(source.name for source in claim.attribution)
    'Example Post ‹ police'
    >>> all(text[e.start:e.end] == e.quote for e in claim.evidence)
    True
    """
    from veridical.pipeline.rooms import prepared
    from veridical.settings import Settings

    return prepared(settings or Settings())(report).claims


def resolve(claims: Iterable[Claim], reports: Iterable[Report], decisions: Sequence[Link] = ()) -> tuple[Incident, ...]:
    """The incidents that the claims tell of, joined across reports; ``decisions`` are reviewers' verdicts, which bind."""
    from veridical.pipeline.rooms import resolve_claims

    return tuple(resolve_claims(tuple(claims), {r.id: r for r in reports}, decisions))


def export(incidents: Sequence[Incident], target: str | Path, profile: str | None = None,
           reports: Mapping[str, Report] | None = None) -> Path:
    """Writes incidents as jsonl, csv, geojson, parquet or dossier, by ``profile`` or the file's ending; returns the path.

    ``reports`` by id give a dossier its texts; by default those of the incidents themselves.
    """
    from veridical.export import profile_of, write

    path = Path(target)
    at_hand = reports if reports is not None else {r.id: r for i in incidents for r in i.reports}
    return write(profile or profile_of(path), incidents, at_hand, (), path)


class _Package(ModuleType):
    """Three verbs share their names with rooms; importing a room must not put a module in the verb's place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
