"""RSS and Atom files by feedparser: each entry with a text of its own is a report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from veridical.errors import NoText, NotText, ReadError
from veridical.readers.dates import iso_date
from veridical.readers.deadline import time_limit
from veridical.readers.drafts import Draft
from veridical.readers.html import refuse_bombs, strip_tags
from veridical.readers.refusals import Refusal
from veridical.readers.sources import Source, read_limited
from veridical.settings import Settings

_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)
_ENTITIES = re.compile(rb"<!ENTITY\s+%?\s*\w+\s+[\"'][^\"'<>]{0,200}&\w")
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|atom:feed)\b", re.I)


def looks_like_feed(head: str) -> bool:
    """Whether an XML text that begins with ``head`` is a feed."""
    return _ROOT.search(head) is not None


def read_feed(source: Source, settings: Settings) -> Iterator[Draft | Refusal]:
    """A draft or a refusal for each entry, named by its address or id; the feed's title is the publisher.

    Raises TooLarge, NoText for a feed without entries, NotText for one built to explode, ReadError for what is no feed.
    """
    data = read_limited(source.stream, settings.max_file_bytes)
    if _ENTITIES.search(data[:100_000]):
        raise NotText("it declares entities made of entities, as no feed needs: fetch it from a source you trust")
    refuse_bombs(_CDATA.sub("", data.decode("ascii", "ignore")))
    feed = _parse(data)
    if not feed.entries:
        raise NoText("the feed has no entries, or is damaged before the first: fetch it again")
    publisher = _text(feed.feed.get("publisher")) or _text(feed.feed.get("title"))
    language = _text(feed.feed.get("language"))
    for number, entry in enumerate(feed.entries, 1):
        url = _text(entry.get("link"))
        name = url or _text(entry.get("id")) or f"{source.name}:{number}"
        try:
            yield _draft(entry, name, url, publisher, language)
        except ReadError as error:
            yield Refusal.of(source.name, name, error)
    if feed.get("bozo") and isinstance(feed.get("bozo_exception"), Exception) and _is_cut(data):
        yield Refusal.of(
            source.name, source.name, ReadError(f"the feed breaks off after {len(feed.entries)} entries: fetch it again")
        )


def _parse(data: bytes) -> Any:
    import feedparser

    try:
        with time_limit():
            # A stream, never a string: feedparser would open a string that looks like an address.
            return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except ReadError:
        raise
    except Exception as error:  # a parser of hostile input may raise anything; it becomes a refusal
        raise ReadError(f"the feed cannot be parsed ({type(error).__name__}): fetch it again") from error


def _is_cut(data: bytes) -> bool:
    return not data.rstrip().endswith(b">") or not re.search(rb"</(rss|feed|rdf:RDF|atom:feed)\s*>\s*$", data[-200:], re.I)


def _draft(entry: Any, name: str, url: str | None, publisher: str | None, language: str | None) -> Draft:
    parts = [part.get("value") for part in entry.get("content") or []]
    bodies = [strip_tags(part) for part in [*parts, entry.get("summary")] if isinstance(part, str) and part.strip()]
    body = max(bodies, key=len, default="")
    title = strip_tags(_text(entry.get("title")) or "") or None
    if not body.strip():
        raise NoText("the entry has no text of its own, only a title: fetch the page it points to")
    own = _text((entry.get("source") or {}).get("title"))
    stated = entry.get("published") if "published" in entry else None
    return Draft(name, body, title, own or _text(entry.get("publisher")) or publisher, url, iso_date(stated), language)


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
