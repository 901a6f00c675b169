"""Training material of the annotator: reads the open corpora into one JSON Lines form.

A sentence is a dict with ``words``, ``source`` and, where gold exists, ``heads`` (1-based, 0 is the
root), ``deps``, ``upos``, ``xpos``, ``lemmas``. The teacher adds ``names`` (BIO tags) later.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from veridical.annotate.syntax_tokens import paragraphs, sentences, words

Sentence = dict[str, Any]

MEANTIME_TRAIN = ("corpus_apple", "corpus_gm")
MEANTIME_HELD = "corpus_airbus"
RE3D = (
    "australian-department-of-foreign-affairs",
    "centcom",
    "delegation-of-the-european-union-to-syria",
    "uk-government",
    "us-state-department",
    "wikipedia",
)


def read_conllu(path: Path, source: str) -> Iterator[Sentence]:
    """The basic trees of a CoNLL-U file; empty nodes and multiword lines are left out."""
    rows: list[list[str]] = []
    text = ""
    for line in path.open(encoding="utf-8"):
        if line.startswith("# text = "):
            text = line[9:].rstrip("\n")
        elif not line.strip():
            if rows:
                yield _tree(rows, source, text)
            rows = []
        elif line[0].isdigit() and re.match(r"\d+\t", line):
            rows.append(line.rstrip("\n").split("\t"))
    if rows:
        yield _tree(rows, source, text)


def _tree(rows: list[list[str]], source: str, text: str) -> Sentence:
    """One sentence from its CoNLL-U rows."""
    return {
        "source": source,
        "text": text,
        "words": [r[1] for r in rows],
        "lemmas": [r[2] for r in rows],
        "upos": [r[3] for r in rows],
        "xpos": [r[4] for r in rows],
        "heads": [int(r[6]) for r in rows],
        "deps": [r[7] for r in rows],
        "misc": [r[9] for r in rows],
    }


def read_meantime(folder: Path, parts: Iterable[str]) -> Iterator[Sentence]:
    """Tokenised Wikinews sentences, with the gold entity type of each named extent as ``gold`` BIO tags."""
    for part in parts:
        for path in sorted((folder / part).glob("*.xml")):
            yield from _meantime_document(ET.parse(path).getroot())


def _meantime_document(root: ET.Element) -> Iterator[Sentence]:
    tokens = {t.get("t_id"): (int(t.get("sentence", "0")), t.text or "") for t in root.iter("token")}
    kinds = _meantime_kinds(root)
    tags = dict.fromkeys(tokens, "O")
    for mention in root.iter("ENTITY_MENTION"):
        kind = kinds.get(mention.get("m_id"))
        if kind and mention.get("syntactic_type") == "NAM":
            anchors = [a.get("t_id") for a in mention.iter("token_anchor")]
            for place, anchor in enumerate(anchors):
                tags[anchor] = ("B-" if place == 0 else "I-") + kind
    by_sentence: dict[int, Sentence] = {}
    for key, (number, word) in tokens.items():
        sentence = by_sentence.setdefault(number, {"source": "meantime", "words": [], "gold": []})
        sentence["words"].append(word)
        sentence["gold"].append(tags[key])
    yield from (by_sentence[n] for n in sorted(by_sentence))


def _meantime_kinds(root: ET.Element) -> dict[str | None, str]:
    """The entity type of every mention, over the REFERS_TO relations."""
    types = {e.get("m_id"): e.get("ent_type", "") for e in root.iter("ENTITY")}
    kinds: dict[str | None, str] = {}
    for link in root.iter("REFERS_TO"):
        for target in link.iter("target"):
            for source in link.iter("source"):
                kinds[source.get("m_id")] = types.get(target.get("m_id"), "")
    return kinds


def read_re3d(folder: Path) -> Iterator[Sentence]:
    """Sentences of the openly licensed re3d folders, with gold entity types as ``gold`` spans."""
    for part in RE3D:
        entities: dict[str, list[dict[str, Any]]] = {}
        for line in (folder / part / "entities.json").open(encoding="utf-8"):
            entity = json.loads(line)
            entities.setdefault(entity["documentId"], []).append(entity)
        for line in (folder / part / "documents.json").open(encoding="utf-8"):
            document = json.loads(line)
            yield from _cut(document["text"], "re3d", entities.get(document["_id"], []))


def _cut(text: str, source: str, entities: list[dict[str, Any]]) -> Iterator[Sentence]:
    """A document's sentences in the words of the runtime, with entity spans laid over them."""
    for begin, end in paragraphs(text):
        for start, stop in sentences(text, begin, end):
            spans = words(text, start, stop)
            gold = []
            for entity in entities:
                inside = [i for i, (a, b) in enumerate(spans) if a < entity["end"] and b > entity["begin"]]
                if inside and start <= entity["begin"] < stop:
                    gold.append([inside[0], inside[-1] + 1, entity["type"]])
            yield {"source": source, "words": [text[a:b] for a, b in spans], "gold_spans": gold}


def read_muc(path: Path) -> Iterator[Sentence]:
    """Sentences of the MUC-4 training reports, in capitals, with the names of their keys as gold spans."""
    for line in path.open(encoding="utf-8"):
        report = json.loads(line)
        text = re.sub(r"^\S+ \([^)]*\)\s*", "", report["text"])
        keys = muc_names(report["templates"])
        for sentence in _cut(text, "muc", []):
            if 4 <= len(sentence["words"]) <= 80:
                sentence["gold_spans"] = [
                    span for words, kind in keys.items() for span in occurrences(sentence["words"], list(words), kind)
                ]
                yield sentence


def muc_names(templates: list[dict[str, Any]]) -> dict[tuple[str, ...], str]:
    """The named persons, organizations and places of a report's keys, as words with their type."""
    found: dict[tuple[str, ...], str] = {}
    for template in templates:
        for slot, kind in (("perp_org_id", "Organisation"), ("hum_tgt_name", "Person")):
            for fill in template[slot] if isinstance(template[slot], list) else ():
                for name in re.findall(r'"([^"]+)"', fill["raw"]):
                    found[tuple(name.split())] = kind
        for fill in template["incident_location"] if isinstance(template["incident_location"], list) else ():
            for name in re.findall(r"([^:()]+?)\s*\((?:CITY|TOWN|DEPARTMENT|PROVINCE|MUNICIPALITY|STATE)\)", fill["raw"]):
                found.setdefault(tuple(name.strip().split()), "Location")
    return found


def occurrences(words: list[str], name: list[str], kind: str) -> Iterator[list[Any]]:
    """Where the name stands among the words."""
    for i in range(len(words) - len(name) + 1):
        if words[i : i + len(name)] == name:
            yield [i, i + len(name), kind]


def write_jsonl(path: Path, rows: Iterable[Sentence]) -> int:
    """Writes the rows and returns how many there were."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_jsonl(path: Path) -> list[Sentence]:
    """All rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def prepare(data: Path, out: Path) -> dict[str, int]:
    """Writes train.jsonl, muc.jsonl, dev-ewt.jsonl, dev-gum.jsonl and held.jsonl; returns their sizes."""
    out.mkdir(parents=True, exist_ok=True)

    def train() -> Iterator[Sentence]:
        yield from read_conllu(data / "ud-ewt/train.conllu", "ewt")
        yield from read_conllu(data / "gum/train.conllu", "gum")
        yield from read_meantime(data / "meantime", MEANTIME_TRAIN)
        yield from read_re3d(data / "re3d")

    return {
        "train": write_jsonl(out / "train.jsonl", train()),
        "muc": write_jsonl(out / "muc.jsonl", read_muc(data / "muc4/full/train.jsonl")),
        "dev-ewt": write_jsonl(out / "dev-ewt.jsonl", read_conllu(data / "ud-ewt/dev.conllu", "ewt")),
        "dev-gum": write_jsonl(out / "dev-gum.jsonl", read_conllu(data / "gum/dev.conllu", "gum")),
        "held": write_jsonl(out / "held.jsonl", read_meantime(data / "meantime", [MEANTIME_HELD])),
    }
