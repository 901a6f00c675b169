"""From what a format gives to a finished report: cleaning, limits, dates, boilerplate, language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from veridical.errors import NoText, NotText, ReadError, TooLarge
from veridical.model import Report
from veridical.readers.boilerplate import mark_boilerplate
from veridical.readers.dates import iso_date
from veridical.readers.language import check_language
from veridical.settings import Settings

_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = re.compile("[\u0300-\U0010ffff]")
MAX_COMBINING = 64
"""Combining marks in a row: no language stacks more, and sorting long runs takes quadratic time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its format gives it, before any check; a separate ``title`` is not yet in ``body``."""

    name: str
    body: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    """As the source declares it; only consulted when the text is too short to tell."""
    titled: bool = False
    """The body already begins with, or holds, the title."""


def finish(draft: Draft, settings: Settings) -> Report:
    """The report of a draft: NFC, newlines as ``\\n``, boilerplate marked, language checked.

    Where the draft has a title of its own, text = title, blank line, body. ``published`` is an ISO date that
    the source or the settings state, or ``None``. Raises TooLarge, NotText, NoText or WrongLanguage.
    """
    limit = settings.max_report_chars
    if len(draft.body) > limit:
        raise TooLarge(
            f"{len(draft.body):,} characters, over the limit of {limit:,}: raise the setting max_report_chars, or split the text"
        )
    title = " ".join(clean_text(draft.title or "").split()) or None
    body = clean_text(draft.body).strip("\n\ufeff") if draft.title else clean_text(draft.body).removeprefix("\ufeff")
    if not any(map(str.isalnum, body)):
        raise NoText("there is no text in it: nothing to read")
    text = body if title is None or draft.titled else _below_title(title, body)
    if len(text) > limit:
        raise TooLarge(f"{len(text):,} characters, over the limit of {limit:,}: raise the setting max_report_chars")
    ranges = mark_boilerplate(text)
    skip = len(title) if title and text.startswith(title) and any(map(str.isalnum, text[len(title) :])) else 0
    evidence = _outside(text, ranges, skip)
    if not any(map(str.isalnum, evidence)):
        raise NoText("nothing but boilerplate (appeals, notices, navigation) is left: no report to read")
    check_language(evidence, settings.language, draft.language)
    return Report.of(
        text,
        draft.name,
        publisher=_line(draft.publisher) or settings.publisher,
        url=_line(draft.url),
        title=title,
        published=iso_date(draft.published) or iso_date(settings.published),
        language=settings.language,
        boilerplate=ranges,
    )


def clean_text(text: str) -> str:
    """``text`` in NFC, all line breaks as ``\\n``, other control characters as spaces.

    Raises NotText for lone surrogates, for text full of control characters or undecodable places, and for
    combining marks piled up beyond any language's use.
    """
    lone = _SURROGATES.search(text)
    if lone:
        raise NotText(
            f"a lone surrogate stands at character {lone.start()}: the text was cut or decoded wrongly, write it again as UTF-8"
        )
    text = _BREAKS.sub("\n", text)
    text, controls = _CONTROLS.subn(" ", text)
    if controls + text.count("\ufffd") > max(3, len(text) // 50):
        raise NotText("too many control or undecodable characters: it is binary, or was decoded wrongly")
    if _MARKS.search(text):
        _refuse_piles(text)
        text = unicodedata.normalize("NFC", text)
    return text


def _refuse_piles(text: str) -> None:
    run = 0
    for char in text:
        run = run + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        if run > MAX_COMBINING:
            raise NotText(f"more than {MAX_COMBINING} combining marks stand on one letter: remove them")


def _below_title(title: str, body: str) -> str:
    first, _, rest = body.partition("\n")
    if " ".join(first.split()) == title:
        body = rest.strip("\n")
    return f"{title}\n\n{body}" if body.strip() else title


def _outside(text: str, ranges: tuple[tuple[int, int], ...], start: int) -> str:
    kept = []
    for low, high in ranges:
        kept.append(text[start : max(start, low)])
        start = max(start, high)
    return "".join([*kept, text[start:]])


def _line(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return " ".join(clean_text(value).split()) or None
    except ReadError:
        return None
