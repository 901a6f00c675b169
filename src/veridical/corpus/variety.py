"""How varied texts are: words, shared word sequences, openings and sentence frames; for any set of texts, ours or another corpus.

Type-token ratio is the moving average over windows of 500 words (Covington and McFall 2010), so that sets of different size
compare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, pstdev

from veridical.corpus.counting import words_of
from veridical.corpus.document import Document
from veridical.corpus.stories import Story

WINDOW = 500
GRAM = 5
_QUOTE = re.compile(r"[\"“”]")
_END = re.compile(r"(?<=[.!?][\"”’)])\s+(?=[A-Z“\"])|(?<=[.!?])\s+(?=[A-Z“\"])|\n+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the group within which repetition is expected (a story)."""

    id: str
    group: str
    text: str


@dataclass(frozen=True)
class Variety:
    """Measures over a set of texts."""

    texts: Sequence[Text]

    @cached_property
    def _words(self) -> Mapping[str, list[str]]:
        return {t.id: [w.casefold() for w in words_of(t.text)] for t in self.texts}

    @property
    def words(self) -> int:
        """The number of words."""
        return sum(map(len, self._words.values()))

    @property
    def type_token_ratio(self) -> float:
        """The mean share of different words in windows of 500 words, texts strung together."""
        stream = [w for t in self.texts for w in self._words[t.id]]
        starts = range(0, max(1, len(stream) - WINDOW + 1), 50)
        ratios = [len(set(stream[i : i + WINDOW])) / len(stream[i : i + WINDOW]) for i in starts if stream[i : i + WINDOW]]
        return sum(ratios) / len(ratios) if ratios else 0.0

    @cached_property
    def _gram_groups(self) -> Mapping[tuple[str, ...], set[str]]:
        found: dict[tuple[str, ...], set[str]] = {}
        for t in self.texts:
            for gram in _grams(self._words[t.id]):
                found.setdefault(gram, set()).add(t.group)
        return found

    @property
    def measures(self) -> Mapping[str, float]:
        """All measures by name; shares are fractions, lengths words."""
        frames, openings, grams = self.frames, self.openings, self.shared_grams
        lengths = [len(words_of(x)) for t in self.texts for x in sentences(t.text)] or [0]
        words = max(self.words, 1)
        return {
            "words a report": words / max(len(self.texts), 1),
            "words a sentence or line": fmean(lengths),
            "words a sentence or line, standard deviation": pstdev(lengths),
            "numbers in figures, of 100 words": 100 * sum(w[0].isdigit() for x in self._words.values() for w in x) / words,
            "quotation marks, of 100 words": 100 * sum(len(_QUOTE.findall(t.text)) for t in self.texts) / words,
            "type-token ratio (windows of 500)": self.type_token_ratio,
            "5-word sequences that other groups have too": self.overlap,
            "most groups that share a 5-word sequence": float(grams[0][1] if grams else 1),
            "most groups that open with one frame": float(max(openings.values(), default=0)),
            "openings whose frame stands once": _single(openings),
            "most groups that share a sentence frame": float(max(frames.values(), default=0)),
            "sentence frames that stand once": _single(frames),
        }

    @cached_property
    def overlaps(self) -> Mapping[str, float]:
        """For each text the share of its 5-word sequences that stand in a text of another group too."""
        return {
            t.id: sum(len(self._gram_groups[g]) > 1 for g in grams) / len(grams)
            for t in self.texts
            if (grams := _grams(self._words[t.id]))
        }

    @property
    def overlap(self) -> float:
        """The mean of `overlaps`."""
        return sum(self.overlaps.values()) / len(self.overlaps) if self.overlaps else 0.0

    @property
    def shared_grams(self) -> list[tuple[str, int]]:
        """The 5-word sequences of most groups, with the number of groups."""
        shared = Counter({" ".join(g): len(s) for g, s in self._gram_groups.items() if len(s) > 2})
        return sorted(shared.items(), key=lambda x: (-x[1], x[0]))

    @property
    def openings(self) -> Counter[str]:
        """How many groups have a text that opens with the same frame (see `frame`)."""
        return self._by_group((t, [s]) for t in self.texts if (s := next(sentences(_body(t.text)), None)))

    @property
    def frames(self) -> Counter[str]:
        """How many groups have a sentence of the same frame."""
        return self._by_group((t, sentences(t.text)) for t in self.texts)

    def _by_group(self, found: Iterable[tuple[Text, Iterable[str]]]) -> Counter[str]:
        groups: dict[str, set[str]] = {}
        for text, held in found:
            for sentence in held:
                if key := frame(sentence):
                    groups.setdefault(key, set()).add(text.group)
        return Counter({k: len(v) for k, v in groups.items()})


def texts_of(stories: Iterable[Story]) -> list[Text]:
    """The texts of stories without their web noise, each story a group."""
    return [Text(d.id, s.id, _without_noise(d)) for s in stories for d in s.documents]


def _without_noise(document: Document) -> str:
    kept, last = [], 0
    for mark in document.tagged("noise"):
        kept.append(document.text[last : mark.start])
        last = mark.end
    return "".join([*kept, document.text[last:]]).strip()


def _single(counts: Counter[str]) -> float:
    return sum(n == 1 for n in counts.values()) / len(counts) if counts else 0.0


def sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text, cut at final marks and line ends; good enough to compare beginnings."""
    return (s.strip() for s in _END.split(text) if s.strip())


def frame(sentence: str, length: int = 7) -> str | None:
    """The first words of a sentence with names and numbers as slots; ``None`` for what is too short to have a form.

    >>> frame("At least 12 people were killed when a bomb exploded in Kano.")
    'at least # people were killed when'
    """
    words = words_of(sentence)
    if len(words) < length:
        return None
    slots: list[str] = []
    for i, word in enumerate(words[: 2 * length]):
        slot = "#" if word[0].isdigit() else "N" if i and word[0].isupper() else word.casefold()
        if not (slots and slot == slots[-1] and slot in "#N"):
            slots.append(slot)
    return " ".join(slots[:length]) if len(slots) >= length - 2 else None


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]


def _body(text: str) -> str:
    """The text after its title."""
    return text.partition("\n\n")[2] or text
