"""The built-in syntax annotator: words, lemmas, tags, dependencies and names of a report's text.

A `Syntax` is made once and called with texts. The model and its libraries load with the first call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from veridical.annotate.encoder import Network, Scores
from veridical.annotate.syntax_lemmas import Lemmas
from veridical.annotate.syntax_tokens import Offsets, paragraphs, sentences, words
from veridical.annotate.syntax_trees import best_heads, best_names
from veridical.model import NameSpan, Token

MODEL_FOLDER = Path(__file__).parent / "models"
MAX_SENTENCE_PIECES = 200
"""Longer sentences are cut into several, at a mark of punctuation where there is one."""
_ROUND = 512


@dataclass(frozen=True, slots=True)
class SyntaxResult:
    """All tokens of a text in order, its sentences as token ranges, and its names."""

    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[NameSpan, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A sentence ready for the network: its words, where they stand, their wordpieces."""

    spans: list[Offsets]
    words: list[str]
    pieces: list[list[int]]


class Syntax:
    """Annotates texts; calling it gives a `SyntaxResult` whose offsets are those of the text."""

    def __init__(self, threads: int = 1, model_dir: Path | None = None) -> None:
        """``threads`` bounds the network's threads; ``model_dir`` replaces the shipped model."""
        self._network = Network(model_dir or MODEL_FOLDER, threads)

    def __call__(self, text: str) -> SyntaxResult:
        """The annotation of one text; an empty text has no tokens."""
        tokens: list[Token] = []
        ranges: list[Offsets] = []
        names: list[NameSpan] = []
        pending: list[_Cut] = []
        for cut in self._cuts(text):
            pending.append(cut)
            if len(pending) == _ROUND:
                self._annotate(pending, tokens, ranges, names)
                pending = []
        self._annotate(pending, tokens, ranges, names)
        return SyntaxResult(tuple(tokens), tuple(ranges), tuple(names))

    def _cuts(self, text: str) -> Iterator[_Cut]:
        """The sentences of the text in order, none of them too long for the network."""
        for begin, end in paragraphs(text):
            for start, stop in sentences(text, begin, end):
                spans = words(text, start, stop)
                if spans:
                    yield from self._within_length(text, spans)

    def _within_length(self, text: str, spans: list[Offsets]) -> Iterator[_Cut]:
        """The sentence whole, or in parts of at most MAX_SENTENCE_PIECES wordpieces."""
        forms = [text[a:b] for a, b in spans]
        pieces = self._network.pieces(forms)
        begin = 0
        while begin < len(forms):
            end = _reach(forms, pieces, begin)
            yield _Cut(spans[begin:end], forms[begin:end], pieces[begin:end])
            begin = end

    def _annotate(self, cuts: list[_Cut], tokens: list[Token], ranges: list[Offsets], names: list[NameSpan]) -> None:
        """Adds the annotation of consecutive sentences to the three lists."""
        found: dict[int, tuple[list[_Word], list[tuple[int, int, str]]]] = {}
        for i, scores in self._network.scores([(cut.words, cut.pieces) for cut in cuts]):
            found[i] = (self._words(cuts[i].words, scores), best_names(scores.names, self._network.labels["names"]))
        for i, cut in enumerate(cuts):
            base, number = len(tokens), len(ranges)
            for k, ((start, end), form, word) in enumerate(zip(cut.spans, cut.words, found[i][0], strict=True)):
                head = base + (k if word.head == 0 else word.head - 1)
                tokens.append(Token(base + k, start, end, form, word.lemma, word.upos, word.xpos, head, word.dep, number))
            ranges.append((base, len(tokens)))
            names.extend(NameSpan(base + a, base + b, label) for a, b, label in found[i][1])

    def _words(self, forms: list[str], scores: Scores) -> list[_Word]:
        """The analysis of a sentence's words; heads are 1-based and 0 is the root."""
        labels = self._network.labels
        heads = best_heads(scores.arcs)
        deps = self._network.dependency_labels(scores, heads)
        out = []
        for k, form in enumerate(forms):
            upos, xpos, dep = labels["upos"][scores.upos[k]], labels["xpos"][scores.xpos[k]], labels["deps"][deps[k]]
            lemma = self._lemmas.lemma(form, upos, xpos, labels["scripts"][scores.scripts[k]])
            perfect = dep == "aux" and heads[k] > 0 and labels["xpos"][scores.xpos[heads[k] - 1]] == "VBN"
            if perfect and form.lower() in ("'s", "’s", "'d", "’d"):
                lemma = "have"
            out.append(_Word(int(heads[k]), dep, upos, xpos, lemma))
        return _with_active_subjects(out)

    @cached_property
    def _lemmas(self) -> Lemmas:
        """The maker of lemmas."""
        return Lemmas(self._network.read_json("lemmas.json"))


@dataclass(frozen=True, slots=True)
class _Word:
    """The analysis of one word within its sentence."""

    head: int
    dep: str
    upos: str
    xpos: str
    lemma: str


def _with_active_subjects(found: list[_Word]) -> list[_Word]:
    """The words with ":pass" taken off subjects of perfects that have no passive auxiliary ("they had fired")."""
    passive = {word.head for word in found if word.dep == "aux:pass"}
    perfect = {word.head for word in found if word.dep == "aux" and word.lemma == "have"} - passive
    return [
        replace(word, dep=word.dep.removesuffix(":pass")) if word.dep.endswith("subj:pass") and word.head in perfect else word
        for word in found
    ]


def _reach(forms: list[str], pieces: list[list[int]], begin: int) -> int:
    """Where the part that begins at ``begin`` ends: the sentence's end, or the best place to cut before it."""
    total, end = 0, begin
    while end < len(forms) and total + len(pieces[end]) <= MAX_SENTENCE_PIECES:
        total += len(pieces[end])
        end += 1
    if end == len(forms):
        return end
    for marks in (";", ",:—–"):
        for cut in range(end, begin + (end - begin) // 2, -1):
            if forms[cut - 1] in marks:
                return cut
    return end
