"""Whether two names can be names of one thing: spelling, acronyms, aliases, shorter and longer forms.

Everything here judges names *within one incident or one proven context*; that two reports speak of
one person is for `veridical.resolve.actors`, which never joins on a bare surname.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from veridical.lexicon import noun_class
from veridical.resolve.knowledge import knowledge

_WORD = re.compile(r"\w+")
_BRACKET = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_POSSESSIVE = re.compile(r"['’`´]s?(?=\W|$)")
_PLAIN = str.maketrans(
    {
        "ı": "i",
        "İ": "I",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
    }
)
# Letters that transliterations into English exchange for one another, longest first.
_SOUNDS = (
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ch", "c"),
    ("sh", "s"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "z"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("ai", "e"),
    ("ei", "e"),
    ("ay", "e"),
    ("ey", "e"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
)


def flatten(text: str) -> str:
    """As `fold`, for long texts that are not worth remembering."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text).translate(_PLAIN))
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).lower()))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, punctuation and possessives; words parted by single spaces.

    >>> fold("Kılıçdaroğlu’s  Party (CHP)")
    'kilicdaroglu party chp'
    """
    return flatten(text)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words that tell, without articles, prepositions and titles, plurals as singulars."""
    known = knowledge()
    every = fold(text).split()
    found = tuple(singular(w) for w in every if w not in known.stop and w not in known.titles)
    return found or tuple(every)


def singular(word: str) -> str:
    """The word without a plural s; irregular nouns from the data file."""
    known = knowledge().irregular.get(word)
    if known:
        return known
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=65536)
def forms(text: str) -> tuple[str, ...]:
    """A name, and where it ends in brackets, the name and the bracketed short form by themselves."""
    found = _BRACKET.match(text)
    return (text,) if not found else (text, found.group(1), found.group(2))


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {fold(name): fold(group[0]) for group in knowledge().alias_groups for name in group}


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """One key for all public names of a well-known organisation; otherwise the telling words."""
    for form in forms(text):
        bare = fold(form)
        known = _aliases().get(bare) or _aliases().get(bare.removeprefix("the "))
        if known:
            return known
    return " ".join(words(forms(text)[1] if len(forms(text)) > 1 else text))


@lru_cache(maxsize=65536)
def is_described(name: str, kind: str = "other") -> bool:
    """True for a description ("two gunmen", "ISIL members"), False for a proper name.

    A person's description ends in a common noun; an organisation's has no capital anywhere. Scripts
    without capitals count as names.
    """
    tokens = _WORD.findall(name)
    cased = [t for t in tokens if t[0].isupper() or t[0].islower()]
    if not cased:
        return not tokens
    content = [t for t in cased if fold(t) not in knowledge().stop] or cased
    if kind == "person" and all(_is_common(t) for t in content):
        return True  # "Gunman", "Two Bombers": capital letters of a headline or of a sentence's first word
    if kind in ("organization", "group", "facility", "place"):
        return not any(t[0].isupper() for t in content)
    return not content[-1][0].isupper()


@lru_cache(maxsize=16384)
def _is_common(word: str) -> bool:
    """Whether a word is a noun for people or a number word, however it is written."""
    bare = singular(fold(word))
    return bare in knowledge().numbers or any(noun_class(bare, c) for c in ("human", "attacker", "authority", "suspect"))


def is_acronym(short: str, long: str) -> bool:
    """Whether ``short`` is made of the initials of ``long``, with or without its small words.

    >>> is_acronym("CHP", "Cumhuriyet Halk Partisi"), is_acronym("UN", "United States")
    (True, False)
    """
    letters = fold(short).replace(" ", "")
    if not (2 <= len(letters) <= 8) or " " in fold(short) or sum(c.isupper() for c in short) < 2:
        return False
    return letters in initials(long)


@lru_cache(maxsize=65536)
def initials(name: str) -> tuple[str, ...]:
    """The first letters of a name of several words, with and without its small words."""
    every = fold(name).split()
    if len(every) < 2:
        return ()
    telling = [w for w in every if w not in knowledge().stop]
    return tuple(dict.fromkeys(("".join(w[0] for w in every), "".join(w[0] for w in telling))))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A pattern that the usual transliterations of one name share."""
    for a, b in _SOUNDS:
        word = word.replace(a, b)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def spelled_alike(a: str, b: str) -> bool:
    """Whether two folded words can be two transliterations or a slip of one name.

    One sound pattern, or for words of seven letters and more a single edit that is not at the end:
    endings tell names apart (Daniel, Daniela).
    """
    if a == b:
        return True
    if a[:-1] == b[:-1] or a[:-1] == b or b[:-1] == a:
        return min(len(a), len(b)) > 5 and a[-1] in "szvw" and b[-1] in "szvw"
    x, y = sound(a), sound(b)
    if len(a) > 3 and len(b) > 3 and x == y:
        return True
    from rapidfuzz.distance import Levenshtein

    return min(len(a), len(b)) >= 7 and a[0] == b[0] and Levenshtein.distance(x, y, score_cutoff=1) == 1 and x[-1] == y[-1]


@lru_cache(maxsize=65536)
def same_person(a: str, b: str) -> bool:
    """Whether two names can name one person of one incident.

    Equal words, spelling variants word by word, or one name inside the other with the same last
    word ("Masharipov", "Abdulkadir Masharipov"). Two given names that differ keep persons apart.
    """
    x, y = words(a), words(b)
    if not x or not y:
        return False
    if x == y or sorted(x) == sorted(y):
        return True
    if len(x) == len(y):
        return (
            len(x) > 1
            and all(spelled_alike(p, q) for p, q in zip(x, y, strict=True))
            and any(p == q or len(p) > 4 for p, q in zip(x, y, strict=True))
        )
    short, long = (x, y) if len(x) < len(y) else (y, x)
    if len(short) == 1:
        return len(short[0]) > 2 and short[0] in (long[-1], *long[-2:])
    return all(any(p == q or spelled_alike(p, q) for q in long) for p in short)


@lru_cache(maxsize=65536)
def same_organization(a: str, b: str) -> bool:
    """Whether two names can name one organisation or group of one incident: alias, acronym, shorter form."""
    if canonical(a) == canonical(b):
        return True
    for x in forms(a):
        for y in forms(b):
            if is_acronym(x, y) or is_acronym(y, x) or fold(x) == fold(y):
                return True
    if canonical(a) in _aliases().values() and canonical(b) in _aliases().values():
        return False
    p, q = frozenset(words(a)), frozenset(words(b))
    short = p if len(p) <= len(q) else q
    return p != q and short == p & q and not short <= knowledge().generic


@lru_cache(maxsize=65536)
def same_name(a: str, b: str, kind: str = "other") -> bool:
    """Whether two names of this kind can name one thing within one incident."""
    if fold(a) == fold(b):
        return True
    if kind == "person":
        return same_person(a, b)
    if kind in ("organization", "group"):
        return same_organization(a, b)
    p, q = frozenset(words(a)), frozenset(words(b))
    small = p if len(p) <= len(q) else q
    return canonical(a) == canonical(b) or (bool(small) and small == p & q and not small <= knowledge().generic)
