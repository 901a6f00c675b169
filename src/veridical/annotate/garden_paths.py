"""Repairs of parses that took a reduced relative for the main clause ("members preparing an attack were captured").

A small parser reads the participle as the verb of the clause and leaves the true, passive verb
without a subject (the garden path of Bever 1970). The auxiliary gives the true verb away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veridical.model import Token


def mend_garden_paths(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with the noun before such a participle made the subject of the finite verb after it."""
    out = list(tokens)
    kids: dict[int, list[int]] = {}
    for token in tokens:
        if token.head != token.i:
            kids.setdefault(token.head, []).append(token.i)
    for token in tokens:
        if token.tag == "VBN" and token.pos == "VERB":
            finite = [k for k in kids.get(token.i, ()) if out[k].dep.startswith("aux") and out[k].tag in ("VBD", "VBZ", "VBP")]
            if finite and any(out[k].dep == "aux:pass" for k in kids[token.i]):
                _mend(out, kids, token, finite[0])
    return tuple(out)


def _mend(out: list[Token], kids: dict[int, list[int]], verb: Token, auxiliary: int) -> None:
    """A finite passive without a subject takes the noun before the last participle to its left."""
    if verb.dep in ("conj", "acl:relcl") or any(out[k].dep.startswith(("nsubj", "csubj", "expl")) for k in kids.get(verb.i, ())):
        return
    participle = next((out[k] for k in range(auxiliary - 1, max(auxiliary - 16, -1), -1) if out[k].sent == verb.sent and out[k].tag == "VBG"
                       and not any(out[c].dep.startswith(("aux", "cop")) for c in kids.get(k, ()))), None)
    noun = _noun(out, kids, participle) if participle is not None else None
    if participle is None or noun is None or noun.sent != verb.sent:
        return
    head, dep = verb.head, verb.dep
    if participle.i <= verb.head <= verb.i:
        head, dep = (participle.head, participle.dep) if noun.head == participle.i else (noun.head, "advcl")
    if head in (participle.i, noun.i):
        return
    out[verb.i] = replace(out[verb.i], head=verb.i if head == verb.i else head, dep=dep)
    out[noun.i] = replace(out[noun.i], head=verb.i, dep="nsubj:pass")
    out[participle.i] = replace(out[participle.i], head=noun.i, dep="acl")
    for k in kids.get(participle.i, ()):
        if k < noun.i:
            out[k] = replace(out[k], head=verb.i)


def _noun(out: list[Token], kids: dict[int, list[int]], participle: Token) -> Token | None:
    """The noun directly before the participle: its subject, or the noun it modifies."""
    before = out[participle.i - 1] if participle.i else None
    if before is None or before.pos not in ("NOUN", "PROPN"):
        return None
    if before.head == participle.i and before.dep.startswith("nsubj"):
        return before
    return before if participle.head == before.i else None
