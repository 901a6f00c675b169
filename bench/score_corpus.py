"""Score the extractor on a part of the Veridical corpus, layer by layer.

    python bench/score_corpus.py [FOLDER] [--split dev]

Each report is extracted by itself, with its publisher and date. Spans, events, stages, factuality and chains are compared as two
annotators are (`veridical.corpus.agreement`), the gold second, so that P and R mean what they say. Attribution is scored as on
PolNeAR (``score_attribution.py``). Merging: all claims are resolved together, and each pair of gold events of different
reports is asked whether both stand in one incident; gold events that the extractor missed count as pairs not found.
The test part is for final numbers: naming it needs ``--final``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from score_attribution import Part, Scores, score_article, word_starts

from veridical import __version__
from veridical.annotate import annotate
from veridical.corpus import Document, Story, load_corpus
from veridical.corpus.agreement import Agreement, Match, kappa, matched_events
from veridical.corpus.splits import read_splits, select
from veridical.corpus.views import EventView, View, view_of_document, view_of_records
from veridical.model import Claim, Report
from veridical.pipeline.rooms import prepared, record_report, resolve_claims
from veridical.settings import Settings

PROJECT = Path(__file__).resolve().parents[1]


@dataclass
class Run:
    """What the extractor made of the reports of a part."""

    layers: Agreement = field(default_factory=Agreement)
    attribution: Scores = field(default_factory=Scores)
    claims: list[Claim] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    found: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """Claim ids of the record that was matched to a gold event, by report and event."""


def score(stories: Sequence[Story]) -> Run:
    """Extracts every report and compares it with its gold."""
    run, extract, analyse = Run(), prepared(Settings()), annotate(Settings())
    for story in stories:
        for document in story.documents:
            report = document.report
            claims = extract(report).claims
            records: list[dict[str, Any]] = record_report(claims, report)
            gold, mine = view_of_document(document), view_of_records(document.id, report.text, records)
            run.layers.add(mine, gold)
            run.found.update(_found(document, mine, gold))
            run.claims.extend(claims)
            run.reports[report.id] = report
            score_article(run.attribution, analyse(report), _parts(document))
    return run


def _found(document: Document, mine: View, gold: View) -> Mapping[tuple[str, str], frozenset[str]]:
    """Gold events with the claims of the record that is matched to each."""
    pairs = matched_events(mine.events, gold.events)
    return {(document.id, b.record["key"]): frozenset(c["id"] for c in a.record["claims"]) for a, b in pairs}


def _parts(document: Document) -> list[Part]:
    """The gold attributions as sets of word starts."""
    text, out = document.text, []
    for key in dict.fromkeys(m.attributes["a"] for m in document.tagged("q")):
        spans = {t: [(m.start, m.end) for m in document.tagged(t) if m.get("a") == key] for t in ("src", "cue", "q")}
        words = " ".join(text[a:b] for a, b in spans["cue"])
        out.append(Part(*(word_starts(text, spans[t]) for t in ("src", "cue", "q")), words))
    return out


def score_merging(stories: Sequence[Story], run: Run) -> Match:
    """Pairs of gold events of different reports that belong to one incident, and whether ours do."""
    place = {c.id: i.id for i in resolve_claims(run.claims, run.reports, ()) for c in i.claims}
    events: list[tuple[str, str, str | None]] = []
    for story in stories:
        for document in story.documents:
            for event in document.events.values():
                mine = {place[c] for c in run.found.get((document.id, event.id), ()) if c in place}
                events.append((document.id, f"{story.id}/{event.get('incident')}", min(mine, default=None)))
    match = Match()
    for (d, gold, mine_a), (e, other, mine_b) in combinations(events, 2):
        if d != e:
            same, ours = gold == other, mine_a is not None and mine_a == mine_b
            match.add(int(same and ours), int(ours), int(same))
    return match


def _stage_macro(pairs: Iterable[tuple[str, str]], events: Sequence[EventView]) -> float:
    """Mean F over the stages; a gold event without a match misses its stage."""
    pairs = list(pairs)
    total = {s: sum(e.record["stage"] == s for e in events) for s in {e.record["stage"] for e in events} - {None}}
    scores = []
    for stage, gold in total.items():
        right, ours = sum(a == b == stage for a, b in pairs), sum(a == stage for a, _ in pairs)
        scores.append(2 * right / (ours + gold) if ours + gold else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def _prf(match: Match) -> str:
    return " / ".join("-" if v is None else f"{v:.3f}" for v in (match.precision, match.recall, match.f))


def lines(run: Run, merging: Match, events: Sequence[EventView]) -> dict[str, str]:
    """The scores by their names, in the order of the history's columns."""
    layers, attribution = run.layers, run.attribution.parts
    out = {"events, P / R / F": _prf(layers.events), "events of the same type, P / R / F": _prf(layers.typed_events)}
    out["stage, macro F"] = f"{_stage_macro(layers.pairs['stage'], events):.3f}"
    for name in ("stage", "certainty", "factuality"):
        value = kappa(layers.pairs[name])
        out[f"{name} of shared events, kappa"] = "-" if value is None else f"{value:.3f}"
    for name in sorted(layers.overlap):
        out[f"{name} spans, P / R / F"] = _prf(layers.overlap[name])
    out["date of shared events, P / R / F"] = _prf(layers.values["when"])
    out["counts of shared events, P / R / F"] = _prf(layers.values["counts"])
    for name, tally in attribution.items():
        out[f"attribution {name}"] = " ".join(tally.line().split())
    out["chain of shared triggers, exact"] = f"{layers.chain_exact or 0:.3f}"
    out["chains of three or more, exact"] = f"{layers.long_chain_exact or 0:.3f}"
    out["pairs of events merged across reports, P / R / F"] = _prf(merging)
    return out


def main() -> int:
    """Prints the scores; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=PROJECT / "corpus")
    parser.add_argument("--split", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--final", action="store_true", help="allow the test part")
    given = parser.parse_args()
    if given.split == "test" and not given.final:
        parser.error("the test part is touched for final numbers only: add --final if these are")
    stories = select(load_corpus(given.folder), read_splits(given.folder), given.split)
    run = score(stories)
    events = [e for s in stories for d in s.documents for e in view_of_document(d).events]
    print(f"{given.split}: {len(run.reports)} reports, {len(events)} events; veridical {__version__}")
    for name, value in lines(run, score_merging(stories, run), events).items():
        print(f"{name:<48}{value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
