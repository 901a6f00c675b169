"""Who says what: reporting cues with their sources and the stretch of text each covers.

Source, cue and content are those of the attribution literature (Pareti 2015, PARC 3). A frame covers a set of
tokens; nesting follows from one frame's cue lying inside another's content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from veridical.extract.slots import preposition, verb_slots
from veridical.extract.sources import name_of, possessor_outlet, source_kind
from veridical.extract.triggers import kind_of
from veridical.lexicon import noun_class, table, words
from veridical.model import Annotation, Source, Token
from veridical.values import SourceKind

_STANCES = ("confess", "deny", "claim", "confirm", "allege", "say")
_NEEDS_CLAUSE = frozenset({"find", "put", "show", "think", "hear", "learn", "carry", "point", "describe", "reveal", "record", "list", "detail",
                           "publish", "post", "believe", "establish", "observe", "note", "recall", "own", "reject", "read", "continue",
                           "document", "outline", "indicate", "suggest", "conclude", "estimate", "broadcast", "rule", "repeat"})
_RELAY = frozenset({"quote", "cite"})
_OBJECTIVE = frozenset({"accuse", "blame", "implicate", "suspect"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution cue: the source, its stance, and the tokens it covers; ``cue`` is a token index."""

    source: Source
    head: int
    entity: int | None
    cue: int
    stance: str
    content: frozenset[int]
    negated: bool = False


@lru_cache(maxsize=1)
def _stances() -> dict[str, str]:
    verbs = table("reporting")["verbs"]
    assert isinstance(verbs, dict)
    return {lemma: stance for stance in reversed(_STANCES) for lemma in verbs[stance]}


def find_frames(annotation: Annotation) -> list[Frame]:
    """The attribution frames of a report, in order of their cues."""
    out: list[Frame] = []
    for token in annotation.tokens:
        if token.pos == "VERB" and token.lemma in _RELAY:
            out += _relay(annotation, token)
        elif token.pos == "VERB" and token.lemma in _stances():
            out += _verb_frames(annotation, token)
        elif token.text.lower() == "according" and token.i + 1 < len(annotation.tokens):
            out += _according(annotation, token, out)
        elif token.pos == "NOUN" and token.lemma in _noun_stances():
            out += _noun_frame(annotation, token)
    out += _continued_quotes(annotation, out)
    return out


@lru_cache(maxsize=1)
def _noun_stances() -> dict[str, str]:
    nouns = table("reporting")["nouns"]
    assert isinstance(nouns, dict)
    return {lemma: stance for stance, lemmas in nouns.items() for lemma in lemmas}


def _frame(annotation: Annotation, head: int, cue: tuple[int, int], stance: str, content: frozenset[int], negated: bool = False) -> Frame:
    owner = possessor_outlet(annotation, head) if not annotation.tokens[head].pos == "PROPN" else None
    at = owner if owner is not None and (noun_class(annotation.tokens[head].lemma, "outlet") or annotation.tokens[head].lemma in ("service", "correspondent", "report", "website", "desk")) else head
    named = name_of(annotation, at)
    kind = SourceKind.OUTLET if at != head and named.kind == "organization" else source_kind(annotation, at, named)
    span = annotation.span(named.start, named.end)
    words_ = annotation.span(*cue)
    source = Source(named.name, kind, words_.quote, span.start, span.end, words_.start, words_.end)
    return Frame(source, at, named.entity, cue[0], stance, content, negated)


def _speaker(annotation: Annotation, i: int) -> bool:
    """Whether a phrase can be a source: people, bodies, documents, media, pronouns."""
    token = annotation.tokens[i]
    lemma = token.lemma.lower()
    if kind_of(annotation, i) == "place" or any(t.start <= i < t.end for t in annotation.times):
        return False
    if token.pos == "PRON":
        return lemma in ("he", "she", "they", "who", "i", "we", "it")
    if kind_of(annotation, i) in ("person", "organization", "group", "authority", "outlet", "agency", "nationality"):
        return True
    if token.pos == "PROPN" and kind_of(annotation, i) not in ("event",):
        return True
    return any(noun_class(lemma, k) for k in ("human", "official", "outlet", "document", "court", "witness", "group", "attacker")) or lemma in words("reporting", "unnamed") or lemma == "service"


def _negated(annotation: Annotation, verb: int) -> bool:
    subject = annotation.children(verb, "nsubj")
    return any(annotation.tokens[c].lemma in ("not", "never", "n't") for c in annotation.children(verb, "advmod", "aux")) or any(
        annotation.tokens[d].lemma in ("no", "none", "neither") for s in subject for d in (s, *annotation.children(s, "det")))


def _content(annotation: Annotation, verb: Token, stance: str) -> frozenset[int]:
    """The tokens a reporting verb covers: its clausal complement, the clause it interrupts or ends, or its object."""
    own = {verb.i}
    for child in annotation.children(verb.i, "obj"):
        if annotation.tokens[child].lemma in words("reporting", "responsibility"):
            return frozenset(annotation.subtree(child))
    for dep in ("ccomp", "xcomp"):
        for child in annotation.children(verb.i, dep):
            own.update(annotation.subtree(child))
    if len(own) == 1:
        for child in annotation.children(verb.i, "advcl"):
            tags = {annotation.tokens[c].text.lower() for c in annotation.children(child, "mark")}
            if tags & {"that", "of", "as", "to"} and (annotation.tokens[child].tag in ("VBG", "VB") or "that" in tags):
                own.update(annotation.subtree(child))
    if verb.dep == "parataxis" or (verb.dep in ("conj", "advcl") and len(own) == 1 and _sentence_final(annotation, verb)):
        mine = set(annotation.subtree(verb.i)) - own
        own.update(set(annotation.subtree(verb.head)) - mine)
    if len(own) == 1:
        for child in annotation.children(verb.i, "parataxis"):
            if annotation.tokens[child].lemma not in _stances():
                own.update(annotation.subtree(child))
    elif verb.dep != "parataxis":
        own.update(_carried_on(annotation, verb, max(own)))
    if len(own) == 1 and verb.lemma not in _NEEDS_CLAUSE:
        for child in annotation.children(verb.i, "obj", "obl", "nsubj:pass"):
            mark = preposition(annotation, child)
            if mark in ("", "to", "for", "of", "about", "on", "in"):
                own.update(annotation.subtree(child))
    if len(own) == 1 and verb.lemma in ("say", "add", "tell", "report") and verb.dep in ("root", "parataxis", "conj"):
        first, last = annotation.sentences[verb.sent]
        own.update(k for k in range(first, last) if abs(k - verb.i) > 1)
    return frozenset(own - {verb.i})


def _carried_on(annotation: Annotation, verb: Token, after: int) -> set[int]:
    """Clauses after the complement that go on with what was said: "said that A, but could not because B"."""
    out: set[int] = set()
    for child in annotation.children(verb.i, "parataxis", "conj", "advcl"):
        token = annotation.tokens[child]
        if child > after and token.lemma not in _stances() and token.tag != "VBG":
            out.update(k for k in annotation.subtree(child) if k > verb.i)
    return out


def _sentence_final(annotation: Annotation, verb: Token) -> bool:
    last = annotation.sentences[verb.sent][1]
    return last - verb.i <= 8 and verb.i > 0 and any(annotation.tokens[k].text == "," for k in range(max(verb.i - 5, 0), verb.i))


def _verb_frames(annotation: Annotation, verb: Token) -> list[Frame]:
    if verb.dep in ("advcl", "xcomp") and annotation.tokens[verb.head].lemma in _RELAY:
        return []
    if any(annotation.tokens[c].lemma == "life" for c in annotation.children(verb.i, "obj")):
        return []
    slots = verb_slots(annotation, verb.i)
    content = _content(annotation, verb, _stances()[verb.lemma])
    speakers = [s for s in slots.subjects if _speaker(annotation, s) and s not in content]
    if not speakers or not content:
        return []
    if verb.lemma in _NEEDS_CLAUSE and not (annotation.children(verb.i, "ccomp") or verb.dep == "parataxis"):
        return []
    stance = _stances()[verb.lemma]
    if verb.lemma in _OBJECTIVE:
        content = frozenset([verb.i]) | frozenset(k for c in annotation.children(verb.i) if annotation.tokens[c].dep.split(":")[0] in ("obl", "advcl", "ccomp") for k in annotation.subtree(c))
    content -= frozenset(annotation.subtree(speakers[0])) if speakers[0] not in content else frozenset()
    negated = _negated(annotation, verb.i)
    if negated and stance in ("claim", "confirm", "say"):
        return []
    inner = _frame(annotation, speakers[0], (verb.i, verb.i + 1), stance, content, negated)
    return [*_told(annotation, verb, content), inner]


def _told(annotation: Annotation, verb: Token, content: frozenset[int]) -> list[Frame]:
    """The outlet or agency that someone told: it stands outside the speaker in the chain."""
    hearers = [c for c in annotation.children(verb.i, "obj", "iobj")] if verb.lemma == "tell" else []
    for child in annotation.children(verb.i, "obl"):
        if preposition(annotation, child) in ("to", "by", "in"):
            hearers += [child, *annotation.children(child, "nmod")]
    out = []
    for hearer in hearers:
        if kind_of(annotation, hearer) in ("outlet", "agency") and hearer not in content:
            out.append(_frame(annotation, hearer, (verb.i, verb.i + 1), "say", content | {verb.i}))
    return out[:1]


def _relay(annotation: Annotation, verb: Token) -> list[Frame]:
    """ "DW quoted Güler as saying that …", "…, citing police", "was quoted by DW as saying": two links of a chain."""
    slots = verb_slots(annotation, verb.i)
    content = _content(annotation, verb, "say") - frozenset(k for o in slots.objects for k in annotation.subtree(o))
    for child in annotation.children(verb.i, "advcl", "xcomp", "obl"):
        if annotation.tokens[child].lemma == "say" or annotation.tokens[child].tag == "VBG":
            content |= frozenset(annotation.subtree(child))
    if not content:
        first, last = annotation.sentences[verb.sent]
        content = frozenset(range(first, last)) - frozenset(annotation.subtree(verb.i))
    said = [o for o in slots.objects if _speaker(annotation, o)]
    outer = [s for s in slots.subjects if _speaker(annotation, s)]
    frames = []
    if outer and verb.dep not in ("advcl", "acl"):
        frames.append(_frame(annotation, outer[0], (verb.i, verb.i + 1), "say", content | {verb.i} | ({said[0]} if said else set())))
    if said:
        cue = verb.i + 1 if frames else verb.i
        frames.append(_frame(annotation, said[0], (verb.i, verb.i + 1), "say", content))
        frames[-1] = Frame(frames[-1].source, frames[-1].head, frames[-1].entity, min(cue, said[0]), "say", content)
    return frames


def _according(annotation: Annotation, token: Token, before: list[Frame]) -> list[Frame]:
    tokens = annotation.tokens
    if tokens[token.i + 1].text.lower() != "to":
        return []
    head = token.head if tokens[token.head].pos in ("NOUN", "PROPN", "PRON") and token.head > token.i else None
    if head is None:
        head = next((k for k in annotation.subtree(token.i) if k > token.i + 1 and tokens[k].pos in ("NOUN", "PROPN", "PRON")), None)
    if head is None:
        return []
    first, last = annotation.sentences[token.sent]
    phrase = set(range(token.i, max(annotation.core(head)[1], head + 1)))
    whole = frozenset(range(first, last)) - phrase
    inside = [f for f in before if token.i in f.content and tokens[f.cue].sent == token.sent and f.cue < token.i]
    content = inside[-1].content - phrase if inside and token.i != first else whole
    return [_frame(annotation, head, (token.i, token.i + 2), "say", frozenset(content))]


def _noun_frame(annotation: Annotation, token: Token) -> list[Frame]:
    """ "the group's claim that …", "Güler's confession to the murder": a noun with its owner and a clause."""
    owners = annotation.children(token.i, "nmod:poss")
    clauses = [c for c in annotation.children(token.i, "acl", "ccomp") if any(annotation.tokens[k].text.lower() == "that" for k in annotation.children(c, "mark"))]
    if not clauses:
        return []
    content = frozenset(k for c in clauses for k in annotation.subtree(c))
    speaker = owners[0] if owners and _speaker(annotation, owners[0]) else None
    if speaker is None:
        return []
    return [_frame(annotation, speaker, (token.i, token.i + 1), _noun_stances()[token.lemma], content)]


def _continued_quotes(annotation: Annotation, frames: list[Frame]) -> list[Frame]:
    """A sentence wholly inside quotation marks, without a cue of its own, goes on with the speaker before it."""
    out: list[Frame] = []
    opened = False
    last: Frame | None = None
    by_sentence: dict[int, Frame] = {}
    for frame in frames:
        by_sentence[annotation.tokens[frame.cue].sent] = frame
    for s, (first, end) in enumerate(annotation.sentences):
        begins_open = opened
        text = annotation.text(first, end)
        for mark in text:
            if mark == "“":
                opened = True
            elif mark == "”":
                opened = False
        straight = text.startswith('"') or text.startswith("“")
        if s in by_sentence:
            last = by_sentence[s]
        elif last is not None and (begins_open or straight) and s - annotation.tokens[last.cue].sent <= 6:
            out.append(Frame(last.source, last.head, last.entity, last.cue, last.stance, frozenset(range(first, end))))
        elif not (begins_open or straight):
            last = None
    return out
