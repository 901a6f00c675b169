"""Quantities of a report: how many people, with bounds as DESIGN.md's "Counts" gives them, and what is counted.

Found by forms over words; what only looks like a count (ages, dates, money, measures, laws, addresses, scores)
is left out. A number without a noun is kept only near words of harm or of tolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from veridical.annotate.quantities_forms import FORMS, make_grammar, read, table
from veridical.annotate.quantities_nouns import counted_noun, is_harm_near
from veridical.annotate.times_grammar import Match
from veridical.model import Quantity, Report, TimeMention, Token

_AGE_LIMIT = 120
_ALONE = frozenset(("was", "is", "has", "died", "remains", "critically", "seriously", "in", ".", ",", ""))


def find_quantities(
    report: Report, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]], times: Sequence[TimeMention] = ()
) -> tuple[Quantity, ...]:
    """The quantities of a report in text order; numbers within ``times`` are left to them.

    The token range holds the number with its bound ("more than 100"), not the noun.
    """
    grammar = make_grammar()
    texts = [token.text for token in tokens]
    words = [text.lower() for text in texts]
    code = grammar.lexicon.encode(texts)
    taken = {i for time in times for i in range(time.start, time.end)}
    out: list[Quantity] = []
    for begin, end in sentences:
        for match in grammar.find(code, begin, end):
            if not taken.isdisjoint(range(match.start, match.end)):
                continue
            quantity = _quantity(match, tokens, words, (begin, end))
            if quantity:
                out.append(quantity)
    return tuple(out)


def _quantity(match: Match, tokens: Sequence[Token], words: Sequence[str], sentence: tuple[int, int]) -> Quantity | None:
    kind = FORMS[match.form][1]
    bounds = read(match, words)
    if bounds is None:
        return None
    alone = kind in ("one", "another") or words[match.start : match.end] in (["one"], ["1"])
    noun, person = counted_noun(match, tokens, words, sentence[1], kind != "zero" and bounds[1] == 1)
    if kind == "no":
        noun, person = counted_noun(match, tokens, words, sentence[1], False) if noun is None else (noun, person)
    if kind not in ("one", "another", "no", "zero") and _is_other(match, tokens, words, sentence, person):
        return None
    if alone or kind == "no":
        if not (person if noun is not None else _stands_alone(kind, match, words, sentence)):
            return None
    elif noun is None and kind != "zero" and not is_harm_near(match, words, sentence):
        return None
    more = "more" in match.parts or "last" in match.parts or (noun is not None and words[noun] in table()["words"]["more_after"])
    return Quantity(match.start, match.end, *bounds, noun, more)


def _stands_alone(kind: str, match: Match, words: Sequence[str], sentence: tuple[int, int]) -> bool:
    """Whether "one" or "another" without a noun is a person, near harm ("killing one and wounding another")."""
    after = words[match.end] if match.end < sentence[1] else ""
    if kind == "another":
        return after in _ALONE and is_harm_near(match, words, sentence)
    closed = not after[:1].isalpha() or after in _ALONE or after in table()["words"]["stop"] or after in table()["words"]["harm"]
    return kind == "number" and closed and after not in ("-", "’s", "'s") and is_harm_near(match, words, sentence, 2)


@lru_cache(maxsize=1)
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(listed) for name, listed in table()["not_counted"].items()}


def _is_other(match: Match, tokens: Sequence[Token], words: Sequence[str], sentence: tuple[int, int], person: bool) -> bool:
    """Whether the number is no count: money, measure, date, law, address, age, score, part of a name.

    What stands before it ("Room 25") does not matter where people are counted.
    """
    sets, (begin, end) = _sets(), sentence
    before = words[match.start - 1] if match.start > begin else ""
    after = words[match.end] if match.end < end else ""
    later = words[match.end + 1] if match.end + 1 < end else ""
    if before in sets["signs"] or before in sets["months"] or (before == "-" and match.start - 2 >= begin):
        return True
    if after in sets["units"] or after in sets["money"] or after in sets["months"] or after in sets["time_units"]:
        return True
    if after in ("-", "–", ":", "/", "'") or (after == "." and later.isdigit() and _glued(tokens, match.end)):
        return not (after == "–" and not _glued(tokens, match.end))
    earlier = words[match.start - 2] if match.start - 2 >= begin else ""
    named = before in sets["before"] or words[match.start] in sets["names"] or (before == "." and earlier in sets["before"])
    if named and not person:
        return True
    if before in ("/", ":", "#") or _is_decimal(match, words):
        return True
    return _is_age(match, tokens, words, sentence) or _is_year(match, words) or _is_address(match, tokens, sentence)


def _glued(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i - 1].end == tokens[i].start


def _is_decimal(match: Match, words: Sequence[str]) -> bool:
    return "n" in match.parts and match.end - match.start == 1 and "." in words[match.start]


def _is_year(match: Match, words: Sequence[str]) -> bool:
    """A bare number from 1900 to 2099, after a preposition or a determiner, reads as a year."""
    word = words[match.end - 1]
    return (
        len(word) == 4
        and word.isdigit()
        and 1900 <= int(word) <= 2099
        and match.end - match.start == 1
        and match.start > 0
        and words[match.start - 1] in ("in", "since", "until", "by", "the", "of", "from", "during", "(")
    )


def _is_age(match: Match, tokens: Sequence[Token], words: Sequence[str], sentence: tuple[int, int]) -> bool:
    """ ", 27," behind a name, "aged 27", "aged between 20 and 30"."""
    before = words[match.start - 1] if match.start > sentence[0] else ""
    if before in ("aged", "age", "ages") or (match.start - 2 >= sentence[0] and words[match.start - 2] in ("aged", "ages")):
        return True
    word = words[match.start]
    if match.end - match.start != 1 or not word.isdigit() or not 0 < int(word) < _AGE_LIMIT or before not in (",", "("):
        return False
    named = match.start - 2 >= sentence[0] and tokens[match.start - 2].text[:1].isupper()
    after = words[match.end] if match.end < sentence[1] else "."
    return named and after in (",", ".", ")", ";", "and", "from", "of", "was", "were", "who", "--")


def _is_address(match: Match, tokens: Sequence[Token], sentence: tuple[int, int]) -> bool:
    """ "12 Harbour Road": a number, up to three capitalised words, a word for a street."""
    streets = _sets()["streets"]
    if not tokens[match.end - 1].text.isdigit():
        return False
    for i in range(match.end, min(match.end + 4, sentence[1])):
        text = tokens[i].text
        if not (text[:1].isupper() or text[:1].isdigit()):
            return False
        if text.lower() in streets and i > match.end:
            return True
    return False
