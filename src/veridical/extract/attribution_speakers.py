"""Who can be a source, and frames made of a speaker, a cue and what is told."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.extract.sources import kind_at, name_of, possessor_outlet, source_kind
from veridical.extract.triggers import kind_of, mention_at
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Source
from veridical.values import SourceKind

_PRONOUNS = frozenset({"he", "she", "they", "who", "it", "which", "that", "him", "her", "them"})
_CLASSES = ("human", "official", "outlet", "document", "court", "witness", "group", "attacker")
_NAMED = frozenset({"person", "organization", "group", "authority", "outlet", "agency", "nationality", "document"})
_PARTS = frozenset(
    {"service", "correspondent", "report", "website", "desk", "reporter", "bureau", "account", "channel", "page", "broadcast"}
)
_OWNED = frozenset(
    {
        "statement",
        "message",
        "communique",
        "communiqué",
        "video",
        "leaflet",
        "audio",
        "tweet",
        "post",
        "letter",
        "recording",
        "spokesman",
        "spokesperson",
        "claim",
        "announcement",
        "note",
        "e-mail",
        "email",
    }
)


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


def make_frame(annotation: Annotation, head: int, cue: tuple[int, int], stance: str, content: frozenset[int]) -> Frame:
    """A frame whose source is the phrase headed by ``head``; ``cue`` is a token range."""
    head = _noun_after(annotation, head)
    outlet = _outlet_of(annotation, head)
    at = outlet if outlet is not None else _owner(annotation, head)
    named = name_of(annotation, at)
    kind = source_kind(annotation, at, named)
    if outlet is not None and kind is not SourceKind.AGENCY:
        kind = SourceKind.OUTLET
    span = annotation.span(named.start, named.end)
    words_ = annotation.span(*cue)
    source = Source(" ".join(named.name.split()), kind, words_.quote, span.start, span.end, words_.start, words_.end)
    return Frame(source, at, named.entity, cue[0], stance, content)


def _noun_after(annotation: Annotation, head: int) -> int:
    """The noun of a phrase whose article was read as its head ("the state-run agency")."""
    tokens = annotation.tokens
    if tokens[head].pos != "DET" or tokens[head].text.lower() not in ("the", "a", "an"):
        return head
    at, last = head, annotation.sentences[tokens[head].sent][1]
    for k in range(head + 1, last):
        if tokens[k].pos in ("NOUN", "PROPN"):
            at = k
        elif tokens[k].pos not in ("ADJ", "VERB", "NUM") and tokens[k].text != "-":
            break
    return at


def _outlet_of(annotation: Annotation, head: int) -> int | None:
    """The outlet that "X's Turkish service" or "X's report" belongs to."""
    token = annotation.tokens[head]
    lemma = token.lemma.lower()
    return (
        possessor_outlet(annotation, head) if token.pos != "PROPN" and (noun_class(lemma, "outlet") or lemma in _PARTS) else None
    )


def _owner(annotation: Annotation, head: int) -> int:
    """The group of "the Front's message", the person of "his statements"; else the head itself."""
    lemma = annotation.tokens[head].lemma.lower()
    if lemma in words("reporting", "own_words"):
        for owner in annotation.children(head, "nmod:poss"):
            if annotation.tokens[owner].pos == "PRON":
                return owner if owner in mention_at(annotation) else head
            if kind_at(annotation, owner) in ("person", "group") or noun_class(annotation.tokens[owner].lemma.lower(), "human"):
                return owner
    if lemma in _OWNED:
        owners = [
            *annotation.children(head, "nmod:poss"),
            *(c for c in annotation.children(head, "compound") if kind_of(annotation, c) == "group"),
            *(
                c
                for c in annotation.children(head, "nmod")
                if any(annotation.tokens[k].text.lower() in ("by", "from", "of") for k in annotation.children(c, "case"))
            ),
        ]
        for owner in owners:
            if source_kind(annotation, owner, name_of(annotation, owner)) is SourceKind.GROUP:
                return owner
    return head


def can_speak(annotation: Annotation, i: int) -> bool:
    """Whether a phrase can be a source: people, bodies, documents, media, pronouns of the third person."""
    token = annotation.tokens[i]
    lemma = token.lemma.lower()
    if token.pos == "PRON" or token.tag in ("PRP", "WP", "WDT"):
        return lemma in _PRONOUNS and token.text.lower() not in ("this", "these")
    if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "VERB") or any(t.start <= i < t.end for t in annotation.times):
        return False
    kind = kind_at(annotation, i)
    if kind == "place":
        return noun_class(lemma, "official") and token.pos == "NOUN"
    if kind in _NAMED or (token.pos == "PROPN" and kind != "event"):
        return True
    if is_self(annotation, i):
        return False
    reporting = ("documents", "outlets", "officials", "witnesses", "unnamed", "hearers")
    return (
        any(noun_class(lemma, k) for k in _CLASSES)
        or any(lemma in words("reporting", k) for k in reporting)
        or (
            token.text.lower()
            in (
                "some",
                "others",
                "many",
                "several",
                "one",
                "two",
                "three",
                "most",
                "another",
                "both",
                "people",
                "accused",
                "injured",
                "wounded",
            )
        )
    )


def is_self(annotation: Annotation, i: int) -> bool:
    """Whether a phrase means the publishing outlet ("this newspaper", "our reporter")."""
    return annotation.tokens[i].lemma.lower() in words("reporting", "self_outlets") and any(
        annotation.tokens[c].text.lower() in ("this", "our") for c in annotation.children(i, "det", "nmod")
    )


def is_outlet(annotation: Annotation, i: int) -> bool:
    """Whether token ``i`` belongs to the name of an outlet or agency."""
    return kind_at(annotation, i) in ("outlet", "agency")
