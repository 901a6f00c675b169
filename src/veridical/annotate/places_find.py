"""Finds the token ranges of a report that may name a place or a site, with the hints that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from veridical.annotate.places_beside import observe, observe_lists
from veridical.annotate.places_sites import find_sites
from veridical.annotate.places_text import DASHES, Candidate, PlaceText
from veridical.model import NameSpan

_LONGEST = 5
_HEADER = 16
"""The longest heading of a line in tokens, up to its colon."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})


class Finder(PlaceText):
    """Finds the candidates of one report."""

    def find(self, known: Callable[[Iterable[str]], Mapping[str, Sequence[object]]]) -> list[Candidate]:
        """Candidates in text order, none within another; ``known`` tells what the gazetteer has for names.

        What the tagger missed is kept only under a name that the gazetteer has, or where the words around it
        say that it is a place.
        """
        guesses = [*self._untagged(), *self._hyphenated()]
        sites = list(find_sites(self))
        places = {c.names[0] for c in sites if c.tagged and not c.common}
        has = known({name for guess in guesses for name in guess.names} | places)
        guesses = [guess for guess in guesses if not self._is_bare(guess.start, guess.end)]
        guesses = [guess for guess in guesses if guess.stated or any(has[name] for name in guess.names)]
        # "Long Beach" and "College Station" are cities.
        sites = [c for c in sites if c.names[0] not in places or self._label(c) not in ("GPE", "LOC") or not has[c.names[0]]]
        found: dict[int, Candidate] = {}
        taken: set[int] = set()
        for candidate in sorted(
            (*self._tagged(), *sites, *self._headers(), *guesses),
            key=lambda c: (not c.site, not c.tagged, c.start - c.end, not c.stated, c.start),
        ):
            span = range(candidate.start, candidate.end)
            if not taken.intersection(span):
                taken.update(span)
                found[candidate.start] = candidate
        out = [found[start] for start in sorted(found)]
        for candidate in out:
            candidate.sent = self.tokens[candidate.start].sent
            candidate.dateline = self._is_dateline(candidate.start)
            observe(self, candidate)
        observe_lists(self, out)
        return out

    def _label(self, c: Candidate) -> str | None:
        """The tagger's label, when the candidate is all of its name."""
        owner = self.owner.get(c.end - 1)
        return owner.label if owner is not None and self.owner.get(c.start) is owner else None

    def _tagged(self) -> Iterator[Candidate]:
        """Names that the tagger holds for places, trimmed of articles, clitics and division words."""
        for name in self.names:
            if name.label not in _PLACES:
                if name.label in ("ORG", "PERSON", "PRODUCT", "NORP") and self.at(name.start - 1) == "in":
                    yield from self._whole(name)
                continue
            start, end = self.trim(name.start, name.end)
            if start == name.start and self._is_led(start):
                # "Lower" + "Shabelle".
                start -= 1
            if self._is_no_name(start, end):
                continue
            cut = start
            for i in range(start, end):
                if self.low[i] in (",", ";", "(", ")", "/") and i > cut:
                    yield self._candidate(cut, i, True)
                    cut = i + 1
            if cut < end and not (end - cut == 1 and self.low[cut] in self.words.people):
                yield self._candidate(cut, end, True)

    def _is_led(self, start: int) -> bool:
        """Whether a capitalised direction that the tagger left out stands before a name, and not because a sentence begins."""
        before = start - 1
        return (
            not self.shouting
            and before > 0
            and before not in self.owner
            and self.low[before] in self.words.direction
            and (self.capital(before) and self.tokens[before - 1].sent == self.tokens[start].sent and not self.opens_line(before))
        )

    def _is_no_name(self, start: int, end: int) -> bool:
        """Whether a tagged span has no name in it: "southern", "Colombian department", "CONGRESS", "the Republic"."""
        words = self.words
        if self._is_bare(start, end):
            return True
        if self._is_initial(start - 1):
            return True
        if end - start == 1:
            word = self.low[start]
            return (
                word in words.never
                or word in self.kinds
                or (self.shouting and word in words.stop and self.at(end) not in (",", "("))
            )
        if self.low[end - 1] in words.organization and self.owner[start].label == "FAC" and self.low[end - 1] not in words.site:
            return True
        return (
            self.tokens[end - 1].text.islower()
            and self.low[end - 1] in self.kinds
            and all(self.is_people(i) or self.low[i] in words.direction for i in range(start, end - 1))
        )

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether a range has no capitalised word but directions and parts: "the NORTHWESTERN PART"."""
        words = self.words
        return not any(
            self.capital(i) and self.low[i] not in words.direction and self.low[i] not in words.portion for i in range(start, end)
        )

    def _is_initial(self, i: int) -> bool:
        """Whether an initial ends at token ``i``: "P. Glasgow" is a person, "N. Carolina" is not."""
        before = self.at(i - 1) + self.at(i) if self.at(i) == "." else self.at(i)
        return len(before) == 2 and before[1] == "." and before[0].isalpha() and before[0] not in "nsew"

    def _hyphenated(self) -> Iterator[Candidate]:
        """Tagged names with what hangs on them by hyphens, where the tagger cut: "Deir ez" + "-Zor"."""
        for name in self.names:
            start, end = self.trim(name.start, name.end)
            if name.label not in _PLACES or start >= end:
                continue
            if (
                self.at(end) == "-"
                and self.capital(end + 1)
                and self.tokens[end - 1].end == self.tokens[end].start
                and (self.tokens[end].end == self.tokens[end + 1].start)
            ):
                yield self._candidate(start, end + 2, True)

    def _whole(self, name: NameSpan) -> Iterator[Candidate]:
        """A name of another kind after "in": it is looked up, but as something that the tagger missed."""
        start, end = self.trim(name.start, name.end)
        if start < end and not (end - start == 1 and self.low[start] in self.words.stop | self.words.never):
            yield self._candidate(start, end, False)

    def _candidate(self, start: int, end: int, tagged: bool) -> Candidate:
        """A candidate with the names to try: whole, without the division word, without the direction."""
        names = [self.text(start, end)]
        if end - start > 1 and self.low[end - 1] in self.kinds:
            names.append(self.text(start, end - 1))
        if end - start > 1 and self.low[start] in self.words.direction:
            names.append(self.text(start + 1, end))
        if end - start > 2 and self.low[start + 1] == "of" and self.low[start] in self.kinds:
            names.append(self.text(start + 2, end))
        return Candidate(start, end, tuple(dict.fromkeys(names)), tagged)

    def _headers(self) -> Iterator[Candidate]:
        """The place in the heading of a line with a date: "4 February, Diankabou:", "Niono, 6 February:"."""
        for i, token in enumerate(self.tokens):
            gap = self.report.text[self.tokens[i - 1].end : token.start] if i else "\n"
            if "\n" not in gap:
                continue
            stop = next((j for j in range(i, min(i + _HEADER, len(self.tokens))) if self.low[j] == ":"), None)
            if stop is None or "\n" in self.report.text[token.start : self.tokens[stop].start]:
                continue
            parts = self._parts(i, stop)
            dated = [any(word in self.words.calendar for word in self.low[a:b]) for a, b in parts]
            for (start, end), own in zip(parts, dated, strict=True):
                if any(dated) and not own and self._is_title(start, end):
                    named = (
                        Candidate(start, end, (self.text(start, end),), True, site=True)
                        if (end - start > 1 and self.low[end - 1] in self.words.site)
                        else self._candidate(start, end, True)
                    )
                    named.stated = True
                    yield named

    def _parts(self, start: int, stop: int) -> list[tuple[int, int]]:
        """What commas and free-standing dashes separate in a heading."""
        cuts = [
            j
            for j in range(start, stop)
            if self.low[j] in (",", "•", "*", "·")
            or (self.low[j] in DASHES and (j == start or self.tokens[j - 1].end < self.tokens[j].start))
        ]
        edges = [start - 1, *cuts, stop]
        return [(a + 1, b) for a, b in pairwise(edges) if a + 1 < b]

    def _is_title(self, start: int, end: int) -> bool:
        """Whether a heading's part is one capitalised name without a word of the calendar in it."""
        if not 0 < end - start <= _LONGEST or not self.capital(start) or self.low[start] in self.words.calendar:
            return False
        return not (end - start == 1 and self.low[start] in self.words.stop) and all(
            self.capital(j) or self.low[j] in DASHES or self.low[j] in self.words.site or self.low[j] in self.kinds
            for j in range(start, end)
        )

    def _untagged(self) -> Iterator[Candidate]:
        """Runs that the tagger missed, after a preposition of place, beside a word for a settlement, or in a dateline."""
        for i in range(len(self.tokens)):
            if i in self.owner or not self.capital(i):
                continue
            before = self.at(i - 1)
            dateline = self._is_dateline(i)
            led = (
                before in self.words.strong
                or (before == "of" and self.at(i - 2) in self.kinds)
                or (before == "the" and self.at(i - 2) in self.words.strong)
            )
            follows = not self.shouting and self.at(i + 1) in self.words.admin1 and self.tokens[i + 1].text.islower()
            eventive = not self.shouting and before in ("the", "a", "an", "and", ",") and self.at(i + 1) in self.words.event
            of_village = not self.shouting and before == "of" and self.at(i - 2) in self.words.village
            if not (led or dateline or follows or eventive):
                continue
            for end in range(min(len(self.tokens), i + _LONGEST), i, -1):
                if any(j in self.owner for j in range(i, end)) or not self.capital(end - 1):
                    continue
                if end - i == 1 and self.low[i] in self.words.stop | self.words.never:
                    continue
                found = self._candidate(i, end, False)
                found.stated = (
                    not self.shouting
                    and (of_village or (led and self.at(end) in self.words.village))
                    and all(self.capital(j) for j in range(i, end))
                )
                yield found

    def _is_dateline(self, i: int) -> bool:
        """Whether token ``i`` opens a paragraph in capitals, and a comma, bracket, dash, colon or full stop follows."""
        token = self.tokens[i]
        if not (self.opens_line(i) and token.text.isupper() and len(token.text) > 2):
            return False
        if any(self.at(j) in DASHES or self.at(j) in (",", "(") for j in range(i + 1, i + 6)):
            return True
        end = i + 1
        while end < len(self.tokens) and end - i < 4 and self.tokens[end].text.isalpha() and self.tokens[end].text.isupper():
            end += 1
        return not self.shouting and (self.at(end) == ":" or (self.at(end) == "." and self.capital(end + 1)))
