"""Scores place resolution on LGL and GeoWebNews (even ids): share within 161 km, mean kilometres, with gold and own names.

    python bench/score_places.py --data FOLDER [--own] [--limit N] [--errors N]

FOLDER holds lgl.xml and GeoWebNews.xml (GPL-3.0, for measuring only). "gold" gives the resolver the gold toponyms as
names; every toponym with coordinates counts, an unresolved one as a miss. "own" tags the text itself; nationalities, which we
hold for context and not for places, are left out there. The gold's own GeoNames id
is right at no distance (the centre of a large country depends on who drew it).
"""

from __future__ import annotations

import argparse
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from veridical.annotate.gazetteer import Gazetteer
from veridical.annotate.gazetteer_names import fold
from veridical.annotate.places import resolve_places
from veridical.annotate.places_words import load_demonyms
from veridical.annotate.syntax_tokens import paragraphs, sentences, words
from veridical.model import NameSpan, PlaceMention, Report, Token

NEAR_KM = 161.0
NOT_NAMES = {"Literal_Expression", "Non_Lit_Expression", "Non_Toponym", "Homonym", "Language", "Demonym"}


@dataclass(frozen=True)
class Gold:
    """One annotated toponym."""

    start: int
    end: int
    text: str
    geonames: str
    latitude: float
    longitude: float


@dataclass
class Tally:
    """What is counted over a corpus."""

    gold: int = 0
    resolved: int = 0
    near: int = 0
    found: int = 0
    given: int = 0
    right: int = 0
    kilometres: list[float] = field(default_factory=list)
    misses: Counter[str] = field(default_factory=Counter)


def lgl(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Texts of LGL with their toponyms that have coordinates."""
    for article in ET.parse(path).getroot():
        gold = [
            Gold(
                int(t.findtext("start", "")),
                int(t.findtext("end", "")),
                t.findtext("phrase", ""),
                _id(t),
                float(t.findtext("gaztag/lat", "")),
                float(t.findtext("gaztag/lon", "")),
            )
            for t in article.iter("toponym")
            if t.find("gaztag/lat") is not None
        ]
        yield article.findtext("text", ""), gold


def _id(toponym: ET.Element) -> str:
    tag = toponym.find("gaztag")
    return "" if tag is None else tag.get("geonameid", "")


def geowebnews(path: Path, with_id: bool) -> Iterator[tuple[str, list[Gold]]]:
    """Texts of GeoWebNews with their proper toponyms that have coordinates (and a GeoNames id)."""
    for article in ET.parse(path).getroot():
        gold = [
            Gold(
                int(t.findtext("start", "")),
                int(t.findtext("end", "")),
                t.findtext("extractedName", ""),
                t.findtext("geonamesID") or "",
                float(t.findtext("latitude", "")),
                float(t.findtext("longitude", "")),
            )
            for t in article.iter("toponym")
            if t.findtext("latitude") and t.findtext("type") not in NOT_NAMES and (t.findtext("geonamesID") or not with_id)
        ]
        yield article.findtext("text", ""), gold


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens without analysis, for runs on gold names."""
    out: list[Token] = []
    number = 0
    for begin, end in paragraphs(text):
        for start, stop in sentences(text, begin, end):
            for a, b in words(text, start, stop):
                out.append(Token(len(out), a, b, text[a:b], text[a:b].lower(), "X", "X", len(out), "dep", number))
            number += 1
    return tuple(out)


def gold_names(tokens: Sequence[Token], gold: Sequence[Gold]) -> list[NameSpan]:
    """Gold toponyms as token ranges, without overlaps."""
    out: list[NameSpan] = []
    for g in sorted(gold, key=lambda g: (g.start, -g.end)):
        inside = [t.i for t in tokens if t.start < g.end and t.end > g.start]
        if inside and not (out and inside[0] < out[-1].end):
            out.append(NameSpan(inside[0], inside[-1] + 1, "GPE"))
    return out


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance."""
    p, q = radians(a[0]), radians(b[0])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def count(tally: Tally, tokens: Sequence[Token], mentions: Sequence[PlaceMention], gold: Sequence[Gold]) -> None:
    """Adds one text: a gold toponym is found by the mention that overlaps it most."""
    hit: set[int] = set()
    for g in gold:
        tally.gold += 1
        overlaps = [(min(tokens[m.end - 1].end, g.end) - max(tokens[m.start].start, g.start), k) for k, m in enumerate(mentions)]
        best = max(overlaps, default=(0, -1))
        if best[0] <= 0:
            tally.misses[f"{g.text} (not found)"] += 1
            continue
        tally.found += 1
        hit.add(best[1])
        where = mentions[best[1]].where
        if where.latitude is None or where.longitude is None:
            tally.misses[f"{g.text} (unresolved)"] += 1
            continue
        same = str(where.geonames_id) == g.geonames
        away = 0.0 if same else kilometres((where.latitude, where.longitude), (g.latitude, g.longitude))
        tally.resolved += 1
        tally.kilometres.append(away)
        tally.near += away <= NEAR_KM
        if away > NEAR_KM:
            tally.misses[f"{g.text} ({away:.0f} km to {where.city or where.admin1}, {where.country})"] += 1
    tally.given += len(mentions)
    tally.right += len(hit)


def score(texts: Sequence[tuple[str, list[Gold]]], gazetteer: Gazetteer, syntax: Any) -> tuple[Tally, float]:
    """The tally of a corpus and the tokens a second of processor time of resolution alone."""
    tally, seconds, amount = Tally(), 0.0, 0
    for number, (raw, given) in enumerate(texts):
        gold = given
        report = Report.of(raw, f"text {number}")
        # Gold offsets count a Windows newline or a decomposed letter differently: such texts are rare and keep their own.
        tokens, names = tokenize(raw), None
        if syntax is not None:
            gold = [g for g in given if fold(g.text) not in load_demonyms()]
            result = syntax(report.text)
            tokens, names = result.tokens, result.names
        started = time.process_time()
        mentions = resolve_places(
            report, tokens, names if names is not None else gold_names(tokens, gold), gazetteer, context=True
        )
        seconds += time.process_time() - started
        amount += len(tokens)
        count(tally, tokens, mentions, gold)
    return tally, amount / max(seconds, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--own", action="store_true", help="score with our own tagging too")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", type=int, default=0, help="print the N most frequent misses")
    options = parser.parse_args()
    gazetteer = Gazetteer.open(options.gazetteer)
    corpora = {
        "LGL": list(lgl(options.data / "lgl.xml")),
        "GeoWebNews, with GeoNames ids": list(geowebnews(options.data / "GeoWebNews.xml", True)),
        "GeoWebNews, all coordinates": list(geowebnews(options.data / "GeoWebNews.xml", False)),
    }
    makers: list[tuple[str, Any]] = [("gold names", None)]
    if options.own:
        from veridical.annotate.syntax import Syntax

        makers.append(("own names", Syntax(threads=1)))
    print(
        f"{'corpus':32}{'names':12}{'toponyms':>9}{'within 161 km':>15}{'of resolved':>12}{'mean km':>9}{'tag P':>7}"
        f"{'tag R':>7}{'tokens/s':>10}"
    )
    for label, syntax in makers:
        for name, texts in corpora.items():
            tally, rate = score(texts[: options.limit], gazetteer, syntax)
            mean = sum(tally.kilometres) / max(1, len(tally.kilometres))
            print(
                f"{name:32}{label:12}{tally.gold:>9}{tally.near / max(1, tally.gold):>15.3f}"
                f"{tally.near / max(1, tally.resolved):>12.3f}{mean:>9.0f}{tally.right / max(1, tally.given):>7.2f}"
                f"{tally.found / max(1, tally.gold):>7.2f}{rate:>10,.0f}"
            )
            for miss, times in tally.misses.most_common(options.errors):
                print(f"    {times:4} {miss}")


if __name__ == "__main__":
    main()
