"""The stages as callables: those of this package, loaded when they are needed, or others in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from veridical.model import Actor, ActorFact, Claim, Incident, Link, Report, content_hash
from veridical.settings import Settings
from veridical.store import Run


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report gave: its claims and what it says of people and groups."""

    claims: tuple[Claim, ...]
    facts: tuple[ActorFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Rooms:
    """The stages as callables, so that a cluster, a language model or a test can put others in their place.

    ``read`` and ``prepare`` run in worker processes and must survive pickling. ``prepare`` is called
    once a worker; ``identify`` says which run the claims belong to.
    """

    discover: Callable[[Sequence[str]], Iterable[Path]]
    read: Callable[[Any, Settings], Iterable[Any]]
    prepare: Callable[[Settings], Callable[[Report], Extraction]]
    identify: Callable[[Settings], Run]
    record: Callable[[Sequence[Claim], Report], list[dict[str, object]]]
    resolve: Callable[[Sequence[Claim], Mapping[str, Report], Sequence[Link]], Sequence[Incident]]
    actors: Callable[[Sequence[ActorFact], Sequence[Incident]], tuple[tuple[Actor, ...], Sequence[Incident]]]


def built_in() -> Rooms:
    """The rooms of this package; only what is light is imported here."""
    from veridical.readers import discover, read

    return Rooms(discover, read, prepare, identify, record_report, resolve_claims, name_actors)


def prepare(settings: Settings) -> Callable[[Report], Extraction]:
    """Loads annotator, codebook and extractor; what comes back turns a report into its extraction."""
    from veridical import codebook
    from veridical.annotate import annotate
    from veridical.extract import extractor
    from veridical.extract.actors import describe_actors

    annotate_report, find_claims = annotate(settings), extractor(codebook.load(settings.codebook))

    def extract_report(report: Report) -> Extraction:
        annotation = annotate_report(report)
        claims = find_claims(annotation)
        return Extraction(claims, describe_actors(annotation, claims))

    # Models load with the first text: here, where no time limit runs, and where a missing one ends the run at once.
    extract_report(Report.of("A bomb exploded in Paris on 3 May 2019, police said.", "warm-up"))
    return extract_report


@lru_cache(maxsize=2)
def prepared(settings: Settings) -> Callable[[Report], Extraction]:
    """`prepare` once for the same settings: for a caller who brings one report after another."""
    return prepare(settings)


def identify(settings: Settings) -> Run:
    """The run that these settings amount to; CodebookError or SettingsError when they cannot be used.

    Claims carry the extractor's public name. The run also tells rules, word lists, weights, libraries and gazetteer
    apart, so that a casebook reads its reports again when any of these changed under the same name.
    """
    from veridical import codebook
    from veridical.extract import NAME
    from veridical.pipeline.fingerprint import reading_rules, versions

    annotator = [settings.pipeline, content_hash(versions(settings.pipeline), length=8)]
    if settings.gazetteer:
        from veridical.annotate.gazetteer import Gazetteer

        annotator.append(str(Gazetteer.open(settings.gazetteer).info()["hash"])[:12])
    return Run(f"{NAME} {reading_rules()}", codebook.load(settings.codebook).hash, " ".join(annotator))


def record_report(claims: Sequence[Claim], report: Report) -> list[dict[str, object]]:
    """The incident records of one report by itself."""
    from veridical.export.record import to_record
    from veridical.resolve import group_report, merge, relate

    at_hand = {report.id: report}
    return [to_record(i) for i in relate([merge(group, at_hand) for group in group_report(claims)])]


def resolve_claims(claims: Sequence[Claim], reports: Mapping[str, Report], decisions: Sequence[Link]) -> Sequence[Incident]:
    """The incidents of all claims, joined across reports, with the reviewers' verdicts in force."""
    from veridical.resolve import resolve

    return resolve(claims, reports, decisions).incidents


def name_actors(facts: Sequence[ActorFact], incidents: Sequence[Incident]) -> tuple[tuple[Actor, ...], Sequence[Incident]]:
    """The actors of a casebook, and its incidents with the actors' ids beside the names of their parties."""
    from veridical.resolve import derive_actors, name_parties

    actors = derive_actors(facts, incidents)
    return actors, name_parties(incidents, actors)
