"""Coreference within a report: names, aliases, acronyms, appositions, definite nominals, pronouns.

A sieve in the manner of Lee et al. 2013 (Deterministic Coreference Resolution), from precise to loose: each
pass joins mentions to an entity or leaves them alone; what fits no pass stays an entity of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from veridical.annotate.mentions import fold_name, known_names
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Entity, Mention

_NAMED = frozenset({"person", "organization", "group", "authority", "outlet", "agency", "place", "facility", "nationality", "event"})
_BODIES = frozenset({"organization", "group", "authority", "outlet", "agency"})
_WINDOW = 3
"""Sentences back that a pronoun may look (Hobbs' distance studies: 98 % lie within two)."""


@dataclass(slots=True)
class _Cluster:
    kind: str
    names: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)

    def parts(self) -> set[str]:
        return {p for n in self.names for p in fold_name(n).split()}


@dataclass(slots=True)
class _State:
    annotation: Annotation
    mentions: list[Mention]
    clusters: list[_Cluster] = field(default_factory=list)
    of: dict[int, int] = field(default_factory=dict)

    def join(self, m: int, cluster: int, name: str | None = None) -> None:
        self.of[m] = cluster
        self.clusters[cluster].mentions.append(m)
        if name and name not in self.clusters[cluster].names:
            self.clusters[cluster].names.append(name)

    def new(self, m: int, name: str | None) -> int:
        self.clusters.append(_Cluster(self.mentions[m].kind))
        self.join(m, len(self.clusters) - 1, name)
        return len(self.clusters) - 1

    def fuse(self, keep: int, gone: int) -> None:
        if keep == gone:
            return
        for m in self.clusters[gone].mentions:
            self.of[m] = keep
        self.clusters[keep].mentions.extend(self.clusters[gone].mentions)
        self.clusters[keep].names.extend(n for n in self.clusters[gone].names if n not in self.clusters[keep].names)
        self.clusters[gone].mentions, self.clusters[gone].names = [], []

    def text(self, m: int) -> str:
        return self.annotation.text(self.mentions[m].start, self.mentions[m].end)


def resolve_mentions(annotation: Annotation, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions with their entity indices set, and the entities in order of first mention."""
    state = _State(annotation, list(mentions))
    _join_names(state)
    _join_brackets(state)
    _join_aliases(state)
    _join_appositions(state)
    _join_attackers(state)
    _join_delayed(state)
    _join_nominals(state)
    _join_pronouns(state)
    return _finish(state)


def _join_names(state: _State) -> None:
    """Equal names, listed spellings, and for people a shorter form of a fuller name (surname, first name)."""
    seen: dict[tuple[str, str], int] = {}
    for m, mention in enumerate(state.mentions):
        if mention.form != "name" or mention.kind not in _NAMED:
            continue
        name = _bare(state.text(m))
        folded = fold_name(name)
        family = "body" if mention.kind in _BODIES else mention.kind
        canonical = known_names().get(folded, ("", folded))[1]
        key = (family, canonical)
        if key in seen:
            state.join(m, seen[key], name)
            continue
        found = _fuller(state, folded, mention.kind) if mention.kind == "person" else _body_by_part(state, m, folded)
        seen[key] = found if found is not None else state.new(m, name)
        if found is not None:
            state.join(m, found, name)


def _fuller(state: _State, folded: str, kind: str) -> int | None:
    """The latest person whose name has all the parts of this one, or whose parts all stand in this one."""
    parts = [p for p in folded.split() if p not in words("coreference", "honorifics")]
    if not parts:
        return None
    for k in range(len(state.clusters) - 1, -1, -1):
        cluster = state.clusters[k]
        if cluster.kind != kind or not cluster.names:
            continue
        other = [p for p in fold_name(max(cluster.names, key=lambda n: len(n.split()))).split() if p not in words("coreference", "honorifics")]
        # a surname or given name after the full name; a full name after the surname alone, never after a given name alone
        if other and (set(parts) <= set(other) or len(other) == 1 and other[0] == parts[-1] or len(other) > 1 and set(other) <= set(parts)):
            return k
    return None


def _body_by_part(state: _State, m: int, folded: str) -> int | None:
    """ "the Column" after "the Baloch Freedom Column": the latest body whose fuller name ends in this word."""
    mention = state.mentions[m]
    before = state.annotation.tokens[mention.start - 1].text.lower() if mention.start else ""
    if mention.kind not in _BODIES or " " in folded or before not in ("the", "’s", "'s"):
        return None
    for k in range(len(state.clusters) - 1, -1, -1):
        if state.clusters[k].kind in _BODIES and any(fold_name(n).endswith(" " + folded) for n in state.clusters[k].names):
            return k
    return None


def _bare(name: str) -> str:
    """A name without honorifics before it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold() in words("coreference", "honorifics"):
        parts = parts[1:]
    return " ".join(parts)


def _join_brackets(state: _State) -> None:
    """An acronym or second name in brackets directly after a name: "National Intelligence Organization (MİT)"."""
    at_start = {mention.start: m for m, mention in enumerate(state.mentions)}
    tokens = state.annotation.tokens
    for m, mention in enumerate(state.mentions):
        after = mention.end
        if after + 2 >= len(tokens) or tokens[after].text != "(" or m not in state.of:
            continue
        inner = at_start.get(after + 1)
        short = tokens[after + 1].text
        if tokens[after + 2].text == ")" and short[:1].isupper() and sum(c.isupper() for c in short) >= 2:
            name = short
        elif inner is not None and state.mentions[inner].form == "name" and tokens[min(state.mentions[inner].end, len(tokens) - 1)].text == ")":
            name = state.text(inner)
        else:
            continue
        _adopt_short(state, m, inner, name)


def _adopt_short(state: _State, m: int, inner: int | None, short: str) -> None:
    keep = state.of[m]
    folded = fold_name(short)
    for other, cluster in enumerate(state.clusters):
        if other != keep and cluster.kind in _BODIES | {"place", "person", "nationality"} and any(fold_name(n) == folded for n in cluster.names):
            state.fuse(keep, other)
    if inner is not None and inner not in state.of:
        state.join(inner, keep, short)
    if short not in state.clusters[keep].names:
        state.clusters[keep].names.append(short)


def _join_aliases(state: _State) -> None:
    """ "codenamed Abu X", "also known as X": the name that follows belongs to the person or group before the cue."""
    tokens, lowered = state.annotation.tokens, [t.text.lower() for t in state.annotation.tokens]
    phrases = [p.split() for p in words("coreference", "alias_phrases")] + [[w] for w in words("coreference", "alias_cues")]
    by_start = {mention.start: m for m, mention in enumerate(state.mentions)}
    for i in range(len(tokens)):
        size = max((len(p) for p in phrases if lowered[i:i + len(p)] == p), default=0)
        if not size:
            continue
        start = i + size
        while start < len(tokens) and tokens[start].text in ("“", "\"", "'", "‘", "is", "as", ",", ":", "the"):
            start += 1
        before = [m for m, mention in enumerate(state.mentions) if mention.end <= i and mention.end >= i - 6
                  and tokens[mention.head].sent == tokens[i].sent and mention.kind in ("person", "group", "organization")]
        if not before or start >= len(tokens) or not tokens[start].text[:1].isupper():
            continue
        _adopt_alias(state, before[-1], by_start.get(start), start)


def _adopt_alias(state: _State, owner: int, m: int | None, start: int) -> None:
    tokens = state.annotation.tokens
    end = start + 1
    while end < len(tokens) and tokens[end].text not in ("”", "\"", ",", "(", ")", ".", "’", "'") and (
            tokens[end].text[:1].isupper() or tokens[end].text.lower() in ("al", "from", "de", "the", "-", "of", "el", "bin", "ibn", "abu")):
        end += 1
    name = state.annotation.text(start, end)
    if owner not in state.of:
        state.new(owner, None)
    keep = state.of[owner]
    if m is not None and m in state.of:
        state.fuse(keep, state.of[m])
    elif m is not None:
        state.join(m, keep, name)
    if name not in state.clusters[keep].names:
        state.clusters[keep].names.append(name)
    for inner, mention in enumerate(state.mentions):
        if start <= mention.start and mention.end <= end and inner not in state.of:
            state.join(inner, keep, None)


def _join_appositions(state: _State) -> None:
    """ "leader Kasım Güler", "X, an Uzbek national,", "X is the leader": a described person and the name beside it."""
    tokens = state.annotation.tokens
    by_head = {mention.head: m for m, mention in enumerate(state.mentions)}
    named = {m for m in state.of if state.mentions[m].kind == "person" and state.mentions[m].form == "name"}
    for m, mention in enumerate(state.mentions):
        if m in state.of or mention.form != "nominal" or mention.kind != "person":
            continue
        partner: int | None = None
        head = tokens[mention.head]
        if head.dep in ("appos", "compound", "flat", "nmod", "nmod:desc", "amod") and by_head.get(head.head) in named:
            near = by_head[head.head]
            if head.dep == "appos" or abs(state.mentions[near].start - mention.end) <= 1:
                partner = near
        if partner is None:
            kids = [by_head[c] for c in state.annotation.children(mention.head, "appos", "flat") if c > mention.head and by_head.get(c) in named]
            partner = kids[0] if kids else None
        if partner is None and mention.end in {state.mentions[k].start for k in named}:
            partner = next(k for k in named if state.mentions[k].start == mention.end)
        if partner is not None and partner in state.of and head.tag not in ("NNS", "NNPS"):
            state.join(m, state.of[partner])


def _join_attackers(state: _State) -> None:
    """ "An assailant … the attacker X": a definite attacker is the one told of just before, if that one has no name yet."""
    tokens = state.annotation.tokens
    last: int | None = None
    for m, mention in enumerate(state.mentions):
        token = tokens[mention.head]
        if mention.form != "nominal" or not noun_class(token.lemma, "attacker_strong") or token.tag in ("NNS", "NNPS"):
            continue
        if last is not None and _definite(state, mention) and tokens[state.mentions[last].head].sent >= token.sent - 3:
            mine = state.of.get(m)
            theirs = state.of.get(last)
            named = theirs is not None and bool(state.clusters[theirs].names)
            if not named and mine != theirs:
                keep = mine if mine is not None else theirs if theirs is not None else state.new(last, None)
                if last not in state.of:
                    state.join(last, keep)
                elif theirs is not None and theirs != keep:
                    state.fuse(keep, theirs)
                if m not in state.of:
                    state.join(m, keep)
        last = m


def _join_delayed(state: _State) -> None:
    """Delayed identification: "A senior operative has confessed …" in the lead, who is named as a subject soon after."""
    tokens = state.annotation.tokens
    leads = [m for m, mention in enumerate(state.mentions) if mention.form == "nominal" and mention.kind == "person" and m not in state.of
             and tokens[mention.head].sent <= 2 and tokens[mention.head].dep.startswith("nsubj") and tokens[mention.head].tag not in ("NNS", "NNPS")
             and tokens[mention.start].text.lower() in ("a", "an", "one")]
    if not leads:
        return
    lead = leads[-1] if len({tokens[state.mentions[m].head].sent for m in leads}) == 1 else leads[0]
    here = tokens[state.mentions[lead].head].sent
    for k, cluster in sorted(state.of.items(), key=lambda x: state.mentions[x[0]].head):
        first = min(state.clusters[cluster].mentions, key=lambda j: state.mentions[j].head)
        token = tokens[state.mentions[k].head]
        described = [j for j in state.clusters[cluster].mentions if tokens[state.mentions[j].head].dep.startswith("nsubj")
                     and tokens[tokens[state.mentions[j].head].head].lemma not in ("say", "tell", "add", "report", "confirm", "announce", "state")]
        if state.clusters[cluster].kind == "person" and state.clusters[cluster].names and here < token.sent <= here + 2 and described:
            if tokens[state.mentions[first].head].sent > here and _same_description(state, lead, cluster):
                state.join(lead, cluster)
            return


def _same_description(state: _State, lead: int, cluster: int) -> bool:
    """Whether what is told of a named person fits the one described in the lead: a shared body, an age, a case at law.

    An official who comments is never the one described (a minister is no gunman).
    """
    tokens, annotation = state.annotation.tokens, state.annotation
    mention = state.mentions[lead]
    body = {state.of.get(m) for m, other in enumerate(state.mentions) if other.kind in _BODIES and mention.start <= other.head < mention.end + 8
            and tokens[other.head].sent == tokens[mention.head].sent} - {None}
    for j in state.clusters[cluster].mentions:
        other = state.mentions[j]
        near = range(max(other.start - 6, 0), min(other.end + 6, len(tokens)))
        lemmas = {tokens[k].lemma.lower() for k in near if tokens[k].sent == tokens[other.head].sent}
        if other.form == "name" and any(noun_class(tokens[k].lemma.lower(), "role_nouns") for k in range(max(other.start - 3, 0), other.start)):
            return False
        if body & {state.of.get(m) for m, b in enumerate(state.mentions) if b.kind in _BODIES and b.head in near}:
            return True
        if other.form == "name" and annotation.children(other.head, "nmod:unmarked", "nummod", "appos") and any(
                tokens[c].pos == "NUM" for c in annotation.children(other.head)):
            return True
        if lemmas & {"defendant", "accused", "arrest", "charge", "convict", "suspect", "jail", "sentence", "capture", "plead"}:
            return True
    return False


def _join_nominals(state: _State) -> None:
    """ "the group", "the terrorist organization", "the attacker": the latest fitting entity before it."""
    tokens = state.annotation.tokens
    order = sorted(range(len(state.mentions)), key=lambda k: state.mentions[k].head)
    for m in order:
        mention = state.mentions[m]
        if m in state.of or mention.form != "nominal" or not _definite(state, mention):
            continue
        lemma = tokens[mention.head].lemma
        if mention.kind == "group" and lemma in words("coreference", "group_nominals"):
            armed = any(tokens[k].lemma.lower() in words("coreference", "armed_words") for k in range(mention.start, mention.end))
            found = _latest(state, m, frozenset({"group", "organization"}) if armed else _BODIES - {"authority", "outlet", "agency"}, 12)
        elif lemma in words("coreference", "person_nominals") and tokens[mention.head].tag not in ("NNS", "NNPS"):
            found = _described(state, m, lemma)
        else:
            found = _same_nominal(state, m, lemma)
        if found is not None:
            state.join(m, found)


def _definite(state: _State, mention: Mention) -> bool:
    first = state.annotation.tokens[mention.start].text.lower()
    return first in ("the", "this", "that", "these", "those", "both")


def _latest(state: _State, m: int, kinds: frozenset[str], sentences: int) -> int | None:
    """The entity of these kinds mentioned by name last before mention ``m``; groups before organizations."""
    here = state.annotation.tokens[state.mentions[m].head].sent
    best: tuple[int, int, int, int] | None = None
    for k in state.of:
        other = state.mentions[k]
        sent = state.annotation.tokens[other.head].sent
        last = fold_name(state.text(k)).split()[-1:] if other.form == "name" else []
        if last and last[0] in words("coreference", "civil_bodies"):
            continue
        if other.head < state.mentions[m].start and other.kind in kinds and here - sent <= sentences and other.form == "name":
            told = sum(state.mentions[j].head < state.mentions[m].start for j in state.clusters[state.of[k]].mentions)
            rank = (other.kind == "group", min(told, 3), other.head, state.of[k])
            best = max(best, rank) if best else rank
    return best[3] if best else None


def _described(state: _State, m: int, lemma: str) -> int | None:
    """A person described before with the same noun, else for "the man", "the suspect" the latest named person nearby."""
    tokens = state.annotation.tokens
    here = tokens[state.mentions[m].head]
    best: tuple[int, int] | None = None
    for k, cluster in state.of.items():
        for j in state.clusters[cluster].mentions:
            other = state.mentions[j]
            if other.head < here.i and other.form == "nominal" and tokens[other.head].lemma == lemma and tokens[other.head].tag not in ("NNS", "NNPS"):
                best = max(best or (-1, -1), (state.mentions[k].head if state.mentions[k].head < here.i else -1, cluster))
    if best:
        return best[1]
    return _same_nominal(state, m, lemma)


def _same_nominal(state: _State, m: int, lemma: str) -> int | None:
    """The latest description with the same noun and number, not yet in an entity: it becomes one with this mention."""
    tokens = state.annotation.tokens
    mine = state.mentions[m]
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        near = tokens[mine.head].sent - tokens[other.head].sent <= 8
        if not near:
            return None
        if other.form == "nominal" and tokens[other.head].lemma == lemma and tokens[other.head].tag == tokens[mine.head].tag:
            return state.of[k] if k in state.of else state.new(k, None)
    return None


def _join_pronouns(state: _State) -> None:
    """he, she, his: the latest person, subjects and named ones first, of the sentence before or the same one."""
    tokens = state.annotation.tokens
    for m, mention in enumerate(state.mentions):
        if mention.form != "pronoun" or m in state.of:
            continue
        if tokens[mention.head].text.lower() in words("coreference", "neuter"):
            _join_neuter(state, m)
            continue
        plural = tokens[mention.head].text.lower() in words("coreference", "plural")
        best: tuple[float, int] | None = None
        for k in range(m - 1, -1, -1):
            other = state.mentions[k]
            back = tokens[mention.head].sent - tokens[other.head].sent
            if back > _WINDOW:
                break
            if other.kind != "person" or _plural(state, other) != plural or (other.form == "pronoun" and k not in state.of):
                continue
            if tokens[other.head].dep in ("compound", "amod", "flat"):
                continue
            rank = _salience(state, other, back)
            if best is None or rank > best[0]:
                best = (rank, k)
        if best is not None:
            k = best[1]
            state.join(m, state.of[k] if k in state.of else state.new(k, None))


def _join_neuter(state: _State, m: int) -> None:
    """its, itself: the body that is the subject of this sentence or the one before."""
    tokens = state.annotation.tokens
    here = tokens[state.mentions[m].head]
    for k in range(m - 1, -1, -1):
        other = state.mentions[k]
        token = tokens[other.head]
        if here.sent - token.sent > 1:
            return
        if other.kind in _BODIES and other.form != "pronoun" and token.dep.startswith("nsubj"):
            state.join(m, state.of[k] if k in state.of else state.new(k, None))
            return


def _salience(state: _State, mention: Mention, back: int) -> float:
    token = state.annotation.tokens[mention.head]
    subject = token.dep.startswith("nsubj")
    return -2.0 * back + 1.5 * subject + 0.5 * (mention.form == "name") + 0.5 * (mention.form == "pronoun") + 0.0001 * token.i


def _plural(state: _State, mention: Mention) -> bool:
    token = state.annotation.tokens[mention.head]
    if mention.form == "pronoun":
        return token.text.lower() in words("coreference", "plural")
    return token.tag in ("NNS", "NNPS") and mention.form != "name"


def _finish(state: _State) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    alive = [k for k, c in enumerate(state.clusters) if c.mentions]
    alive.sort(key=lambda k: min(state.mentions[m].head for m in state.clusters[k].mentions))
    index = {old: new for new, old in enumerate(alive)}
    mentions = tuple(replace(mention, entity=index[state.of[m]]) if m in state.of else mention for m, mention in enumerate(state.mentions))
    entities = []
    for old in alive:
        cluster = state.clusters[old]
        members = tuple(sorted(cluster.mentions, key=lambda m: state.mentions[m].head))
        texts = [state.text(m) for m in members if state.mentions[m].form == "name"]
        entities.append(Entity(index[old], cluster.kind, _fullest(cluster, texts), tuple(cluster.names), members))
    return mentions, tuple(entities)


def _fullest(cluster: _Cluster, texts: Sequence[str]) -> str | None:
    """The name to show: the longest for people; for bodies the form most used, which readers know it by."""
    if not cluster.names:
        return None
    if cluster.kind == "person":
        real = [n for n in cluster.names if not n.isupper()] or cluster.names
        return cluster.names[0] if len(cluster.names[0].split()) > 1 else max(real, key=lambda n: (len(n.split()), len(n)))
    return max(cluster.names, key=lambda n: (texts.count(n), len(n), -cluster.names.index(n)))
