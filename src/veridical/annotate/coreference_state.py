"""What the passes of coreference work on: mentions, clusters of them, and what agrees with what."""

from __future__ import annotations

from dataclasses import dataclass, field

from veridical.annotate.coreference_agreement import gender_of
from veridical.lexicon import words
from veridical.model import Annotation, Mention

NAMED = frozenset(
    {"person", "organization", "group", "authority", "outlet", "agency", "place", "facility", "nationality", "event"}
)
BODIES = frozenset({"organization", "group", "authority", "outlet", "agency"})


@dataclass(slots=True)
class Cluster:
    """Mentions of one thing so far, its names, and the evidence for its gender (female below zero, male above)."""

    kind: str
    names: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    lean: int = 0

    @property
    def gender(self) -> str | None:
        """ "male", "female", or ``None`` when nothing or too little tells."""
        return None if not self.lean else "male" if self.lean > 0 else "female"


@dataclass(slots=True)
class State:
    """The mentions of a report and the clusters they are in; ``of`` gives the cluster of a mention."""

    annotation: Annotation
    mentions: list[Mention]
    clusters: list[Cluster] = field(default_factory=list)
    of: dict[int, int] = field(default_factory=dict)
    genders: dict[int, tuple[str | None, int]] = field(default_factory=dict)

    def join(self, m: int, cluster: int, name: str | None = None) -> None:
        """Puts mention ``m`` into a cluster, under ``name`` if it has one."""
        self.of[m] = cluster
        found = self.clusters[cluster]
        found.mentions.append(m)
        if name and name not in found.names:
            found.names.append(name)
        gender, weight = self._evidence(m)
        found.lean += weight if gender == "male" else -weight if gender == "female" else 0

    def new(self, m: int, name: str | None) -> int:
        """A cluster with mention ``m`` alone."""
        self.clusters.append(Cluster(self.mentions[m].kind))
        self.join(m, len(self.clusters) - 1, name)
        return len(self.clusters) - 1

    def cluster(self, m: int) -> int:
        """The cluster of mention ``m``, a new one where it has none."""
        return self.of[m] if m in self.of else self.new(m, None)

    def fuse(self, keep: int, gone: int) -> None:
        """Moves all of cluster ``gone`` into ``keep``."""
        if keep == gone:
            return
        for m in self.clusters[gone].mentions:
            self.of[m] = keep
        into, out = self.clusters[keep], self.clusters[gone]
        into.mentions.extend(out.mentions)
        into.names.extend(n for n in out.names if n not in into.names)
        into.lean += out.lean
        out.mentions, out.names, out.lean = [], [], 0

    def text(self, m: int) -> str:
        """The words of a mention on one line, without a full stop that the tokens left on it."""
        return clean(self.annotation.text(self.mentions[m].start, self.mentions[m].end))

    def gender(self, m: int) -> str | None:
        """The gender of a mention by its cluster, else by its own words."""
        if m in self.of and self.clusters[self.of[m]].gender:
            return self.clusters[self.of[m]].gender
        return self._evidence(m)[0]

    def agree(self, m: int, other: int) -> bool:
        """Whether two mentions may be one person as to gender; what is unknown agrees with all."""
        one, two = self.gender(m), self.gender(other)
        return one is None or two is None or one == two

    def plural(self, m: int) -> bool:
        """Whether a mention speaks of several people: a plural, or a noun such as "couple" or "family"."""
        mention, token = self.mentions[m], self.annotation.tokens[self.mentions[m].head]
        if mention.form == "pronoun":
            return token.text.lower() in words("coreference", "plural")
        return mention.form != "name" and (
            token.tag in ("NNS", "NNPS") or token.lemma.lower() in words("coreference", "collectives")
        )

    def definite(self, m: int) -> bool:
        """Whether a mention begins with "the" or a demonstrative."""
        first = self.annotation.tokens[self.mentions[m].start].text.lower()
        return first in ("the", "this", "that", "these", "those", "both")

    def _evidence(self, m: int) -> tuple[str | None, int]:
        if m not in self.genders:
            self.genders[m] = gender_of(self.annotation, self.mentions[m])
        return self.genders[m]


def clean(name: str) -> str:
    """A name on one line, without an opening bracket or the full stop of its sentence at the end.

    >>> clean("Vina\\ndel Mar"), clean("Islamic State."), clean("Martin Luther King Jr.")
    ('Vina del Mar', 'Islamic State', 'Martin Luther King Jr.')
    """
    out = " ".join(name.split()).rstrip("([ ")
    last = out.rsplit(" ", 1)[-1]
    if (
        last.endswith(".")
        and "." not in last[:-1]
        and len(last) > 3
        and last.lower() not in words("coreference", "abbreviations")
    ):
        out = out[:-1]
    return out
