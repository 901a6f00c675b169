"""Measure times on TimeML files (TempEval-3 training data, TBAQ): spans and values of dates.

    python bench/score_times.py FOLDER [--errors]

Measuring only: neither rules' words nor texts are taken from the files. A date of the files counts when its type is
DATE; references without a calendar value (PRESENT_REF, PAST_REF, FUTURE_REF: "now", "recently") are left out, because
they place no event. Strict: same words; relaxed: overlapping words. Connecting words that TIMEX3 leaves out ("since",
"from … to", "the night of") make our spans longer, so they are compared as written. Value: of the overlapping dates
with a calendar value, how many have the same day, week, month, season or year.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from veridical.annotate.quantities import find_quantities
from veridical.annotate.syntax_tokens import paragraphs, sentences, words
from veridical.annotate.times import find_times
from veridical.model import Report, TimeMention, Token
from veridical.values import WhenPrecision

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI", 1: "", 5: "", 10: ""}
Mine = tuple[int, int, TimeMention]
"""First and last character of a mention."""
_QUARTERS = {1: "Q1", 4: "Q2", 7: "Q3", 10: "Q4"}


@dataclass(frozen=True)
class Gold:
    """A TIMEX3 of a file."""

    start: int
    end: int
    type: str
    value: str


def read_timeml(path: Path) -> tuple[Report, list[Gold]]:
    """The text of a file, its publication date and its TIMEX3."""
    root = ElementTree.parse(path).getroot()
    body = root.find("TEXT")
    created = root.find("DCT/TIMEX3")
    assert body is not None and created is not None
    pieces: list[str] = []
    gold: list[Gold] = []
    _walk(body, pieces, gold)
    text = "".join(pieces)
    published = created.attrib["value"][:10]
    report = Report.of(text, path.name, published=published if len(published) == 10 else None)
    return report, gold if report.text == text else []


def _walk(node: ElementTree.Element, pieces: list[str], gold: list[Gold]) -> None:
    start = sum(map(len, pieces))
    pieces.append(node.text or "")
    for child in node:
        _walk(child, pieces, gold)
        pieces.append(child.tail or "")
    if node.tag == "TIMEX3":
        gold.append(Gold(start, sum(map(len, pieces)), node.attrib["type"], node.attrib.get("value", "")))


def tokenize(report: Report) -> tuple[list[Token], list[tuple[int, int]]]:
    """Tokens without tags, and sentences."""
    tokens: list[Token] = []
    spans: list[tuple[int, int]] = []
    for begin, end in paragraphs(report.text):
        for first, last in sentences(report.text, begin, end):
            start = len(tokens)
            for left, right in words(report.text, first, last):
                word = report.text[left:right]
                tokens.append(Token(len(tokens), left, right, word, word.lower(), "", "", len(tokens), "", len(spans)))
            if len(tokens) > start:
                spans.append((start, len(tokens)))
    return tokens, spans


def value_of(mention: TimeMention) -> str:
    """The TIMEX3 value of a mention, as far as it has one."""
    when = mention.when
    if not when.earliest or not when.latest:
        return "-"
    if when.precision is WhenPrecision.DAY:
        return when.earliest
    if when.precision is WhenPrecision.MONTH:
        return when.earliest[:7]
    if when.precision is WhenPrecision.YEAR:
        return when.earliest[:4]
    if when.precision is WhenPrecision.WEEK:
        iso = date.fromisoformat(when.earliest).isocalendar()
        return f"{iso.year}-W{iso.week:02}"
    if when.precision is WhenPrecision.SEASON:
        first = int(when.earliest[5:7])
        words_of = (when.as_written or "").lower()
        if "quarter" in words_of:
            return when.earliest[:5] + _QUARTERS[first]
        return when.earliest[:5] + _SEASONS[first] if _SEASONS.get(first) else when.earliest[:4]
    if "weekend" in (when.as_written or "").lower():
        iso = date.fromisoformat(when.earliest).isocalendar()
        return f"{iso.year}-W{iso.week:02}-WE"
    if when.earliest.endswith("0-01-01") and when.latest.endswith("9-12-31"):
        return when.earliest[:3]
    return when.earliest[:7] if when.earliest[:7] == when.latest[:7] else when.earliest[:4]


def _is_end(mention: TimeMention, value: str) -> bool:
    """Whether the value is an end of our interval: TIMEX3 has two dates where we have one span of them."""
    when = mention.when
    if when.precision is not WhenPrecision.RANGE:
        return False
    return any(end is not None and end.startswith(value) for end in (when.earliest, when.latest))


def files_of(folder: Path) -> Iterator[Path]:
    """The TimeML files below a folder, in order; the evaluation set of TempEval-3 is refused."""
    for path in sorted(folder.rglob("*.tml")):
        if "platinum" in str(path).lower():
            sys.exit("TempEval-3 Platinum is an evaluation set and is not to be read here")
        if not path.name.startswith("."):
            yield path


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is missed, spurious or of another value")
    options = parser.parse_args()
    counts = dict.fromkeys(("gold", "found", "strict", "relaxed_gold", "relaxed_found", "valued", "right", "tokens"), 0)
    spent = 0.0
    for path in files_of(options.folder):
        report, gold = read_timeml(path)
        tokens, spans = tokenize(report)
        begin = time.process_time()
        found = find_times(report, tokens, spans)
        find_quantities(report, tokens, spans, found)
        spent += time.process_time() - begin
        counts["tokens"] += len(tokens)
        dates = [(tokens[m.start].start, tokens[m.end - 1].end, m) for m in found if m.kind == "date"]
        compare(report, gold, dates, counts, options.errors)
    _show(counts, spent)


def compare(report: Report, gold: list[Gold], mine: list[Mine], counts: dict[str, int], errors: bool) -> None:
    """Add one report's matches to the counts."""
    dates = [g for g in gold if g.type == "DATE" and not g.value.endswith("_REF")]
    others = [g for g in gold if g not in dates]
    kept = [
        x
        for x in mine
        if any(x[0] < g.end and g.start < x[1] for g in dates) or not any(x[0] < g.end and g.start < x[1] for g in others)
    ]
    counts["gold"] += len(dates)
    counts["found"] += len(kept)
    spans = {(g.start, g.end) for g in dates}
    counts["strict"] += sum((a, b) in spans for a, b, _ in kept)
    for a, b, _ in kept:
        hit = any(a < g.end and g.start < b for g in dates)
        counts["relaxed_found"] += hit
        if not hit and errors:
            print("spurious", repr(report.text[max(0, a - 30) : b + 30].replace("\n", " ")), repr(report.text[a:b]))
    for g in dates:
        match = next((x for x in kept if x[0] < g.end and g.start < x[1]), None)
        counts["relaxed_gold"] += match is not None
        if match is None:
            if errors:
                print("missed  ", repr(report.text[g.start : g.end]), g.value)
        elif re.match(r"\d{4}|\d{3}$", g.value):
            value, wanted = value_of(match[2]), re.sub(r"T.*|-X.*", "", g.value)
            right = value == wanted or _is_end(match[2], wanted)
            counts["valued"] += 1
            counts["right"] += right
            if not right and errors:
                around = report.text[max(0, g.start - 50) : g.end + 20].replace("\n", " ")
                print("value   ", repr(report.text[g.start : g.end]), g.value, "ours", value, report.published, repr(around))


def _show(counts: dict[str, int], spent: float) -> None:
    def f1(hits_gold: int, hits_found: int) -> float:
        precision, recall = hits_found / max(1, counts["found"]), hits_gold / max(1, counts["gold"])
        return 100 * 2 * precision * recall / max(1e-9, precision + recall)

    print(f"dates in the files {counts['gold']}, found {counts['found']}")
    print(f"strict span F {f1(counts['strict'], counts['strict']):.1f}")
    precision = 100 * counts["relaxed_found"] / max(1, counts["found"])
    recall = 100 * counts["relaxed_gold"] / max(1, counts["gold"])
    print(f"relaxed span F {f1(counts['relaxed_gold'], counts['relaxed_found']):.1f} (P {precision:.1f}, R {recall:.1f})")
    print(f"value accuracy {100 * counts['right'] / max(1, counts['valued']):.1f} of {counts['valued']}")
    print(f"{counts['tokens'] / max(spent, 1e-9):,.0f} tokens a second of processor time for times and quantities")


if __name__ == "__main__":
    main()
