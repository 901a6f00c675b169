"""PDF files by pypdf: their text as paragraphs; one file is one report."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from veridical.errors import NoText, NotText, ReadError, TooLarge
from veridical.readers.deadline import time_limit
from veridical.readers.drafts import Draft
from veridical.readers.layout import join_pages, looks_like_title
from veridical.readers.sources import Source, read_limited
from veridical.settings import Settings


def read_pdf(source: Source, settings: Settings) -> Iterator[Draft]:
    """The one draft of a PDF, its metadata title only where it is a title of the text.

    The dates in a PDF are its making, not its publication: ``published`` stays unset. Raises TooLarge, NotText
    for a damaged or locked file, NoText for one of pictures only, ReadError for one that stalls.
    """
    data = read_limited(source.stream, settings.max_file_bytes)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with time_limit():
            pages, title = _contents(data, settings.max_report_chars)
    except ReadError:
        raise
    except Exception as error:  # a parser of hostile input may raise anything; it becomes a refusal
        raise NotText(f"the PDF is damaged ({type(error).__name__}): fetch it again, or save its text as .txt") from error
    with time_limit():
        body = join_pages(pages)
    if not any(map(str.isalnum, body)):
        raise NoText("the PDF has no text, only pictures: run text recognition (OCR) on it first")
    yield _titled(source.name, body, title)


def _contents(data: bytes, limit: int) -> tuple[list[str], str]:
    from pypdf import PdfReader

    reader: Any = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotText("the PDF is locked with a password: save an unlocked copy")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        text = (page.extract_text() or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
        pages.append(text)
        size += len(text)
        if size > limit * 2:
            raise TooLarge(f"over {limit:,} characters of text: raise the setting max_report_chars, or split the file")
    try:
        title = str((reader.metadata or {}).get("/Title") or "")
    except Exception:  # unreadable metadata is no reason to refuse a readable text
        title = ""
    return pages, " ".join(title.split())


def _titled(name: str, body: str, title: str) -> Draft:
    if not looks_like_title(title):
        return Draft(name, body)
    opening = " ".join(body[: len(title) * 2 + 600].lower().split())
    if title.lower() in opening:
        return Draft(name, body, title, titled=True)
    words = {word for word in title.lower().split() if len(word) > 3}
    held = set(body.lower().split())
    return Draft(name, body, title) if len(words & held) * 2 >= len(words) > 1 else Draft(name, body)
