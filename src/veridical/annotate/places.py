"""Places of a report: names and sites as token ranges, resolved by the gazetteer or left unresolved.

Candidates are found by the tagger's names and by the words around them (`places_find`), looked up once for
the whole report, and resolved in rounds: what is clear first, then the rest in its light (`places_rank`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from veridical.annotate.gazetteer import Gazetteer, Place
from veridical.annotate.gazetteer_names import fold, skeleton
from veridical.annotate.places_beside import contains
from veridical.annotate.places_find import Finder
from veridical.annotate.places_rank import ACCEPT, Beside, Scene, rank, sort_into_cells
from veridical.annotate.places_text import Candidate
from veridical.annotate.places_within import Within
from veridical.annotate.places_words import load_demonyms, load_nationalities
from veridical.model import NameSpan, PlaceMention, Report, Token
from veridical.values import Where, WherePrecision

_ROUNDS = 3
_CLEAR = 1.0
"""By how much the best candidate must lead to count as ground for the others in the first round."""
_UNTAGGED_WEIGHT = 4.5
"""A name that the tagger missed must be at least a place of about 30,000 people, or be backed by the report's ground."""
_GROUND = 60
"""How many of a report's places, the most frequent first, are looked at for nearness; this bounds the work."""
_TOWARDS = frozenset({"to", "into", "toward", "towards", "over", "across", "through"})


def resolve_places(
    report: Report, tokens: Sequence[Token], names: Sequence[NameSpan], gazetteer: Gazetteer, *, context: bool = False
) -> tuple[PlaceMention, ...]:
    """The place mentions of a report in text order, none within another, each with what it resolves to.

    A name that the gazetteer does not know keeps its words in ``Where.name`` with precision unknown, or
    region or country where the report says what it lies in. Sites have precision site and their city's coordinates.
    Names of institutions and sides ("Istanbul police", "the Syrian border") are context only, and left out
    unless ``context`` asks for them.
    """
    if not tokens:
        return ()
    finder = Finder(report, tokens, names)
    resolver = _Resolver(finder, gazetteer)
    resolver.run()
    return tuple(PlaceMention(c.start, c.end, where) for c, where in resolver.mentions(context))


class _Resolver:
    """The state of one report's resolution; index i is the candidate's in ``candidates``."""

    def __init__(self, finder: Finder, gazetteer: Gazetteer) -> None:
        self.finder = finder
        self.candidates = finder.find(gazetteer.lookup_all)
        self.nations, self.peoples = load_nationalities(), load_demonyms()
        self.resolved: dict[int, Place] = {}
        self.within = Within(finder, self.candidates, gazetteer)
        self.known = gazetteer.lookup_all({n for c in self.candidates for n in c.names})
        self.options = [self._options(c) for c in self.candidates]
        self.cells = sort_into_cells({c.names[-1]: o for c, o in zip(self.candidates, self.options, strict=True) if not c.site})
        self.company: dict[int, float] = {}
        self.scene = Scene()
        self._link()

    def _options(self, c: Candidate) -> tuple[Place, ...]:
        """The gazetteer's candidates under the first name that it knows well, else under any."""
        found: tuple[Place, ...] = ()
        for name in c.names[:1] if c.site else c.names:
            places = self.known[name]
            if name.isupper() and len(name) < 4 and not self.finder.shouting:
                # "EU" and "SA" are abbreviations, not the towns of Eu and Sa.
                places = tuple(p for p in places if p.kind in ("country", "region", "admin1"))
            if c.site:
                return tuple(p for p in places if p.kind in ("site", "region") and p.rank < 2)
            if c.hint in ("quarter", "admin2"):
                # "The America neighbourhood" is no country.
                places = tuple(p for p in places if p.kind != "country")
            first, _, rest = c.names[0].partition(" ")
            if found and name == rest and fold(first) in self.finder.words.direction:
                # "Central America" is known by its whole name.
                break
            if c.hint and len(c.names) > 1:
                found += tuple(p for p in places if p not in found)
            elif any(p.rank < 2 for p in places):
                return places
            else:
                found += places
        return found

    def _link(self) -> None:
        # "The Nigerian city of Maiduguri": a people lies between, and holds nothing.
        order = [i for i, c in enumerate(self.candidates) if c.site or not all(map(self.finder.is_people, range(c.start, c.end)))]
        for k, (i, j) in enumerate(pairwise(order)):
            left, right = self.candidates[i], self.candidates[j]
            held = contains(self.finder, left, right)
            if held == "either":
                held = self._larger(i, j)
            if held == "right":
                left.inside.append(j)
                left.loose = self._lists(order[k : k + 3])
                # A site or a quarter lies in a city, the rest more often in a division.
                right.holds = not (left.loose or left.site or left.hint in ("quarter", "admin2"))
            elif held == "left":
                right.inside.append(i)

    def _larger(self, i: int, j: int) -> str:
        """Which of two candidates holds the other where a word for a division stands between them."""
        left, right = (max((p.weight for p in self.options[k] if p.rank < 2), default=0.0) for k in (i, j))
        if left <= right:
            return "right"
        one, other = self.candidates[i], self.candidates[j]
        one.hint, other.hint = None, other.hint or one.hint
        return "left"

    def _lists(self, three: Sequence[int]) -> bool:
        """Whether three candidates in a row are a list of places: "Mosul, Basra and Kirkuk"."""
        low, (left, right, *more) = self.finder.low, [self.candidates[i] for i in three]
        if low[left.end : right.start] != [","] or right.hint or not more:
            return left.loose
        between = low[right.end : more[0].start]
        return between in (["and"], [",", "and"], [","], ["or"], [",", "or"])

    def run(self) -> None:
        """Resolves all candidates in rounds."""
        adjectives = self._nationality_votes()
        for turn in range(_ROUNDS):
            scene = self._ground(adjectives)
            chosen: dict[int, Place] = {}
            for i in range(len(self.candidates) - 1, -1, -1):
                place = self._choose(i, scene, chosen, turn)
                if place is not None:
                    chosen[i] = place
            self._agree(chosen)
            if turn and chosen == self.resolved:
                break
            self.resolved = chosen
        self.scene = self._ground(adjectives)

    def _nationality_votes(self) -> Counter[str]:
        """A vote for each capitalised nationality or country word in the report, names of organizations included."""
        finder, votes = self.finder, Counter[str]()
        inside = {i for c in self.candidates for i in range(c.start, c.end)}
        skip = -1
        for i, token in enumerate(finder.tokens):
            if i <= skip or not token.text[:1].isupper():
                continue
            for size in (2, 1):
                # In capitals "us" and "it" are words.
                words = fold(finder.text(i, min(i + size, len(finder.tokens))))
                code = self.nations.get(words)
                if code and not (len(words) < 4 and finder.shouting):
                    # An embassy stands in another country than the one it is named after.
                    if i not in inside and finder.at(i + size) not in finder.words.mission:
                        votes[code] += 1
                    skip = i + size - 1
                    break
        return votes

    def _ground(self, adjectives: Counter[str]) -> Scene:
        scene = Scene(adjectives.copy(), cells=self.cells, company=self.company)
        times: Counter[Place] = Counter()
        for i, place in sorted(self.resolved.items()):
            if place.country:
                scene.votes[place.country] += 2 if self.candidates[i].dateline else 1
            if not self.candidates[i].site:
                times[place] += 1
        for place, _ in times.most_common(_GROUND):
            scene.places.append(place)
            scene.divisions[(place.country, place.admin1)] += 1
        return scene

    def _choose(self, i: int, scene: Scene, chosen: dict[int, Place], turn: int) -> Place | None:
        c = self.candidates[i]
        options = self.options[i]
        if not options:
            return None
        holders = tuple(place for j in c.inside if (place := chosen.get(j) or self.resolved.get(j)))
        nations = tuple(code for word in c.nations if (code := self.nations.get(fold(word))))
        own = scene
        if i in self.resolved:
            own = self._without(scene, self.resolved[i])
        ranked = rank(options, own, Beside(c.hint or ("holder" if c.holds else None), holders, nations, c.loose))
        best, score = ranked[0]
        if score < ACCEPT or (best.rank == 2 and not (nations or scene.votes[best.country or ""])):
            return None
        if not c.tagged and not self._backed(c, best, own, holders):
            return None
        if c.hint == "quarter" and not holders and own.votes and not own.votes[best.country or ""]:
            return None
        lead = score - next((s for p, s in ranked[1:] if p.country != best.country), 0.0)
        if turn == 0 and lead < _CLEAR and not (best.kind == "country" and lead > 0.5):
            return None
        return best

    def _without(self, scene: Scene, place: Place) -> Scene:
        """The ground that the other names make: a choice does not vote for itself."""
        votes = scene.votes.copy()
        if place.country:
            same = sum(1 for p in self.resolved.values() if p.key == place.key)
            votes[place.country] -= same
        divisions = scene.divisions.copy()
        divisions[(place.country, place.admin1)] -= 1
        return Scene(+votes, scene.places, +divisions, scene.cells, scene.company)

    def _backed(self, c: Candidate, place: Place, scene: Scene, holders: Sequence[Place]) -> bool:
        """Whether a name that the tagger missed is surely this place."""
        if place.rank > 1:
            return False
        if c.dateline or holders or place.kind == "country":
            return True
        if place.rank == 0 and (c.hint or scene.votes[place.country or ""]):
            return place.weight >= (3.0 if not self.finder.shouting else 3.7)
        return place.weight >= _UNTAGGED_WEIGHT + (1.0 if self.finder.shouting or place.rank else 0.0)

    def _agree(self, chosen: dict[int, Place]) -> None:
        """One name means one place in one report: those with a division beside them speak for the others."""
        groups: dict[tuple[str, str | None], list[int]] = {}
        for i, c in enumerate(self.candidates):
            if not c.site:
                groups.setdefault((fold(c.names[-1]), c.hint if c.hint in ("admin1", "admin2") else None), []).append(i)
        for (_, hint), group in groups.items():
            sure = Counter(chosen[i].key for i in group if i in chosen and self.candidates[i].inside)
            every = Counter(chosen[i].key for i in group if i in chosen and not self.candidates[i].holds)
            if not every or hint:
                continue
            key = (sure or every).most_common(1)[0][0]
            place = next(chosen[i] for i in group if i in chosen and chosen[i].key == key)
            for i in group:
                if not (self.candidates[i].inside or self.candidates[i].holds) and any(p.key == key for p in self.options[i]):
                    chosen[i] = place

    def mentions(self, context: bool) -> list[tuple[Candidate, Where]]:
        """What is shown of the candidates, in text order."""
        out = []
        self.within.settle(self.resolved, self.scene)
        for i, c in enumerate(self.candidates):
            where = self._site(i, c) if c.site else self._place(i, c)
            silent = c.silent or fold(c.names[0]) in self.peoples
            if where is not None and (context or not silent):
                out.append((c, where))
        return out

    def _site(self, i: int, c: Candidate) -> Where | None:
        name = self.finder.text(c.start, c.end)
        own = self.resolved.get(i)
        if own is not None and not c.common:
            return Where(name, None, own.admin1, own.country, own.latitude, own.longitude, own.geonames_id, WherePrecision.SITE)
        city = self.within.holder(i)
        if c.common or self.finder.low[c.end - 1] in self.finder.words.court:
            # Common nouns are a site only as some city's, a court only where its name says whose.
            city = self.within.owner(i) if c.common else self.within.prefix(i)
            if city is None:
                return None
        if city is None:
            country = self.scene.only_country()
            return Where(name, country=country, precision=WherePrecision.SITE) if c.tagged else None
        if city.kind != "city":
            inner = self.within.part(i, city)
            if inner is None:
                return Where(name, None, city.admin1, city.country, None, None, None, WherePrecision.SITE)
            city = inner
        return Where(
            name,
            self._shown(city),
            city.admin1,
            city.country,
            city.latitude,
            city.longitude,
            city.geonames_id,
            WherePrecision.SITE,
        )

    def _place(self, i: int, c: Candidate) -> Where | None:
        place = self.resolved.get(i)
        name = self.finder.text(c.start, c.end)
        if place is None:
            if not (c.tagged or c.stated):
                return None
            return self._quarter(i, c, None) or self._unresolved(c, name)
        quarter = self._quarter(i, c, place)
        if quarter is not None:
            return quarter
        if place.kind == "city":
            city = shown_name(self._spelled(c, place), place)
            precision = WherePrecision.CITY
        else:
            city = None
            precision = WherePrecision.COUNTRY if place.kind == "country" else WherePrecision.REGION
        division = place.admin1
        if place.kind == "region" and precision is WherePrecision.REGION:
            # "Cappadocia, Nevşehir province": the report says which part of the region is meant.
            division = next((self.resolved[j].admin1 for j in c.inside if j in self.resolved), None)
        return Where(name, city, division, place.country, place.latitude, place.longitude, place.geonames_id, precision)

    def _quarter(self, i: int, c: Candidate, place: Place | None) -> Where | None:
        """A part of a city ("the Karada district of Baghdad"): a site, with the city's coordinates unless it has its own."""
        holders = [self.resolved[j] for j in c.inside if j in self.resolved]
        if not holders and c.hint == "quarter" and place is None:
            near = self.within.near(i)
            holders = [near] if near is not None else []
        if c.hint not in ("quarter", "admin2") or not holders or holders[0].kind != "city":
            return None
        city = holders[0]
        own = place if place is not None and place.kind == "city" and place.country == city.country else None
        at, shown = own or city, self._shown(city)
        return Where(
            self.finder.text(c.start, c.end),
            shown,
            city.admin1,
            city.country,
            at.latitude,
            at.longitude,
            at.geonames_id,
            WherePrecision.SITE,
        )

    def _shown(self, city: Place) -> str:
        """A city's name as the report first spells it, or the gazetteer's."""
        first = next((c for j, c in enumerate(self.candidates) if self.resolved.get(j) == city), None)
        return shown_name(self._spelled(first, city), city) if first else city.name

    def _spelled(self, c: Candidate, place: Place) -> str:
        """The name among the candidate's under which the place was found."""
        return next((n for n in c.names if place in self.known[n]), c.names[0])

    def _unresolved(self, c: Candidate, name: str) -> Where | None:
        """A name alone, or what the report says that it lies in; nothing where no word beside it speaks of a place."""
        finder = self.finder
        before = finder.at(c.start - 1)
        before = finder.at(c.start - 2) if before == "the" else before
        towards = before in _TOWARDS and finder.at(c.start - 2) != "according"
        placed = c.hint is not None or c.dateline or before in finder.words.strong or towards
        if not c.stated and (not placed or name.casefold() in finder.others):
            return None
        holder = None if c.loose else next((self.resolved[j] for j in c.inside if j in self.resolved), None)
        if holder is None:
            codes = {code for word in c.nations if (code := self.nations.get(fold(word)))}
            if len(codes) == 1 and c.hint:
                return Where(name, country=codes.pop(), precision=WherePrecision.COUNTRY)
            country = self.scene.only_country()
            stretch = country is not None and finder.low[c.end - 1] in finder.words.nature
            return Where(name, country=country, precision=WherePrecision.REGION if stretch else WherePrecision.UNKNOWN)
        precision = WherePrecision.COUNTRY if holder.kind == "country" else WherePrecision.REGION
        return Where(name, None, holder.admin1, holder.country, holder.latitude, holder.longitude, None, precision)


def shown_name(written: str, place: Place) -> str:
    """A city's name as shown: the report's spelling of the gazetteer's name, or the gazetteer's where it is another name."""
    here, there = fold(written), fold(place.name)
    same = here == there or skeleton(here) == skeleton(there) != "" or there.removesuffix(" city") == here
    if not same or written.isupper():
        return place.name
    return written
