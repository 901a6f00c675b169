"""What a web page states of itself: title, publisher, publication date, language, address.

Only stated facts: a date in an address, in a picture's name or guessed from the text is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from veridical.readers.dates import iso_date

_LINKED = 200_000
"""Characters of linked data that are read at most, and how deep below."""
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts as the page states them, ``None`` where it does not."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


@cache
def _names() -> dict[str, list[str]]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads((files("veridical") / "data" / "pages.toml").read_text("utf-8"))


def page_facts(tree: Any) -> PageFacts:
    """The facts of a page given as an lxml tree."""
    metas = _metas(tree)
    articles = list(_linked_articles(tree))
    publisher = _first(metas, _names()["publisher_meta"]) or next(filter(None, map(_publisher, articles)), None)
    return PageFacts(
        title=_title(tree, metas, articles, publisher),
        publisher=publisher,
        published=_published(tree, metas, articles),
        language=next(iter(tree.xpath("/html/@lang | /html/@xml:lang")), None) or _first(metas, ["og:locale"]),
        url=_address(next(iter(tree.xpath("//link[translate(@rel, 'CANONIL', 'canonil')='canonical']/@href")), None))
        or _address(_first(metas, ["og:url"])),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = " ".join((meta.get("content") or "").split())
        if name and content and len(content) <= 1000:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[translate(@type, 'ADJLNOPIC', 'adjlnopic')='application/ld+json']"):
        text = script.text or ""
        if len(text) > _LINKED:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, _DEPTH)


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for one in data:
            yield from _objects(one, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(str(kind).lower() in _names()["article_types"] for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        yield from _objects(data.get("@graph"), depth - 1)
        yield from _objects(data.get("mainEntity"), depth - 1)


def _publisher(article: dict[str, Any]) -> str | None:
    publisher = article.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return name if isinstance(name, str) and 0 < len(name) < 200 and "://" not in name else None


def _published(tree: Any, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    for name in _names()["date_meta"]:
        day = iso_date(metas.get(name))
        if day:
            return day
    for article in articles:
        day = iso_date(article.get("datePublished"))
        if day:
            return day
    for item in tree.xpath("//*[@itemprop='datePublished']"):
        day = iso_date(item.get("datetime") or item.get("content") or item.text_content())
        if day:
            return day
    return _time_elements(tree)


def _time_elements(tree: Any) -> str | None:
    """The date of ``<time>`` elements marked as publication, or of all of them when they agree."""
    classes, days = set(_names()["published_classes"]), set()
    for item in tree.iter("time"):
        day = iso_date(item.get("datetime"))
        marked = item.get("pubdate") is not None or classes & set((item.get("class") or "").lower().split())
        if day and marked:
            return day
        days.add(day)
    return days.pop() if len(days) == 1 else None


def _title(tree: Any, metas: dict[str, str], articles: list[dict[str, Any]], publisher: str | None) -> str | None:
    headings = [text for h in tree.iter("h1") if (text := " ".join(h.text_content().split()))]
    window = next((text for t in tree.iter("title") if (text := " ".join(t.text_content().split()))), None)
    stated = _first(metas, _names()["title_meta"]) or next(
        (a["headline"] for a in articles if isinstance(a.get("headline"), str)), None
    )
    for title in (stated, window):
        if title:
            inside = [h for h in headings if _is_title_within(h, title)]
            return inside[0] if inside else _without_publisher(" ".join(title.split()), publisher)
    return headings[0] if len(headings) == 1 else None


def _is_title_within(heading: str, title: str) -> bool:
    """The heading is the title but for a site's name behind a bar or dash, or most of it."""
    if title.lower().startswith(heading.lower()) and re.match(r"\s+[-–—|:»·]+\s|$", title[len(heading) :]):
        return True
    return heading.lower() in title.lower() and len(heading) * 2 >= len(title)


def _without_publisher(title: str, publisher: str | None) -> str:
    if not publisher:
        return title
    shorter = re.sub(r"\s*[-–—|:»·]+\s*" + re.escape(publisher) + r"\s*$", "", title, flags=re.I)
    return shorter or title


def _address(value: str | None) -> str | None:
    return value.strip() if value and re.match(r"https?://[^\s<>\"]{3,1000}$", value.strip()) else None
