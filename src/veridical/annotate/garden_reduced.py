"""Repairs of parses that took a reduced relative for a noun or a main verb: "the man shot and killed on Tuesday in Modesto".

"Shot", "killed", "stabbed" without an object, between a noun for people and a preposition, a date or a finite
verb, belong to the noun: by what governs the noun from the left, or by the finite verb that would have no subject.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from veridical.lexicon import names_people, table, words
from veridical.model import Token

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_FAR = 14
"""Tokens between participle and finite verb at most."""


@lru_cache(maxsize=1)
def _participles() -> dict[str, str]:
    rows = table("coreference")["reduced_relatives"]
    return {row.split()[0]: row.split()[1] for row in map(str, rows if isinstance(rows, list) else [])}


def mend_reduced(out: list[Token]) -> None:
    """Makes each such participle, in place, a clause on the noun before it."""
    for i in range(1, len(out) - 1):
        if out[i].text.lower() in _participles() and out[i - 1].pos == "NOUN" and out[i - 1].sent == out[i].sent:
            edits = _edits(out, i)
            if edits and not _circular(out, edits, out[i].sent):
                for k, token in edits.items():
                    out[k] = token


def _edits(out: list[Token], i: int) -> dict[int, Token]:
    """The tokens to change, by index; empty when the participle is the verb it seems to be."""
    noun, second, end = out[i - 1], *_group(out, i)
    if not names_people(noun.lemma.lower()) or end >= len(out) or out[end].sent != out[i].sent:
        return {}
    if out[i].dep.startswith("acl") and out[i].head == noun.i and out[i].tag == "VBN":
        return {}
    if any(out[k].head in (i, second) and out[k].dep == "obj" for k in range(end, min(end + 8, len(out)))):
        return {}
    left = _left(out, noun.i)
    before = out[left - 1] if left and out[left - 1].sent == noun.sent else None
    governed = before is not None and (
        (before.pos in ("ADP", "SCONJ") and before.text.lower() not in words("coreference", "clause_openers"))
        or (
            before.pos == "VERB"
            and before.lemma.lower()
            not in words("coreference", "comment_verbs") | {"believe", "think", "claim", "allege", "know"}
        )
    )
    finite = _finite(out, i, end)
    if finite is not None:
        edits = _with_finite(out, i, left, finite)
    elif governed and before is not None and _follows(out[end]):
        edits = _with_governor(out, i, left, before)
    else:
        return {}
    if not edits:
        return {}
    lemma = _participles()[out[i].text.lower()]
    for k in range(end, min(end + _FAR, len(out))):
        if out[k].head == i and out[k].dep == "nmod" and k not in edits:
            edits[k] = replace(out[k], dep="obl")
    edits[i] = replace(out[i], head=noun.i, dep="acl", tag="VBN", pos="VERB", lemma=lemma)
    if second is not None:
        edits[second] = replace(
            out[second], head=i, dep="conj", tag="VBN", pos="VERB", lemma=_participles()[out[second].text.lower()]
        )
    return edits


def _group(out: list[Token], i: int) -> tuple[int | None, int]:
    """The second participle of "shot and killed", and the token after the whole."""
    end, second = i + 1, None
    if end + 1 < len(out) and out[end].text.lower() in ("and", "or") and out[end + 1].text.lower() in _participles():
        second, end = end + 1, end + 2
    if end < len(out) and out[end].text.lower() == "dead":
        end += 1
    return second, end


def _follows(token: Token) -> bool:
    """Whether what stands after the participle shows that it has no object: a place or a date."""
    date = token.text.lower() in ("yesterday", "today", "last", "early", "late", "earlier") or token.text.lower().endswith("day")
    return date or (token.pos == "ADP" and token.text.lower() not in words("coreference", "aims"))


def _left(out: list[Token], noun: int) -> int:
    """Where the phrase of a noun begins: its articles, numbers, adjectives and compounds."""
    left = noun
    while (
        left
        and out[left - 1].sent == out[noun].sent
        and _below(out, left - 1, noun)
        and out[left - 1].pos not in ("ADP", "VERB", "AUX", "CCONJ", "SCONJ")
    ):
        left -= 1
    return left


def _below(out: list[Token], k: int, top: int) -> bool:
    for _ in range(4):
        if out[k].head == top:
            return True
        k = out[k].head
    return False


def _finite(out: list[Token], i: int, end: int) -> int | None:
    """The finite verb after nothing but phrases with prepositions and dates, which has no subject of its own."""
    k = end
    while k < min(end + _FAR, len(out)) and out[k].sent == out[i].sent:
        token = out[k]
        if token.tag in _FINITE and token.pos in ("AUX", "VERB"):
            break
        if token.pos not in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV") and token.text not in ("-", "’s", "'s"):
            return None
        k += 1
    else:
        return None
    if k >= len(out) or out[k].sent != out[i].sent or (k > end and out[end].pos != "ADP" and not _follows(out[end])):
        return None
    verb = _main(out, k)
    for s in range(end, k):
        cased = any(out[c].head == s and out[c].dep == "case" for c in range(end, s))
        if out[s].head == verb and out[s].dep.startswith("nsubj") and not cased:
            return None
    return k


def _main(out: list[Token], finite: int) -> int:
    token = out[finite]
    return token.head if token.dep.startswith(("aux", "cop")) else finite


def _with_finite(out: list[Token], i: int, left: int, finite: int) -> dict[int, Token]:
    """The finite verb takes the participle's place in the clause, and the noun phrase as its subject."""
    verb, first = _main(out, finite), left
    if verb == i or not i < verb:
        return {}
    subject = i - 1
    while (
        out[subject].dep in ("nmod", "nmod:poss", "conj", "appos")
        and out[subject].head < subject
        and out[out[subject].head].pos in ("NOUN", "PROPN")
    ):
        subject = out[subject].head
        first = min(first, _left(out, subject))
    edits: dict[int, Token] = {}
    if _above(out, verb, i):
        head = verb if out[i].head == i else out[i].head
        edits[verb] = replace(out[verb], head=head, dep=out[i].dep)
    passive = any(t.head == verb and t.dep == "aux:pass" for t in out[finite : verb + 1])
    if out[subject].head in (i, verb) or subject == i - 1:
        edits[subject] = replace(out[subject], head=verb, dep="nsubj:pass" if passive else "nsubj")
    span = [k for k in range(max(first - 12, 0), min(verb + 40, len(out))) if out[k].sent == out[i].sent]
    for k in span:
        if k in edits or k in (i, subject):
            continue
        if out[k].head == i and (k < first or k >= finite):
            edits[k] = replace(out[k], head=verb)
        elif out[k].head == verb and i < k < finite and out[k].pos in ("NOUN", "PROPN", "NUM"):
            edits[k] = replace(out[k], head=i, dep="obl")
    return edits


def _with_governor(out: list[Token], i: int, left: int, before: Token) -> dict[int, Token]:
    """The noun stays with the verb or preposition before it, or comes to it from the participle."""
    noun = out[i - 1]
    edits: dict[int, Token] = {i: out[i]}
    if noun.head == i:
        if out[i].head == i:
            return {}
        edits[noun.i] = replace(
            noun, head=before.i if before.pos == "VERB" else out[i].head, dep="obj" if before.pos == "VERB" else "obl"
        )
        for k in range(max(left - 12, 0), left):
            if out[k].head == i:
                edits[k] = replace(out[k], head=noun.i, dep="case") if k == before.i else replace(out[k], head=out[i].head)
    if before.pos == "VERB":
        for k in range(i + 1, min(i + 20, len(out))):
            if out[k].head == i and any(out[c].head == k and out[c].text.lower() == "as" for c in range(i, k)):
                edits[k] = replace(out[k], head=before.i, dep="obl")  # "identified the man … as X"
    return edits


def _above(out: list[Token], k: int, top: int) -> bool:
    for _ in range(60):
        if out[k].head == k:
            return False
        k = out[k].head
        if k == top:
            return True
    return False


def _circular(out: list[Token], edits: dict[int, Token], sent: int) -> bool:
    """Whether the edits would leave a sentence without exactly one root or with a circle."""
    start = min(edits)
    while start and out[start - 1].sent == sent:
        start -= 1
    heads: dict[int, int] = {}
    k = start
    while k < len(out) and out[k].sent == sent:
        heads[k] = edits.get(k, out[k]).head
        k += 1
    for k in heads:
        seen, at = 0, k
        while heads.get(at, at) != at and seen <= len(heads):
            at, seen = heads[at], seen + 1
        if seen > len(heads):
            return True
    return sum(k == head for k, head in heads.items()) != 1
