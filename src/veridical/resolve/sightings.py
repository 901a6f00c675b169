"""Where actors are seen: in the facts of a report, and as parties of an incident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from veridical.model import ActorFact, Argument, Claim, Evidence, Incident
from veridical.resolve.names import canonical, fold, forms, is_described, same_name, words
from veridical.values import Status, When, WhenPrecision

GROUPS = frozenset({"organization", "group"})
KINDS = frozenset({"person", *GROUPS})


@dataclass(slots=True)
class Sighting:
    """One actor as one report has it, or as one incident has it: names, what is said, and its company."""

    kind: str
    names: dict[str, int]
    """Proper names as written and how often."""
    key: str
    """The report it is first seen in; makes namesakes of different reports different."""
    reports: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    """Organisations it is told of together with, in canonical form."""
    facts: list[ActorFact] = field(default_factory=list)

    def fullest(self) -> str:
        """The name with most words, then the most frequent, then the first of the alphabet."""
        return min(self.names, key=lambda n: (-len(words(n)), -self.names[n], n))

    def spellings(self) -> set[str]:
        """The names in folded form, for equality."""
        if self.kind == "person":
            return {" ".join(words(n)) for n in self.names}
        return {x for n in self.names for x in (canonical(n), *(canonical(f) for f in forms(n)))}


def sight_actors(facts: Iterable[ActorFact], incidents: Sequence[Incident]) -> list[Sighting]:
    """The sightings in an order that depends on content only."""
    told: dict[tuple[str, str, str], list[ActorFact]] = defaultdict(list)
    for fact in sorted(set(facts), key=_order):
        kind = "person" if fact.kind == "person" else "group"
        told[fact.report, kind, fact.actor].append(fact)
    found = [_from_facts(report, kind, name, group) for (report, kind, name), group in told.items()]
    for incident in sorted(incidents, key=lambda i: i.id):
        found.extend(_from_incident(incident))
    return found


def _order(fact: ActorFact) -> tuple[str, ...]:
    start = min((e.start for e in fact.evidence), default=0)
    return (fact.report, f"{start:09d}", fact.actor, fact.field, fact.value, fact.when.earliest or "", repr(fact.attribution))


def _from_facts(report: str, kind: str, name: str, facts: list[ActorFact]) -> Sighting:
    names = {name: 1, **{f.value: 1 for f in facts if f.field == "alias" and f.value.strip()}}
    company = {canonical(f.value) for f in facts if f.field in ("affiliation", "joined")}
    return Sighting(kind, names, report, {report}, company=company, facts=list(facts))


def _from_incident(incident: Incident) -> Iterable[Sighting]:
    """A sighting for each named person or group among the parties; one for a name in several roles."""
    company = {canonical(p.name) for p in incident.party("organizations")}
    found: list[Sighting] = []
    for _, parties in incident.parties:
        for party in parties:
            if party.kind not in KINDS or is_described(party.name, party.kind):
                continue
            kind = "person" if party.kind == "person" else "group"
            names = [n for n in (party.name, *party.as_written) if not is_described(n, kind) and fold(n)]
            known = next((s for s in found if s.kind == kind and fold(party.name) in map(fold, s.names)), None)
            sighting = known or Sighting(kind, {}, "", incidents={incident.id}, company=set(company))
            for name in names:
                sighting.names[name] = sighting.names.get(name, 0) + 1
            if known is None:
                found.append(sighting)
    for sighting in found:
        _add_claims(sighting, incident)
    return [s for s in found if s.reports]


def _add_claims(sighting: Sighting, incident: Incident) -> None:
    if incident.where.country:
        sighting.countries.add(incident.where.country)
    if sighting.kind == "group":
        sighting.company -= sighting.spellings()
    known = {fold(n) for n in sighting.names}
    for claim in incident.claims:
        for argument in claim.arguments:
            if fold(argument.name) in known and (argument.kind == "person") == (sighting.kind == "person"):
                sighting.reports.add(claim.report)
                sighting.key = sighting.key or claim.report
                if argument.status is not Status.UNKNOWN:
                    sighting.facts.append(status_fact(claim, argument))


def status_fact(claim: Claim, argument: Argument) -> ActorFact:
    """The legal status that an argument carries, as a fact with its source and its words."""
    dated = argument.status_date
    when = When(dated, dated, WhenPrecision.DAY if len(dated) == 10 else WhenPrecision.RANGE) if dated else When()
    words_ = Evidence(argument.role, argument.start, argument.end, argument.quote)
    return ActorFact(
        claim.report, argument.name, argument.kind, "status", argument.status.value, when, claim.attribution, (words_,)
    )


def named_alike(a: str, b: str, kind: str) -> bool:
    """Whether two names can be one actor's, given company that they share."""
    return same_name(a, b, "person" if kind == "person" else "group")
