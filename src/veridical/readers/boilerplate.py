"""Where a text holds what is no evidence: appeals, forms, notices, navigation, credits.

The text stays as it is; only character ranges come back. The patterns are data
(``data/boilerplate.toml``); the rules here are about lines: a wrapped line of a paragraph is never one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_ENDED = tuple(".!?:\"”’')]…")
_WRAPPED = 50
"""A line at least this long that does not end as a sentence goes on in the next one."""
_TAIL_LINE = 160
_LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: tuple[_Rule, ...]
    parts: tuple[re.Pattern[str], ...]
    rests: tuple[_Rule, ...]

    def is_line(self, line: str) -> bool:
        return any(len(line) <= rule.longest and rule.pattern.fullmatch(line) for rule in self.lines)

    def opens_rest(self, line: str) -> bool:
        return any(len(line) <= rule.longest and rule.pattern.fullmatch(line) for rule in self.rests)


@cache
def _rules() -> _Rules:
    import tomllib
    from importlib.resources import files

    data = tomllib.loads((files("veridical") / "data" / "boilerplate.toml").read_text("utf-8"))
    found: dict[str, list[_Rule]] = {"line": [], "part": [], "rest": []}
    for group in data["pattern"]:
        whole = re.compile("|".join(f"(?:{one})" for one in group["any"]), re.I)
        found[group["scope"]].append(_Rule(whole, group.get("longest", 0)))
    return _Rules(tuple(found["line"]), tuple(r.pattern for r in found["part"]), tuple(found["rest"]))


def mark_boilerplate(text: str) -> tuple[tuple[int, int], ...]:
    """The character ranges of ``text`` that are no evidence: sorted, apart, none empty.

    >>> text = "A bomb went off.\\n\\nComments are closed."
    >>> [text[a:b] for a, b in mark_boilerplate(text)]
    ['Comments are closed.']
    """
    rules = _rules()
    found: list[tuple[int, int]] = []
    lines = [(m.start(), m.group()) for m in _LINES.finditer(text)]
    for i, (start, raw) in enumerate(lines):
        line = raw.strip()
        low = start + raw.find(line[:1]) if line else start
        if line and _stands_alone(text, lines, i) and rules.is_line(line):
            found.append((low, low + len(line)))
    found.extend(_rest(rules, text, lines))
    for pattern in rules.parts:
        found.extend(m.span() for m in pattern.finditer(text) if m.end() > m.start())
    return _joined(found)


def _stands_alone(text: str, lines: list[tuple[int, str]], i: int) -> bool:
    """No line of a hard-wrapped paragraph: neither does the one before go on here, nor this in the next."""
    start, raw = lines[i]
    return not (_goes_on(text, lines, i - 1) or (_goes_on(text, lines, i) and text[start + len(raw) + 1].islower()))


def _goes_on(text: str, lines: list[tuple[int, str]], i: int) -> bool:
    """Line ``i`` is followed at once by another, is long, and does not end as a sentence does."""
    if not 0 <= i < len(lines) - 1:
        return False
    start, raw = lines[i]
    follows = lines[i + 1][0] == start + len(raw) + 1
    line = raw.strip()
    return follows and len(line) >= _WRAPPED and not line.endswith(_ENDED)


def _rest(rules: _Rules, text: str, lines: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """A heading of trailing matter with all that follows, if that is nothing but short lines."""
    shown = [(start + len(raw) - len(raw.lstrip()), raw.strip()) for start, raw in lines if raw.strip()]
    first = len(shown)
    while first > 0:
        line = shown[first - 1][1]
        if first > 1 and first < len(shown) and rules.opens_rest(line):
            return [(start, start + len(kept)) for start, kept in shown[first - 1 :]]
        if len(line) > _TAIL_LINE or (line.endswith((".", "!", '"', "”")) and not rules.is_line(line)):
            return []
        first -= 1
    return []


def _joined(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
