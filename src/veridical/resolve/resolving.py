"""From the claims of all reports to incidents: reversible, explained, the same for any order of input.

Nothing here is stored: incidents are a pure function of claims, reports, reviewers' decisions and
settings. A publication date is evidence for linking and never fills an incident's own date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from veridical.model import Claim, Incident, Link, Report, content_hash
from veridical.resolve.blocking import Limits, candidate_pairs
from veridical.resolve.clustering import THRESHOLD, cluster
from veridical.resolve.merging import merge
from veridical.resolve.order import canonical_order, group_report
from veridical.resolve.profiles import Corpus, Profile, profile_events
from veridical.resolve.relations import relate
from veridical.resolve.scoring import score
from veridical.resolve.wording import find_copies, own_words

AUTOMATIC = "resolver"
WORTH_REVIEW = 0.2
"""Automatic links are kept from this score on; below it a pair was only looked at."""


@dataclass(frozen=True, slots=True)
class ResolveSettings:
    """What may be told: the score from which events join, and the bounds of blocking."""

    threshold: float = THRESHOLD
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The incidents in order of their ids, and every automatic link with score and reasons.

    A link's verdict is "same" when its two events went into one incident, "unsure" when the score reached
    the threshold and the groups stayed apart, else "different"; its ends are each event's first claim.
    """

    incidents: tuple[Incident, ...]
    links: tuple[Link, ...]


def resolve(
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    decisions: Sequence[Link] = (),
    settings: ResolveSettings | None = None,
) -> Resolution:
    """The incidents that these claims tell of, joined across reports.

    ``decisions`` are reviewers' links between claims (verdicts "same" and "different" bind, others do not);
    without them the result is as if they had never been made. Raises VeridicalError when a claim's report is missing.
    """
    chosen = settings or ResolveSettings()
    ordered = canonical_order(claims, reports)
    verdicts = _usable(decisions, ordered)
    used = [reports[r] for r in dict.fromkeys(c.report for c in ordered)]
    texts = own_words(used)
    copies = find_copies(used, texts)
    nodes = _nodes(ordered, verdicts)
    profiles, corpus = profile_events(nodes, reports, texts, copies)
    links = _score_pairs(profiles, corpus, chosen)
    groups = _cluster(profiles, corpus, [*links, *_lift(verdicts, profiles)], chosen)
    members = {p.id: p.claims for p in profiles}
    incidents = [merge([c for node in g for c in members[node]], reports, copies=copies) for g in groups]
    named = relate(_distinct_ids(incidents))
    home = {node: n for n, g in enumerate(groups) for node in g}
    judged = tuple(replace(k, verdict=_verdict(k, home, chosen)) for k in links)
    return Resolution(tuple(sorted(named, key=lambda i: i.id)), judged)


def _usable(decisions: Sequence[Link], claims: Sequence[Claim]) -> list[Link]:
    """The binding verdicts on claims that are there; an earlier automatic link binds nobody."""
    known = {c.id for c in claims}
    return [
        d
        for d in decisions
        if d.verdict in ("same", "different") and d.decided_by != AUTOMATIC and {d.left, d.right} <= known and d.left != d.right
    ]


def _nodes(ordered: Sequence[Claim], verdicts: Sequence[Link]) -> list[tuple[Claim, ...]]:
    """The events of each report; one that a reviewer parted is split around the claims kept apart."""
    apart = [(d.left, d.right) for d in verdicts if d.verdict == "different"]
    together = [(d.left, d.right) for d in verdicts if d.verdict == "same"]
    touched = {c for pair in apart for c in pair}
    nodes: list[tuple[Claim, ...]] = []
    for group in group_report(ordered):
        ids = {c.id for c in group}
        within = [p for p in apart if set(p) <= ids]
        nodes.extend(_split(group, within, together) if within and touched & ids else [group])
    return nodes


def _split(
    group: Sequence[Claim], apart: Sequence[tuple[str, str]], together: Sequence[tuple[str, str]]
) -> list[tuple[Claim, ...]]:
    """The claims of one event in as few groups as the verdicts allow, in text order."""
    parts: list[list[Claim]] = []
    for claim in group:
        foes = {b for a, b in (*apart, *((b, a) for a, b in apart)) if a == claim.id}
        friends = {b for a, b in (*together, *((b, a) for a, b in together)) if a == claim.id}
        free = [p for p in parts if not foes & {c.id for c in p}]
        home = next((p for p in free if friends & {c.id for c in p}), free[0] if free else None)
        if home is None:
            parts.append([claim])
        else:
            home.append(claim)
    return [tuple(p) for p in parts]


def _lift(verdicts: Sequence[Link], profiles: Sequence[Profile]) -> list[Link]:
    """The verdicts between events instead of claims; what holds within one event is settled already."""
    home = {c.id: p.id for p in profiles for c in p.claims}
    lifted = [replace(d, left=home[d.left], right=home[d.right], decided_by=f"reviewer:{d.decided_by}") for d in verdicts]
    return [d for d in lifted if d.left != d.right]


def _score_pairs(profiles: Sequence[Profile], corpus: Corpus, settings: ResolveSettings) -> list[Link]:
    """An automatic link for each candidate pair worth a reviewer's look, in canonical order."""
    links = []
    for i, j in candidate_pairs(profiles, settings.limits):
        found = score(profiles[i], profiles[j], corpus)
        if found.value >= min(WORTH_REVIEW, settings.threshold):
            links.append(Link(profiles[i].id, profiles[j].id, "unjudged", found.value, found.reasons, AUTOMATIC))
    return links


def _cluster(
    profiles: Sequence[Profile], corpus: Corpus, links: Sequence[Link], settings: ResolveSettings
) -> list[tuple[str, ...]]:
    by_id = {p.id: p for p in profiles}

    def between(a: str, b: str) -> float:
        return score(by_id[a], by_id[b], corpus).value

    return cluster(links, by_id, {p.id: p.report for p in profiles}, between, settings.threshold)


def _verdict(link: Link, home: Mapping[str, int], settings: ResolveSettings) -> str:
    if home[link.left] == home[link.right]:
        return "same"
    return "unsure" if (link.score or 0.0) >= settings.threshold else "different"


def _distinct_ids(incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents with their ids; where six digits meet by chance, all of the namesakes get sixteen."""
    seen = Counter(i.id for i in incidents)
    return [i if seen[i.id] == 1 else replace(i, id=i.id[:-6] + content_hash(i.claims[0].id)) for i in incidents]
