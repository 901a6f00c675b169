"""Which reader a source goes to: by what its first bytes are, then by its suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from veridical.errors import NotText, ReadError
from veridical.readers.drafts import Draft
from veridical.readers.encoding import mark_of, wide_encoding
from veridical.readers.refusals import Refusal
from veridical.readers.sources import Source
from veridical.settings import Settings

PLAIN = (".txt", ".text", ".md", ".markdown", "")
SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    ".pdf": "pdf",
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines", ".json"), "json"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "table"),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".feed"), "feed"),
    ".warc": "warc",
    **dict.fromkeys(PLAIN, "plain"),
}
_ROW = re.compile(r'\s*(\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')


def format_of(source: Source) -> str:
    """One of plain, muc, html, pdf, json, table, feed, warc.

    Raises ReadError for a form that is not read, NotText for known binary ones.
    """
    head = source.head
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    text = _decoded(head)
    named = SUFFIXES.get(source.suffix)
    shown = _shown(text, named) if named not in ("pdf", "warc") else None
    if shown:
        return shown
    if named is None and source.suffix == ".xml":
        raise ReadError("it is XML, but neither a feed nor a page: convert it to .txt or .jsonl")
    if named is None:
        raise ReadError(f"{source.suffix} is no form that is read: rename it to .txt if it is plain text")
    if named in ("pdf", "warc"):
        raise NotText(f"it is called {source.suffix} and is none: fetch it again, or rename it")
    if named == "feed":
        raise ReadError("no feed begins in it: fetch it again, or rename it")
    return named


def _shown(text: str, named: str | None) -> str | None:
    """The form that a text shows by its beginning, stronger than its name."""
    from veridical.readers.feeds import looks_like_feed
    from veridical.readers.html import looks_like_html
    from veridical.readers.muc import is_muc

    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if looks_like_html(start):
            return "html"
        if start.startswith(("<?xml", "<rss", "<feed", "<rdf")) and looks_like_feed(start):
            return "feed"
        if start.startswith("<?xml"):
            raise ReadError("it is XML, but neither a feed nor a page: convert it to .txt or .jsonl")
    if named in ("plain", "html") and _ROW.match(text):
        return "json"
    return "muc" if is_muc(start) else None


def _decoded(head: bytes) -> str:
    mark = mark_of(head)
    encoding = mark[0] if mark else wide_encoding(head) or "utf-8"
    return head[mark[1] if mark else 0 :].decode(encoding, "ignore")


def read_drafts(source: Source, settings: Settings, columns: Mapping[str, str] | None) -> Iterator[Draft | Refusal]:
    """The drafts and refusals of a source; each reader is imported when it is first needed."""
    kind = format_of(source)
    if kind == "html":
        from veridical.readers.html import read_html

        yield from read_html(source, settings)
    elif kind == "pdf":
        from veridical.readers.pdf import read_pdf

        yield from read_pdf(source, settings)
    elif kind == "json":
        from veridical.readers.rows import read_json

        yield from read_json(source, settings, columns)
    elif kind == "table":
        from veridical.readers.tables import read_table

        yield from read_table(source, settings, columns)
    elif kind == "feed":
        from veridical.readers.feeds import read_feed

        yield from read_feed(source, settings)
    elif kind == "warc":
        from veridical.readers.warc import read_warc

        yield from read_warc(source, settings)
    elif kind == "muc":
        from veridical.readers.muc import read_muc

        yield from read_muc(source, settings)
    else:
        from veridical.readers.plain import read_plain

        yield from read_plain(source, settings)
