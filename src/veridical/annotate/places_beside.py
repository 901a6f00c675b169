"""What stands beside a candidate: words for its kind, nationalities, who acts, what holds what, and lists."""

from __future__ import annotations

from collections.abc import Sequence

from veridical.annotate.places_text import CLITICS, DASHES, Candidate, PlaceText

_BETWEEN = ([","], ["and"], [",", "and"], ["or"], [",", "or"])


def observe(text: PlaceText, c: Candidate) -> None:
    """Fills the hint, the silence and the nationalities of a candidate from its neighbours."""
    after, before = text.at(c.end), text.at(c.start - 1)
    if not c.site:
        c.hint = _hint(text, c)
    possessive = after in CLITICS
    owner = text.owner.get(c.end + 1)
    # "Turkey's National Intelligence Organization" is one that acts; "Ankara's prosecutor" may still say where.
    acts = possessive and owner is not None and owner.label == "ORG" and text.low[owner.end - 1] not in text.words.site
    c.silent = not c.site and (acts or (not possessive and _is_silent(text, c, before, after)))
    if before in text.kinds or before == "of" or c.hint or text.owner.get(c.start - 1):
        c.nations = tuple(
            text.low[j]
            for j in range(max(0, c.start - 6), c.start)
            if text.capital(j) and text.tokens[j].sent == text.tokens[c.start].sent
        )
    elif text.capital(c.start - 1):
        c.nations = (before,)


def observe_lists(text: PlaceText, candidates: Sequence[Candidate]) -> None:
    """Gives all names of a list the kind that it has in common: "Mopti and Ségou regions", "the towns of X, Y and Z"."""
    for k, c in enumerate(candidates):
        kind = _plural(text, c.end)
        if kind and not c.site:
            for one in (*_joined(text, candidates, k, -1), c):
                one.hint = one.hint or kind
        kind = _plural(text, c.start - 2) if text.at(c.start - 1) == "of" else None
        if kind and not c.site:
            for one in (c, *_joined(text, candidates, k, 1)):
                one.hint = one.hint or kind


def _plural(text: PlaceText, i: int) -> str | None:
    """The kind that a plural in lower case says ("provinces"), or ``None``."""
    word = text.at(i)
    singular = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    kind = text.kinds.get(singular) if word.endswith("s") and word not in text.kinds and text.lower(i) else None
    return kind if kind != "quarter" else None


def _joined(text: PlaceText, candidates: Sequence[Candidate], k: int, step: int) -> list[Candidate]:
    out = []
    while 0 <= k + step < len(candidates):
        left, right = sorted((candidates[k], candidates[k + step]), key=lambda c: c.start)
        if text.low[left.end : right.start] not in _BETWEEN or left.sent != right.sent:
            break
        k += step
        out.append(candidates[k])
    return out


def _hint(text: PlaceText, c: Candidate) -> str | None:
    after = text.at(c.end)
    inner = text.low[c.end - 1] if c.end - c.start > 1 else ""
    if inner in text.kinds and len(c.names) > 1:
        return text.kinds[inner]
    if after in text.kinds and text.at(c.end - 1) != "," and after not in ("area", "streets", "outskirts", "section"):
        # "Kabul airport" is a site, and "New York state" a division: the noun right after the name decides.
        return text.kinds[after] if after not in text.words.site else None
    start = c.start - (2 if text.at(c.start - 1) == "the" else 1)
    if text.at(start) == "of" and text.at(start - 1) == "capital":
        return None
    if text.at(start) == "of" and text.at(start - 1) in text.kinds:
        # "The Karada district of Baghdad" calls Karada a district; "the Colombian department of Arauca" Arauca.
        named = text.is_name(start - 2) and not text.is_people(start - 2) and text.low[start - 2] not in text.words.direction
        return None if named else text.kinds[text.at(start - 1)]
    if text.at(start) in text.kinds and text.tokens[start].text.islower() and text.at(start) not in text.words.site:
        return text.kinds[text.at(start)]
    return None


def _is_silent(text: PlaceText, c: Candidate, before: str, after: str) -> bool:
    """Whether the name says who acts, what office or which side of a line, not where."""
    words = text.words
    if (
        after in words.border
        or (after in DASHES and any(text.at(c.end + k) in words.border for k in (2, 3)))
        or (before in DASHES and after in words.border)
    ):
        return True
    if (
        after == "-"
        and text.tokens[c.end].end == text.tokens[min(c.end + 1, len(text.tokens) - 1)].start
        and (text.at(c.end + 1) not in words.based and not text.capital(c.end + 1))
    ):
        return True
    at = c.start - (2 if before == "the" else 1)
    if text.at(at) in ("with", "of") and text.at(at - 1) in words.border:
        return True
    if text.at(at) == "of" and text.at(at - 1) in words.title and text.at(at - 1) not in text.kinds:
        return True
    if before in words.strong:
        return False
    if after in words.authority or after in words.speaking:
        return True
    return not text.shouting and after in words.organization and text.capital(c.end)


def contains(text: PlaceText, left: Candidate, right: Candidate) -> str | None:
    """Which of two neighbours holds the other: "left" ("Lyon's Arena"), "right" ("Reims, France"), or neither.

    "either" where only their sizes can tell: "the Sydney suburb of Bondi", "the Karada district of Baghdad".
    """
    between = text.low[left.end : right.start]
    if len(between) > 8 or left.sent != right.sent:
        return None
    if len(between) == 2 and between[0] in text.kinds and between[1] == "of":
        return "either"
    if between and between[0] in CLITICS:
        rest = between[1:]
        return "left" if len(rest) <= 4 and not {",", "and", "of", "in", "to", "."} & set(rest) else None
    words = text.words
    allowed = {",", "in", "the", "of", "(", "'s", "’s", "a", "an", "on", "outskirts", "at"} | words.direction | words.divisions
    plain = [w for w in between if w not in allowed and not (w.endswith("ern") or w in ("border", "largest", "restive", "main"))]
    capitals = [i for i in range(left.end, right.start) if text.capital(i) and not text.shouting]
    if len(plain) > (1 if capitals else 0):
        return None
    if between == [","] or "in" in between or "(" in between:
        return "right"
    divided = left.hint or left.site or text.at(left.end) in words.divisions
    if "of" in between and divided:
        return "right"
    if between and between[0] == "," and set(between) & (words.divisions | {"the"}) and "of" not in between[:2]:
        return "right"
    return None
