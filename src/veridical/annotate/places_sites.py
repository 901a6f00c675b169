"""Finds the names of sites: facilities, streets, and places followed by a noun for a site."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.annotate.places_text import CLITICS, DASHES, Candidate, PlaceText
from veridical.model import NameSpan

_LONGEST = 5
_LONGEST_COMMON = 4
_MODIFIERS = 3


def find_sites(text: PlaceText) -> Iterator[Candidate]:
    """Site candidates, those on the tagger's names first; ranges may overlap."""
    for name in text.names:
        start, end = text.trim(name.start, name.end)
        if start < end and name.label in ("FAC", "ORG", "GPE", "LOC", "PERSON", "PRODUCT"):
            found = _on_name(text, name, start, end)
            if found is not None:
                yield found
    if not text.shouting:
        yield from _untagged(text)
        yield from _owned(text)


def _on_name(text: PlaceText, name: NameSpan, start: int, end: int) -> Candidate | None:
    """The site that a tagged name is, or is the first part of."""
    words = text.words
    last = text.low[end - 1]
    tail = _site_tail(text, end) if text.at(end) not in CLITICS else end
    if text.shouting and not _named(text, start, tail):
        return None
    if tail > end:
        foreign = all(text.is_people(i) and text.low[i] not in words.people for i in range(start, end))
        if (name.label == "PERSON" and not text.located(start)) or (foreign and text.low[tail - 1] not in words.mission):
            # "A Palestinian refugee camp" has no name.
            return None
        return Candidate(start, tail, (text.text(start, tail), text.text(start, end)), True, site=True)
    if end - start > 1 and text.low[start] in words.site_lead:
        # "Rambla de Badal", "Colegio San José".
        if name.label in ("GPE", "LOC", "FAC") or text.located(start):
            return Candidate(start, end, (text.text(start, end),), True, site=True)
    elif name.label == "FAC":
        if last not in words.organization or last in words.site:
            return Candidate(start, end, (text.text(start, end),), True, site=True)
    elif end - start > 1 and last in words.court:
        if text.located(start):
            return Candidate(start, end, (text.text(start, end),), False, site=True)
    elif name.label in ("GPE", "LOC"):
        if end - start > 1 and last in words.site and text.capital(end - 1):
            return Candidate(start, end, (text.text(start, end), text.text(start, end - 1)), True, site=True)
    elif end - start > 1 and last in words.site and (last not in words.institution or text.located(start)):
        return Candidate(start, end, (text.text(start, end), text.text(start, end - 1)), True, site=True)
    return None


def _named(text: PlaceText, start: int, end: int) -> bool:
    """Whether a site in a text of capitals has a name at all: some word that is not a common one."""
    words = text.words
    common = words.site | words.site_modifier | words.organization | words.authority | words.stop | words.direction
    foreign = text.low[end - 1] in words.mission
    return any(
        word.isalpha() and word not in common and word.rstrip("s") not in common and (foreign or not text.is_people(i))
        for i, word in enumerate(text.low[start:end], start)
    )


def _untagged(text: PlaceText) -> Iterator[Candidate]:
    """Capitalised runs outside all names that end in, or are followed by, a site noun."""
    i = 0
    while i < len(text.tokens):
        if i in text.owner or not text.capital(i) or text.low[i] in text.words.stop:
            i += 1
            continue
        end = i + 1
        while end < len(text.tokens) and end not in text.owner and end - i < _LONGEST and text.capital(end):
            end += 1
        tail = _site_tail(text, end)
        named = end - i > 1 and text.low[end - 1] in text.words.site
        if (tail > end or named) and text.located(i):
            yield Candidate(i, tail, (text.text(i, tail),), False, site=True)
        i = tail


def _owned(text: PlaceText) -> Iterator[Candidate]:
    """Common nouns that a tagged place owns: "Colombo's [old timber yard]"; kept where the owner is a city."""
    for name in text.names:
        _, end = text.trim(name.start, name.end)
        if name.label != "GPE" or text.at(end) not in CLITICS:
            continue
        start = stop = end + 1
        while text.at(stop).isalpha() and text.lower(stop) and stop - start < _LONGEST_COMMON and stop not in text.owner:
            stop += 1
        while stop > start and text.low[stop - 1] not in text.words.site:
            stop -= 1
        run = text.low[start:stop]
        if run and text.at(stop) not in CLITICS and not set(run) & (text.words.locative | text.words.authority | {"and", "of"}):
            yield Candidate(start, stop, (text.text(start, stop),), True, site=True, common=True)


def _site_tail(text: PlaceText, end: int) -> int:
    """Where a lower-case site noun after ``end`` ends ("train station"), or ``end``."""
    tail = end
    for i in range(end, end + _MODIFIERS + 1):
        at = i + 1 if text.at(i) in DASHES and text.at(i + 1) in text.words.site else i
        if text.at(at) in text.words.site and at not in text.owner and (text.lower(at) or (at == end and _is_head(text, at))):
            tail = at + 1
        if text.at(i) not in text.words.site_modifier or i in text.owner or not text.lower(i):
            break
    return tail


def _is_head(text: PlaceText, i: int) -> bool:
    """Whether a capitalised word that the tagger left out ends the name before it: "Oxford" + "Street"."""
    word = text.low[i]
    common = text.words.organization | text.words.institution
    return text.capital(i) and word not in common and not text.capital(i + 1)
