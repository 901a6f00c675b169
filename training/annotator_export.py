"""Exports the trained network: ONNX float, ONNX int8, label weights, tokenizer, classes, lemma lexicon."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from training.annotator_batches import Sentence
from training.annotator_lemmas import lexicon
from training.annotator_model import Annotator, Labels, encoder_folder, new_annotator

INPUTS = ("ids", "mask", "shapes", "first", "last")
OUTPUTS = ("arcs", "dependents", "heads", "upos", "xpos", "scripts", "names")


class Exported(nn.Module):
    """The network with tags already decided and label features ready to be added."""

    def __init__(self, model: Annotator) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        arcs, dep, head, upos, xpos, script, names = self.model(ids, mask, shapes, first, last)
        return arcs, dep, head, upos.argmax(-1), xpos.argmax(-1), script.argmax(-1), names


def export(weights: Path, labels: Labels, rows: list[Sentence], target: Path) -> None:
    """Writes the runtime's files to ``target``, and float.onnx beside them for comparison."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    target.mkdir(parents=True, exist_ok=True)
    model = new_annotator(labels)
    model.load_state_dict(torch.load(weights, weights_only=True))
    model.eval()
    ids = torch.tensor([[101, 2023, 2003, 2307, 102], [101, 2023, 2003, 102, 0]])
    mask, words = (ids > 0).long(), torch.tensor([[0, 1, 2, 3], [0, 1, 2, 0]])
    pieces, inner = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes = {"ids": pieces, "mask": pieces, "shapes": pieces, "first": inner, "last": inner, **dict.fromkeys(OUTPUTS, inner)}
    axes["arcs"] = {0: "batch", 1: "words", 2: "words"}
    torch.onnx.export(
        Exported(model),
        (ids, mask, mask.clone(), words, words.clone()),
        str(target / "float.onnx"),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        target / "float.onnx", target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    np.savez_compressed(
        target / "label_weights.npz", weight=model.label_out.weight.detach().numpy(), bias=model.label_out.bias.detach().numpy()
    )
    shutil.copy(encoder_folder() / "tokenizer.json", target / "tokenizer.json")
    (target / "labels.json").write_text(json.dumps(vars(labels), ensure_ascii=False), encoding="utf-8")
    (target / "lemmas.json").write_text(json.dumps(lexicon(rows), ensure_ascii=False, indent=0), encoding="utf-8")
