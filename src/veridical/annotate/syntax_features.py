"""What the syntax model sees of a word besides its wordpieces, shared by training and run time.

Everything here is plain Python, so that the training scripts and the shipped runtime cannot drift
apart: the folding of characters, the classes of word shape, and the lemma edit scripts.
"""

from __future__ import annotations

SHAPES = ("none", "unknown", "lower", "initial", "title", "upper", "letter", "mixed", "digits", "alnum", "punct", "open", "close")
"""Shape classes by index; "none" is the root position and padding, "unknown" a text without case."""

_UNKNOWN = SHAPES.index("unknown")
_PUNCT, _DIGITS = SHAPES.index("punct"), SHAPES.index("digits")
_OPEN = frozenset("([{“‘«„")
_CLOSE = frozenset(")]}”’»")

# Letters that Unicode does not decompose, and marks that the training text writes in one way only.
_FOLD = str.maketrans(
    {
        "ı": "i",
        "İ": "I",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ə": "e",
        "Ə": "E",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ð": "d",
        "þ": "th",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "ʿ": "'",
        "ʾ": "'",
        "‚": "'",
        "′": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "″": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "―": "—",
        "…": "...",
        "\u00a0": " ",
        "\u200b": "",
    }
)


def fold(word: str) -> str:
    """The word as the uncased tokenizer should read it: undecomposable letters and curly marks made plain."""
    if word.isascii():
        return "'" if word == "`" else word
    return word.translate(_FOLD) or word


def shape_of(word: str, initial: bool) -> int:
    """The index in SHAPES of a word's shape; ``initial`` says that it opens its sentence."""
    if word.islower():
        name = "lower"
    elif not any(c.isalnum() for c in word):
        name = "open" if word[0] in _OPEN else "close" if word[0] in _CLOSE else "punct"
    elif word.isupper():
        letters = sum(c.isalpha() for c in word)
        name = "alnum" if any(c.isdigit() for c in word) else "letter" if letters == 1 else "upper"
        if name == "letter" and initial:
            name = "initial"
    elif not any(c.isalpha() for c in word):
        name = "digits"
    elif word[0].isupper() and word[1:] == word[1:].lower():
        name = "initial" if initial else "title"
    else:
        name = "alnum" if word[0].isdigit() else "mixed"
    return SHAPES.index(name)


def caseless(words: list[str]) -> bool:
    """Whether a sentence tells nothing by its case: nearly all of its longer words are upper case."""
    upper = lower = 0
    for word in words:
        if len(word) > 1:
            upper += word.isupper()
            lower += any(c.islower() for c in word)
    return upper >= 3 and upper >= 6 * lower


def shapes_of(words: list[str], known: bool = True) -> list[int]:
    """One shape index per word; words of a caseless sentence are "unknown" unless plain marks or digits."""
    initial, out = True, []
    for word in words:
        shape = shape_of(word, initial)
        if any(c.isalnum() for c in word):
            initial = False
        if not known and shape < _PUNCT and shape != _DIGITS:
            shape = _UNKNOWN
        out.append(shape)
    return out


def lemma_script(form: str, lemma: str, proper: bool) -> str | None:
    """The edit script that makes ``lemma`` from ``form``: "case|drop|add", or None when it is irregular."""
    low, target = form.lower(), lemma.lower()
    common = 0
    while common < min(len(low), len(target)) and low[common] == target[common]:
        common += 1
    drop, add = len(low) - common, target[common:]
    if drop > 4 or len(add) > 4 or (common == 0 and low != target):
        return None
    stem = form[: len(form) - drop]
    if proper and stem + add == lemma:
        return f"keep|{drop}|{add}"
    if lemma == target:
        return f"low|{drop}|{add}"
    if stem + add == lemma:
        return f"keep|{drop}|{add}"
    return f"title|{drop}|{add}" if lemma == target.capitalize() else None


def apply_script(form: str, script: str) -> str:
    """The lemma that ``script`` makes from ``form``; the form itself where the script does not fit."""
    case, drop, add = script.split("|", 2)
    stem = form[: len(form) - int(drop)] if len(form) > int(drop) else form
    lemma = stem + add
    if case == "low":
        return lemma.lower()
    return lemma.capitalize() if case == "title" else lemma
