"""Gender of mentions, and what is told of a person: accused, hurt, attacking, commenting."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Mention, Token


def gender_of(annotation: Annotation, mention: Mention) -> tuple[str | None, int]:
    """ "male", "female" or ``None``, and how sure: 3 for nouns, titles and pronouns, 1 for given names."""
    if mention.kind != "person":
        return None, 0
    tokens = annotation.tokens
    head = tokens[mention.head].text.lower()
    if mention.form == "pronoun":
        for gender, key in (("male", "singular_masculine"), ("female", "singular_feminine")):
            if head in words("coreference", key):
                return gender, 2
        return None, 0
    if mention.form == "nominal":
        inside = [tokens[mention.head].lemma.lower(), *(tokens[k].text.lower() for k in range(mention.start, mention.head))]
        return (
            next(((g, 3) for g in map(_noun_gender, inside[:1]) if g), (None, 0))
            if "female" not in inside and "male" not in inside
            else (("female", 3) if "female" in inside else ("male", 3))
        )
    return _name_gender(annotation, mention)


def _name_gender(annotation: Annotation, mention: Mention) -> tuple[str | None, int]:
    tokens = annotation.tokens
    before = tokens[mention.start - 1] if mention.start else None
    near = [tokens[mention.start].text.lower()]
    if before is not None and before.sent == tokens[mention.head].sent and before.pos in ("NOUN", "PROPN"):
        near.append(before.text.lower())
    for word in near:
        bare = word.rstrip(".")
        for gender in ("male", "female"):
            if bare in words("coreference", f"{gender}_titles"):
                return gender, 3
    if len(near) > 1 and (found := _noun_gender(near[1])):
        return found, 3
    given = near[0]
    if mention.end - mention.start == 1 and given in words("first_names", "surnames_too"):
        return None, 0
    return next(((g, 1) for g in ("male", "female") if given in words("first_names", g)), (None, 0))


def _noun_gender(lemma: str) -> str | None:
    if lemma in words("coreference", "female_nouns") or lemma.endswith("woman"):
        return "female"
    if lemma in words("coreference", "male_nouns") or (
        lemma.endswith("man") and lemma not in words("coreference", "neutral_in_man")
    ):
        return "male"
    return None


def told_of(annotation: Annotation, i: int) -> set[str]:
    """What the clause around the person at token ``i`` makes of them: any of suspect, harmed, killed, attacker, comments."""
    tokens = annotation.tokens
    token = tokens[i]
    out: set[str] = set()
    for verb, passive in _predicates(annotation, i):
        out |= _judged(annotation, verb, passive)
    head = tokens[token.head]
    if token.dep == "obj" and head.i != i:
        out |= _judged(annotation, head, True) - {"comments"}
    if token.dep == "nmod:poss" and head.lemma.lower() in words("coreference", "case_nouns"):
        out.add("suspect")
    if (
        token.dep == "nmod"
        and head.lemma.lower() in ("charge", "case", "evidence", "accusation")
        and any(tokens[c].text.lower() == "against" for c in annotation.children(i, "case"))
    ):
        out.add("suspect")
    return out


def _predicates(annotation: Annotation, i: int) -> Iterator[tuple[Token, bool]]:
    """The verbs a token is the subject of, those that share it, and the participles and relatives on it."""
    tokens = annotation.tokens
    token = tokens[i]
    if token.dep == "conj" and tokens[token.head].dep.startswith("nsubj"):
        token = tokens[token.head]
    if token.dep.startswith("nsubj"):
        verb = tokens[token.head]
        yield verb, token.dep.endswith(":pass")
        for c in annotation.children(verb.i, "conj", "xcomp"):
            if not any(tokens[k].dep.startswith("nsubj") for k in annotation.children(c)):
                yield (
                    tokens[c],
                    tokens[c].tag == "VBN" and not any(tokens[k].lemma == "have" for k in annotation.children(c, "aux")),
                )
    for c in annotation.children(i, "acl"):
        subject = next((tokens[k] for k in annotation.children(c) if tokens[k].dep.startswith("nsubj")), None)
        if (subject is None and tokens[c].tag in ("VBN", "VBG")) or (
            subject is not None and subject.text.lower() in ("who", "that", "which")
        ):
            yield tokens[c], subject.dep.endswith(":pass") if subject is not None else tokens[c].tag == "VBN"


def _judged(annotation: Annotation, verb: Token, passive: bool) -> set[str]:
    tokens, lemma = annotation.tokens, verb.lemma.lower()
    below = {tokens[c].lemma.lower() for c in annotation.children(verb.i, "obl", "obj", "nmod", "xcomp")}
    below |= {tokens[c].lemma.lower() for o in annotation.children(verb.i, "obj") for c in annotation.children(o, "nmod")}
    if not passive and any(tokens[c].dep == "aux:pass" for c in annotation.children(verb.i)):
        passive = True
    out: set[str] = set()
    if (lemma in words("coreference", "case_verbs") and passive) or (
        lemma in words("coreference", "accused_verbs") and not passive
    ):
        out.add("suspect")
    if lemma in words("coreference", "custody_nouns") or (
        below & words("coreference", "custody_nouns") and lemma not in words("coreference", "comment_verbs")
    ):
        out.add("suspect")
    if lemma in ("face", "stand", "have", "await", "attend") and below & {
        "charge",
        "trial",
        "count",
        "prison",
        "court",
        "hearing",
        "arraignment",
    }:
        out.add("suspect")
    if lemma in words("coreference", "harm_verbs"):
        out.add("harmed" if passive else "attacker")
    if (lemma in words("coreference", "death_verbs") and not passive) or (
        lemma in words("coreference", "kill_verbs") and passive
    ):
        out |= {"harmed", "killed"}
    if ("hospital" in below and lemma in ("take", "rush", "bring", "airlift", "treat", "fly", "admit")) or lemma == "victim":
        out.add("harmed")
    if lemma in words("coreference", "comment_verbs") and not passive:
        out.add("comments")
    return out


def holds_office(annotation: Annotation, mention: Mention) -> bool:
    """Whether a title or the noun of an office stands before a name or beside it: no one unnamed in a lead, unless suspected."""
    tokens = annotation.tokens
    sent = tokens[mention.head].sent
    before = [tokens[k] for k in range(max(mention.start - 7, 0), mention.start) if tokens[k].sent == sent]
    if any(t.lemma.lower() in words("coreference", "suspicion") for t in before):
        return False
    beside = [*before[-2:], tokens[mention.start], *(tokens[c] for c in annotation.children(mention.head, "appos"))]
    return any(noun_class(t.lemma.lower(), "role_nouns") or t.text.lower() in words("coreference", "offices") for t in beside)


def sits_in_court(annotation: Annotation, mention: Mention) -> bool:
    """Whether a mention is a judge, prosecutor, lawyer or officer: never the one charged through a pronoun."""
    tokens = annotation.tokens
    sent = tokens[mention.head].sent
    near = [k for k in range(max(mention.start - 2, 0), mention.end) if tokens[k].sent == sent] + list(
        annotation.children(mention.head, "appos", "compound")
    )
    return any(tokens[k].lemma.lower() in words("coreference", "court_people") for k in near)


def at_law(annotation: Annotation, i: int) -> bool:
    """Whether the person of a pronoun at token ``i`` is arrested, charged or tried: "he was charged", "her trial"."""
    return "suspect" in told_of(annotation, i)
