"""What a report says of people and groups: aliases, ties, roles, travel, nationality, legal status, privacy.

Every fact carries its words and its chain of sources; a legal status is the one that is told, never one inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from veridical.extract.actors_private import find_private
from veridical.extract.actors_reading import BODIES, Finding, StatusCue, entity_at, named_people
from veridical.extract.actors_status import find_statuses
from veridical.extract.actors_ties import find_ties
from veridical.extract.actors_travel import find_travel
from veridical.extract.attribution import find_frames
from veridical.extract.chains import Chains, build_chains
from veridical.extract.sources import name_of, source_kind
from veridical.model import ActorFact, Annotation, Argument, Attribution, Claim, Evidence, Source
from veridical.values import Factuality, Status, When

_BY_TYPE = {
    "arrest": Status.ARRESTED,
    "charge": Status.CHARGED,
    "trial": Status.CHARGED,
    "conviction": Status.CONVICTED,
    "sentence": Status.CONVICTED,
    "acquittal": Status.ACQUITTED,
    "killing_of_suspect": Status.DEAD,
}
"""What an event of justice makes of its subject; a trial presupposes the charge."""


class LegalStatus(NamedTuple):
    """A status told of someone, when it began if that is told, and the token range that says so."""

    status: Status
    when: When
    evidence: tuple[int, int]


def legal_statuses(annotation: Annotation) -> dict[int, tuple[LegalStatus, ...]]:
    """Entity index → the statuses told of that person, in text order."""
    out: dict[int, list[LegalStatus]] = {}
    for cue in _undenied(annotation, find_statuses(annotation), _chains(annotation)):
        entity = entity_at(annotation, cue.person)
        if entity is not None:
            out.setdefault(entity.index, []).append(_status(cue))
    return {k: tuple(dict.fromkeys(v)) for k, v in out.items()}


def statuses_at(annotation: Annotation, i: int) -> tuple[LegalStatus, ...]:
    """The statuses told of the person at token ``i``; also of those whom the report mentions once and never names."""
    entity = entity_at(annotation, i)
    if entity is not None:
        return legal_statuses(annotation).get(entity.index, ())
    cues = _undenied(annotation, find_statuses(annotation), _chains(annotation))
    return tuple(_status(c) for c in cues if c.person == i)


def describe_actors(annotation: Annotation, claims: Sequence[Claim]) -> tuple[ActorFact, ...]:
    """The facts of a report about those it names, in text order, without repetitions.

    ``claims`` are the report's own: the subjects of its events of justice get the status of the event.
    """
    chains = _chains(annotation)
    cues = _undenied(annotation, find_statuses(annotation), chains)
    told = [f for f in (*find_ties(annotation), *find_travel(annotation)) if not _denied(chains, f.cue)]
    told += [_finding(c, e.index) for c in cues if (e := entity_at(annotation, c.person)) is not None]
    suspects = frozenset(f.entity for f in told if f.field == "status" and f.value != Status.DEAD.value)
    told += find_private(annotation, claims, suspects)
    known = {e.index for e in named_people(annotation)} | {e.index for e in annotation.entities if e.name and e.kind in BODIES}
    facts = [
        _fact(annotation, chains, f) for f in sorted(told, key=lambda f: (f.start, f.end, f.field, f.value)) if f.entity in known
    ]
    return _distinct([*(_dated(f, claims) for f in facts), *_of_claims(annotation, claims, facts)])


def _chains(annotation: Annotation) -> Chains:
    """The report's chains of sources; kept with the annotation."""
    found: Chains | None = annotation.__dict__.get("_actor_chains")
    if found is None:
        found = annotation.__dict__["_actor_chains"] = build_chains(annotation, find_frames(annotation))
    return found


def _denied(chains: Chains, i: int) -> bool:
    """Whether what stands at token ``i`` is told only in order to deny it."""
    return any(f.stance == "deny" and not f.negated for f in chains.at(i))


def _undenied(annotation: Annotation, cues: Sequence[StatusCue], chains: Chains) -> list[StatusCue]:
    return [c for c in cues if not _denied(chains, c.cue)]


def _status(cue: StatusCue) -> LegalStatus:
    return LegalStatus(cue.status, cue.when, (cue.start, cue.end))


def _finding(cue: StatusCue, entity: int) -> Finding:
    return Finding(entity, "status", cue.status.value, cue.when, cue.start, cue.end, cue.cue, cue.by)


def _fact(annotation: Annotation, chains: Chains, found: Finding) -> ActorFact:
    entity = annotation.entities[found.entity]
    span = annotation.span(found.start, found.end)
    evidence = Evidence(f"actor.{found.field}", span.start, span.end, span.quote)
    return ActorFact(
        annotation.report.id,
        entity.name or "",
        entity.kind,
        found.field,
        " ".join(found.value.split()),
        found.when,
        _attribution(annotation, chains, found),
        (evidence,),
    )


def _attribution(annotation: Annotation, chains: Chains, found: Finding) -> Attribution:
    """The chain over the cue, and innermost who accuses or suspects where the words name one."""
    chain = chains.attribution(chains.at(found.cue))
    if found.by is None:
        return chain
    named = name_of(annotation, found.by)
    span, cue = annotation.span(named.start, named.end), annotation.span(found.cue, found.cue + 1)
    if any(link.name == named.name for link in chain):
        return chain
    kind = source_kind(annotation, found.by, named)
    return (*chain, Source(named.name, kind, cue.quote, span.start, span.end, cue.start, cue.end))


def _dated(fact: ActorFact, claims: Sequence[Claim]) -> ActorFact:
    """A status without a date of its own takes that of the event of justice whose words are the same."""
    if fact.field != "status" or fact.when.known:
        return fact
    own = fact.evidence[0]
    for claim in claims:
        same = any(e.field == "type" and e.start < own.end and own.start < e.end for e in claim.evidence)
        if same and claim.when.known and _BY_TYPE.get(claim.type) == Status(fact.value):
            return replace(fact, when=claim.when)
    return fact


def _of_claims(annotation: Annotation, claims: Sequence[Claim], facts: Sequence[ActorFact]) -> Iterator[ActorFact]:
    """Statuses that events of justice give their named subjects and that no words of status gave already."""
    known = {(f.actor, f.value) for f in facts if f.field == "status"}
    for claim in claims:
        status = _BY_TYPE.get(claim.type)
        basis = [e for e in claim.evidence if e.field == "type"]
        if status is None or claim.factuality is not Factuality.CERTAIN or not basis:
            continue
        for subject in claim.arguments_of("subjects"):
            name = _name_of(annotation, subject)
            if name and (name, status.value) not in known:
                evidence = tuple(Evidence("actor.status", e.start, e.end, e.quote) for e in basis[:1])
                yield ActorFact(
                    annotation.report.id, name, "person", "status", status.value, claim.when, claim.attribution, evidence
                )


def _name_of(annotation: Annotation, subject: Argument) -> str | None:
    """The name of the entity that an argument means, if the report names it as a person."""
    for entity in annotation.entities:
        if entity.kind == "person" and entity.name and subject.name in (entity.name, *entity.aliases):
            return entity.name
    return None


def _distinct(facts: Sequence[ActorFact]) -> tuple[ActorFact, ...]:
    """One fact for each actor, field, value, time and chain; an undated repetition of a dated fact says nothing new."""
    out: dict[tuple[object, ...], ActorFact] = {}
    dated = {(f.actor, f.field, f.value, f.attribution) for f in facts if f.when.known}
    for fact in facts:
        key = (fact.actor, fact.field, fact.value, fact.attribution)
        if fact.when.known or key not in dated:
            out.setdefault((*key, fact.when.earliest, fact.when.latest), fact)
    return tuple(out.values())
