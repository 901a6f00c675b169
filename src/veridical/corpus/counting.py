"""What a corpus holds: reports, words, and how often each stage, type, source kind, role and value is marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from veridical.corpus.chains import attributions
from veridical.corpus.document import Document
from veridical.corpus.stories import Story

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, punctuation left out.

    >>> words_of("The 5-year-old’s bag, not 3.5 kg.")
    ['The', '5-year-old’s', 'bag', 'not', '3.5', 'kg']
    """
    return WORD.findall(text)


@dataclass(frozen=True)
class Tally:
    """Counts over stories; every table maps a value to how often it is marked."""

    stories: Sequence[Story]

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All reports."""
        return tuple(d for s in self.stories for d in s.documents)

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """The numbers of reports, words, clusters, twins, countries and the like."""
        clusters = [s for s in self.stories if s.is_cluster]
        lengths = [len(words_of(d.text)) for d in self.documents]
        depths = self.depths
        return {
            "reports": len(self.documents),
            "words": sum(lengths),
            "shortest report, words": min(lengths, default=0),
            "longest report, words": max(lengths, default=0),
            "stories": len(self.stories),
            "clusters of two to seven reports": sum(2 <= len(s.documents) <= 7 for s in clusters),
            "clusters from at least two outlets": sum(
                len({d.header.get("publisher") for d in s.documents}) > 1 for s in clusters
            ),
            "pairs of twins": sum(1 for s in self.stories if s.twin) // 2,
            "distractors": sum("distractor" in d.header for d in self.documents),
            "reports with web noise": sum(any(True for _ in d.tagged("noise")) for d in self.documents),
            "countries": len(self.countries),
            "kinds of actor": len(self.sorts),
            "forms of report": len(self.forms),
            "incidents": sum(len(s.incidents) for s in self.stories),
            "events": sum(len(d.events) for d in self.documents),
            "triggers": sum(self.types.values()),
            "attributions": sum(depths.values()),
            "chains of three or more sources": sum(n for depth, n in depths.items() if int(depth) >= 3),
            "chains of four or more sources": sum(n for depth, n in depths.items() if int(depth) >= 4),
            "disagreements declared": sum(len(s.disagreements) for s in self.stories),
        }

    def _of_triggers(self, attribute: str) -> Counter[str]:
        return Counter(
            value
            for d in self.documents
            for v in d.tagged("v")
            if (value := d.events[v.get("e") or ""].get(attribute)) is not None
        )

    def _of_header(self, attribute: str) -> Counter[str]:
        return Counter(value for d in self.documents if (value := d.header.get(attribute)) is not None)

    @cached_property
    def types(self) -> Counter[str]:
        """Triggers by event type."""
        return self._of_triggers("type")

    @cached_property
    def stages(self) -> Counter[str]:
        """Triggers by the stage of their event."""
        return self._of_triggers("stage")

    @cached_property
    def certainties(self) -> Counter[str]:
        """Events by certainty; what is not said is stated."""
        return Counter(e.get("certainty") or "stated" for d in self.documents for e in d.events.values())

    @cached_property
    def factualities(self) -> Counter[str]:
        """Triggers by factuality."""
        return Counter(v.get("f") or "CT+" for d in self.documents for v in d.tagged("v"))

    @cached_property
    def source_kinds(self) -> Counter[str]:
        """Attributions by the kind of their innermost source; publishers are counted once a report, as outlets."""
        found = Counter(chain[-1].kind for d in self.documents for _, chain in attributions(d))
        return found + Counter({"publisher": sum(d.header.get("publisher") is not None for d in self.documents)})

    @cached_property
    def stances(self) -> Counter[str]:
        """Attributions by stance."""
        return Counter(chain[-1].stance for d in self.documents for _, chain in attributions(d))

    @cached_property
    def depths(self) -> Counter[str]:
        """Attributions by the length of their chain, the publisher counted."""
        return Counter(str(len(chain)) for d in self.documents for _, chain in attributions(d))

    @cached_property
    def countries(self) -> Counter[str]:
        """Reports by the country of their story."""
        return Counter(s.country for s in self.stories for _ in s.documents if s.country)

    @cached_property
    def decades(self) -> Counter[str]:
        """Reports by the decade of their story."""
        return Counter(f"{s.year // 10 * 10}s" for s in self.stories for _ in s.documents if s.year)

    @cached_property
    def bases(self) -> Counter[str]:
        """Stories by whether their incidents are real or invented."""
        return Counter(s.basis for s in self.stories)

    @cached_property
    def sorts(self) -> Counter[str]:
        """Declared actors by kind."""
        return Counter(s for d in self.documents for e in d.entities.values() if (s := e.get("sort")))

    @cached_property
    def forms(self) -> Counter[str]:
        """Reports by form."""
        return self._of_header("form")

    @cached_property
    def distractors(self) -> Counter[str]:
        """Distractors by kind."""
        return self._of_header("distractor")

    @cached_property
    def roles(self) -> Counter[str]:
        """Marked arguments by role."""
        return Counter(role for d in self.documents for m in d.marks for _, role in m.arguments)

    @cached_property
    def statuses(self) -> Counter[str]:
        """Marked statuses of persons."""
        return Counter(s for d in self.documents for m in d.tagged("m") if (s := m.get("status")))

    @cached_property
    def relations(self) -> Counter[str]:
        """Links between reports of a story."""
        return Counter(r for d in self.documents for r in ("copies", "cites", "corrects", "updates") if r in d.header)

    @cached_property
    def lengths(self) -> Counter[str]:
        """Reports by length in words."""
        bounds = (80, 150, 250, 400, 700)
        names = ("under 80", "80 to 149", "150 to 249", "250 to 399", "400 to 699", "700 and more")
        return Counter(names[sum(len(words_of(d.text)) >= b for b in bounds)] for d in self.documents)

    @property
    def tables(self) -> Mapping[str, Counter[str]]:
        """The tables that a datasheet shows, by their title."""
        return {
            "Event types (triggers)": self.types,
            "Stages (triggers)": self.stages,
            "Factuality (triggers)": self.factualities,
            "Certainty (events)": self.certainties,
            "Source kinds (attributions)": self.source_kinds,
            "Stances (attributions)": self.stances,
            "Length of chains": self.depths,
            "Roles (arguments)": self.roles,
            "Statuses (mentions)": self.statuses,
            "Countries (reports)": self.countries,
            "Decades (reports)": self.decades,
            "Forms (reports)": self.forms,
            "Distractors (reports)": self.distractors,
            "Lengths (reports)": self.lengths,
            "Kinds of actor (entities)": self.sorts,
            "Links between reports": self.relations,
            "Basis (stories)": self.bases,
        }
