"""The shipped network, run with onnxruntime: words in, scores out.

Knows nothing of characters or sentences of a report; `veridical.annotate.syntax` does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from veridical.annotate.syntax_features import caseless, fold, shapes_of
from veridical.errors import SettingsError

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

MAX_WORD_PIECES = 12
"""A word's wordpieces beyond these are not read: they are addresses and noise."""
_BATCH_PIECES = 2048
_UNKNOWN, _START, _END = 100, 101, 102


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one sentence of n words; row and column 0 of ``arcs`` are the root."""

    arcs: Floats
    dependents: Floats
    heads: Floats
    upos: Integers
    xpos: Integers
    scripts: Integers
    names: Floats


@dataclass(frozen=True, slots=True)
class _Pieces:
    """One sentence as wordpieces."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]


class Network:
    """Scores sentences, given as lists of words. Nothing is loaded before the first use."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """``folder`` holds model.onnx, tokenizer.json, labels.json, lemmas.json and label_weights.npz."""
        self.folder = folder
        self.threads = threads

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The classes of each head by index: upos, xpos, deps, scripts, names."""
        found: dict[str, list[str]] = self.read_json("labels.json")
        return found

    @cached_property
    def _session(self) -> Any:
        """The onnxruntime session."""
        # Official builds of onnxruntime (1.31 on Linux too) send usage data and keep a device id unless told not to
        # before they load. Who reads reports of violence, and on which machine, is nobody's business.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        # The arena keeps the largest batch's memory for good; reports vary too much in length for that.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._file("model.onnx")), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        """The wordpiece tokenizer."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._file("tokenizer.json")))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _label_weights(self) -> tuple[Floats, Floats]:
        """Matrix and bias of the dependency label layer."""
        with np.load(self._file("label_weights.npz")) as stored:
            return stored["weight"].astype(np.float32), stored["bias"].astype(np.float32)

    def read_json(self, name: str) -> Any:
        """One of the model's JSON files."""
        return json.loads(self._file(name).read_text(encoding="utf-8"))

    def _file(self, name: str) -> Path:
        """The path of one of the model's files; raises SettingsError when it is missing."""
        path = self.folder / name
        if not path.exists():
            raise SettingsError(
                f"the syntax model lacks {name} in {self.folder}: install the package again, "
                "or give the folder of a model made by training/train_annotator.py"
            )
        return path

    def pieces(self, words: list[str]) -> list[list[int]]:
        """The wordpiece ids of each word, at least one and at most MAX_WORD_PIECES."""
        found = self._tokenizer.encode_batch([fold(w) for w in words], add_special_tokens=False)
        return [e.ids[:MAX_WORD_PIECES] or [_UNKNOWN] for e in found]

    def scores(self, sentences: list[tuple[list[str], list[list[int]]]]) -> Iterator[tuple[int, Scores]]:
        """(index, scores) of each sentence (words and their pieces), in batches of like length."""
        ready = [_lay_out(words, pieces) for words, pieces in sentences]
        order = sorted(range(len(ready)), key=lambda i: len(ready[i].ids))
        group: list[int] = []
        for i in order:
            if group and (len(group) + 1) * len(ready[i].ids) > _BATCH_PIECES:
                yield from self._run(group, ready)
                group = []
            group.append(i)
        if group:
            yield from self._run(group, ready)

    def _run(self, group: list[int], ready: list[_Pieces]) -> Iterator[tuple[int, Scores]]:
        """The scores of one batch."""
        found = self._session.run(None, _feed([ready[i] for i in group]))
        for row, i in enumerate(group):
            n = len(ready[i].first)
            arcs, dependents, heads, upos, xpos, scripts, names = (part[row, :n] for part in found)
            yield i, Scores(arcs[:, :n], dependents, heads, upos[1:], xpos[1:], scripts[1:], names[1:])

    def dependency_labels(self, scores: Scores, heads: Integers) -> Integers:
        """The best label index of each word, given its head (0 is the root)."""
        weight, bias = self._label_weights
        hidden = np.maximum(scores.dependents[1:] + scores.heads[heads], 0.0)
        logits = hidden @ weight.T + bias
        root = self.labels["deps"].index("root")
        logits[:, root] = -1e9
        best: Integers = logits.argmax(axis=1)
        best[heads == 0] = root
        return best


def _lay_out(words: list[str], pieces: list[list[int]]) -> _Pieces:
    """The sentence with [CLS] as its root word in front."""
    out = _Pieces([_START], [0], [0], [0])
    for ids, shape in zip(pieces, shapes_of(words, not caseless(words)), strict=True):
        out.first.append(len(out.ids))
        out.ids.extend(ids)
        out.shapes.extend([shape] * len(ids))
        out.last.append(len(out.ids) - 1)
    out.ids.append(_END)
    out.shapes.append(0)
    return out


def _feed(batch: list[_Pieces]) -> dict[str, Integers]:
    """The padded inputs of the network for one batch."""
    wide, long = max(len(x.ids) for x in batch), max(len(x.first) for x in batch)
    feed = {name: np.zeros((len(batch), wide), np.int64) for name in ("ids", "mask", "shapes")}
    feed |= {name: np.zeros((len(batch), long), np.int64) for name in ("first", "last")}
    for row, item in enumerate(batch):
        n, w = len(item.ids), len(item.first)
        feed["ids"][row, :n], feed["mask"][row, :n], feed["shapes"][row, :n] = item.ids, 1, item.shapes
        feed["first"][row, :w], feed["last"][row, :w] = item.first, item.last
    return feed
