"""The passes over names: equal and shorter names, acronyms in brackets, aliases."""

from __future__ import annotations

from veridical.annotate.coreference_state import BODIES, NAMED, State, clean
from veridical.annotate.mentions import known_names
from veridical.annotate.mentions_groups import fold_name
from veridical.lexicon import words

_REACH = 12
"""Tokens back from the cue of an alias to its bearer."""


def join_names(state: State) -> None:
    """Equal names, listed spellings, and for people a shorter form of a fuller name (surname, first name)."""
    seen: dict[tuple[str, str], int] = {}
    by_part: dict[str, list[int]] = {}
    shared = _shared_surnames(state)
    for m, mention in enumerate(state.mentions):
        if mention.form != "name" or mention.kind not in NAMED:
            continue
        name = _bare(state.text(m))
        folded = fold_name(name)
        family = "body" if mention.kind in BODIES else mention.kind
        key = (family, known_names().get(folded, ("", folded))[1])
        if key in seen and m not in shared and _agrees(state, m, seen[key]):
            state.join(m, seen[key], name)
            continue
        parts = _parts(folded) + ([shared[m]] if m in shared else [])
        found = _fuller(state, m, parts, by_part) if mention.kind == "person" else _body_by_part(state, m, folded, by_part)
        seen[key] = found if found is not None else state.new(m, name)
        if found is not None:
            state.join(m, found, name)
        for part in parts if mention.kind == "person" else folded.split()[-1:]:
            holders = by_part.setdefault(part, [])
            if not holders or holders[-1] != seen[key]:
                holders.append(seen[key])


def _shared_surnames(state: State) -> dict[int, str]:
    """Given names whose surname stands after the next one: "Ana and Luis Mora"."""
    out: dict[int, str] = {}
    tokens = state.annotation.tokens
    for m in range(len(state.mentions) - 1):
        one, two = state.mentions[m], state.mentions[m + 1]
        if (
            one.kind == two.kind == "person"
            and one.form == two.form == "name"
            and one.end - one.start == 1
            and two.end - two.start >= 2
            and two.start == one.end + 1
            and tokens[one.end].text.lower() in ("and", "&")
        ):
            out[m] = fold_name(tokens[two.end - 1].text)
    return out


def _agrees(state: State, m: int, cluster: int) -> bool:
    gender = state.clusters[cluster].gender
    own = state.gender(m)
    return gender is None or own is None or gender == own


def _parts(folded: str) -> list[str]:
    return [p for p in folded.split() if p not in words("coreference", "honorifics")]


def _fuller(state: State, m: int, parts: list[str], by_part: dict[str, list[int]]) -> int | None:
    """The person told of last whose name has all the parts of this one, or whose parts all stand in this one."""
    best: tuple[int, int] | None = None
    for k in {c for p in parts for c in by_part.get(p, ())[-8:]}:
        cluster = state.clusters[k]
        if not cluster.names or not _agrees(state, m, k):
            continue
        if any(_fits(parts, _parts(fold_name(n)), by_part, k) for n in cluster.names):
            best = max(best or (-1, -1), (cluster.mentions[-1], k))
    return best[1] if best else None


def _fits(parts: list[str], other: list[str], by_part: dict[str, list[int]], k: int) -> bool:
    """A surname or given name after the full name; a full name after the surname alone, never after a given name alone."""
    if not other:
        return False
    if len(other) == 1 and len(parts) > 1:
        return other[0] == parts[-1] or (other[0] == parts[0] and len(parts) == 2 and k in by_part.get(parts[1], ()))
    return set(parts) <= set(other) or (len(other) > 1 and set(other) <= set(parts))


def _body_by_part(state: State, m: int, folded: str, by_part: dict[str, list[int]]) -> int | None:
    """ "the Column" after "the Baloch Freedom Column": the latest body whose fuller name ends in this word."""
    mention = state.mentions[m]
    before = state.annotation.tokens[mention.start - 1].text.lower() if mention.start else ""
    if mention.kind not in BODIES or " " in folded or before not in ("the", "’s", "'s"):
        return None
    for k in reversed(by_part.get(folded, ())):
        if state.clusters[k].kind in BODIES and any(fold_name(n).endswith(" " + folded) for n in state.clusters[k].names):
            return k
    return None


def _bare(name: str) -> str:
    """A name without honorifics before it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold() in words("coreference", "honorifics"):
        parts = parts[1:]
    return " ".join(parts)


def join_brackets(state: State) -> None:
    """An acronym or second name in brackets directly after a name: "National Intelligence Organization (MİT)"."""
    at_start = {mention.start: m for m, mention in enumerate(state.mentions)}
    tokens = state.annotation.tokens
    holders: dict[str, list[int]] | None = None
    for m, mention in enumerate(state.mentions):
        after = mention.end
        if after + 2 >= len(tokens) or tokens[after].text != "(" or m not in state.of:
            continue
        inner = at_start.get(after + 1)
        short = tokens[after + 1].text
        if tokens[after + 2].text == ")" and short[:1].isupper() and sum(c.isupper() for c in short) >= 2:
            name = short
        elif (
            inner is not None
            and state.mentions[inner].form == "name"
            and tokens[min(state.mentions[inner].end, len(tokens) - 1)].text == ")"
        ):
            name = state.text(inner)
        else:
            continue
        if holders is None:
            holders = {}
            for k, cluster in enumerate(state.clusters):
                for n in cluster.names:
                    holders.setdefault(fold_name(n), []).append(k)
        _adopt_short(state, m, inner, name, holders)


def _adopt_short(state: State, m: int, inner: int | None, short: str, holders: dict[str, list[int]]) -> None:
    keep = state.of[m]
    for other in holders.get(fold_name(short), ()):
        cluster = state.clusters[other]
        if other != keep and cluster.mentions and cluster.kind in BODIES | {"place", "person", "nationality"}:
            state.fuse(keep, other)
    if inner is not None and inner not in state.of:
        state.join(inner, keep, short)
    if short not in state.clusters[keep].names:
        state.clusters[keep].names.append(short)


def join_aliases(state: State) -> None:
    """ "codenamed Abu X", "also known as X": the name that follows belongs to the person or group before the cue."""
    tokens, lowered = state.annotation.tokens, [t.text.lower() for t in state.annotation.tokens]
    firsts: dict[str, list[list[str]]] = {}
    for phrase in [p.split() for p in words("coreference", "alias_phrases")] + [[w] for w in words("coreference", "alias_cues")]:
        firsts.setdefault(phrase[0], []).append(phrase)
    by_start = {mention.start: m for m, mention in enumerate(state.mentions)}
    by_end: dict[int, list[int]] = {}
    for m, mention in enumerate(state.mentions):
        by_end.setdefault(mention.end, []).append(m)
    for i, word in enumerate(lowered):
        size = max((len(p) for p in firsts.get(word, ()) if lowered[i : i + len(p)] == p), default=0)
        if not size:
            continue
        start = i + size
        while start < len(tokens) and tokens[start].text in ("“", '"', "'", "‘", "is", "as", ",", ":", "the"):
            start += 1
        if start >= len(tokens) or not tokens[start].text[:1].isupper():
            continue
        before = [
            m
            for end in range(max(i - _REACH, 0), i + 1)
            for m in by_end.get(end, ())
            if tokens[state.mentions[m].head].sent == tokens[i].sent
            and state.mentions[m].kind in ("person", "group", "organization")
            and state.mentions[m].form != "pronoun"
        ]
        owner = _bearer(state, before, i)
        if owner is not None:
            _adopt_alias(state, owner, by_start.get(start), start)


def _bearer(state: State, before: list[int], cue: int) -> int | None:
    """Who bears an alias: the name directly before the cue; else the head of the phrase, no plural.

    In "the man who guarded the captives, alias X" it is the man.
    """
    if before and state.mentions[before[-1]].form == "name" and state.mentions[before[-1]].end >= cue - 2:
        return before[-1]
    tokens = state.annotation.tokens
    single = [m for m in before if state.mentions[m].kind != "person" or not state.plural(m)]
    if not single:
        return None
    above = (
        set(state.annotation.ancestors(state.mentions[single[-1]].head)) | set(state.annotation.ancestors(cue))
        if single
        else set()
    )
    heads = [m for m in single if state.mentions[m].head in above and state.mentions[m].end >= cue - _REACH]
    near = [m for m in single if state.mentions[m].end >= cue - 6]
    clause = [m for m in heads if any(tokens[c].dep.startswith("acl") for c in state.annotation.children(state.mentions[m].head))]
    return clause[-1] if clause else near[-1] if near else None


def _adopt_alias(state: State, owner: int, m: int | None, start: int) -> None:
    tokens = state.annotation.tokens
    end = start + 1
    while (
        end < len(tokens)
        and tokens[end].text not in ("”", '"', ",", "(", ")", ".", "’", "'")
        and (
            tokens[end].text[:1].isupper()
            or tokens[end].text.lower() in ("al", "from", "de", "the", "-", "of", "el", "bin", "ibn", "abu")
        )
    ):
        end += 1
    name = clean(state.annotation.text(start, end))
    keep = state.cluster(owner)
    if m is not None and m in state.of:
        state.fuse(keep, state.of[m])
    elif m is not None:
        state.join(m, keep, name)
    if name not in state.clusters[keep].names:
        state.clusters[keep].names.append(name)
    for inner in range((m if m is not None else owner) + 1, len(state.mentions)):
        mention = state.mentions[inner]
        if mention.head >= end:
            break
        if start <= mention.start and mention.end <= end and inner not in state.of:
            state.join(inner, keep, None)
