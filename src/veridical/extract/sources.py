"""Who a phrase names as a source or party: the fullest name the report gives, and the kind of source."""

from __future__ import annotations

from dataclasses import dataclass, replace

from veridical.extract.triggers import kind_of, mention_at
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Entity, Mention
from veridical.values import SourceKind

_ORDER = (
    ("document", SourceKind.DOCUMENT, "documents"),
    ("court", SourceKind.COURT, ""),
    ("outlet", SourceKind.OUTLET, "outlets"),
    ("official", SourceKind.OFFICIAL, "officials"),
    ("witness", SourceKind.WITNESS, "witnesses"),
)
"""Noun classes by which a source's descriptions tell its kind, the first that holds, with more of ``data/reporting.toml``."""
_PLAIN_BODIES = frozenset(
    {
        "organization",
        "organisation",
        "group",
        "party",
        "body",
        "union",
        "movement",
        "network",
        "unit",
        "force",
        "command",
        "branch",
        "wing",
    }
)
_ON_AIR = frozenset({"radio", "tv", "television", "news", "times", "broadcasting", "channel", "agency", "press"})
_SUSPECT_NOUNS = frozenset(
    {
        "suspect",
        "defendant",
        "accused",
        "operative",
        "attacker",
        "gunman",
        "bomber",
        "detainee",
        "militant",
        "plotter",
        "kidnapper",
        "terrorist",
        "assailant",
        "convict",
        "hijacker",
        "killer",
        "rebel",
        "guerrilla",
        "ringleader",
    }
)
_HOLDING = frozenset(
    {
        "arrest",
        "capture",
        "detain",
        "charge",
        "convict",
        "jail",
        "indict",
        "sentence",
        "apprehend",
        "interrogate",
        "try",
        "accuse",
    }
)
_WHOLES = frozenset({"group", "band", "gang", "number", "dozen", "member", "crowd", "party", "cell", "team"})
_TAKING = frozenset({"take", "seize", "catch", "hold", "pick", "round", "intercept", "stop", "question"})
_UNNAMED = frozenset({"source", "insider", "report", "rumor", "rumour", "some", "other", "analyst", "observer", "they", "person"})


@dataclass(frozen=True, slots=True)
class Named:
    """A resolved phrase: shown ``name``, token range of the words, kind of mention, entity index or ``None``."""

    name: str
    start: int
    end: int
    kind: str
    entity: int | None
    proper: bool


def name_of(annotation: Annotation, i: int) -> Named:
    """What the phrase headed by token ``i`` names: its entity's fullest name, else its own words without an article."""
    m = mention_at(annotation).get(i)
    if m is None or (annotation.mentions[m].form == "nominal" and annotation.mentions[m].entity is None):
        for child in annotation.children(i, "appos"):
            inner = mention_at(annotation).get(child)
            if (
                inner is not None
                and annotation.mentions[inner].form == "name"
                and annotation.mentions[inner].kind in ("person", "organization", "group", "authority", "outlet")
            ):
                return name_of(annotation, child)
    if m is None or (annotation.mentions[m].form == "name" and not _heads(annotation, annotation.mentions[m], i)):
        start, end = _without_article(annotation, *annotation.core(i))
        return Named(annotation.text(start, end), start, end, "other", None, annotation.tokens[i].pos == "PROPN")
    mention = annotation.mentions[m]
    entity = annotation.entities[mention.entity] if mention.entity is not None else None
    if mention.form == "nominal" and annotation.tokens[i].lemma.lower() in _WHOLES:
        mention = replace(mention, end=_with_members(annotation, i, mention.end))
    start, end = (
        (mention.start, mention.end) if mention.form != "nominal" else _without_article(annotation, mention.start, mention.end)
    )
    name = annotation.text(start, end)
    kind = entity.kind if entity and entity.name else mention.kind
    if entity is not None:
        named = entity.name or _first_nominal(annotation, entity) if mention.form == "pronoun" else entity.name
        if named and not (mention.form == "nominal" and _plural(annotation, mention)):
            name = named
    return Named(name, start, end, kind, mention.entity, bool(entity and entity.name) or mention.form == "name")


def _with_members(annotation: Annotation, i: int, end: int) -> int:
    """The end of "a group of about 30 men", "members of the cell": what a word for a number of people is made of."""
    for child in annotation.children(i, "nmod"):
        if child == end + 1 or any(
            annotation.tokens[c].text.lower() == "of" and c == end for c in annotation.children(child, "case")
        ):
            return max(end, *(annotation.core(c)[1] for c in (child, *annotation.children(child, "conj"))))
    return end


def _heads(annotation: Annotation, mention: Mention, i: int) -> bool:
    return mention.start <= i < mention.end


def _plural(annotation: Annotation, mention: Mention) -> bool:
    return annotation.tokens[mention.head].tag in ("NNS", "NNPS")


def _first_nominal(annotation: Annotation, entity: Entity) -> str | None:
    for m in entity.mentions:
        mention = annotation.mentions[m]
        if mention.form == "nominal":
            return annotation.text(*_without_article(annotation, mention.start, mention.end))
    return None


def _without_article(annotation: Annotation, start: int, end: int) -> tuple[int, int]:
    for time in annotation.times:
        if time.start <= start < time.end < end:
            start = time.end
    while start < end - 1 and annotation.tokens[start].text.lower() in (
        "the",
        "a",
        "an",
        "“",
        '"',
        "‘",
        "'",
        "(",
        ",",
        "another",
        "this",
        "that",
        "some",
    ):
        start += 1
    return start, end


def kind_at(annotation: Annotation, i: int) -> str | None:
    """The kind of the named mention at token ``i``; with a word of media names in it, an outlet's."""
    kind = kind_of(annotation, i)
    if kind in ("person", "organization", "facility", "other"):
        mention = annotation.mentions[mention_at(annotation)[i]]
        parts = {annotation.tokens[k].text.lower() for k in (mention.start, mention.end - 1)}
        if (
            mention.end - mention.start > 1
            and parts & words("coreference", "outlet_name_words")
            and (kind != "person" or parts & _ON_AIR)
        ):
            return "outlet"
    return kind


def source_kind(annotation: Annotation, i: int, named: Named) -> SourceKind:
    """The kind of a source, from its name's kind, the nouns that describe it, and its part in the report."""
    if (
        named.kind == "group"
        and not named.proper
        and (
            noun_class(annotation.tokens[i].lemma.lower(), "authority_strong")
            or any(annotation.tokens[k].lemma.lower() in words("reporting", "peaceful") for k in range(named.start, named.end))
        )
    ):
        return SourceKind.OFFICIAL
    kind = kind_at(annotation, i) if named.kind in ("person", "organization", "facility", "other") else None
    if kind in ("outlet", "agency") or named.kind in ("outlet", "agency", "group"):
        return SourceKind(kind if kind in ("outlet", "agency") else named.kind)
    lemma = annotation.tokens[i].lemma.lower()
    described = described_by(annotation, named.entity) | {lemma}
    if named.kind in ("authority", "organization") or _is_body(annotation, named):
        return _kind_of_body(described, lemma, named)
    if lemma in _UNNAMED and not named.proper and named.kind != "document":
        return SourceKind.UNNAMED
    person = named.proper or noun_class(lemma, "human") or annotation.tokens[i].pos == "PRON"
    if person and (described & _SUSPECT_NOUNS or any("suspect" in d for d in described) or _held(annotation, named.entity)):
        return SourceKind.SUSPECT
    described |= _title_before(annotation, named)
    for key, kind_, more in _ORDER:
        if any(noun_class(d, key) or (more and d in words("reporting", more)) for d in described):
            return kind_
    if (named.proper and named.entity is None) or named.kind in ("facility", "place"):
        return SourceKind.OFFICIAL if annotation.tokens[i].pos == "PROPN" and named.kind == "place" else SourceKind.WITNESS
    return SourceKind.WITNESS if named.proper or noun_class(lemma, "human") else SourceKind.UNNAMED


def _is_body(annotation: Annotation, named: Named) -> bool:
    """Whether a name taken for a person's or a place's is a body's elsewhere in the report."""
    return (
        named.kind in ("person", "other", "facility")
        and " " not in named.name
        and any(e.kind in ("organization", "authority", "group") and e.name == named.name for e in annotation.entities)
    )


def _kind_of_body(described: set[str], lemma: str, named: Named) -> SourceKind:
    """Courts, groups and outlets among bodies; any other body speaks as an official one."""
    lowered = named.name.lower()
    if named.kind != "authority" and named.proper and any(noun_class(d, "group") and d not in _PLAIN_BODIES for d in described):
        return SourceKind.GROUP
    if "court" in lowered.split() or "tribunal" in lowered or (not named.proper and noun_class(lemma, "court")):
        return SourceKind.COURT
    if (not named.proper and noun_class(lemma, "outlet")) or described & (
        _ON_AIR | {"newspaper", "daily", "broadcaster", "magazine", "weekly"}
    ):
        return SourceKind.OUTLET
    return SourceKind.OFFICIAL


def _title_before(annotation: Annotation, named: Named) -> set[str]:
    """The titles that stand directly before a name ("Senior Superintendent X", "union steward Y") or after it in a comma."""
    out: set[str] = set()
    if named.kind not in ("person", "other"):
        return out
    starts = {named.start}
    if named.entity is not None:
        mentions = (annotation.mentions[m] for m in annotation.entities[named.entity].mentions)
        starts.update(m.start for m in mentions if m.form == "name")
    for start in starts:
        for k in range(start - 1, max(start - 4, -1), -1):
            token = annotation.tokens[k]
            if token.pos not in ("NOUN", "PROPN", "ADJ"):
                break
            out.add(token.lemma.lower())
    return out


def _held(annotation: Annotation, entity: int | None) -> bool:
    """Whether the report tells of this person's arrest or trial."""
    if entity is None:
        return False
    for m in annotation.entities[entity].mentions:
        token = annotation.tokens[annotation.mentions[m].head]
        verb = annotation.tokens[token.head]
        if token.dep in ("nsubj:pass", "obj", "acl") and (
            verb.lemma in _HOLDING or (verb.lemma in _TAKING and _by_authority(annotation, verb.i))
        ):
            return True
        if any(
            annotation.tokens[c].lemma in _HOLDING and annotation.tokens[c].tag == "VBN"
            for c in annotation.children(token.i, "acl")
        ):
            return True
    return False


def _by_authority(annotation: Annotation, verb: int) -> bool:
    """Whether police or soldiers are the agent of a passive or the subject of a verb."""
    agents = [
        c
        for c in annotation.children(verb, "obl", "nsubj")
        if annotation.tokens[c].dep == "nsubj"
        or any(annotation.tokens[k].text.lower() == "by" for k in annotation.children(c, "case"))
    ]
    return any(noun_class(annotation.tokens[a].lemma.lower(), "authority_strong") for a in agents)


def described_by(annotation: Annotation, entity: int | None) -> set[str]:
    """The lemmas of the common nouns (and titles) by which a report describes an entity."""
    if entity is None:
        return set()
    out: set[str] = set()
    for m in annotation.entities[entity].mentions:
        mention = annotation.mentions[m]
        head = annotation.tokens[mention.head]
        if mention.form == "nominal":
            out.add(head.lemma.lower())
            out.update(annotation.tokens[c].lemma.lower() for c in annotation.children(mention.head, "amod"))
        elif mention.form == "name":
            for child in annotation.children(mention.head, "compound", "amod", "appos", "nmod:desc", "flat", "nmod"):
                if annotation.tokens[child].pos in ("NOUN", "ADJ") and not annotation.children(child, "case"):
                    out.add(annotation.tokens[child].lemma.lower())
    return out


def possessor_outlet(annotation: Annotation, i: int) -> int | None:
    """The outlet that "X's Turkish service" or "X's report" belongs to, as a token, or ``None``."""
    for child in annotation.children(i, "nmod", "compound"):
        m = mention_at(annotation).get(child)
        if (
            m is not None
            and annotation.mentions[m].form == "name"
            and annotation.mentions[m].kind in ("outlet", "agency", "organization")
        ):
            return child
    return None
