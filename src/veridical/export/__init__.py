"""Writes incidents to files that others read: one small module a profile, one function to call, `write`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from veridical.errors import ExportError
from veridical.export import csv, dossier, geojson, jsonl, parquet
from veridical.export.files import replace_file
from veridical.export.options import ExportOptions
from veridical.export.privacy import private_names
from veridical.model import Actor, Incident, Report

__all__ = ["PROFILES", "ExportOptions", "Profile", "profile_of", "write"]

Render = Callable[[Sequence[Incident], Mapping[str, Report], ExportOptions, frozenset[str]], bytes]


@dataclass(frozen=True, slots=True)
class Profile:
    """One output format: its name on the command line, the endings of its files, and what makes its bytes."""

    name: str
    suffixes: tuple[str, ...]
    about: str
    render: Render = field(repr=False)


PROFILES: Mapping[str, Profile] = {
    p.name: p
    for p in (
        Profile("jsonl", (".jsonl", ".ndjson"), "one incident record a line, with claims, chains and quotes", jsonl.render),
        Profile("csv", (".csv",), "one incident a line, for spreadsheets", csv.render),
        Profile("geojson", (".geojson",), "one feature an incident (RFC 7946), for maps", geojson.render),
        Profile("parquet", (".parquet",), "typed columns and the whole record, for notebooks and DuckDB", parquet.render),
        Profile(
            "dossier", (".html", ".htm"), "one self-contained page: map, timeline, chains, highlighted reports", dossier.render
        ),
    )
}


def profile_of(target: Path) -> str:
    """The name of the profile whose files end as ``target`` does; raises ExportError when none does."""
    for profile in PROFILES.values():
        if target.suffix.lower() in profile.suffixes:
            return profile.name
    ending = target.suffix or "nothing"
    raise ExportError(f"{target.name}: no profile writes files that end in {ending!r}: name one of {', '.join(PROFILES)}")


def write(
    profile: str,
    incidents: Sequence[Incident],
    reports: Mapping[str, Report],
    actors: Sequence[Actor],
    target: Path,
    options: ExportOptions | None = None,
) -> Path:
    """Writes ``incidents`` to ``target`` and returns it; the same incidents in any order give the same bytes.

    ``reports`` maps ids to the reports whose texts a dossier shows. The names of private victims (actors with a ``private`` fact)
    are left out of every profile unless ``options.private``. The file appears whole or not at all. Raises ExportError.
    """
    chosen = PROFILES.get(profile)
    if chosen is None:
        raise ExportError(f"{profile!r} is no export profile: choose one of {', '.join(PROFILES)}")
    given = options or ExportOptions()
    hidden = frozenset() if given.private else private_names(actors)
    ordered = sorted(incidents, key=lambda incident: incident.id)
    replace_file(target, chosen.render(ordered, reports, given, hidden))
    return target
