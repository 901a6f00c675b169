"""Coreference within a report: names, aliases, acronyms, appositions, definite nominals, pronouns.

A sieve in the manner of Lee et al. 2013 (Deterministic Coreference Resolution), from precise to loose: each
pass joins mentions to an entity or leaves them alone; what fits no pass stays an entity of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from veridical.annotate.coreference_names import join_aliases, join_brackets, join_names
from veridical.annotate.coreference_nominals import join_nominals
from veridical.annotate.coreference_people import join_appositions, join_attackers, join_delayed
from veridical.annotate.coreference_pronouns import join_pronouns
from veridical.annotate.coreference_state import Cluster, State
from veridical.model import Annotation, Entity, Mention

_PASSES = (join_names, join_brackets, join_aliases, join_appositions, join_attackers, join_delayed, join_nominals, join_pronouns)


def resolve_mentions(annotation: Annotation, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions with their entity indices set, and the entities in order of first mention."""
    state = State(annotation, list(mentions))
    for join in _PASSES:
        join(state)
    return _finish(state)


def _finish(state: State) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    alive = [k for k, c in enumerate(state.clusters) if c.mentions]
    alive.sort(key=lambda k: min(state.mentions[m].head for m in state.clusters[k].mentions))
    index = {old: new for new, old in enumerate(alive)}
    mentions = tuple(
        replace(mention, entity=index[state.of[m]]) if m in state.of else mention for m, mention in enumerate(state.mentions)
    )
    entities = []
    for old in alive:
        cluster = state.clusters[old]
        members = tuple(sorted(cluster.mentions, key=lambda m: state.mentions[m].head))
        # a name in brackets introduces itself; that is no use of it
        free = [m for m in members if state.mentions[m].form == "name" and _before(state, m) != "("]
        texts = Counter(state.text(m) for m in free)
        entities.append(Entity(index[old], cluster.kind, _fullest(cluster, texts), tuple(cluster.names), members))
    return mentions, tuple(entities)


def _before(state: State, m: int) -> str:
    start = state.mentions[m].start
    return state.annotation.tokens[start - 1].text if start else ""


def _fullest(cluster: Cluster, texts: Counter[str]) -> str | None:
    """The name to show: the longest for people; for bodies the form most used, which readers know it by."""
    if not cluster.names:
        return None
    if cluster.kind == "person":
        real = [n for n in cluster.names if not n.isupper()] or cluster.names
        return cluster.names[0] if len(cluster.names[0].split()) > 1 else max(real, key=lambda n: (len(n.split()), len(n)))
    places = {n: k for k, n in enumerate(cluster.names)}
    return max(cluster.names, key=lambda n: (texts[n], len(n), -places[n]))
