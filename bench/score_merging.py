"""Scores the joining of reports: B3 and pairwise F of documents, beside a TF-IDF yardstick in the same run.

usage: score_merging.py --data FOLDER [--set gvc-dev gvc-train semeval] [--limit N] [--claims FOLDER] [--text-only]

Reads ``gvc/*.jsonl`` and ``semeval2018-5/*.jsonl`` below FOLDER (measuring only; nothing of them is kept here). Texts that
stand under two incidents are dropped. Rows of the table:

- ours: the whole path; a document belongs to one of its incidents: a violent one, of those the one told of by most reports,
  then the one that most of its evidence went into;
- wording only: our resolver on one bare claim a report, so that only words and dates can speak;
- TF-IDF, 7 days: documents at most 7 days apart with a cosine over a threshold, joined transitively; its threshold is
  the best of a grid on the same documents, which favours it;
- all single.

With ``--claims`` the extracted claims are kept in that folder and used again while the extractor's name stays the same.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from veridical.codebook import load
from veridical.model import Claim, Evidence, Report, Source
from veridical.resolve import resolve
from veridical.values import Certainty, Factuality, SourceKind, Stage

SETS = {"gvc-dev": "gvc/dev.jsonl", "gvc-train": "gvc/train.jsonl", "semeval": "semeval2018-5/violent_corpus_dev.jsonl"}
GRID = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
WINDOW_DAYS = 7


@dataclass(frozen=True)
class Documents:
    """Reports by id with the incident that each belongs to, and what was left out."""

    reports: Mapping[str, Report]
    gold: Mapping[str, str]
    dropped: int


def read_documents(path: Path, limit: int | None) -> Documents:
    """The documents of one file, without those under two incidents."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    homes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        homes[row["doc_id"]].add(row["incident_id"])
        homes[row["content"]].add(row["incident_id"])
    reports: dict[str, Report] = {}
    gold: dict[str, str] = {}
    dropped = 0
    for row in rows[:limit]:
        if max(len(homes[row["doc_id"]]), len(homes[row["content"]])) > 1 or not (row["content"] or "").strip():
            dropped += 1
            continue
        text = f"{row['title']}\n\n{row['content']}" if row["title"] else row["content"]
        report = Report.of(text, row["doc_id"], _outlet(row["uri"]), title=row["title"], published=row["dct"])
        reports[report.id] = report
        gold[report.id] = row["incident_id"]
    return Documents(reports, gold, dropped)


def _outlet(address: str | None) -> str | None:
    """The host of the innermost address (the corpora give archive addresses)."""
    if not address or "//" not in address:
        return None
    return address.rsplit("//", 1)[1].split("/")[0].split(":")[0].removeprefix("www.") or None


def extract_all(documents: Documents, kept: Path | None) -> tuple[list[Claim], float]:
    """The claims of all documents by the built-in path and the seconds that it took."""
    from veridical.annotate import annotate
    from veridical.extract import NAME, extractor
    from veridical.settings import Settings

    annotator, find_claims = annotate(Settings()), extractor(load(None))
    claims: list[Claim] = []
    start = time.perf_counter()
    for n, report in enumerate(documents.reports.values(), 1):
        file = kept / f"{report.id}.{NAME.replace(' ', '-')}.json" if kept else None
        if file is not None and file.exists():
            claims += msgspec.json.decode(file.read_bytes(), type=tuple[Claim, ...])
            continue
        found = find_claims(annotator(report))
        claims += found
        if file is not None:
            file.write_bytes(msgspec.json.encode(found))
        if n % 100 == 0:
            print(f"  {n}/{len(documents.reports)} reports, {n / (time.perf_counter() - start):.1f} a second", flush=True)
    return claims, time.perf_counter() - start


def bare_claim(report: Report) -> Claim:
    """A claim that says only that something violent happened."""
    return Claim(
        f"bare {report.id}",
        report.id,
        "none",
        "e",
        "attack",
        Stage.CARRIED_OUT,
        Factuality.CERTAIN,
        Certainty.STATED,
        (Source(report.publisher, SourceKind.OUTLET),),
        (Evidence("type", 0, 1, report.text[0]),),
    )


def join(claims: Sequence[Claim], documents: Documents) -> tuple[dict[str, str], float]:
    """Each document's incident and the seconds of resolving; a document without claims stands alone."""
    start = time.perf_counter()
    found = resolve(claims, documents.reports)
    spent = time.perf_counter() - start
    votes: dict[str, Counter[tuple[bool, int, str]]] = defaultdict(Counter)
    families = load(None)
    for incident in found.incidents:
        violent = families.family(incident.type) == "violence"
        for claim in incident.claims:
            votes[claim.report][violent, len(incident.reports), incident.id] += len(claim.evidence)
    home = {r: max(v, key=lambda k: (k[0], k[1], v[k], k[2]))[2] for r, v in votes.items()}
    return {r: home.get(r, f"alone {r}") for r in documents.reports}, spent


def tf_idf_groups(documents: Documents) -> Iterator[tuple[float, dict[str, str]]]:
    """For each threshold of the grid the groups that TF-IDF with the window makes."""
    reports = sorted(documents.reports.values(), key=lambda r: (r.published or "", r.id))
    bags = [Counter(w for w in r.text.lower().split() if w.isalpha()) for r in reports]
    holding = Counter(w for bag in bags for w in bag)
    vectors = []
    for bag in bags:
        raw = {w: (1 + math.log(n)) * math.log(len(bags) / holding[w]) for w, n in bag.items()}
        length = math.sqrt(math.fsum(x * x for x in raw.values())) or 1.0
        vectors.append({w: x / length for w, x in raw.items()})
    days = [date.fromisoformat(r.published).toordinal() if r.published else 0 for r in reports]
    near: list[tuple[float, int, int]] = []
    for i, vector in enumerate(vectors):
        for j in range(i - 1, -1, -1):
            if days[i] - days[j] > WINDOW_DAYS:
                break
            alike = sum(x * vectors[j].get(w, 0.0) for w, x in vector.items())
            if alike >= GRID[0]:
                near.append((alike, i, j))
    for threshold in GRID:
        home = list(range(len(reports)))
        for _, i, j in (x for x in near if x[0] >= threshold):
            a, b = _root(home, i), _root(home, j)
            home[max(a, b)] = min(a, b)
        yield threshold, {r.id: str(_root(home, n)) for n, r in enumerate(reports)}


def _root(home: list[int], i: int) -> int:
    while home[i] != i:
        home[i] = home[home[i]]
        i = home[i]
    return i


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F, averaged over documents (Bagga and Baldwin 1998)."""
    both = Counter((gold[d], found[d]) for d in gold)
    golds, founds = Counter(gold.values()), Counter(found[d] for d in gold)
    precision = sum(both[gold[d], found[d]] / founds[found[d]] for d in gold) / len(gold)
    recall = sum(both[gold[d], found[d]] / golds[gold[d]] for d in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F over pairs of documents put together."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs(Counter((gold[d], found[d]) for d in gold))
    said, true = pairs(Counter(found[d] for d in gold)), pairs(Counter(gold.values()))
    precision, recall = right / said if said else 1.0, right / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def show(name: str, gold: Mapping[str, str], found: Mapping[str, str], note: str = "") -> None:
    """One row of the table."""
    figures = "  ".join(f"{x:.3f}" for x in (*pairwise(gold, found), *b_cubed(gold, found)))
    print(f"  {name:18} {figures}  {len(set(found.values())):6}  {note}", flush=True)


def score_set(name: str, documents: Documents, claims_of: Callable[[Documents], tuple[list[Claim], float]] | None) -> None:
    """Prints the table of one set."""
    gold = documents.gold
    print(
        f"{name}: {len(gold)} documents, {len(set(gold.values()))} incidents; "
        f"{documents.dropped} dropped (no text, or a text under two incidents)"
    )
    print(f"  {'':18} pair P  pair R pair F  B3 P   B3 R   B3 F   groups")
    if claims_of is not None:
        claims, spent = claims_of(documents)
        found, resolving = join(claims, documents)
        silent = len(documents.reports) - len({c.report for c in claims})
        show(
            "ours",
            gold,
            found,
            f"{len(claims)} claims, {silent} reports without; extracted in {spent:.0f} s, resolved in {resolving:.1f} s",
        )
    found, resolving = join([bare_claim(r) for r in documents.reports.values()], documents)
    show("wording only", gold, found, f"resolved in {resolving:.1f} s")
    threshold, found = max(tf_idf_groups(documents), key=lambda g: pairwise(gold, g[1])[2])
    show("TF-IDF, 7 days", gold, found, f"threshold {threshold}, the best here")
    show("all single", gold, {d: d for d in gold})


def main() -> None:
    """Parses the command line and scores each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", nargs="+", choices=sorted(SETS), default=["gvc-dev", "gvc-train"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--text-only", action="store_true")
    options = parser.parse_args()
    if options.claims:
        options.claims.mkdir(parents=True, exist_ok=True)
    for name in options.set:
        documents = read_documents(options.data / SETS[name], options.limit)
        score_set(name, documents, None if options.text_only else lambda d: extract_all(d, options.claims))


if __name__ == "__main__":
    main()
