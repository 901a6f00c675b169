"""The pass over definite descriptions: "the group", "the terrorist organization", "the attacker", "the man"."""

from __future__ import annotations

from veridical.annotate.coreference_state import BODIES, State
from veridical.annotate.mentions_groups import fold_name
from veridical.lexicon import words
from veridical.model import Mention

_DESCRIBED = 20
"""Earlier descriptions with the same noun that are looked at."""


def join_nominals(state: State) -> None:
    """Joins each definite description to the latest entity before it that fits."""
    tokens = state.annotation.tokens
    by_lemma: dict[str, list[int]] = {}
    for m, mention in enumerate(state.mentions):
        lemma = tokens[mention.head].lemma
        if mention.form != "nominal":
            continue
        if m not in state.of and state.definite(m):
            if mention.kind == "group" and lemma in words("coreference", "group_nominals"):
                found = _latest_body(state, m)
            elif lemma in words("coreference", "person_nominals") and not state.plural(m):
                found = _described(state, m, by_lemma.get(lemma, []))
            else:
                found = _same_nominal(state, m, lemma)
            if found is not None:
                state.join(m, found)
        if not state.plural(m):
            by_lemma.setdefault(lemma, []).append(m)


def _latest_body(state: State, m: int) -> int | None:
    """The body that "the group" means: armed groups before organizations, the much named before the new, no party."""
    tokens = state.annotation.tokens
    mention = state.mentions[m]
    armed = any(tokens[k].lemma.lower() in words("coreference", "armed_words") for k in range(mention.start, mention.end))
    kinds = frozenset({"group", "organization"}) if armed else BODIES - {"authority", "outlet", "agency"}
    here = tokens[mention.head].sent
    best: tuple[bool, int, int, int] | None = None
    told: dict[int, int] = {}
    last: dict[int, int] = {}
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        if here - tokens[other.head].sent > 12:
            break
        if k not in state.of or other.kind not in kinds or other.end > mention.start:
            continue
        cluster = state.of[k]
        told[cluster] = told.get(cluster, 0) + 1
        if other.form == "name":
            last.setdefault(cluster, other.head)
    for cluster, head in last.items():
        if not _civil(state, cluster):
            rank = (_is_group(state, cluster), min(told[cluster], 3), head, cluster)
            best = max(best, rank) if best else rank
    return best[3] if best else None


def _is_group(state: State, cluster: int) -> bool:
    return any(
        state.mentions[k].kind == "group" and state.mentions[k].form == "name" for k in state.clusters[cluster].mentions[:20]
    )


def _civil(state: State, cluster: int) -> bool:
    """Whether a body's name ends as those of parties, companies and unions do."""
    return any(
        fold_name(n).split()[-1:] and fold_name(n).split()[-1] in words("coreference", "civil_bodies")
        for n in state.clusters[cluster].names
    )


def _described(state: State, m: int, before: list[int]) -> int | None:
    """A person described before with the same noun: the one in an entity told of last, else the latest description."""
    mention = state.mentions[m]
    best: tuple[int, int] | None = None
    for j in before[-_DESCRIBED:]:
        if j in state.of and state.agree(m, j) and not _other_body(state, m, j):
            told = [
                state.mentions[k].head
                for k in state.clusters[state.of[j]].mentions[-50:]
                if state.mentions[k].head < mention.head
            ]
            best = max(best or (-1, -1), (max(told, default=-1), state.of[j]))
    return best[1] if best else _same_nominal(state, m, state.annotation.tokens[mention.head].lemma)


def _same_nominal(state: State, m: int, lemma: str) -> int | None:
    """The latest description with the same noun and number, not yet in an entity: it becomes one with this mention."""
    tokens = state.annotation.tokens
    mine = state.mentions[m]
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        if tokens[mine.head].sent - tokens[other.head].sent > 8:
            return None
        if (
            other.form == "nominal"
            and tokens[other.head].lemma == lemma
            and tokens[other.head].tag == tokens[mine.head].tag
            and state.agree(m, k)
            and not _other_body(state, m, k)
        ):
            return state.cluster(k)
    return None


def _other_body(state: State, m: int, k: int) -> bool:
    """Whether two descriptions are of different ones: "the CHP leader" and "the ISIL leader", "the second gunman"."""
    tokens = state.annotation.tokens
    singled = [
        {tokens[i].lemma.lower() for i in range(x.start, x.head)} & words("coreference", "singling")
        for x in (state.mentions[m], state.mentions[k])
    ]
    if singled[0] != singled[1]:
        return True
    mine, theirs = _owners(state, state.mentions[m]), _owners(state, state.mentions[k])
    return bool(mine) and bool(theirs) and not mine & theirs


def _owners(state: State, mention: Mention) -> set[str]:
    """The names and nouns that stand before the noun of a description, or in an "of" phrase after it, folded."""
    tokens = state.annotation.tokens
    out = {
        fold_name(tokens[k].lemma)
        for k in range(mention.start, mention.head)
        if tokens[k].pos in ("PROPN", "NOUN") and tokens[k].dep != "obl:unmarked"
    }
    for c in state.annotation.children(mention.head, "nmod", "compound"):
        if tokens[c].pos in ("PROPN", "NOUN") and (
            c < mention.head or any(tokens[k].text.lower() == "of" for k in state.annotation.children(c, "case"))
        ):
            out.add(fold_name(tokens[c].lemma))
            out |= {fold_name(tokens[k].lemma) for k in state.annotation.children(c, "flat", "compound")}
    return out
