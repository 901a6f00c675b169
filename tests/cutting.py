"""Tokens without tags or parse, for what reads words alone (times, quantities)."""

from __future__ import annotations

from veridical.annotate.syntax_tokens import paragraphs, sentences, words
from veridical.model import Report, Token


def cut(text: str, published: str | None = None) -> tuple[Report, list[Token], list[tuple[int, int]]]:
    """The report with tokens as the tokenizer cuts them, without any tags or parse."""
    report = Report.of(text, "case", published=published)
    tokens: list[Token] = []
    spans: list[tuple[int, int]] = []
    for begin, end in paragraphs(report.text):
        for first, last in sentences(report.text, begin, end):
            start = len(tokens)
            for left, right in words(report.text, first, last):
                word = report.text[left:right]
                tokens.append(Token(len(tokens), left, right, word, word.lower(), "", "", len(tokens), "", len(spans)))
            if len(tokens) > start:
                spans.append((start, len(tokens)))
    return report, tokens, spans
