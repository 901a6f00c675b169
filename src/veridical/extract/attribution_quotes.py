"""Quotations as token ranges, over sentences and paragraphs, whatever marks a report uses."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.model import Annotation

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset({'"', "''", "``"})
_LONGEST = 40
"""Sentences after which a quotation that is never closed is taken for a lost mark."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens from ``start`` up to, not including, ``end``, with their marks; ``clauses`` counts as told, not just words in marks."""

    start: int
    end: int
    full: bool

    def __contains__(self, i: object) -> bool:
        return isinstance(i, int) and self.start <= i < self.end


def find_quotations(annotation: Annotation) -> list[Quotation]:
    """The quotations of a report in text order.

    A quotation may run over sentences and, where each paragraph opens with a mark again, over paragraphs. Straight marks
    open before a word and close after one. What is never closed ends with its paragraph.
    """
    tokens, text = annotation.tokens, annotation.report.text
    out: list[Quotation] = []
    opened: int | None = None
    for token in tokens:
        if opened is not None and token.i > opened and _breaks(text, tokens[token.i - 1].end, token.start):
            if not _opens(text, token.start, token.text):
                out.append(_quotation(annotation, opened, token.i))
                opened = None
            continue
        if opened is None and (_opens(text, token.start, token.text) or _opens_run_on(text, token.start, token.text)):
            opened = token.i
        elif opened is not None and _closes(text, token.start, token.text):
            out.append(_quotation(annotation, opened, token.i + 1))
            opened = None
        elif opened is not None and token.sent - tokens[opened].sent > _LONGEST:
            opened = None
    if opened is not None:
        out.append(_quotation(annotation, opened, len(tokens)))
    return out


def _breaks(text: str, end: int, start: int) -> bool:
    return start - end > 1 and "\n" in text[end:start]


def _opens(text: str, at: int, word: str) -> bool:
    if word[0] in _OPENING:
        return True
    return word in _STRAIGHT and (at == 0 or text[at - 1] in " \n\t([—–-") and at + len(word) < len(text) and not text[at + len(word)].isspace()


def _opens_run_on(text: str, at: int, word: str) -> bool:
    """A mark between a full stop and a capital, where a paragraph's end was lost."""
    return word in _STRAIGHT and 0 < at < len(text) - 1 and text[at - 1] in ".!?)" and text[at + len(word):at + len(word) + 1].isupper()


def _closes(text: str, at: int, word: str) -> bool:
    return word[-1] in _CLOSING or (word in _STRAIGHT and not _opens(text, at, word))


def _quotation(annotation: Annotation, start: int, end: int) -> Quotation:
    """``full`` when a clause is quoted: several words with a verb, or a sentence's end inside the marks."""
    tokens = annotation.tokens
    length = sum(tokens[k].text[0].isalnum() for k in range(start, end))
    verb = any(tokens[k].pos in ("VERB", "AUX") for k in range(start, end))
    ended = any(tokens[k].text[-1] in ".?!," for k in range(max(start, end - 2), end))
    return Quotation(start, end, length >= 3 and ((verb and length >= 4) or ended))
