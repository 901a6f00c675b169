"""One report's tokens and names, seen with an eye for places; and the candidates that are found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from veridical.annotate.gazetteer_names import fold
from veridical.annotate.places_words import PlaceWords, load_demonyms, load_divisions, load_words
from veridical.model import NameSpan, Report, Token

CLITICS = frozenset({"'s", "’s", "'", "’", "s'", "'S", "’S"})
DASHES = frozenset({"-", "–", "—", "--"})
_PASSED_OVER = frozenset(
    {
        "the",
        "a",
        "an",
        "famous",
        "crowded",
        "packed",
        "local",
        "main",
        "popular",
        "busy",
        "historic",
        "'s",
        "’s",
        "nearby",
        "old",
        "new",
    }
)


@dataclass(slots=True)
class Candidate:
    """A token range [start, end) to be looked up under ``names`` (best first), and what surrounds it.

    ``tagged``: the tagger holds it for a place. ``hint``: the kind of division that a word beside it
    says. ``site``: the range is a site's name, ``common``: by common nouns only. ``silent``: only context
    ("Istanbul police"). ``stated``: the words around it say that it is a place, known or not. ``inside``
    points to the candidates that contain it by syntax, nearest first, ``holds`` is true for those;
    ``loose`` where a list is as likely. ``nations``: words beside it that may be nationalities.
    """

    start: int
    end: int
    names: tuple[str, ...]
    tagged: bool
    hint: str | None = None
    site: bool = False
    common: bool = False
    silent: bool = False
    stated: bool = False
    inside: list[int] = field(default_factory=list)
    nations: tuple[str, ...] = ()
    sent: int = 0
    dateline: bool = False
    holds: bool = False
    loose: bool = False


class PlaceText:
    """A report's tokens with the names on them."""

    def __init__(self, report: Report, tokens: Sequence[Token], names: Sequence[NameSpan]) -> None:
        self.report, self.tokens, self.names = report, tokens, names
        self.words: PlaceWords = load_words()
        self.kinds = load_divisions()
        self.demonyms = load_demonyms()
        self.low = [t.text.lower() for t in tokens]
        self.owner: dict[int, NameSpan] = {i: n for n in names for i in range(n.start, n.end)}
        self.others = {self.text(n.start, n.end).casefold() for n in names if n.label in ("PERSON", "ORG", "NORP", "PRODUCT")}
        letters = [t.text for t in tokens if t.text.isalpha()]
        self.shouting = sum(t.isupper() for t in letters) > 0.6 * max(1, len(letters))

    def text(self, start: int, end: int) -> str:
        """The words of a token range with single spaces."""
        return " ".join(self.report.text[self.tokens[start].start : self.tokens[end - 1].end].split())

    def at(self, i: int) -> str:
        """The lower-case token at ``i``, or "" outside the report."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def capital(self, i: int) -> bool:
        """Whether token ``i`` begins with a capital letter."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text[:1].isupper()

    def lower(self, i: int) -> bool:
        """Whether token ``i`` is in lower case, or the report has no cases to tell."""
        return 0 <= i < len(self.tokens) and (self.shouting or self.tokens[i].text.islower())

    def is_name(self, i: int) -> bool:
        """Whether token ``i`` looks like a name."""
        return i in self.owner or (not self.shouting and self.capital(i) and self.low[i] not in self.words.stop)

    def is_people(self, i: int) -> bool:
        """Whether token ``i`` is a word for a people or faith ("Colombian", "Kurdish")."""
        return fold(self.low[i]) in self.demonyms or self.low[i] in self.words.people

    def opens_line(self, i: int) -> bool:
        """Whether a line begins with token ``i``; in capitals, which are often wrapped, a paragraph."""
        gap = self.report.text[self.tokens[i - 1].end : self.tokens[i].start] if i else "\n\n"
        return "\n\n" in gap.replace(" ", "") if self.shouting else "\n" in gap

    def located(self, start: int) -> bool:
        """Whether a preposition of place stands before, with at most an article and two modifiers between."""
        for back in range(1, 5):
            word = self.at(start - back)
            if word in self.words.locative:
                return True
            if word not in _PASSED_OVER and start - back not in self.owner:
                return False
        return False

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """A tagger's span without articles, clitics, headings ("province of") and words that it broke off at."""
        while start < end and (self.low[start] in ("the", "a", "an") or self.low[start] in CLITICS or self._heads(start, end)):
            start += 1
        for i in range(start, end - 2):
            # "Colombian department of Arauca": the division's name is what follows.
            if self.low[i + 1] == "of" and self.low[i] in self.kinds and self.tokens[i].text.islower():
                start = i + 2
                break
        while start < end and self._trails(end - 1):
            end -= 1
        return start, end

    def _trails(self, i: int) -> bool:
        word = self.low[i]
        return (
            word in CLITICS
            or word in (",", ".", "-", "(", ")", "the", "and", "of")
            or (word in self.words.locative and self.tokens[i].text.islower())
        )

    def _heads(self, start: int, end: int) -> bool:
        """Whether a direction in lower case, or "city of", leads the name on."""
        if end - start < 2:
            return False
        word = self.tokens[start].text
        if word.islower() and (word in self.words.direction or word in self.words.divisions or word == "of"):
            return True
        return word.islower() and word in self.words.locative
