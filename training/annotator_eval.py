"""Scores of an exported model on the treebanks' dev parts and on gold names, and its speed and memory."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.annotator_data import read_conllu, read_jsonl
from training.annotator_gold import gold_of, spans_of

from veridical.annotate.syntax import Syntax, SyntaxResult

Sentence = dict[str, Any]
CORE = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC")
FAMILY = {"ORG": "ORG", "PERSON": "PERSON", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP"}


def gold_words(syntax: Syntax, rows: list[Sentence], capitals: bool = False) -> tuple[dict[str, float], list[Any]]:
    """Scores with the treebank's own words, and the name spans found per row."""
    hits: Counter[str] = Counter()
    names: list[Any] = [None] * len(rows)
    network = syntax._network
    forms = [[w.upper() for w in row["words"]] if capitals else row["words"] for row in rows]
    from veridical.annotate.syntax_trees import best_names

    for i, scores in network.scores([(f, network.pieces(f)) for f in forms]):
        row = rows[i]
        names[i] = best_names(scores.names, network.labels["names"])
        if "heads" not in row:
            continue
        for k, word in enumerate(syntax._words(forms[i], scores)):
            hits["n"] += 1
            hits["uas"] += word.head == row["heads"][k]
            hits["las"] += word.head == row["heads"][k] and word.dep == row["deps"][k]
            hits["upos"] += word.upos == row["upos"][k]
            hits["xpos"] += word.xpos == row["xpos"][k]
            lemma, gold = word.lemma, row["lemmas"][k]
            hits["lemma"] += (lemma.lower() == gold.lower() if capitals else lemma == gold) or gold == "_"
    return {k: round(v / max(1, hits["n"]), 4) for k, v in hits.items() if k != "n"}, names


def raw_scores(syntax: Syntax, path: Path, size: int = 400) -> dict[str, float]:
    """F of words, sentences and their analyses from raw text, as the CoNLL 2018 shared task counts them."""
    count: Counter[str] = Counter()
    for text, gold in documents(path, size):
        result = syntax(text)
        found = system_rows(text, result)
        count["gold"] += len(gold)
        count["system"] += len(found)
        count["words"] += len(gold.keys() & found.keys())
        gold_starts, starts = {g["sentence"] for g in gold.values()}, {f["sentence"] for f in found.values()}
        count["sents_gold"] += len(gold_starts)
        count["sents_system"] += len(starts)
        count["sents"] += len(gold_starts & starts)
        for key in gold.keys() & found.keys():
            g, f = gold[key], found[key]
            for name in ("upos", "xpos", "lemma"):
                count[name] += g[name] == f[name]
            count["uas"] += g["head"] == f["head"]
            count["las"] += g["head"] == f["head"] and g["dep"] == f["dep"]
    out = {
        name: round(2 * count[name] / (count["gold"] + count["system"]), 4)
        for name in ("words", "upos", "xpos", "lemma", "uas", "las")
    }
    return out | {"sentences": round(2 * count["sents"] / (count["sents_gold"] + count["sents_system"]), 4)}


def documents(path: Path, size: int) -> Iterator[tuple[str, dict[tuple[int, int], dict[str, Any]]]]:
    """Raw documents of the treebank with their words, by offsets among the characters that are no spaces."""
    groups: list[list[list[Sentence]]] = []
    rows = iter(read_conllu(path, ""))
    texts = path.read_text(encoding="utf-8").strip().split("\n\n")
    for block, row in zip(texts, rows, strict=True):
        if "# newdoc" in block or not groups:
            groups.append([[]])
        elif "# newpar" in block:
            groups[-1].append([])
        groups[-1][-1].append(row)
    for group in groups[:size]:
        yield document(group)


def document(group: list[list[Sentence]]) -> tuple[str, dict[tuple[int, int], dict[str, Any]]]:
    """One document: paragraphs separated by blank lines, sentences by spaces."""
    gold: dict[tuple[int, int], dict[str, Any]] = {}
    parts, at = [], 0
    for paragraph in group:
        lines = []
        for row in paragraph:
            whole = "".join(row["words"]).replace(" ", "")
            lines.append(row["text"] if re.sub(r"\s", "", row["text"]) == whole else " ".join(row["words"]))
            spans = []
            for word in row["words"]:
                size = len(re.sub(r"\s", "", word))
                spans.append((at, at + size))
                at += size
            for k, span in enumerate(spans):
                head = row["heads"][k]
                gold[span] = {
                    "upos": row["upos"][k],
                    "xpos": row["xpos"][k],
                    "lemma": row["lemmas"][k],
                    "dep": row["deps"][k],
                    "head": spans[head - 1] if head else None,
                    "sentence": spans[0][0],
                }
        parts.append(" ".join(lines))
    return "\n\n".join(parts), gold


def system_rows(text: str, result: SyntaxResult) -> dict[tuple[int, int], dict[str, Any]]:
    """The model's words by offsets among the characters that are no spaces."""
    place, at = [], 0
    for character in text:
        place.append(at)
        at += not character.isspace()
    place.append(at)
    spans = [(place[t.start], place[t.end]) for t in result.tokens]
    return {
        spans[t.i]: {
            "upos": t.pos,
            "xpos": t.tag,
            "lemma": t.lemma,
            "dep": t.dep,
            "head": None if t.head == t.i else spans[t.head],
            "sentence": spans[result.sentences[t.sent][0]][0],
        }
        for t in result.tokens
    }


def name_scores(gold: list[list[Any]], found: list[list[Any]], kinds: tuple[str, ...]) -> dict[str, float]:
    """Precision, recall and F of exact spans with exact labels."""
    right = total = given = 0
    for g, f in zip(gold, found, strict=True):
        a, b = {tuple(x) for x in g if x[2] in kinds}, {tuple(x) for x in f if x[2] in kinds}
        right, total, given = right + len(a & b), total + len(a), given + len(b)
    p, r = right / max(1, given), right / max(1, total)
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4), "n": total}


def family_scores(rows: list[Sentence], found: list[list[Any]]) -> dict[str, float]:
    """Against gold entities: names whose last word gets the right family, and family accuracy where one is found."""
    seen = right = total = 0
    for row, spans in zip(rows, found, strict=True):
        for _, end, kind in gold_of(row):
            total += 1
            over = [s for s in spans if s[0] < end <= s[1]]
            seen += bool(over) and over[0][2] in FAMILY
            right += bool(over) and FAMILY.get(over[0][2]) == kind
    return {
        "found_with_right_family": round(right / max(1, total), 4),
        "family_accuracy_of_found": round(right / max(1, seen), 4),
        "n": total,
    }


def speed(syntax: Syntax, text: str) -> dict[str, float]:
    """Tokens a second from raw text and the process's peak memory in MB."""
    size = len(syntax(text).tokens)
    begun = time.perf_counter()
    syntax(text)
    return {
        "tokens_per_second": round(size / (time.perf_counter() - begun)),
        "tokens": size,
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def evaluate_model(data: Path, out: Path, model: Path, short: bool = False) -> dict[str, Any]:
    """All scores of one exported model folder."""
    syntax = Syntax(1, model)
    scores: dict[str, Any] = {}
    for split in ("dev-ewt", "dev-gum", "held"):
        rows = read_jsonl(out / f"{split}.names.jsonl")
        trees, found = gold_words(syntax, rows)
        silver = [spans_of(row["names"]) for row in rows]
        scores[split] = trees | {"names_vs_teacher": name_scores(silver, found, CORE)}
        if split != "dev-ewt":
            scores[split] |= {"names_vs_gold": family_scores(rows, found), "teacher_vs_gold": family_scores(rows, silver)}
        if split != "held" and not short:
            capitals, found = gold_words(syntax, rows, True)
            scores[split]["capitals"] = capitals | {"names_vs_teacher": name_scores(silver, found, CORE)}
    if not short:
        scores["raw-ewt"] = raw_scores(syntax, data / "ud-ewt/dev.conllu")
        scores["raw-gum"] = raw_scores(syntax, data / "gum/dev.conllu")
        text = "\n\n".join(t for t, _ in documents(data / "gum/dev.conllu", 99))
        scores["speed"] = speed(syntax, text)
    return scores


def report(data: Path, out: Path) -> None:
    """Writes scores.json for the int8 and the float model of ``out``/model."""
    folder, floats = out / "model", out / "model-float"
    floats.mkdir(exist_ok=True)
    for name in ("labels.json", "label_weights.npz", "tokenizer.json", "lemmas.json"):
        (floats / name).write_bytes((folder / name).read_bytes())
    if (folder / "float.onnx").exists():
        (folder / "float.onnx").rename(floats / "model.onnx")
    scores = {"int8": evaluate_model(data, out, folder), "float": evaluate_model(data, out, floats)}
    (out / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    json.dump(scores, sys.stdout, indent=1)
