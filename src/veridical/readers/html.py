"""Web pages: the main text by trafilatura, the facts the page states of itself; fragments without their tags."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from veridical.errors import NoText, ReadError, TooLarge
from veridical.readers.deadline import time_limit
from veridical.readers.drafts import Draft
from veridical.readers.encoding import decode
from veridical.readers.page_facts import page_facts
from veridical.readers.sources import Source, read_limited
from veridical.settings import Settings

MAX_DEPTH = 250
"""Elements one in another: libxml2 itself gives up at 256, and no page for readers comes near."""
MAX_ELEMENTS = 100_000
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b")
_RAW = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPEN = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dd",
        "dt",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rp",
        "rt",
        "html",
        "body",
        "head",
        "path",
        "circle",
        "rect",
        "line",
        "use",
        "polygon",
        "g",
    )
)
"""Elements that need no end tag (or come in drawings by the hundred), so that counting them would mislead."""
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "pre",
        "figure",
        "figcaption",
        "dd",
        "dt",
        "dl",
        "main",
        "aside",
    )
)
_DROPPED = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "head", "form", "button", "select", "textarea"))


def looks_like_html(head: str) -> bool:
    """Whether a text that begins with ``head`` is a web page, whatever its name."""
    start = re.sub(r"^\s*(<\?xml[^>]*\?>|<!--.*?-->|\s)*", "", head.lstrip("\ufeff"), count=1, flags=re.S)[:200].lower()
    return start.startswith(("<!doctype html", "<html", "<head", "<body"))


def read_html(source: Source, settings: Settings) -> Iterator[Draft]:
    """The one draft of a page; raises TooLarge, NotText, NoText, or ReadError for a page built to stall."""
    data = read_limited(source.stream, settings.max_file_bytes)
    yield draft_of_page(data, source.name)


def draft_of_page(data: bytes, name: str, charset: str | None = None, url: str | None = None) -> Draft:
    """The draft of a page's bytes; ``charset`` and ``url`` as the transfer stated them."""
    declared = _CHARSET.search(data[:4096])
    page = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    page = _DECLARATION.sub("", page.replace("\0", ""), count=1)
    refuse_bombs(page)
    with time_limit():
        tree = _tree(page)
        facts = page_facts(tree)
        text = _main_text(page, tree)
    body = _paragraphs(text, facts.title)
    if not any(map(str.isalnum, body)):
        raise NoText("no main text is found in the page: save the article's text as .txt")
    return Draft(name, body, facts.title, facts.publisher, url or facts.url, facts.published, facts.language)


def refuse_bombs(page: str) -> None:
    """Raises TooLarge for markup nested or repeated beyond any page for readers, before it is parsed."""
    depth = deepest = count = 0
    for found in _TAG.finditer(_RAW.sub(" ", page) if len(page) < 2_000_000 else page):
        count += 1
        if found[2].lower() not in _OPEN:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise TooLarge(f"its elements are nested {deepest:,} deep, over the limit of {MAX_DEPTH}: save the text as .txt")
    if count > MAX_ELEMENTS:
        raise TooLarge(f"it has {count:,} tags, over the limit of {MAX_ELEMENTS:,}: save the text as .txt")


def strip_tags(fragment: str) -> str:
    """The text of a piece of HTML (a feed's entry), its blocks as paragraphs; plain text comes back as it is."""
    if not re.search(r"<[a-zA-Z/!]|&[a-zA-Z#]", fragment):
        return fragment
    refuse_bombs(fragment)
    with time_limit():
        pieces: list[str] = []
        _collect(_tree(f"<html><body><div>{fragment}</div></body></html>"), pieces)
    blocks = (" ".join(block.split()) for block in "".join(pieces).split("\n"))
    return "\n\n".join(block for block in blocks if block)


def _collect(node: Any, pieces: list[str]) -> None:
    for event, element in _walk(node):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                pieces.append("\n")
            pieces.append(re.sub(r"\s+", " ", element.text or "") if tag and tag not in _DROPPED else "")
        else:
            if tag in _BLOCKS:
                pieces.append("\n")
            pieces.append(re.sub(r"\s+", " ", element.tail or ""))


def _walk(node: Any) -> Iterator[tuple[str, Any]]:
    stack = [("start", node)]
    while stack:
        event, element = stack.pop()
        yield event, element
        if event == "start":
            stack.append(("end", element))
            if element.tag not in _DROPPED:
                stack.extend(("start", child) for child in reversed(element))


def _tree(page: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    try:
        tree = html.document_fromstring(page)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NoText(f"no page can be made of it ({type(error).__name__}): save the article's text as .txt") from error
    return tree


@cache
def _config() -> Any:
    """Trafilatura's own settings, but for short agency reports, which it would flatten by its fallback."""
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "80")
    return config


def _paragraphs(text: str, title: str | None) -> str:
    """One paragraph a line, table rows without their bars, the title not again."""
    lines = (re.sub(r"\s*\|\s*", " | ", line).strip(" |") for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line and line != title)


def _main_text(page: str, tree: Any) -> str:
    import trafilatura

    for name in ("trafilatura", "htmldate", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(page, with_metadata=False, include_comments=False, config=_config())
        text = getattr(found, "text", None)
        if not text:
            _, text, _ = trafilatura.baseline(page)
    except Exception as error:  # a parser of hostile input may raise anything; it becomes a refusal
        raise ReadError(f"the page cannot be taken apart ({type(error).__name__}): save the article's text as .txt") from error
    if text:
        return str(text)
    pieces: list[str] = []
    body = tree.find("body")
    _collect(tree if body is None else body, pieces)
    return "\n".join(line for piece in "".join(pieces).split("\n") if (line := " ".join(piece.split())))
