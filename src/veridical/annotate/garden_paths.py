"""Repairs of parses that took a reduced relative for the main clause ("members preparing an attack were captured").

A small parser reads the participle as the verb of the clause and leaves the true, passive verb
without a subject (the garden path of Bever 1970). The auxiliary gives the true verb away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veridical.annotate.garden_reduced import mend_reduced
from veridical.lexicon import names_people
from veridical.model import NameSpan, Token


def mend_garden_paths(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with the noun before such a participle made the subject of the finite verb after it."""
    out = list(tokens)
    mend_reduced(out)
    tokens = tuple(out)
    kids: dict[int, list[int]] = {}
    for token in tokens:
        if token.head != token.i:
            kids.setdefault(token.head, []).append(token.i)
    _mend_agents(out, kids)
    for token in tokens:
        if token.tag == "VBN" and token.pos == "VERB":
            finite = [k for k in kids.get(token.i, ()) if out[k].dep.startswith("aux") and out[k].tag in ("VBD", "VBZ", "VBP")]
            if finite and any(out[k].dep == "aux:pass" for k in kids[token.i]):
                _mend(out, kids, token, finite[0])
    return tuple(out)


def keep_trees(mended: Sequence[Token], parsed: Sequence[Token]) -> tuple[Token, ...]:
    """The mended tokens, but a sentence that the repairs left without a root, in a circle, as it was parsed."""
    circular = {token.sent for token in mended if not _has_root(mended, token.i)}
    return tuple(parsed[token.i] if token.sent in circular else token for token in mended) if circular else tuple(mended)


def _has_root(tokens: Sequence[Token], i: int) -> bool:
    seen: set[int] = set()
    while tokens[i].head != i and i not in seen:
        seen.add(i)
        i = tokens[i].head
    return tokens[i].head == i


def _mend_agents(out: list[Token], kids: dict[int, list[int]]) -> None:
    """An agent before its passive verb, without "by", is its subject: "five members … were captured by police"."""
    for token in list(out):
        if (
            token.dep != "obl:agent"
            or token.i >= token.head
            or any(out[k].dep == "case" and k > token.i - 4 and out[k].text.lower() == "by" for k in kids.get(token.i, ()))
        ):
            continue
        siblings = kids.get(token.head, ())
        if any(out[k].dep == "aux:pass" for k in siblings) and not any(
            out[k].dep.startswith(("nsubj", "csubj")) for k in siblings
        ):
            out[token.i] = replace(token, dep="nsubj:pass")


def mend_appositions(tokens: Sequence[Token], names: Sequence[NameSpan]) -> tuple[Token, ...]:
    """A person in apposition to a body belongs to the office before it: "the leader of the League (RGL), Anna Berg"."""
    out = list(tokens)
    _mend_bracketed(out)
    people = {k for n in names if n.label == "PERSON" for k in range(n.start, n.end)}
    bodies = {k for n in names if n.label in ("ORG", "NORP", "GPE") for k in range(n.start, n.end)}
    for token in tokens:
        if token.dep != "appos" or token.i not in people or token.head not in bodies:
            continue
        office = out[out[token.head].head]
        while office.dep in ("nmod", "appos", "compound", "flat") and office.i in bodies and office.head != office.i:
            office = out[office.head]
        if office.pos == "NOUN" and office.i < token.head and names_people(office.lemma.lower()):
            out[token.i] = replace(token, head=office.i)
    return tuple(out)


def _mend_bracketed(out: list[Token]) -> None:
    """ "A senior Army of the River (AOR) operative has confessed": the noun after the brackets heads the phrase, not the name."""
    for i in range(1, len(out) - 3):
        noun = out[i + 3]
        if (
            out[i].text != "("
            or out[i + 2].text != ")"
            or not out[i + 1].text.isupper()
            or noun.pos != "NOUN"
            or not names_people(noun.lemma.lower())
        ):
            continue
        name = out[i - 1]
        while (
            name.head < i
            and name.dep in ("compound", "flat", "nmod", "amod", "case", "conj", "nmod:poss")
            and out[name.head].pos == "PROPN"
        ):
            name = out[name.head]
        if name.pos != "PROPN" or name.head == noun.i or name.dep == "compound":
            continue
        head, dep = name.head, name.dep
        if head == name.i:
            continue
        out[noun.i] = replace(noun, head=head, dep=dep)
        out[name.i] = replace(name, head=noun.i, dep="compound")
        for token in out[max(name.i - 6, 0) : name.i]:
            if token.head == name.i and token.dep in ("det", "amod") and token.pos in ("DET", "ADJ"):
                out[token.i] = replace(token, head=noun.i)


def _mend(out: list[Token], kids: dict[int, list[int]], verb: Token, auxiliary: int) -> None:
    """A finite passive without a subject takes the noun before the last participle to its left."""
    if verb.dep in ("conj", "acl:relcl") or any(out[k].dep.startswith(("nsubj", "csubj", "expl")) for k in kids.get(verb.i, ())):
        return
    participle = next(
        (
            out[k]
            for k in range(auxiliary - 1, max(auxiliary - 16, -1), -1)
            if out[k].sent == verb.sent
            and out[k].tag == "VBG"
            and not any(out[c].dep.startswith(("aux", "cop")) for c in kids.get(k, ()))
        ),
        None,
    )
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
