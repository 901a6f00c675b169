"""The passes over described people: appositions, "the attacker" again, and leads that are named soon after."""

from __future__ import annotations

import re

from veridical.annotate.coreference_agreement import holds_office, told_of
from veridical.annotate.coreference_state import BODIES, State
from veridical.lexicon import noun_class, table, words
from veridical.model import Mention

_AGE = re.compile(r"\b(\d{1,3})(?=-year-old|-years-old)")


def join_appositions(state: State) -> None:
    """ "leader Pavel Orlov", "X, an Uzbek national,", "the gunman, X,", "identified the man as X": a description and its name."""
    by_head = {mention.head: m for m, mention in enumerate(state.mentions)}
    named = {m for m in state.of if state.mentions[m].kind == "person" and state.mentions[m].form == "name"}
    by_start = {state.mentions[k].start: k for k in named}
    for m, mention in enumerate(state.mentions):
        if (
            m in state.of
            or mention.form != "nominal"
            or mention.kind != "person"
            or state.annotation.tokens[mention.head].tag in ("NNS", "NNPS")
        ):
            continue
        partner = _beside(state, m, by_head, named, by_start)
        if partner is None:
            partner = _identified(state, m, by_head, named)
        if partner is not None and partner in state.of and state.agree(m, partner) and _ages_agree(state, m, partner):
            state.join(m, state.of[partner])


def _beside(state: State, m: int, by_head: dict[int, int], named: set[int], by_start: dict[int, int]) -> int | None:
    tokens, mention = state.annotation.tokens, state.mentions[m]
    head = tokens[mention.head]
    if head.dep in ("appos", "compound", "flat", "nmod", "nmod:desc", "amod") and by_head.get(head.head) in named:
        near = by_head[head.head]
        if head.dep == "appos" or abs(state.mentions[near].start - mention.end) <= 1:
            return near
    for c in state.annotation.children(mention.head, "appos", "flat"):
        if c > mention.head and by_head.get(c) in named:
            return by_head[c]
    if mention.end in by_start:
        return by_start[mention.end]
    if state.definite(m) and mention.end + 1 < len(tokens) and tokens[mention.end].text == "," and mention.end + 1 in by_start:
        name = by_start[mention.end + 1]
        after = state.mentions[name].end
        if (
            after < len(tokens)
            and tokens[after].text in (",", ".", ")", ";", "—", "–")
            and tokens[state.mentions[name].head].dep != "conj"
            and not (after + 1 < len(tokens) and tokens[after + 1].text.lower() in ("and", "or"))
        ):
            return name
    return None


def _identified(state: State, m: int, by_head: dict[int, int], named: set[int]) -> int | None:
    """The name in "police identified the man as X", "the man was named as X"."""
    tokens = state.annotation.tokens
    head = tokens[state.mentions[m].head]
    verb = tokens[head.head]
    if head.dep not in ("nsubj:pass", "obj") or verb.lemma not in ("identify", "name"):
        return None
    for c in state.annotation.children(verb.i, "obl", "xcomp", "nmod"):
        if by_head.get(c) in named and c > head.i and any(tokens[k].text.lower() == "as" for k in state.annotation.children(c)):
            return by_head[c]
    return None


def join_attackers(state: State) -> None:
    """ "An assailant … the attacker X": a definite attacker is the one told of just before, if that one has no name yet."""
    tokens = state.annotation.tokens
    last: int | None = None
    for m, mention in enumerate(state.mentions):
        token = tokens[mention.head]
        if mention.form != "nominal" or not noun_class(token.lemma, "attacker_strong") or state.plural(m):
            continue
        if (
            last is not None
            and state.definite(m)
            and tokens[state.mentions[last].head].sent >= token.sent - 3
            and _same_attacker(state, last, m)
        ):
            theirs = state.of.get(last)
            if theirs is None or not state.clusters[theirs].names:
                keep = state.of[m] if m in state.of else state.cluster(last)
                if last not in state.of:
                    state.join(last, keep)
                state.fuse(keep, state.of[last])
                if m not in state.of:
                    state.join(m, keep)
        last = m


def _same_attacker(state: State, last: int, m: int) -> bool:
    """Whether two attackers may be one: no "second" or "other", no bomber who is a gunman, no dead one arrested, one gender."""
    tokens, mine, other = state.annotation.tokens, state.mentions[m], state.mentions[last]
    for mention in (mine, other):
        inside = {tokens[k].lemma.lower() for k in range(mention.start, mention.head)}
        if inside & words("coreference", "singling"):
            return False
    makes = [{k for k, row in enumerate(_makes()) if tokens[x.head].lemma.lower() in row} for x in (mine, other)]
    if (all(makes) and not makes[0] & makes[1]) or not state.agree(m, last) or not _ages_agree(state, m, last):
        return False
    return not ("killed" in told_of(state.annotation, other.head) and "suspect" in told_of(state.annotation, mine.head))


def _makes() -> list[list[str]]:
    rows = table("coreference")["attacker_makes"]
    return [str(row).split() for row in rows] if isinstance(rows, list) else []


def _ages_agree(state: State, m: int, other: int) -> bool:
    one, two = _age(state, state.mentions[m]), _age(state, state.mentions[other])
    return one is None or two is None or one == two


def _age(state: State, mention: Mention) -> int | None:
    """The age told with a mention: "a 22-year-old man", "Anna Cole, 34,", "34-year-old Anna Cole"."""
    tokens = state.annotation.tokens
    sent = tokens[mention.head].sent
    first = next(k for k in range(max(mention.start - 6, 0), mention.start + 1) if tokens[k].sent == sent)
    found = _AGE.findall(state.annotation.text(first, mention.end))
    if found:
        return int(found[-1])
    after = mention.end
    if (
        mention.form == "name"
        and after + 1 < len(tokens)
        and tokens[after].text in (",", "(")
        and tokens[after + 1].text.isdigit()
        and (after + 2 == len(tokens) or tokens[after + 2].text in (",", ")", "."))
    ):
        return int(tokens[after + 1].text)
    return None


def join_delayed(state: State) -> None:
    """Delayed identification: "A senior operative has confessed …" in the lead, who is named as a subject soon after.

    What is told of both must fit: an attacker or accused joins only one who is accused, a victim only a victim.
    """
    tokens = state.annotation.tokens
    lead = _lead(state)
    if lead is None:
        return
    here = tokens[state.mentions[lead].head].sent
    firsts = sorted(
        (min(c.mentions, key=lambda j: state.mentions[j].head), k)
        for k, c in enumerate(state.clusters)
        if c.mentions and c.kind == "person" and c.names
    )
    part = _part(state, lead, state.mentions[lead].head)
    for first, cluster in firsts:
        if here < tokens[state.mentions[first].head].sent <= here + 2 and _same_description(state, lead, cluster, part):
            state.join(lead, cluster)
            return


def _lead(state: State) -> int | None:
    tokens = state.annotation.tokens
    leads = []
    for m, mention in enumerate(state.mentions):
        if tokens[mention.head].sent > 2:
            break
        if (
            mention.form == "nominal"
            and mention.kind == "person"
            and m not in state.of
            and tokens[mention.head].dep.startswith("nsubj")
            and not state.plural(m)
            and tokens[mention.start].text.lower() in ("a", "an", "one")
        ):
            leads.append(m)
    if not leads:
        return None
    return leads[-1] if len({tokens[state.mentions[m].head].sent for m in leads}) == 1 else leads[0]


def _part(state: State, m: int, i: int) -> str | None:
    """The part of the one at token ``i``: "accused" (attackers too), "victim" or ``None``."""
    token = state.annotation.tokens[i]
    told = told_of(state.annotation, i)
    strong = state.mentions[m].form == "nominal" and noun_class(token.lemma.lower(), "attacker_strong")
    return "accused" if strong or told & {"suspect", "attacker"} else "victim" if told & {"harmed", "killed"} else None


def _same_description(state: State, lead: int, cluster: int, part: str | None) -> bool:
    """Whether what is told of a named person fits the one described in the lead, in part, gender and age.

    An official who comments is never the one described (a minister is no gunman).
    """
    tokens, annotation = state.annotation.tokens, state.annotation
    here = tokens[state.mentions[lead].head].sent
    told: set[str] = set()
    subject = False
    members = [
        j
        for j in sorted(state.clusters[cluster].mentions, key=lambda j: state.mentions[j].head)[:12]
        if tokens[state.mentions[j].head].sent <= here + 4
    ]
    for j in members:
        other = state.mentions[j]
        if (other.form == "name" and holds_office(annotation, other)) or not _ages_agree(state, lead, j):
            return False
        found = told_of(annotation, other.head)
        if other.form == "name" and any(
            tokens[k].lemma.lower() in words("coreference", "suspicion") and tokens[k].sent == tokens[other.head].sent
            for k in range(max(other.start - 3, 0), other.start)
        ):
            found.add("suspect")
        told |= found
        subject = subject or (tokens[other.head].dep.startswith("nsubj") and "comments" not in found)
        if (
            other.form == "nominal"
            and noun_class(tokens[other.head].lemma.lower(), "role_nouns")
            and not _bodies(state, lead) & _bodies(state, j)
        ):
            return False
    if not subject or not all(state.agree(lead, j) for j in members) or _other_pronoun(state, lead, cluster):
        return False
    if part == "accused":
        return "suspect" in told and not told & {"harmed", "killed"}
    if part == "victim":
        return bool(told & {"harmed", "killed"}) and not told & {"suspect", "attacker"}
    shared = _bodies(state, lead) & set().union(*(_bodies(state, j) for j in members))
    return not told & {"harmed", "killed", "comments"} and (
        bool(shared) or ("suspect" in told and any(_age(state, state.mentions[j]) for j in members))
    )


def _other_pronoun(state: State, lead: int, cluster: int) -> bool:
    """Whether a "she" between the lead and the name tells that he of the name is another."""
    first = min(state.clusters[cluster].mentions, key=lambda j: state.mentions[j].head)
    between = [k for k in range(lead + 1, first) if state.mentions[k].form == "pronoun" and state.gender(k)]
    return bool(between) and not state.agree(between[0], first)


def _bodies(state: State, m: int) -> set[int]:
    """The clusters of bodies named in a mention or just around it in its sentence."""
    tokens, mention = state.annotation.tokens, state.mentions[m]
    out = set()
    for step in (-1, 1):
        k = m + step
        while 0 <= k < len(state.mentions) and abs(state.mentions[k].head - mention.head) <= 8:
            other = state.mentions[k]
            if (
                other.kind in BODIES
                and tokens[other.head].sent == tokens[mention.head].sent
                and k in state.of
                and mention.start - 6 <= other.head < mention.end + 8
            ):
                out.add(state.of[k])
            k += step
    return out
