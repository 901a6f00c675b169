"""A small grammar over words: forms are compiled once to regular expressions over one symbol a token.

A token becomes one character that stands for the set of word classes it belongs to, so that a form such
as ``d:DAY of? m:MONTH ,? y:YEAR?`` is matched at the speed of `re` and still reads as what it finds.

The notation, items separated by spaces: ``NAME`` a class, ``word`` a literal (lower case), ``x:ITEM`` a named
item, ``( a | b )`` choice, ``? * +`` as in `re`; ``>>(`` must follow, ``>!(`` must not follow, ``<<(`` must stand
before, ``<!(`` must not stand before (one token), each closed by ``)``; ``$NAME`` a macro; ``START`` the
sentence's start; ``ANY`` any token.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_ITEM = re.compile(r"(?:(?P<name>[a-z][a-z0-9]*):(?=.))?(?P<atom>>>\(|>!\(|<<\(|<!\(|.+?)(?P<times>[?*+]?)")
_OPEN = {"(": "(?:", ">>(": "(?=", ">!(": "(?!", "<<(": "(?<=", "<!(": "(?<!"}
_OTHER = "\u00ff"
_MEMO_LIMIT = 200_000


def load_words(name: str) -> dict[str, Any]:
    """The tables of ``veridical/data/<name>.toml``."""
    return tomllib.loads(files("veridical").joinpath("data", f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Match:
    """A form found at tokens ``start`` to ``end`` with its named items as token ranges."""

    form: int
    start: int
    end: int
    parts: Mapping[str, tuple[int, int]]


class Lexicon:
    """Which classes each word belongs to, and which symbol stands for them.

    ``words`` maps lower-case words to classes. ``shape`` names the shape of a token that is in no list
    (or ``None``); ``shapes`` maps each shape to its classes. Words of ``capital_only`` belong to classes
    with the prefix ``SMALL`` where they begin with a small letter.
    """

    def __init__(
        self,
        words: Mapping[str, frozenset[str]],
        shapes: Mapping[str, frozenset[str]],
        shape: Callable[[str], str | None],
        capital_only: frozenset[str] = frozenset(),
    ) -> None:
        self.words = dict(words)
        self._shapes, self._shape, self._capital_only = shapes, shape, capital_only
        self._symbols: dict[frozenset[str], str] = {frozenset(): _OTHER}
        self._memo: dict[str, str] = {}

    def add_literals(self, literals: set[str]) -> None:
        """Make each literal word a class of its own; called by the grammar before it compiles."""
        for word in literals:
            self.words[word] = self.classes(word, every=True) | {"'" + word}
        sets = {*self.words.values(), *self._shapes.values()}
        sets |= {_small(self.words[w]) for w in self._capital_only if w in self.words}
        for number, classes in enumerate(sorted((s for s in sets if s), key=sorted)):
            self._symbols.setdefault(classes, chr(0x100 + number))

    def encode(self, texts: Sequence[str]) -> str:
        """One symbol for each token."""
        memo = self._memo
        if len(memo) > _MEMO_LIMIT:
            memo.clear()
        try:
            return "".join([memo[text] for text in texts])
        except KeyError:
            for text in texts:
                if text not in memo:
                    memo[text] = self._symbols[self.classes(text)]
            return "".join([memo[text] for text in texts])

    def classes(self, text: str, every: bool = False) -> frozenset[str]:
        """The classes of one token; ``every`` takes a small letter for a capital."""
        word = text.lower()
        found = self.words.get(word)
        if found is None:
            shape = self._shape(word)
            return self._shapes[shape] if shape else frozenset()
        if word in self._capital_only and text[0].islower() and not every:
            return _small(found)
        return found

    def charset(self, name: str) -> str:
        """The regular expression for a class (or, with a leading quote, a literal)."""
        chars = [symbol for classes, symbol in self._symbols.items() if name in classes]
        if not chars:
            raise KeyError(f"no word or shape belongs to {name!r}: add it to the word list")
        return chars[0] if len(chars) == 1 else "[" + "".join(sorted(chars)) + "]"


def _small(classes: frozenset[str]) -> frozenset[str]:
    """What is left of a word that should have a capital: its literal, and ``SMALL`` for each of its classes."""
    return frozenset(c if c[0] == "'" else "SMALL" + c for c in classes)


class Grammar:
    """Forms in order of preference, compiled over a lexicon; earlier forms win where several match."""

    def __init__(
        self, lexicon: Lexicon, forms: Sequence[str], core: Sequence[str], macros: Mapping[str, str] | None = None
    ) -> None:
        self.lexicon = lexicon
        written = [_expand(form, macros or {}) for form in forms]
        lexicon.add_literals({atom for form in written for atom in _literals(form)})
        pieces = [f"(?P<f{i}>{self._translate(form, i)})" for i, form in enumerate(written)]
        self._pattern = re.compile("|".join(pieces))
        self._run = re.compile(f"[^{_OTHER}]+")
        self._core = re.compile("|".join(map(lexicon.charset, core)))
        self._names = [{name: f"f{i}_{name}" for name in _names(form)} for i, form in enumerate(written)]

    def find(self, code: str, start: int, end: int) -> Iterator[Match]:
        """The forms found in ``code[start:end]``, left to right, none overlapping another."""
        piece = code[start:end]
        for run in self._run.finditer(piece):
            if not self._core.search(piece, run.start(), run.end()):
                continue
            # One token more, because a form may ask what stands behind it.
            for found in self._pattern.finditer(piece, run.start(), min(run.end() + 1, len(piece))):
                group = found.lastgroup or "f0"
                form = int(group[1:])
                parts = {
                    name: (found.start(key) + start, found.end(key) + start)
                    for name, key in self._names[form].items()
                    if found.start(key) >= 0
                }
                yield Match(form, found.start() + start, found.end() + start, parts)

    def _translate(self, form: str, number: int) -> str:
        out = []
        for item in form.split():
            match = _ITEM.fullmatch(item)
            if match is None:
                raise ValueError(f"{item!r} is no item of a form: see the notation in this module")
            name, atom, times = match["name"], match["atom"], match["times"]
            group = f"(?P<f{number}_{name}>" if name else "(?:"
            if atom in _OPEN:
                out.append(group if name else _OPEN[atom])
            elif atom in (")", "|"):
                out.append(atom + times)
            elif atom == "START":
                out.append(r"\A")
            elif atom == "ANY":
                out.append("." + times)
            else:
                chars = self.lexicon.charset(atom if atom.isupper() else "'" + atom)
                out.append(f"{group}{chars}){times}" if name else chars + times)
        return "".join(out)


def _expand(form: str, macros: Mapping[str, str]) -> str:
    """The form with its macros written out, ``x:$NAME?`` as a named group with its repetition."""
    while "$" in form:
        form = re.sub(r"(?<!\S)((?:[a-z]\w*:)?)\$([A-Z]+)([?*+]?)", lambda m: f"{m[1]}( {macros[m[2]]} ){m[3]}", form)
    return form


def _literals(form: str) -> Iterator[str]:
    for item in form.split():
        match = _ITEM.fullmatch(item)
        if match and match["atom"] not in _OPEN and match["atom"] not in (")", "|") and not match["atom"].isupper():
            yield match["atom"]


def _names(form: str) -> Iterator[str]:
    for item in form.split():
        match = _ITEM.fullmatch(item)
        if match and match["name"]:
            yield match["name"]
