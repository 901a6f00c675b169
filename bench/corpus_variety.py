"""How near the Veridical corpus is to real copy: the same measures of variety on WikiEvents dev, MEANTIME and ours.

    python bench/corpus_variety.py [FOLDER] --data DATA [--frames N]

Shared word sequences grow with the size of a set, so ours is also measured on random samples of whole stories with as many
words as the other set has (mean of 20 draws). ``--frames`` lists the most repeated openings, frames and word sequences of ours.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from xml.etree import ElementTree

from veridical.corpus import load_corpus
from veridical.corpus.variety import Text, Variety, texts_of

PROJECT = Path(__file__).resolve().parents[1]
DRAWS = 20
_LOOSE = re.compile(r"\s+(?=[.,;:!?%)\]’”]|'s\b|n't\b)|(?<=[(\[$“])\s+|(?<=’) (?=s\b)")


def wikievents(data: Path) -> list[Text]:
    """The dev reports of WikiEvents, each by itself."""
    rows = [json.loads(line) for line in (data / "wikievents" / "dev.jsonl").read_text("utf-8").splitlines()]
    return [Text(r["doc_id"], r["doc_id"], "\n".join(s[1] for s in r["sentences"])) for r in rows]


def meantime(data: Path) -> list[Text]:
    """The Wikinews reports of MEANTIME, each by itself, put together from their tokens."""
    out = []
    for path in sorted((data / "meantime").glob("corpus_*/*.xml")):
        lines: dict[int, list[str]] = {}
        for token in ElementTree.parse(path).getroot().iter("token"):
            lines.setdefault(int(token.attrib["sentence"]), []).append(token.text or "")
        out.append(Text(path.stem, path.stem, "\n".join(_LOOSE.sub("", " ".join(x)) for x in lines.values())))
    return out


def sample(texts: Sequence[Text], words: int, seed: int) -> list[Text]:
    """Whole groups in a random order until they hold as many words."""
    groups: dict[str, list[Text]] = {}
    for text in texts:
        groups.setdefault(text.group, []).append(text)
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    chosen: list[Text] = []
    for group in order:
        if sum(len(t.text.split()) for t in chosen) >= words:
            break
        chosen.extend(groups[group])
    return chosen


def main() -> int:
    """Prints one column a set; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=PROJECT / "corpus")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=0, metavar="N")
    given = parser.parse_args()
    ours = texts_of(load_corpus(given.folder))
    for name, theirs in (("WikiEvents dev", wikievents(given.data)), ("MEANTIME", meantime(given.data))):
        measures = Variety(theirs).measures
        words = sum(len(t.text.split()) for t in theirs)
        draws = [Variety(sample(ours, words, seed)).measures for seed in range(DRAWS)]
        print(f"\n{name}: {len(theirs)} reports; ours: {DRAWS} samples of as many words")
        for key, value in measures.items():
            print(f"  {key:<52}{value:>10.3f}{fmean(d[key] for d in draws):>10.3f}")
    whole = Variety(ours)
    print(f"\nOurs, whole: {len(ours)} reports")
    for key, value in whole.measures.items():
        print(f"  {key:<52}{value:>10.3f}")
    if given.frames:
        listed = (
            ("openings", whole.openings.most_common()),
            ("frames", whole.frames.most_common()),
            ("words", whole.shared_grams),
        )
        for title, found in listed:
            print(f"\n{title}")
            for words_, groups in found[: given.frames]:
                print(f"  {groups:>4}  {words_}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
