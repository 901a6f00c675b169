"""Printed lines into paragraphs: words broken at line ends joined, wrapped lines too, page furniture dropped."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

_HYPHEN = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDED = tuple(".!?:”\"’'…)]")
_ITEM = re.compile(r"\s*(?:[•▪◦‣*–-]|\(?\d{1,2}[.)]|\([a-z]\))\s+\S")
_NUMBER = re.compile(r"(?:page\s+)?[-–\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–\s]*", re.I)
_SHORT = 0.8
"""Share of the usual line length below which a line that ends as a sentence ends its paragraph."""
_HEADING = 0.7


@cache
def _data() -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads((files("veridical") / "data" / "layout.toml").read_text("utf-8"))


def looks_like_title(title: str) -> bool:
    """Whether a document's metadata title can be a headline rather than a program's or file's name."""
    words = title.split()
    return 3 <= len(words) <= 40 and not any(re.fullmatch(p, title.strip(), re.I) for p in _data()["no_title"])


def join_pages(pages: list[str]) -> str:
    """The text of pages as paragraphs with a blank line between; running heads and page numbers are left out."""
    lines: list[str] = []
    for page in _without_furniture([page.splitlines() for page in pages]):
        lines.extend(page)
    vocabulary = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    usual = _usual_length(lines)
    paragraphs: list[str] = []
    open_paragraph = False
    for i, raw in enumerate(lines):
        line = " ".join(raw.split())
        if not line:
            open_paragraph = open_paragraph and _runs_on(paragraphs, lines, i)
            continue
        if open_paragraph and paragraphs and not _ITEM.match(raw):
            paragraphs[-1] = _joined(paragraphs[-1], line, vocabulary)
        else:
            paragraphs.append(line)
        open_paragraph = not _ends_paragraph(line, _next_line(lines, i), usual)
    return "\n\n".join(paragraphs)


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without lone page numbers and without first or last lines that most pages repeat."""
    trimmed = [[line.rstrip() for line in page] for page in pages]
    edges = Counter(key for page in trimmed for key in {_key(line) for line in _edge_lines(page)})
    repeated = {key for key, times in edges.items() if key and times >= 2 and times * 2 >= len(pages)}
    kept = []
    for page in trimmed:
        edge = _edge_lines(page)
        kept.append([line for line in page if not (line in edge and (_key(line) in repeated or _NUMBER.fullmatch(line.strip())))])
    return kept


def _edge_lines(page: list[str]) -> list[str]:
    full = [line for line in page if line.strip()]
    return full[:2] + full[-2:]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()).lower())


def _usual_length(lines: list[str]) -> int:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def _next_line(lines: list[str], i: int) -> str:
    return next((line.strip() for line in lines[i + 1 : i + 4] if line.strip()), "")


def _ends_paragraph(line: str, following: str, usual: int) -> bool:
    if line.endswith(_ENDED):
        return len(line) < usual * _SHORT
    return len(line) < usual * _HEADING and not following[:1].islower() and not line.endswith((",", ";", "-"))


def _runs_on(paragraphs: list[str], lines: list[str], i: int) -> bool:
    """A blank line within a sentence (a page's end): the text before stops short and goes on in lower case."""
    return bool(paragraphs) and not paragraphs[-1].endswith(_ENDED) and _next_line(lines, i)[:1].islower()


def _joined(before: str, line: str, vocabulary: Counter[str]) -> str:
    broken = _HYPHEN.search(before)
    if not broken:
        return f"{before} {line}"
    head = broken[1]
    tail = re.match(r"[^\W\d_]+", line)
    if before.endswith("\u00ad") and tail:
        return before[:-1] + line
    if not tail or not tail[0][0].islower() or head[-1].isdigit():
        return before + line
    whole, hyphened = (head + tail[0]).lower(), f"{head}-{tail[0]}".lower()
    if vocabulary[whole] == vocabulary[hyphened]:
        keep = head.lower() in _data()["keep_hyphen_after"] or "-" in before.rsplit(" ", 1)[-1][:-1]
    else:
        keep = vocabulary[hyphened] > vocabulary[whole]
    return before + line if keep else before[:-1] + line
