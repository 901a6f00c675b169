"""Paragraphs, sentences and words of a report, by rules, in the way Universal Dependencies cut English.

The model was trained on treebank words, so what is cut here must look like them: hyphens between
letters are words of their own, clitics are split off, a wrapped line does not end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

Offsets = tuple[int, int]

_MAX_WIDTH, _MIN_WIDTH = 140, 40
_MAX_LINE = 20_000
_MAX_WORD = 200
_UNBROKEN = re.compile(rf"\S{{{_MAX_WORD},}}")
_BLANK = re.compile(r"\n[ \t\r\f\v\u00a0]*(?=\n)")
_QUOTED = re.compile(r"“[^“”]+”|\"[^\"“”]+\"")
_END = re.compile(r"[.!?]['’\")\]”]*\s*$")
_CLOCK = re.compile(r"\b[ap]\.\s?m\.\s*$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|local|jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec|[A-Z]{2,4}T?\)?\b|GMT|UTC|\(|,)",
    re.IGNORECASE,
)
# A dateline is no part of the sentence after it: "QUETTA: ", "LIMA, 14 FEB 90 (AGENCY) -- ", "Kano, Nigeria, March 14 - ".
_DATELINE = re.compile(
    r"(?:[-•*·]\s+)?(?=[A-ZÀ-Þİ])"
    r"(?:[A-ZÀ-Þİ][\w'’.-]*+[ ,]*+|(?:of|de|del|la|el|to|and|night|the)\b[ ]++|\d{1,4}+[ ,]*+|\([^()]{2,60}\)[ ,]*+){1,14}?"
    r"(?:(?<=[A-ZÀ-Þİ]{3}):\s+|(?<=[ )])?(?:--|—|–)\s*|(?<=\s)-\s+)(?=[A-ZÀ-Þİ“\"'])|"
    r"[-•*·]\s+[^:.\n]{3,60}:\s+"
)
# Titles, ranks and other words whose full stop does not end a sentence and that the segmenter may miss.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"'])(?:mr|mrs|ms|dr|prof|gen|maj|brig|col|lt|capt|cpl|sgt|pvt|adm|cmdr|comdr|gov|sen|rep|pres|rev|fr"
    r"|hon|st|sra|srta|mt|ft|vs|e\.g|i\.e)\.\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|\s)(?:nos?|art)\.\s*$", re.IGNORECASE)


def _set(line: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(line.split())


# Abbreviations that the tokenizer does not know; those of the second set keep their stop at a sentence's end too.
_STOPPED = _set(
    "adm art brig capt cdr cmdr cnel col cols comdr cpl dept det fig gen gens gov hon insp lic lt ltc maj mgr "
    "msgr mt no nos pfc pres prof pvt rep reps ret rev sen sens sgt sr sra srta supt vol vs"
)
_ALWAYS_STOPPED = _set("al etc jr sr approx")
# What treebanks do not part from the word after its hyphen.
_PREFIXES = _set(
    "anti bi co counter cross de e ex extra inter intra mid mini multi neo non pan para post pre pro pseudo "
    "quasi re semi sub super trans ultra un"
)


def paragraphs(text: str) -> Iterator[Offsets]:
    """Stretches of the text that no sentence crosses, in order; white space between them belongs to none.

    A blank line always separates. A single newline separates too, unless the text is hard-wrapped: then
    only a line that had room for the next word, and is not carried on in lower case, ends a stretch.
    """
    wrapped, width = _wrapping(text)
    begin = 0
    for match in re.finditer(r"\n", text):
        at = match.start()
        if wrapped and _carries_on(text, begin, at, width):
            continue
        yield from _pieces(text, begin, at)
        begin = at + 1
    yield from _pieces(text, begin, len(text))


def _wrapping(text: str) -> tuple[bool, int]:
    """Whether the text looks hard-wrapped, and the width that it is wrapped to."""
    lines = text.split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 3:
        return False, 0
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.98))]
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return False, width
    filled = total = 0
    for line, after in pairwise(lines):
        if line.strip() and after.strip():
            total += 1
            filled += len(line.rstrip()) + 1 + len(after.split(None, 1)[0]) > width - 4
    return total >= 2 and filled >= 0.6 * total, width


def _carries_on(text: str, begin: int, at: int, width: int) -> bool:
    """Whether the sentence goes on over the newline at ``at`` of a text wrapped to ``width``."""
    end = text.find("\n", at + 1)
    after = text[at + 1 : end if end >= 0 else len(text)].split(None, 1)
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    if not after or not line:
        return False
    if after[0][0].islower() and not _END.search(line):
        return True
    return len(line) + 1 + len(after[0]) > width - 4


def _pieces(text: str, begin: int, end: int) -> Iterator[Offsets]:
    """The stretch without outer white space, cut at spaces where it is longer than any sentence."""
    while end - begin > _MAX_LINE:
        cut = text.rfind(" ", begin + _MAX_LINE // 2, begin + _MAX_LINE)
        cut = cut if cut > 0 else begin + _MAX_LINE
        yield from _pieces(text, begin, cut)
        begin = cut
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield begin, end


def sentences(text: str, begin: int, end: int) -> Iterator[Offsets]:
    """The sentences of one paragraph as offsets into ``text``; sentences within quotations are cut too."""
    from sentencex import get_sentence_boundaries

    part = text[begin:end].replace("\n", " ")
    cuts = {0, len(part)}
    dateline = _DATELINE.match(part)
    if dateline and len(part) > dateline.end():
        cuts.add(dateline.end())
    cuts.update(_starts(part, get_sentence_boundaries))
    for quoted in _QUOTED.finditer(part):
        if quoted.end() - quoted.start() > 30:
            inner = part[quoted.start() + 1 : quoted.end() - 1]
            cuts.update(quoted.start() + 1 + cut for cut in _starts(inner, get_sentence_boundaries) if cut)
    start = 0
    for cut in sorted(cuts):
        if cut > start and not _joins(part, start, cut):
            yield from _pieces(text, begin + start, begin + cut)
            start = cut


def _starts(part: str, boundaries: Any) -> list[int]:
    """Where the segmenter starts its sentences."""
    return [int(b["start_index"]) for b in boundaries("en", part)]


def _joins(part: str, start: int, cut: int) -> bool:
    """Whether the segmenter was wrong to end a sentence at ``cut``."""
    if cut >= len(part):
        return False
    before, after = part[max(start, cut - 40) : cut], part[cut : cut + 20]
    if _CLOCK.search(before) and _AFTER_CLOCK.match(after):
        return True
    # a stray full stop within a sentence: what follows goes on in lower case ("the leader. a deputy")
    if before.rstrip()[-1:] == "." and after.lstrip()[:1].islower() and not after.lstrip().startswith(("al-", "el-")):
        return True
    if not any(c.isalnum() for c in part[cut : cut + 3]) and not any(c.isalnum() for c in part[cut:]):
        return True
    return bool(_ABBREVIATED.search(before) or (after[:1].isdigit() and _NUMBERED.search(before)))


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """spaCy's rule-based English tokenizer, made once."""
    import spacy

    return spacy.blank("en").tokenizer


def words(text: str, begin: int, end: int) -> list[Offsets]:
    """The words of one sentence as offsets into ``text``."""
    out: list[Offsets] = []
    for start, stop in _safe_parts(text, begin, end):
        for token in _tokenizer()(text[start:stop].replace("\n", " ")):
            if not token.is_space:
                out.append((start + token.idx, start + token.idx + len(token)))
    return _keep_stops(text, _rejoin(text, _split_odd(text, out)))


def _safe_parts(text: str, begin: int, end: int) -> Iterator[Offsets]:
    """The sentence, cut inside unbroken runs of characters that would choke the tokenizer's patterns."""
    last = begin
    for match in _UNBROKEN.finditer(text, begin, end):
        for at in range(match.start(), match.end(), _MAX_WORD):
            if at > last:
                yield last, at
                last = at
    if last < end:
        yield last, end


_ODD = re.compile(r"(?P<a>[A-Za-z.]{2,})(?P<h>[-–])(?P<b>[A-Za-z]\w+)|(?P<c>\w+)(?P<s>/)(?P<d>\w+)")


def _split_odd(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Words that the tokenizer leaves whole and treebanks do not: "U.S.-led", "and/or"."""
    out: list[Offsets] = []
    for start, end in spans:
        match = _ODD.fullmatch(text, start, end)
        if not match or (match["a"] and match["a"].lower() in _PREFIXES):
            out.append((start, end))
            continue
        middle = match.start("h") if match["h"] else match.start("s")
        out += [(start, middle), (middle, middle + 1), (middle + 1, end)]
    return out


def _rejoin(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Prefixed words put together again ("e-mail", "non-lethal"), as treebanks write them."""
    out: list[Offsets] = []
    for start, end in spans:
        if (
            len(out) > 1
            and out[-1][1] == start
            and text[out[-1][0] : start] == "-"
            and out[-2][1] == out[-1][0]
            and text[out[-2][0] : out[-2][1]].lower() in _PREFIXES
            and text[start].isalpha()
        ):
            out[-2:] = [(out[-2][0], end)]
        else:
            out.append((start, end))
    return out


def _keep_stops(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Abbreviations together with their full stop ("Capt.", "no. 6136"), where the tokenizer parted them."""
    out: list[Offsets] = []
    for k, (start, end) in enumerate(spans):
        if out and text[start:end] == "." and out[-1][1] == start:
            before, last = text[out[-1][0] : start].lower(), k == len(spans) - 1
            number = not last and text[spans[k + 1][0]].isdigit()
            if before in _ALWAYS_STOPPED or (before in _STOPPED and not last and (number or before not in ("no", "art"))):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return out
