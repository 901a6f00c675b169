"""Turns prepared sentences into padded tensors, with the augmentations of names and case."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from training.annotator_augment import augment
from training.annotator_model import Labels

from veridical.annotate.syntax_features import caseless, fold, lemma_script, shapes_of

Sentence = dict[str, Any]
IGNORE = -100
MAX_WORD_PIECES, MAX_PIECES = 12, 220


def collect_labels(rows: list[Sentence]) -> Labels:
    """The classes that the training rows need; lemma scripts seen fewer than three times are left out."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    deps: Counter[str] = Counter()
    names: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for row in rows:
        names.update(row["names"])
        upos.update(row.get("upos", ()))
        xpos.update(row.get("xpos", ()))
        deps.update(row.get("deps", ()))
        if "lemmas" in row:
            scripts.update(s for s in scripts_of(row) if s)
    kinds = sorted({n[2:] for n in names if n != "O"})
    return Labels(
        sorted(upos),
        sorted(xpos),
        sorted(deps),
        sorted(s for s, n in scripts.items() if n > 2),
        ["O", *(p + k for k in kinds for p in ("B-", "I-"))],
    )


def scripts_of(row: Sentence) -> list[str | None]:
    """The lemma script of every word of a tree."""
    triples = zip(row["words"], row["lemmas"], row["upos"], strict=True)
    return [None if lemma == "_" else lemma_script(word, lemma, pos == "PROPN") for word, lemma, pos in triples]


class Encoder:
    """Encodes sentences for the network: pieces, shapes, and class indices where gold exists."""

    def __init__(self, tokenizer: Tokenizer, labels: Labels) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokenizer = tokenizer
        self.index = {
            name: {v: i for i, v in enumerate(getattr(labels, name))} for name in ("upos", "xpos", "deps", "scripts", "names")
        }

    def encode(self, row: Sentence, rng: random.Random | None) -> dict[str, list[int]]:
        """One sentence as index lists; with ``rng`` it is augmented first."""
        known = not caseless(row["words"])
        if rng is not None:
            row, known = augment(row, rng)
        words = row["words"]
        pieces = [
            e.ids[:MAX_WORD_PIECES] or [100]
            for e in self.tokenizer.encode_batch([fold(w) for w in words], add_special_tokens=False)
        ]
        shapes = shapes_of(words, known)
        out: dict[str, list[int]] = {"ids": [101], "shapes": [0], "first": [0], "last": [0]}
        for ids, shape in zip(pieces, shapes, strict=True):
            out["first"].append(len(out["ids"]))
            out["ids"] += ids
            out["shapes"] += [shape] * len(ids)
            out["last"].append(len(out["ids"]) - 1)
        if rng is not None:
            out["ids"][1:] = [103 if rng.random() < 0.06 else i for i in out["ids"][1:]]
        out["ids"].append(102)
        out["shapes"].append(0)
        blank = [IGNORE] * len(words)
        tree = "heads" in row
        out["heads"] = [IGNORE, *(row["heads"] if tree else blank)]
        for name, values in (
            ("deps", row.get("deps")),
            ("upos", row.get("upos")),
            ("xpos", row.get("xpos")),
            ("scripts", scripts_of(row) if tree else None),
            ("names", row.get("names")),
        ):
            table = self.index[name]
            out[name] = [IGNORE, *([table.get(v, IGNORE) for v in values] if values else blank)]
        return out


def batches(items: list[dict[str, list[int]]], budget: int, rng: random.Random | None) -> Iterator[list[int]]:
    """Index lists of sentences of like length, each within ``budget`` padded pieces, shuffled by ``rng``."""
    noise = (lambda: rng.random() * 4) if rng else (lambda: 0.0)
    order = sorted(range(len(items)), key=lambda i: len(items[i]["ids"]) + noise())
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(items[i]["ids"]) > budget:
            groups.append([])
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    yield from groups


def collate(items: list[dict[str, list[int]]]) -> dict[str, Tensor]:
    """Padded tensors of a batch."""
    pieces, words = max(len(x["ids"]) for x in items), max(len(x["first"]) for x in items)
    out: dict[str, Tensor] = {}
    for key in items[0]:
        size, fill = (pieces, 0) if key in ("ids", "shapes") else (words, 0 if key in ("first", "last") else IGNORE)
        out[key] = torch.tensor([x[key] + [fill] * (size - len(x[key])) for x in items])
    out["mask"] = torch.tensor([[1] * len(x["ids"]) + [0] * (pieces - len(x["ids"])) for x in items])
    out["word_mask"] = torch.tensor([[1] * len(x["first"]) + [0] * (words - len(x["first"])) for x in items])
    return out
