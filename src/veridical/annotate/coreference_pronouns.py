"""The pass over pronouns: he, she, they, their, its.

Candidates are ranked by distance and grammatical role; agreement in gender and number, the positions in
which a pronoun cannot stand for a noun (Chomsky 1981, principle B) and the parts people have at law exclude some.
"""

from __future__ import annotations

from veridical.annotate.coreference_agreement import at_law, sits_in_court, told_of
from veridical.annotate.coreference_state import BODIES, State
from veridical.lexicon import words
from veridical.model import Mention

_WINDOW = 3
"""Sentences back that a pronoun may look (Hobbs' distance studies: 98 % lie within two)."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_REFLEXIVE = ("himself", "herself", "themselves")


def join_pronouns(state: State) -> None:
    """he, she, his: the latest person, subjects and named ones first, of the sentence before or the same one."""
    tokens = state.annotation.tokens
    quoted = _quoted(state)
    by_head = {mention.head: m for m, mention in enumerate(state.mentions)}
    for m, mention in enumerate(state.mentions):
        if mention.form != "pronoun" or m in state.of:
            continue
        if tokens[mention.head].text.lower() in words("coreference", "neuter"):
            _join_neuter(state, m)
            continue
        found = _antecedent(state, m, by_head, quoted)
        if found is not None:
            state.join(m, state.cluster(found))


def _antecedent(state: State, m: int, by_head: dict[int, int], quoted: list[bool]) -> int | None:
    tokens, mention = state.annotation.tokens, state.mentions[m]
    plural = state.plural(m)
    accused = at_law(state.annotation, mention.head)
    best: tuple[float, int, bool] | None = None
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        back = tokens[mention.head].sent - tokens[other.head].sent
        if back > _WINDOW:
            break
        if (
            other.kind != "person"
            or tokens[other.head].dep in ("compound", "amod", "flat")
            or (other.form == "pronoun" and k not in state.of)
        ):
            continue
        several = plural and not state.plural(k) and _coordinated(state, k, by_head)
        if (state.plural(k) != plural and not several) or (not plural and not state.agree(m, k)):
            continue
        rank = _salience(state, other, back)
        if (
            (best is None or rank > best[0])
            and not _excluded(state, m, k, quoted)
            and not (accused and _not_accused(state, m, k))
        ):
            best = (rank, k, several)
    if best is None or not best[2]:
        return None if best is None else best[1]
    return _counted_before(state, best[1], by_head)


def _counted_before(state: State, k: int, by_head: dict[int, int]) -> int | None:
    """The people of whom ``k`` and those joined to it by "and" are the names: "two nurses … Ana Mora and Luis Paz … them".

    Several people are no one entity, so that "they" stays open where no plural before counts as many.
    """
    tokens = state.annotation.tokens
    head = state.mentions[k].head
    number = 1 + sum(
        c in by_head and state.mentions[by_head[c]].kind == "person" for c in state.annotation.children(head, "conj")
    )
    for j in range(k - 1, -1, -1):
        other = state.mentions[j]
        if tokens[head].sent - tokens[other.head].sent > _WINDOW:
            return None
        counts = {_NUMBERS.get(tokens[c].text.lower()) for c in state.annotation.children(other.head, "nummod")}
        if other.kind == "person" and other.form == "nominal" and state.plural(j) and number in counts:
            return j
    return None


def _coordinated(state: State, k: int, by_head: dict[int, int]) -> bool:
    """Whether a person is the first of several joined by "and"."""
    return any(
        c in by_head and state.mentions[by_head[c]].kind == "person"
        for c in state.annotation.children(state.mentions[k].head, "conj")
    )


def _excluded(state: State, m: int, k: int, quoted: list[bool]) -> bool:
    """Whether grammar forbids a pronoun to stand for mention ``k``: co-arguments, relatives, a speaker's own words."""
    tokens = state.annotation.tokens
    mine, other = tokens[state.mentions[m].head], tokens[state.mentions[k].head]
    verb = tokens[mine.head]
    if mine.text.lower() in _REFLEXIVE:
        return other.head != mine.head and any(
            tokens[c].dep.startswith("nsubj") and c < mine.i for c in state.annotation.children(verb.i)
        )
    possessive = mine.dep.startswith("nmod") or mine.tag == "PRP$"
    if not possessive:
        if other.head == mine.head and other.dep != "conj" and other.dep.split(":")[0] in ("nsubj", "obj", "iobj", "obl"):
            return True
        if verb.dep.startswith("acl") and verb.head == other.i and mine.dep.startswith("nsubj"):
            return True
    if quoted[mine.i] and not quoted[other.i] and mine.sent - other.sent <= 1 and other.dep.startswith("nsubj"):
        return tokens[other.head].lemma.lower() in words("coreference", "comment_verbs")
    return False


def _not_accused(state: State, m: int, k: int) -> bool:
    """Whether one cannot be the one arrested or tried: those of the court, the dead, the people of a toll."""
    mention = state.mentions[k]
    if sits_in_court(state.annotation, mention):
        return True
    told = told_of(state.annotation, mention.head)
    if "suspect" in told:
        return False
    tokens = state.annotation.tokens
    verb = tokens[state.mentions[m].head].head
    before = any(tokens[c].text.lower() == "had" for c in state.annotation.children(verb, "aux"))
    return ("killed" in told and not before) or ("harmed" in told and state.plural(k))


def _join_neuter(state: State, m: int) -> None:
    """its, itself: the body that is the subject of this sentence or the one before."""
    tokens = state.annotation.tokens
    here = tokens[state.mentions[m].head]
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        token = tokens[other.head]
        if here.sent - token.sent > 1:
            return
        if other.kind in BODIES and other.form != "pronoun" and token.dep.startswith("nsubj"):
            state.join(m, state.cluster(k))
            return


def _salience(state: State, mention: Mention, back: int) -> float:
    token = state.annotation.tokens[mention.head]
    subject = token.dep.startswith("nsubj")
    return -2.0 * back + 1.5 * subject + 0.5 * (mention.form == "name") + 0.5 * (mention.form == "pronoun") + 0.0001 * token.i


def _quoted(state: State) -> list[bool]:
    """For each token whether it stands in quotation marks; a mark left open ends with its paragraph."""
    out: list[bool] = []
    inside, end = False, 0
    text = state.annotation.report.text
    for token in state.annotation.tokens:
        if inside and "\n\n" in text[end : token.start]:
            inside = False
        end = token.end
        if token.text in ("“", "”", '"', "``", "''"):
            inside = not inside if token.text == '"' else token.text in ("“", "``")
        out.append(inside)
    return out
