"""What a site lies in: by syntax, by its own name, by its sentence, or by the report's main city or dateline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from veridical.annotate.gazetteer import Gazetteer, Place
from veridical.annotate.places_find import Finder
from veridical.annotate.places_rank import ACCEPT, Beside, Scene, rank
from veridical.annotate.places_text import Candidate

_LINKS = 6
_PART = 3
"""The longest part of a site's name that is looked up, in tokens."""
_ELSEWHERE = frozenset({"from", "to", "for", "toward", "towards"})
_GREAT = 6.0
"""A city of a million may lend its name to a site in a report that speaks of no country."""
_LARGE = 4.5
"""Within a longer name, only a large city of the report's main country is taken for the site's city."""


class Within:
    """Finds the cities of a report's sites; indices are those of the candidates."""

    def __init__(self, finder: Finder, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> None:
        self.finder, self.candidates = finder, candidates
        self.parts = {i: self._runs(c) for i, c in enumerate(candidates) if c.site}
        names = {finder.text(*run) for runs in self.parts.values() for run in runs}
        self.known = gazetteer.lookup_all(names)
        self.resolved: Mapping[int, Place] = {}
        self.scene = Scene()

    def settle(self, resolved: Mapping[int, Place], scene: Scene) -> None:
        """Takes over what the report's other names resolved to."""
        self.resolved, self.scene = resolved, scene

    def _runs(self, c: Candidate) -> list[tuple[int, int]]:
        """The runs within a site's name that may name its city, longest first."""
        finder = self.finder
        words = finder.words
        if c.common or (self._is_named_after(c) and not finder.lower(c.end - 1)):
            return []
        runs = [
            (s, e)
            for s in range(c.start, c.end)
            for e in range(c.end, s, -1)
            if e - s <= _PART
            and e - s < c.end - c.start
            and finder.capital(s)
            and finder.low[s] not in words.stop
            and finder.low[s] not in words.site
        ]
        return sorted(runs, key=lambda r: (r[0] - r[1], r[0]))

    def _is_named_after(self, c: Candidate) -> bool:
        """Whether the site is of a kind that is named after other places: "Oxford Street" is not in Oxford."""
        finder = self.finder
        return finder.low[c.end - 1] not in finder.words.court and any(
            finder.low[j] in finder.words.named_after for j in range(c.start, c.end)
        )

    def holder(self, i: int) -> Place | None:
        """What site ``i`` lies in, or ``None``."""
        for j in self._inside(i):
            if j in self.resolved:
                return self.resolved[j]
        return self.prefix(i) or self.near(i) or self.part(i, None)

    def owner(self, i: int) -> Place | None:
        """The city that owns the site by a genitive before it, or ``None``."""
        held = [
            self.resolved[j]
            for j in self.candidates[i].inside
            if j in self.resolved and self.candidates[j].end == (self.candidates[i].start - 1)
        ]
        return held[0] if held and held[0].kind == "city" else None

    def near(self, i: int) -> Place | None:
        """The nearest city of the sentence, else the main city of what stands before, else the dateline's."""
        c = self.candidates[i]
        near = [
            (abs(j - i), j) for j, _ in self._cities() if self.candidates[j].sent == c.sent and not self.candidates[j].dateline
        ]
        if near:
            return self.resolved[min(near)[1]]
        every = self._cities()
        before = [(j, p) for j, p in every if self.candidates[j].start < c.start]
        for cities in (before, every):
            times = Counter(p.key for _, p in cities)
            # Of equals the latest is meant, and a dateline last: it often is only where the reporter sits.
            most = [(self._standing(j), j, p) for j, p in before if times[p.key] == max(times.values())]
            main = max(most, key=lambda m: m[:2])[2] if most else None
            if main is not None and 2 * times[main.key] >= len(cities):
                return main
        return next((p for j, p in before if self.candidates[j].dateline), None)

    def _standing(self, j: int) -> int:
        """How like the scene of events a city is: 0 where someone comes from or goes, 1 in a dateline, 2 else."""
        c = self.candidates[j]
        return 0 if self.finder.at(c.start - 1) in _ELSEWHERE else 1 if c.dateline else 2

    def _cities(self) -> list[tuple[int, Place]]:
        """The cities of the report in text order, without those that only say who acts."""
        return [
            (j, p)
            for j, p in sorted(self.resolved.items())
            if p.kind == "city" and not (self.candidates[j].silent or self.candidates[j].site)
        ]

    def _inside(self, i: int) -> list[int]:
        """The holders of a candidate, those of unresolved holders included."""
        out: list[int] = []
        todo = list(self.candidates[i].inside)
        while todo and len(out) < _LINKS:
            j = todo.pop(0)
            if j not in out and j != i:
                out.append(j)
                todo.extend(self.candidates[j].inside)
        return out

    def prefix(self, i: int) -> Place | None:
        """The city that a site's name begins with, only common nouns behind it: "Ankara train station"."""
        c, finder = self.candidates[i], self.finder
        words = finder.words
        common = words.site | words.site_modifier | words.court | words.authority | {"crown", "-", "force"}
        for start, end in self.parts.get(i, ()):
            if start == c.start and all(finder.low[k] in common for k in range(end, c.end)):
                place = self._backed(finder.text(start, end), None)
                if place is None:
                    continue
                sure = place.weight >= _LARGE or (not finder.shouting and finder.lower(c.end - 1))
                told = self._is_told(place) and (end == c.end - 1 or not self._is_named_after(c))
                if told or (sure and not self._is_named_after(c)):
                    return place
        return None

    def part(self, i: int, holder: Place | None) -> Place | None:
        """A city within a site's name that lies in ``holder``, or that is large, sure and in the report's main country."""
        if self._is_named_after(self.candidates[i]):
            return None
        for start, end in self.parts.get(i, ()):
            place = self._backed(self.finder.text(start, end), holder)
            if place is not None and (
                holder is not None
                or self._is_told(place)
                or (place.weight >= _LARGE and place.rank == 0 and self._is_main(place.country))
            ):
                return place
        return None

    def _is_told(self, place: Place) -> bool:
        return any(p.key == place.key for p in self.resolved.values())

    def _is_main(self, country: str | None) -> bool:
        return bool(country) and self.scene.share(country) >= 0.5

    def _backed(self, name: str, holder: Place | None) -> Place | None:
        """The best city of this name, when the report's ground bears it out."""
        places = [p for p in self.known[name] if p.kind == "city" and p.rank < 2]
        if holder is not None:
            places = [p for p in places if p.country == holder.country and holder.admin1 in (None, p.admin1)]
        elif self.scene.votes:
            places = [p for p in places if self.scene.votes[p.country or ""]]
        if not places:
            return None
        best, score = rank(places, self.scene, Beside())[0]
        if score < ACCEPT:
            return None
        sure = holder is not None or self._is_told(best) or (best.rank == 0 and bool(self.scene.votes))
        return best if sure or best.weight >= _GREAT else None
