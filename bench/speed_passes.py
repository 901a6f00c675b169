"""One pass over a file of texts in a process of its own, measured from its start to its end; prints one line of JSON.

    python bench/speed_passes.py encoder|tagger|teacher|build ROWS.jsonl [--workers N]

- encoder: text to words and wordpieces, and the network over them: nothing is read off its scores;
- tagger: the whole of our syntax: tags, lemmas, trees and names;
- teacher: spaCy 2.3 with en-core-web-sm 2.2.5, tags, trees and names (needs a python that has them, 3.8 or later);
- build: what ``veridical build`` does, from the file to a casebook with its incidents.

``seconds`` are wall-clock and ``cpu`` processor seconds of this process and its workers, start-up and loading of models
included; ``main_mb`` and ``worker_mb`` the peak memory of this process and of its largest worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

BEGAN = time.perf_counter()


def texts_of(rows: Path) -> list[str]:
    """The texts of a file of rows."""
    with rows.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def run_encoder(rows: Path) -> dict[str, float]:
    """The network alone: what no pipeline on top of it can be faster than."""
    from veridical.annotate.encoder import Network
    from veridical.annotate.syntax import MODEL_FOLDER
    from veridical.annotate.syntax_tokens import paragraphs, sentences, words

    network, count = Network(MODEL_FOLDER, threads=1), 0
    for text in texts_of(rows):
        cut = [
            [text[a:b] for a, b in words(text, start, stop)]
            for begin, end in paragraphs(text)
            for start, stop in sentences(text, begin, end)
        ]
        ready = [(forms, network.pieces(forms)) for forms in cut if forms]
        # Longer ones are cut in the product; here they are only kept from being out of reach.
        ready = [(forms[:180], pieces[:180]) for forms, pieces in ready]
        for _, scores in network.scores(ready):
            count += len(scores.upos)
    return {"tokens": count}


def run_tagger(rows: Path) -> dict[str, float]:
    """Tags, lemmas, trees and names."""
    from veridical.annotate.syntax import Syntax

    syntax = Syntax(threads=1)
    return {"tokens": sum(len(syntax(text).tokens) for text in texts_of(rows))}


def run_teacher(rows: Path) -> dict[str, float]:
    """spaCy's tagger, parser and names, one core."""
    import warnings

    warnings.filterwarnings("ignore")
    import en_core_web_sm  # type: ignore[import-not-found, unused-ignore]

    nlp = en_core_web_sm.load()
    return {"tokens": sum(len(doc) for doc in nlp.pipe(texts_of(rows)))}


def run_build(rows: Path, workers: int) -> dict[str, float]:
    """Reads, annotates, extracts, stores and resolves."""
    from veridical.pipeline import BuildOptions, Progress, build
    from veridical.settings import Settings

    resolving = []

    def watch(progress: Progress) -> None:
        if progress.resolving:
            resolving.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as scratch:
        summary = build([str(rows)], Path(scratch) / "casebook.db", Settings(), BuildOptions(workers=workers, progress=watch))
    return {
        "read": summary.read,
        "refused": len(summary.refused),
        "claims": summary.claims,
        "incidents": summary.incidents,
        "resolving": time.perf_counter() - resolving[0],
    }


def main() -> int:
    """Runs one pass and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("encoder", "tagger", "teacher", "build"))
    parser.add_argument("rows", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    passes = {"encoder": run_encoder, "tagger": run_tagger, "teacher": run_teacher}
    found = run_build(given.rows, given.workers) if given.what == "build" else passes[given.what](given.rows)
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    found["seconds"] = time.perf_counter() - BEGAN
    found["cpu"] = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    found["main_mb"], found["worker_mb"] = own.ru_maxrss / 1024, others.ru_maxrss / 1024
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
