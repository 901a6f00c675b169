"""Makes ``data/person_nouns.tsv``: nouns that name people, counted in GUM's entity annotation.

usage: python -m training.person_nouns GUM.conllu … -o src/veridical/data/person_nouns.tsv

A noun is kept when it heads a person's mention at least once and in at least 60 % of its mentions (people and
animals against all else). GUM: CC BY 4.0 annotations; only words and counts are taken, no text.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_OPEN = re.compile(r"\((\d+)-([a-z]+)")


def heads(path: Path) -> Iterator[tuple[str, str]]:
    """(lemma, entity type) of the head noun of every mention in a CoNLL-U file with GUM's Entity annotation."""
    sentence: list[tuple[str, str, int, str]] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 10:
            yield from _mentions(sentence)
            sentence = []
        elif cells[0].isdigit():
            entity = next((x[7:] for x in cells[9].split("|") if x.startswith("Entity=")), "")
            sentence.append((cells[2], cells[3], int(cells[6]) - 1, entity))


def _mentions(sentence: list[tuple[str, str, int, str]]) -> Iterator[tuple[str, str]]:
    open_spans: list[tuple[str, str, int]] = []
    for i, (_, _, _, entity) in enumerate(sentence):
        for number, kind in _OPEN.findall(entity):
            open_spans.append((number, kind, i))
        for match in re.finditer(r"(\d+)?[^()]*\)", entity):
            number = match.group(1)
            found = next((s for s in reversed(open_spans) if number is None or s[0] == number), None)
            if found is None:
                continue
            open_spans.remove(found)
            span = range(found[2], i + 1)
            head = next((k for k in span if sentence[k][2] not in span), found[2])
            if sentence[head][1] == "NOUN":
                yield sentence[head][0].lower(), found[1]


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    people: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for path in options.files:
        for lemma, kind in heads(path):
            (people if kind == "person" else others)[lemma] += 1
    kept = sorted(w for w in people if w.isalpha() and people[w] / (people[w] + others[w]) >= 0.6)
    lines = [
        "# Nouns that name people, with their mentions as person and as anything else in GUM's training part (CC BY 4.0",
        "# annotations). Made by training/person_nouns.py; words and counts only.",
    ]
    options.out.write_text("\n".join([*lines, *(f"{w}\t{people[w]}\t{others[w]}" for w in kept)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
