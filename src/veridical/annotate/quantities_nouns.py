"""The noun that a number counts: by the words behind it, and by the parse where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from veridical.annotate.quantities_forms import table
from veridical.annotate.times_grammar import Match
from veridical.model import Token

_REACH = 7
_HARM_BEFORE, _HARM_AFTER = 7, 4
_OF_THE = frozenset(("the", "its", "his", "her", "their", "these", "those", "them", "whom", "our", "all"))
_NOUN_TAGS = frozenset(("NOUN", "PROPN"))


@lru_cache(maxsize=1)
def _person_nouns() -> frozenset[str]:
    singular = table()["nouns"]["person"]
    return frozenset(singular)


@lru_cache(maxsize=1)
def _people_nouns() -> frozenset[str]:
    nouns = table()["nouns"]
    plurals = {plural for noun in nouns["person"] for plural in _plurals(noun)}
    return frozenset(plurals | set(nouns["people"]))


@lru_cache(maxsize=1)
def _words(name: str) -> frozenset[str]:
    return frozenset(table()["nouns"][name] if name in ("states", "modifiers") else table()["words"][name])


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("man"):
        return (noun[:-3] + "men",)
    if noun.endswith(("ch", "sh", "s")):
        return (noun + "es",)
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return (noun[:-1] + "ies",)
    return (noun + "s", noun.replace("-", "s-")) if "-" in noun else (noun + "s",)


def is_harm_near(match: Match, words: Sequence[str], sentence: tuple[int, int], after: int = _HARM_AFTER) -> bool:
    """Whether a word of harm or of a toll stands shortly before or behind the number."""
    harm = _words("harm")
    begin = max(sentence[0], match.start - _HARM_BEFORE)
    end = min(sentence[1], match.end + after)
    return not harm.isdisjoint(words[begin : match.start]) or not harm.isdisjoint(words[match.end : end])


def counted_noun(match: Match, tokens: Sequence[Token], words: Sequence[str], end: int, single: bool) -> tuple[int | None, bool]:
    """The token that is counted, or ``None``, and whether it is known to name people.

    ``single`` says that the number is one, so that the noun is a singular.
    """
    if "last" in match.parts and words[match.end - 1] == "others":
        return match.end - 1, True
    known = _known_noun(match.end, tokens, words, end, single)
    if known is not None:
        return known, True
    parsed = _parsed_noun(match, tokens)
    if parsed is not None:
        return parsed, False
    return _likely_noun(match.end, tokens, words, end), False


def _known_noun(i: int, tokens: Sequence[Token], words: Sequence[str], end: int, single: bool) -> int | None:
    """The last of the first run of listed nouns that is reached without crossing a stop word."""
    people, person, states = _people_nouns(), _person_nouns(), _words("states")
    whole = i < end and words[i] == "of"
    i = _skip_of(i, words, end)
    found: int | None = None
    for j in range(i, min(i + _REACH, end)):
        word = words[j]
        fits = word in (person if single and not whole else people) or (single and word in states)
        if fits and not _modifies(j, tokens, words, end):
            if found is not None and word in states:
                break
            if not (word in states and _describes(j, words, end)):
                found = j
            if single and j + 1 < end and words[j + 1] in ("'s", "’s"):
                return None  # "a driver's licence" counts no driver
        elif found is not None or _stops(j, tokens, words, end):
            break
    return found


def _stops(j: int, tokens: Sequence[Token], words: Sequence[str], end: int) -> bool:
    """Whether no counted noun can lie behind the token; "IS" in a text with small letters is a name."""
    word, text = words[j], tokens[j].text
    if word in _words("stop"):
        return not (text.isupper() and len(text) > 1 and j + 1 < end and not tokens[j + 1].text.isupper())
    return not word[0].isalnum() and word not in ("-", '"', "“", "”")


def _modifies(j: int, tokens: Sequence[Token], words: Sequence[str], end: int) -> bool:
    """Whether a listed noun stands before the noun proper ("a police report")."""
    token = tokens[j]
    if token.pos and (token.dep in ("amod", "compound") and j < token.head < end):
        return words[token.head] not in _people_nouns() and words[token.head] not in _person_nouns()
    if words[j] not in _words("modifiers") or j + 1 >= end or token.pos == "NOUN":
        return False
    after = words[j + 1]
    if after in _people_nouns() or after in _person_nouns():
        return False
    verb_like = after.endswith(("ed", "s", "ing", "ly")) or after in _words("harm") or after in _words("stop")
    return after[0].isalpha() and not verb_like


def _describes(j: int, words: Sequence[str], end: int) -> bool:
    """Whether "injured", "missing" and so on stand before a listed noun ("12 injured soldiers")."""
    listed = _people_nouns() | _person_nouns()
    return any(
        words[k] in listed and words[k] not in _words("states")
        for k in range(j + 1, min(j + 3, end))
        if all(words[m] not in _words("stop") and words[m][0].isalnum() for m in range(j + 1, k))
    )


def _skip_of(i: int, words: Sequence[str], end: int) -> int:
    """Behind "of", "of the", "of his"."""
    if i < end and words[i] == "of":
        i += 1
        while i < end and words[i] in _OF_THE:
            i += 1
    return i


def _parsed_noun(match: Match, tokens: Sequence[Token]) -> int | None:
    """The noun behind the number that the parse makes its head."""
    for i in range(match.end - 1, match.start - 1, -1):
        token = tokens[i]
        if token.dep.startswith(("nummod", "det", "amod")) and match.end <= token.head < match.end + _REACH:
            head = tokens[token.head]
            return head.i if head.pos in _NOUN_TAGS else None
    return None


def _likely_noun(i: int, tokens: Sequence[Token], words: Sequence[str], end: int) -> int | None:
    """Without a parse: the first plain plural behind the number."""
    i = _skip_of(i, words, end)
    for j in range(i, min(i + 4, end)):
        word, token = words[j], tokens[j]
        if (
            _stops(j, tokens, words, end)
            or not word[0].isalpha()
            or (token.pos and token.pos in ("VERB", "AUX", "ADP", "PRON", "SCONJ", "CCONJ"))
        ):
            return None
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous")) and not token.pos:
            return j
        if token.pos in _NOUN_TAGS and (j + 1 >= end or tokens[j + 1].pos not in _NOUN_TAGS):
            return j
    return None
