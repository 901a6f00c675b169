"""Makes the shipped syntax model again: ``python -m training.train_annotator --data FOLDER --out FOLDER``.

Stages, each skipped when its result is there: prepare, teach (needs ``--teacher-python``), warm-up and
main training (resumable from the last epoch), export, evaluate. ``--stages`` runs only some of them.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy
from training.annotator_batches import (
    IGNORE,
    MAX_PIECES,
    Encoder,
    batches,
    collate,
    collect_labels,
)
from training.annotator_data import prepare, read_jsonl, write_jsonl
from training.annotator_export import export
from training.annotator_gold import corrected
from training.annotator_model import Annotator, Labels, encoder_folder, new_annotator
from training.annotator_truecase import sample

SPLITS = ("train", "dev-ewt", "dev-gum", "held")


def arc_loss(arcs: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Cross entropy over the words of the sentence as heads, the root word among them."""
    arcs = arcs.masked_fill(batch["word_mask"].unsqueeze(1) == 0, -1e4)
    return cross_entropy(arcs.flatten(0, 1).float(), batch["heads"].flatten(), ignore_index=IGNORE)


def losses(model: Annotator, batch: dict[str, Tensor]) -> Tensor:
    """The sum of the heads' losses; heads without gold in this batch add nothing."""
    arcs, dep, head, upos, xpos, script, names = model(
        batch["ids"], batch["mask"], batch["shapes"], batch["first"], batch["last"]
    )
    total = 1.0 * cross_entropy(names.flatten(0, 1).float(), batch["names"].flatten(), ignore_index=IGNORE)
    gold = batch["heads"] != IGNORE
    if gold.any():
        at = gold.nonzero(as_tuple=True)
        scores = model.label_scores(dep[at], head[at[0], batch["heads"][at]])
        total = total + arc_loss(arcs, batch) + cross_entropy(scores.float(), batch["deps"][at])
        for logits, key, weight in ((upos, "upos", 0.5), (xpos, "xpos", 0.5), (script, "scripts", 0.3)):
            total = total + weight * cross_entropy(logits.flatten(0, 1).float(), batch[key].flatten(), ignore_index=IGNORE)
    return total


def optimizer_of(model: Annotator, rate: float) -> torch.optim.AdamW:
    """AdamW with a higher rate for the heads than for the encoder."""
    known = {id(p) for p in model.encoder.parameters()}
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW([{"params": inner, "lr": rate}, {"params": heads, "lr": rate * 6}], weight_decay=0.01, fused=True)


def evaluate(model: Annotator, encoder: Encoder, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Quick scores with gold words and greedy heads, as fractions."""
    model.eval()
    items = [encoder.encode(row, None) for row in rows]
    hits = dict.fromkeys(("uas", "las", "upos", "xpos", "lemma", "names"), 0)
    total = named = 0
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for group in batches(items, 2000, None):
            batch = collate([items[i] for i in group])
            arcs, dep, head, upos, xpos, script, names = model(
                batch["ids"], batch["mask"], batch["shapes"], batch["first"], batch["last"]
            )
            heads = arcs.float().masked_fill(batch["word_mask"].unsqueeze(1) == 0, -1e4).argmax(-1)
            at = (batch["heads"] != IGNORE).nonzero(as_tuple=True)
            label = model.label_scores(dep[at], head[at[0], heads[at]]).argmax(-1)
            right = heads[at] == batch["heads"][at]
            total += len(at[0])
            hits["uas"] += int(right.sum())
            hits["las"] += int((right & (label == batch["deps"][at])).sum())
            for key, logits, gold in (("upos", upos, "upos"), ("xpos", xpos, "xpos"), ("lemma", script, "scripts")):
                hits[key] += int((logits[at].argmax(-1) == batch[gold][at]).sum())
            inside = (batch["names"] > 0).nonzero(as_tuple=True)
            named += len(inside[0])
            hits["names"] += int((names[inside].argmax(-1) == batch["names"][inside]).sum())
    model.train()
    return {k: round(v / max(1, named if k == "names" else total), 4) for k, v in hits.items()}


@dataclass(frozen=True)
class Phase:
    """One run of the schedule: a rise of the learning rate, then a linear fall to ``end`` times its top.

    ``start`` names the weights to begin with (None: the pretrained encoder and fresh heads). ``minutes``
    ends the phase early: the fall then follows the clock, so that it is complete on a slow machine too.
    """

    name: str
    epochs: int
    rate: float
    start: Path | None
    end: float = 0.0
    minutes: float = 1e9
    frozen: bool = False
    """Whether the word embeddings stay as they are, which saves a tenth of the time."""

    def factor(self, progress: float) -> float:
        """The learning rate's factor at a progress between 0 and 1."""
        rise = 1 / 15
        return progress / rise if progress < rise else max(0.01, 1 - (1 - self.end) * (progress - rise) / (1 - rise))


class Clock:
    """How far a phase is: by its epochs, or by its minutes where those run out first."""

    def __init__(self, phase: Phase, epoch: int) -> None:
        self.phase, self.first, self.epoch, self.begun = phase, epoch, epoch, time.time()

    def progress(self, part: float) -> float:
        """The phase's progress when ``part`` of the present epoch is done."""
        timed = self.first / self.phase.epochs + (time.time() - self.begun) / 60 / self.phase.minutes
        return max((self.epoch + part) / self.phase.epochs, timed)


def run_phase(out: Path, phase: Phase, rows: list[dict[str, Any]], budget: int) -> None:
    """Trains and writes ``name``.pt; resumes from ``name``.resume.pt, which each epoch leaves."""
    if (out / f"{phase.name}.pt").exists():
        return
    labels = read_labels(out)
    torch.manual_seed(7)
    model = new_annotator(labels)
    if phase.start:
        model.load_state_dict(torch.load(phase.start, weights_only=True))
    encoder = Encoder(Tokenizer.from_file(str(encoder_folder() / "tokenizer.json")), labels)
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(not phase.frozen)
    optimizer, done = optimizer_of(model, phase.rate), 0
    resume = out / f"{phase.name}.resume.pt"
    if resume.exists():
        state = torch.load(resume, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["epoch"]
    dev = {split: read_jsonl(out / f"{split}.names.jsonl") for split in ("dev-ewt", "dev-gum")}
    clock = Clock(phase, done)
    for epoch in range(done, phase.epochs):
        clock.epoch = epoch
        if clock.progress(0) >= 1:
            break
        rng, begun = random.Random(100 * len(phase.name) + epoch), time.time()
        items = [encoder.encode(row, rng) for row in rows]
        items = [item for item in items if len(item["ids"]) <= MAX_PIECES]
        groups = list(batches(items, budget, rng))
        running = train_epoch(model, optimizer, items, groups, clock)
        scores = {split: evaluate(model, encoder, found) for split, found in dev.items()}
        print(
            json.dumps(
                {
                    "phase": phase.name,
                    "epoch": epoch + 1,
                    "loss": round(running, 4),
                    "steps": len(groups),
                    "seconds": round(time.time() - begun),
                    **scores,
                }
            ),
            flush=True,
        )
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}, resume)
        torch.save(model.state_dict(), out / "latest.pt")
    torch.save(model.state_dict(), out / f"{phase.name}.pt")
    resume.unlink(missing_ok=True)


def train_epoch(
    model: Annotator, optimizer: torch.optim.AdamW, items: list[dict[str, list[int]]], groups: list[list[int]], clock: Clock
) -> float:
    """One pass over the batches, or what the clock leaves of it; returns the mean loss."""
    model.train()
    total = 0.0
    for step, group in enumerate(groups):
        progress = clock.progress(step / len(groups))
        if progress >= 1:
            break
        for place, parameters in enumerate(optimizer.param_groups):
            parameters["lr"] = clock.phase.rate * clock.phase.factor(progress) * (1 if place == 0 else 6)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = losses(model, collate([items[i] for i in group]))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0, foreach=True)
        optimizer.step()
        total += loss.item()
        if step % 50 == 0:
            print(
                f"epoch {clock.epoch + 1} step {step}/{len(groups)} loss {total / (step + 1):.3f} progress {progress:.3f}",
                flush=True,
            )
    return total / max(1, len(groups))


def teach(out: Path, python: str, splits: tuple[str, ...]) -> None:
    """Runs the teacher over every split that has no silver names yet."""
    script = Path(__file__).with_name("annotator_teacher.py")
    for split in splits:
        if not (out / f"{split}.names.jsonl").exists():
            part = out / f"{split}.part"
            subprocess.run([python, str(script), str(out / f"{split}.jsonl"), str(part)], check=True)
            part.rename(out / f"{split}.names.jsonl")


def gather(out: Path, python: str) -> list[dict[str, Any]]:
    """The rows of the main phase: gold-corrected names, and MUC-4 sentences cased by the warmed-up model."""
    rows = read_jsonl(out / "train.names.jsonl")
    if not (out / "mucsample.jsonl").exists():
        export(out / "warmup.pt", read_labels(out), rows, out / "early")
        muc = sample(rows, read_jsonl(out / "muc.jsonl"), out / "early", 4000)
        write_jsonl(out / "mucsample.jsonl", muc)
    teach(out, python, ("mucsample",))
    rows += read_jsonl(out / "mucsample.names.jsonl")
    for row in rows:
        row["names"] = corrected(row)
    return rows


def read_labels(out: Path) -> Labels:
    """The classes fixed at the first training."""
    return Labels(**json.loads((out / "labels.json").read_text(encoding="utf-8")))


def main() -> None:
    """Parses the command line and runs the stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, see README.md")
    parser.add_argument("--out", type=Path, required=True, help="folder for intermediate files and the model")
    parser.add_argument("--teacher-python", default="python", help="interpreter of the teacher's environment")
    parser.add_argument("--stages", default="prepare,teach,warmup,main,export,evaluate")
    parser.add_argument("--epochs", type=int, default=6, help="epochs of the last phase")
    parser.add_argument("--minutes", type=float, default=1e9, help="time for the last phase, on a slow machine")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--budget", type=int, default=1400, help="padded wordpieces in a batch")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    stages, out = options.stages.split(","), options.out
    if "prepare" in stages and not (out / "train.jsonl").exists():
        print(prepare(options.data, out))
    if "teach" in stages:
        teach(out, options.teacher_python, SPLITS)
    rows = read_jsonl(out / "train.names.jsonl")
    if not (out / "labels.json").exists():
        (out / "labels.json").write_text(json.dumps(asdict(collect_labels(rows)), ensure_ascii=False))
    if "warmup" in stages:
        run_phase(out, Phase("warmup", 2, options.rate * 1.5, None), rows, options.budget)
    if "main" in stages:
        gathered = gather(out, options.teacher_python)
        run_phase(out, Phase("main", 2, options.rate, out / "warmup.pt", 0.9), gathered, options.budget)
        finish = Phase("finish", options.epochs, options.rate * 0.7, out / "main.pt", minutes=options.minutes, frozen=True)
        run_phase(out, finish, gathered, options.budget)
    if "export" in stages:
        export(out / "finish.pt", read_labels(out), rows, out / "model")
    if "evaluate" in stages:
        from training.annotator_eval import report

        report(options.data, out)


if __name__ == "__main__":
    main()
