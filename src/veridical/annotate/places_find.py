"""Finds the token ranges of a report that may name a place or a site, and the hints that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from veridical.annotate.places_words import PlaceWords, load_divisions, load_words
from veridical.model import NameSpan, Report, Token

_LONGEST = 5
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_CLITICS = frozenset({"'s", "’s", "'", "’", "s'", "'S", "’S"})
_DASHES = frozenset({"-", "–", "—", "--"})


@dataclass(slots=True)
class Candidate:
    """A token range [start, end) to be looked up under ``names`` (best first), and what surrounds it.

    ``tagged``: the tagger holds it for a place. ``hint``: the kind of division that a word beside it
    says. ``site``: the range is a site's name. ``silent``: only context ("Istanbul police"). ``inside``
    points to the candidates that contain it by syntax, nearest first, ``holds`` is true for those;
    ``loose`` where a list is as likely. ``nations``: words beside it that may be nationalities.
    """

    start: int
    end: int
    names: tuple[str, ...]
    tagged: bool
    hint: str | None = None
    site: bool = False
    silent: bool = False
    inside: list[int] = field(default_factory=list)
    nations: tuple[str, ...] = ()
    sent: int = 0
    dateline: bool = False
    holds: bool = False
    loose: bool = False


class Finder:
    """One report's tokens and names, seen with an eye for places."""

    def __init__(self, report: Report, tokens: Sequence[Token], names: Sequence[NameSpan]) -> None:
        self.report, self.tokens, self.names = report, tokens, names
        self.words: PlaceWords = load_words()
        self.kinds = load_divisions()
        self.low = [t.text.lower() for t in tokens]
        self.owner: dict[int, NameSpan] = {i: n for n in names for i in range(n.start, n.end)}
        self.others = {self.text(n.start, n.end).casefold() for n in names if n.label in ("PERSON", "ORG", "NORP", "PRODUCT")}
        letters = [t.text for t in tokens if t.text.isalpha()]
        self.shouting = sum(t.isupper() for t in letters) > 0.6 * max(1, len(letters))

    def text(self, start: int, end: int) -> str:
        """The words of a token range with single spaces."""
        return " ".join(self.report.text[self.tokens[start].start:self.tokens[end - 1].end].split())

    def at(self, i: int) -> str:
        """The lower-case token at ``i``, or "" outside the report."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text[:1].isupper()

    def find(self, known: Callable[[Iterable[str]], Mapping[str, Sequence[object]]]) -> list[Candidate]:
        """Candidates in text order, none within another; ``known`` tells what the gazetteer has for names.

        What the tagger missed is kept only under a name that the gazetteer has.
        """
        guesses = [*self._untagged(), *self._hyphenated()]
        has = known({name for guess in guesses for name in guess.names})
        guesses = [guess for guess in guesses if any(has[name] for name in guess.names)]
        found: dict[int, Candidate] = {}
        taken: set[int] = set()
        for candidate in sorted((*self._tagged(), *self._sites(), *guesses),
                                key=lambda c: (not c.site, not c.tagged, c.start - c.end, c.start)):
            span = range(candidate.start, candidate.end)
            if not taken.intersection(span):
                taken.update(span)
                found[candidate.start] = candidate
        out = [found[start] for start in sorted(found)]
        for candidate in out:
            candidate.sent = self.tokens[candidate.start].sent
            self._observe(candidate)
        return out

    def _tagged(self) -> Iterator[Candidate]:
        """Names that the tagger holds for places, trimmed of articles, clitics and division words."""
        for name in self.names:
            if name.label not in _PLACES:
                if name.label in ("ORG", "PERSON", "PRODUCT", "NORP") and self.at(name.start - 1) == "in":
                    yield from self._whole(name)
                continue
            start, end = self._trim(name.start, name.end)
            if not any(self.capital(i) and self.low[i] not in self.words.direction for i in range(start, end)):
                continue
            cut = start
            for i in range(start, end):
                if self.low[i] in (",", ";", "(", ")", "/") and i > cut:
                    yield self._candidate(cut, i, True)
                    cut = i + 1
            if cut < end and not (end - cut == 1 and self.low[cut] in self.words.people):
                yield self._candidate(cut, end, True)

    def _hyphenated(self) -> Iterator[Candidate]:
        """Tagged names with what hangs on them by hyphens, where the tagger cut: "Deir ez" + "-Zor"."""
        for name in self.names:
            start, end = self._trim(name.start, name.end)
            if name.label not in _PLACES or start >= end:
                continue
            if self.at(end) == "-" and self.capital(end + 1) and self.tokens[end - 1].end == self.tokens[end].start and (
                    self.tokens[end].end == self.tokens[end + 1].start):
                yield self._candidate(start, end + 2, True)

    def _whole(self, name: NameSpan) -> Iterator[Candidate]:
        """A name of another kind after "in": it is looked up, but as something that the tagger missed."""
        start, end = self._trim(name.start, name.end)
        if start < end and not (end - start == 1 and self.low[start] in self.words.stop):
            yield self._candidate(start, end, False)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self.low[start] in ("the", "a", "an") or self.low[start] in _CLITICS or self._heading(start, end)):
            start += 1
        while start < end and (self.low[end - 1] in _CLITICS or self.low[end - 1] in (",", ".", "-", "(", ")")):
            end -= 1
        return start, end

    def _heading(self, start: int, end: int) -> bool:
        """Whether a direction in lower case, or "city of", leads the name on."""
        if end - start < 2:
            return False
        word = self.tokens[start].text
        if word.islower() and (word in self.words.direction or word in self.words.divisions or word == "of"):
            return True
        return word.islower() and word in self.words.locative

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

    def _sites(self) -> Iterator[Candidate]:
        """Names of sites: facilities, names that end in a word for a site, place name + site noun."""
        words = self.words
        for name in self.names:
            start, end = self._trim(name.start, name.end)
            if start >= end or name.label not in ("FAC", "ORG", "GPE", "LOC", "PERSON", "PRODUCT"):
                continue
            tail = self._site_tail(end) if self.at(end) not in _CLITICS else end
            if self.shouting and not self._named(start, tail):
                continue
            if tail > end:
                if name.label == "PERSON" and not self._located(start):
                    continue
                yield Candidate(start, tail, (self.text(start, tail), self.text(start, end)), True, site=True)
            elif name.label == "FAC":
                yield Candidate(start, end, (self.text(start, end),), True, site=True)
            elif name.label in ("ORG", "PERSON") and end - start > 1 and self.low[end - 1] in words.site and (
                    self.low[end - 1] not in words.institution or self._located(start)):
                yield Candidate(start, end, (self.text(start, end), self.text(start, end - 1)), True, site=True)
        if not self.shouting:
            yield from self._untagged_sites()

    def _named(self, start: int, end: int) -> bool:
        """Whether a site in a text of capitals has a name at all: some word that is not a common one."""
        words = self.words
        common = words.site | words.site_modifier | words.organization | words.authority | words.stop | words.direction
        return any(word.isalpha() and word not in common and word.rstrip("s") not in common for word in self.low[start:end])

    def _untagged_sites(self) -> Iterator[Candidate]:
        """Capitalised runs outside all names that end in, or are followed by, a site noun."""
        i = 0
        while i < len(self.tokens):
            if i in self.owner or not self.capital(i) or self.low[i] in self.words.stop:
                i += 1
                continue
            end = i + 1
            while end < len(self.tokens) and end not in self.owner and end - i < _LONGEST and self.capital(end):
                end += 1
            tail = self._site_tail(end)
            named = end - i > 1 and self.low[end - 1] in self.words.site
            if (tail > end or named) and self._located(i):
                yield Candidate(i, tail, (self.text(i, tail),), False, site=True)
            i = tail

    def _site_tail(self, end: int) -> int:
        """Where a lower-case site noun after ``end`` ends ("train station"), or ``end``."""
        i = end
        while self.at(i) in self.words.site_modifier and i - end < 3 and i not in self.owner and (
                self.shouting or self.tokens[i].text.islower()):
            i += 1
        if self.at(i) in _DASHES and self.at(i + 1) in self.words.site:
            i += 1
        fits = self.at(i) in self.words.site and i not in self.owner and (self.shouting or self.tokens[i].text.islower())
        return i + 1 if fits else end

    def _located(self, start: int) -> bool:
        """Whether a preposition of place stands before, with at most an article and two modifiers between."""
        for back in range(1, 5):
            word = self.at(start - back)
            if word in self.words.locative:
                return True
            if word not in ("the", "a", "an", "famous", "crowded", "packed", "local", "main", "popular", "busy", "historic", "'s",
                            "’s", "nearby", "old", "new") and start - back not in self.owner:
                return False
        return False

    def _untagged(self) -> Iterator[Candidate]:
        """Runs that the tagger missed, after a preposition of place or in a dateline."""
        for i in range(len(self.tokens)):
            if i in self.owner or not self.capital(i):
                continue
            before = self.at(i - 1)
            dateline = self._is_dateline(i)
            led = before in self.words.strong or (before == "of" and self.at(i - 2) in self.kinds) or (
                before == "the" and self.at(i - 2) in self.words.strong)
            follows = not self.shouting and self.at(i + 1) in self.words.admin1 and self.tokens[i + 1].text.islower()
            eventive = not self.shouting and before in ("the", "a", "an", "and", ",") and self.at(i + 1) in self.words.event
            if not (led or dateline or follows or eventive):
                continue
            for end in range(min(len(self.tokens), i + _LONGEST), i, -1):
                if any(j in self.owner for j in range(i, end)) or not self.capital(end - 1):
                    continue
                if end - i == 1 and self.low[i] in self.words.stop:
                    continue
                found = self._candidate(i, end, False)
                found.dateline = dateline
                yield found

    def _is_dateline(self, i: int) -> bool:
        """Whether token ``i`` opens the text in capitals and a comma, bracket or dash follows soon."""
        token = self.tokens[i]
        opens = i == 0 or "\n" in self.report.text[self.tokens[i - 1].end:token.start]
        if not (opens and token.text.isupper() and len(token.text) > 2):
            return False
        return any(self.at(j) in _DASHES or self.at(j) in (",", "(") for j in range(i + 1, i + 6))

    def _observe(self, c: Candidate) -> None:
        """Fills the hint, the silence and the nationalities of a candidate from its neighbours."""
        after, before = self.at(c.end), self.at(c.start - 1)
        if not c.site:
            c.hint = self._hint(c)
        possessive = after in _CLITICS
        owner = self.owner.get(c.end + 1)
        # "Turkey's National Intelligence Organization" is one that acts; "Ankara's prosecutor" may still say where.
        acts = possessive and owner is not None and owner.label == "ORG" and self.low[owner.end - 1] not in self.words.site
        c.silent = not c.site and (acts or (not possessive and self._is_silent(c, before, after)))
        if before in self.kinds or before == "of" or c.hint or self.owner.get(c.start - 1):
            c.nations = tuple(self.low[j] for j in range(max(0, c.start - 6), c.start)
                              if self.capital(j) and self.tokens[j].sent == self.tokens[c.start].sent)
        elif self.capital(c.start - 1):
            c.nations = (before,)

    def _hint(self, c: Candidate) -> str | None:
        after = self.at(c.end)
        inner = self.low[c.end - 1] if c.end - c.start > 1 else ""
        if inner in self.kinds and len(c.names) > 1:
            return self.kinds[inner]
        if after in self.kinds and self.at(c.end - 1) != "," and after not in ("area", "streets", "outskirts", "section"):
            # "Kabul airport" is a site, and "New York state" a division: the noun right after the name decides.
            return self.kinds[after] if after not in self.words.site else None
        start = c.start - (2 if self.at(c.start - 1) == "the" else 1)
        if self.at(start) == "of" and self.at(start - 1) in self.kinds:
            # "The Karada district of Baghdad" calls Karada a district.
            named = self._is_name(start - 2)
            return None if named else self.kinds[self.at(start - 1)]
        if self.at(start) in self.kinds and self.tokens[start].text.islower() and self.at(start) not in self.words.site:
            return self.kinds[self.at(start)]
        return None

    def _is_name(self, i: int) -> bool:
        return i in self.owner or (not self.shouting and self.capital(i) and self.low[i] not in self.words.stop)

    def _is_silent(self, c: Candidate, before: str, after: str) -> bool:
        """Whether the name says who acts, what office or which side of a line, not where."""
        words = self.words
        if after in words.border or (after in _DASHES and any(self.at(c.end + k) in words.border for k in (2, 3))) or (
                before in _DASHES and after in words.border):
            return True
        if after == "-" and self.tokens[c.end].end == self.tokens[min(c.end + 1, len(self.tokens) - 1)].start and (
                self.at(c.end + 1) not in words.based and not self.capital(c.end + 1)):
            return True
        at = c.start - (2 if before == "the" else 1)
        if self.at(at) in ("with", "of") and self.at(at - 1) in words.border:
            return True
        if self.at(at) == "of" and self.at(at - 1) in words.title and self.at(at - 1) not in self.kinds:
            return True
        if before in words.strong:
            return False
        if after in words.authority:
            return True
        return not self.shouting and after in words.organization and self.capital(c.end)


def contains(finder: Finder, left: Candidate, right: Candidate) -> str | None:
    """Which of two neighbours holds the other: "left" ("Istanbul's Reina"), "right" ("Suruç, Şanlıurfa"), or neither."""
    between = finder.low[left.end:right.start]
    if len(between) > 8 or left.sent != right.sent:
        return None
    if between and between[0] in _CLITICS:
        rest = between[1:]
        return "left" if len(rest) <= 4 and not {",", "and", "of", "in", "to", "."} & set(rest) else None
    words = finder.words
    allowed = {",", "in", "the", "of", "(", "'s", "’s", "a", "an", "on", "outskirts", "at"} | words.direction | words.divisions
    plain = [w for w in between if w not in allowed and not (w.endswith("ern") or w in ("border", "largest", "restive", "main"))]
    capitals = [i for i in range(left.end, right.start) if finder.capital(i) and not finder.shouting]
    if len(plain) > (1 if capitals else 0):
        return None
    if between == [","] or "in" in between or "(" in between:
        return "right"
    divided = left.hint or left.site or finder.at(left.end) in words.divisions
    if "of" in between and divided:
        return "right"
    if between and between[0] == "," and set(between) & (words.divisions | {"the"}) and "of" not in between[:2]:
        return "right"
    return None
