"""Quotations as token ranges, over sentences and paragraphs, whatever marks a report uses."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.extract.attribution_words import stances
from veridical.model import Annotation, Token

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset({'"', "''", "``"})
_NEAR = 16
"""Tokens between a quotation and the verb of its cue."""
_LONGEST = 40
"""Sentences after which a quotation that is never closed is taken for a lost mark."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens from ``start`` up to, not including, ``end``, with their marks; ``full`` when a clause is quoted."""

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
    return (
        word in _STRAIGHT
        and (at == 0 or text[at - 1] in " \n\t([—–-")
        and at + len(word) < len(text)
        and not text[at + len(word)].isspace()
    )


def _opens_run_on(text: str, at: int, word: str) -> bool:
    """A mark between a full stop and a capital, where a paragraph's end was lost."""
    return (
        word in _STRAIGHT
        and 0 < at < len(text) - 1
        and text[at - 1] in ".!?)"
        and text[at + len(word) : at + len(word) + 1].isupper()
    )


def _closes(text: str, at: int, word: str) -> bool:
    return word[-1] in _CLOSING or (word in _STRAIGHT and not _opens(text, at, word))


def _quotation(annotation: Annotation, start: int, end: int) -> Quotation:
    """``full`` when a clause is quoted: several words with a verb, or a sentence's end inside the marks."""
    tokens = annotation.tokens
    length = sum(tokens[k].text[0].isalnum() for k in range(start, end))
    verb = any(tokens[k].pos in ("VERB", "AUX") for k in range(start, end))
    ended = any(tokens[k].text[-1] in ".?!," for k in range(max(start, end - 2), end))
    return Quotation(start, end, length >= 3 and ((verb and length >= 4) or ended))


def quoted_beside(annotation: Annotation, verb: Token, quotations: list[Quotation]) -> bool:
    """Whether a quotation stands right beside a verb's cue."""
    return any(q.full and verb.i not in q and _beside(annotation, verb, q) for q in quotations)


def belongs(annotation: Annotation, verb: Token, quotation: Quotation, content: frozenset[int], inside: Quotation | None) -> bool:
    """Whether a quotation is the verb's: it shares tokens with its content, or stands right beside its cue."""
    if verb.i in quotation or (inside is not None and not (inside.start <= quotation.start and quotation.end <= inside.end)):
        return False
    shared = sum(k in content for k in range(quotation.start, quotation.end))
    if shared and annotation.tokens[quotation.start].sent == annotation.tokens[quotation.end - 1].sent:
        return shared * 2 >= quotation.end - quotation.start or _beside(annotation, verb, quotation)
    return _beside(annotation, verb, quotation)


def _beside(annotation: Annotation, verb: Token, quotation: Quotation) -> bool:
    """Whether only the speaker stands between a quotation and the verb: no other verb of speech, no clause's end."""
    tokens = annotation.tokens
    if 0 <= verb.i - quotation.end < _NEAR and tokens[quotation.end - 1].sent in (verb.sent, verb.sent - 1):
        between = range(quotation.end, verb.i)
        closed = any(
            tokens[k].text in ",?!—–-"
            for k in range(max(quotation.start, quotation.end - 2), min(quotation.end + 1, len(tokens)))
        )
        return (
            closed
            and tokens[quotation.end].sent == verb.sent
            and _only_speaker(annotation, between, verb)
            and not _interrupted(annotation, between, verb)
        )
    if 0 < quotation.start - verb.i < _NEAR and tokens[quotation.start].sent in (verb.sent, verb.sent + 1):
        lead = tokens[quotation.start - 1].text
        if lead not in (":", ",") and quotation.start - verb.i > 1:
            return False
        if lead == "," and tokens[quotation.start].sent != verb.sent:
            return False
        return not _interrupted(annotation, range(verb.i + 1, quotation.start), verb)
    return False


def _only_speaker(annotation: Annotation, between: range, verb: Token) -> bool:
    """Whether what stands between a quotation and its verb is the verb's subject, with few words around it."""
    subjects = {k for c in annotation.children(verb.i, "nsubj", "aux", "advmod") for k in annotation.subtree(c)}
    rest = [k for k in between if k not in subjects and annotation.tokens[k].pos != "PUNCT"]
    return len(rest) <= 2 and not any(annotation.tokens[k].pos in ("VERB", "AUX") for k in rest)


def _interrupted(annotation: Annotation, between: range, verb: Token) -> bool:
    for k in between:
        token = annotation.tokens[k]
        if token.text in (";", "“", '"') or (
            token.pos == "VERB"
            and token.dep not in ("acl", "acl:relcl", "amod", "advcl", "xcomp")
            and k != verb.i
            and token.lemma in stances()
        ):
            return True
    return False
