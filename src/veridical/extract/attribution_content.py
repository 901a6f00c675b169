"""What a reporting verb covers: its complement, the clause that it interrupts or ends, its object, its quotation."""

from __future__ import annotations

from veridical.extract.attribution_quotes import Quotation, belongs, quoted_beside
from veridical.extract.attribution_words import narrow_verbs, stances
from veridical.extract.slots import preposition
from veridical.extract.triggers import kind_of
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Token

_OBJECT_MARKS = {"confess": ("", "to"), "deny": ("", "of"), "claim": ("", "for")}
_PASSIVE_TELLERS = frozenset(
    {"say", "report", "believe", "think", "allege", "claim", "know", "understand", "estimate", "describe", "declare"}
)


def content_of(annotation: Annotation, verb: Token, quotations: list[Quotation]) -> frozenset[int]:
    """The tokens that a reporting verb covers; empty when it reports nothing."""
    special = _set_object(annotation, verb)
    if special is not None:
        return special
    out = _complement(annotation, verb)
    out |= _hosting(annotation, verb, out)
    if out:
        out |= _carried_on(annotation, verb, out)
    if not out:
        out = _following(annotation, verb)
    if not out and verb.lemma in words("reporting", "only_speakers"):
        out = _garden_path(annotation, verb) or _beside_relative(annotation, verb)
    if not out and not quoted_beside(annotation, verb, quotations):
        out = _objects(annotation, verb)
    inside = next((q for q in reversed(quotations) if verb.i in q and q.full), None)
    out = {k for k in out if inside is None or k in inside} - _other_cues(annotation, verb, out)
    for quotation in quotations:
        if quotation.full and quotation is not inside and belongs(annotation, verb, quotation, frozenset(out), inside):
            out.update(range(quotation.start, quotation.end))
    out.discard(verb.i)
    return frozenset(out)


def _other_cues(annotation: Annotation, verb: Token, covered: set[int]) -> set[int]:
    """ "…, adding that B" at the end of a complement is the speaker's next cue, not what was said."""
    out: set[int] = set()
    for k in covered:
        token = annotation.tokens[k]
        if (
            token.lemma == "add"
            and token.tag == "VBG"
            and token.dep in ("advcl", "acl", "conj", "parataxis")
            and k > 1
            and any(annotation.tokens[b].text == "," for b in (k - 1, k - 2))
        ):
            out.update(annotation.subtree(k))
    return out


def _set_object(annotation: Annotation, verb: Token) -> frozenset[int] | None:
    """The content where a verb reports through a certain object: responsibility, or a figure. Else ``None``."""
    objects = annotation.children(verb.i, "obj")
    for child in (*objects, *annotation.children(verb.i, "nsubj:pass")):
        if annotation.tokens[child].lemma in words("reporting", "responsibility"):
            also = [
                c for c in annotation.children(verb.i, "obl") if preposition(annotation, c) == "for" and not _timed(annotation, c)
            ]
            return frozenset(k for c in (child, *also) for k in annotation.subtree(c)) - {verb.i}
    if verb.lemma in words("reporting", "figures"):
        found = _figure(annotation, verb)
        if found:
            return found
    if verb.lemma in words("reporting", "predicating"):
        return frozenset(_predicated(annotation, verb))
    if verb.lemma == "plead":
        return frozenset(
            k
            for c in annotation.children(verb.i, "advcl", "obl")
            if c > verb.i and {annotation.tokens[m].text.lower() for m in annotation.children(c, "mark", "case")} & {"to"}
            for k in annotation.subtree(c)
        )
    if verb.lemma in narrow_verbs() and verb.lemma not in words("reporting", "objective"):
        return frozenset()
    return None


def _figure(annotation: Annotation, verb: Token) -> frozenset[int]:
    """ "put the number at 11", "give between 7 and 10 dead", "the figure of 14 they gave"."""
    parts = [
        c
        for c in annotation.children(verb.i, "obj", "obl", "xcomp", "nummod", "ccomp")
        if c > verb.i and annotation.tokens[c].tag not in ("VBD", "VBZ")
    ]
    if verb.dep == "acl:relcl" and annotation.tokens[verb.head].lemma in words("reporting", "figure_nouns"):
        return frozenset(k for k in annotation.subtree(verb.head) if k not in set(annotation.subtree(verb.i))) | {verb.head}
    covered = frozenset(k for c in parts for k in annotation.subtree(c)) - {verb.i}
    counted = any(q.start in covered for q in annotation.quantities) or any(annotation.tokens[k].tag == "CD" for k in covered)
    named = any(
        annotation.tokens[k].lemma.lower() in words("reporting", "figure_nouns")
        or annotation.tokens[k].text.lower() in words("reporting", "figure_nouns")
        for k in covered
    )
    if not (counted and named):
        return frozenset()
    if verb.lemma in ("count", "log") and not any(
        annotation.tokens[c].tag == "CD" for k in parts for c in (k, *annotation.children(k, "nummod"))
    ):
        return frozenset()
    return covered


def _complement(annotation: Annotation, verb: Token) -> set[int]:
    """Clauses that the verb governs: that-clauses, infinitives, "of shooting", "admitted holding"."""
    out: set[int] = set()
    for child in annotation.children(verb.i, "ccomp", "xcomp", "csubj"):
        token = annotation.tokens[child]
        bare = (
            token.dep == "xcomp" and token.pos not in ("VERB", "AUX") and not annotation.children(child, "cop", "nsubj", "mark")
        )
        if bare and not token.text.lower().endswith("ing"):
            continue
        out.update(annotation.subtree(child))
    for child in annotation.children(verb.i, "advcl"):
        marks = {annotation.tokens[c].text.lower() for c in annotation.children(child, "mark")}
        if (not out and marks & {"of", "to", "about"} and annotation.tokens[child].tag == "VBG") or "that" in marks:
            out.update(annotation.subtree(child))
    for child in annotation.children(verb.i, "obl", "obj"):
        if (
            annotation.tokens[child].pos in ("NOUN", "PROPN")
            and (child > verb.i)
            and not out
            and verb.lemma in words("reporting", "needs_clause")
        ):
            for clause in annotation.children(child, "acl", "ccomp", "acl:relcl"):  # "told police that", misattached
                first = annotation.subtree(clause)[0]
                if annotation.tokens[first].text.lower() == "that" and annotation.tokens[first].dep == "mark":
                    out.update(annotation.subtree(clause))
    if verb.lemma in _PASSIVE_TELLERS and annotation.children(verb.i, "aux:pass"):
        for child in annotation.children(verb.i, "nsubj:pass"):
            if out:
                out.update(annotation.subtree(child))
    return out


def _hosting(annotation: Annotation, verb: Token, own: set[int]) -> set[int]:
    """The clause that "…, X said" ends or "…, X said, …" interrupts; nothing when the verb has a complement after it."""
    if any(k > verb.i for k in own):
        return set()
    if verb.dep not in ("parataxis", "conj", "advcl", "ccomp") or own:
        return set()
    mine = set(annotation.subtree(verb.i))
    first = min(mine)
    if verb.dep != "parataxis" and not _closes_sentence(annotation, verb, first):
        return set()
    before = next((k for k in range(first - 1, -1, -1) if annotation.tokens[k].text not in ('"', "”", "'", "’", "''")), None)
    opening = annotation.tokens[first].text if annotation.tokens[first].pos == "PUNCT" else ""
    mark = opening or (annotation.tokens[before].text if before is not None else "")
    if mark in (";", ":") or (annotation.tokens[verb.head].lemma in stances() and verb.dep != "parataxis"):
        return set()
    if mark == ";":
        return set()
    return set(annotation.subtree(verb.head)) - mine - _after_semicolon(annotation, verb)


def _after_semicolon(annotation: Annotation, verb: Token) -> set[int]:
    """What follows a semicolon after the verb belongs to another clause."""
    end = annotation.sentences[verb.sent][1]
    cut = next((k for k in range(verb.i, end) if annotation.tokens[k].text == ";"), end)
    return set(range(cut, end))


def _closes_sentence(annotation: Annotation, verb: Token, first: int) -> bool:
    """Whether a cue follows a comma near the end of its sentence, with no complement of its own."""
    last = annotation.sentences[verb.sent][1]
    comma = any(annotation.tokens[k].text in (",", '"', "”", "’") for k in range(max(first - 2, 0), verb.i))
    return last - verb.i <= 8 and verb.i > 0 and comma and annotation.tokens[verb.head].i < first


def _carried_on(annotation: Annotation, verb: Token, own: set[int]) -> set[int]:
    """Clauses after the complement that go on with what was said: "said that A, but could not because B"."""
    out: set[int] = set()
    after = max(own)
    if verb.dep == "parataxis" or after < verb.i:
        return out
    for child in annotation.children(verb.i, "parataxis", "conj", "advcl"):
        token = annotation.tokens[child]
        if child > after and token.lemma not in stances() and token.tag != "VBG" and not _shares_speaker(annotation, child, verb):
            out.update(k for k in annotation.subtree(child) if k > verb.i)
    return out


def _shares_speaker(annotation: Annotation, child: int, verb: Token) -> bool:
    """A coordinated verb without a subject of its own tells what the speaker did ("said he was ill and left the room")."""
    token = annotation.tokens[child]
    return (
        token.dep == "conj"
        and not annotation.children(child, "nsubj", "nsubj:pass", "expl")
        and token.tag == "VBD"
        and not annotation.children(child, "aux")
    )


def _following(annotation: Annotation, verb: Token) -> set[int]:
    """A clause set beside the verb after a colon, a comma or a quotation mark ("He said: the bridge is gone")."""
    if verb.lemma in words("reporting", "told_of") and _told_of(annotation, verb):
        return set()
    for child in annotation.children(verb.i, "parataxis", "advcl"):
        clause = annotation.subtree(child)
        if child < verb.i and annotation.tokens[child].dep == "parataxis" and annotation.tokens[child].lemma not in stances():
            return set(clause)
        before = annotation.tokens[clause[0] - 1].text if clause[0] else ""
        head = annotation.tokens[clause[0]].text if annotation.tokens[clause[0]].pos == "PUNCT" else before
        if (
            child > verb.i
            and annotation.tokens[child].dep == "parataxis"
            and head in (":", ",", '"', "“", "''")
            and annotation.tokens[child].lemma not in stances()
        ):
            return set(clause)
    return set()


def _beside_relative(annotation: Annotation, verb: Token) -> set[int]:
    """ "the man police say planted the bomb": the clause stands beside the verb in the relative."""
    if verb.dep != "acl:relcl":
        return set()
    beside = [c for c in annotation.children(verb.head, "acl:relcl", "acl") if verb.i < c <= verb.i + 5]
    return set(annotation.subtree(beside[0])) if beside else set()


def _predicated(annotation: Annotation, verb: Token) -> set[int]:
    """ "what police called an attack", "described the blast as an attack": the name given, not the thing named."""
    out: set[int] = set()
    for child in annotation.children(verb.i, "xcomp", "obl"):
        if annotation.tokens[child].dep == "xcomp" or preposition(annotation, child) == "as":
            out.update(annotation.subtree(child))
    if not out and verb.dep.startswith("acl") and annotation.tokens[verb.head].text.lower() == "what":
        out = {k for child in annotation.children(verb.i, "obj") for k in annotation.subtree(child)}
    return out


def _garden_path(annotation: Annotation, verb: Token) -> set[int]:
    """ "say the group, …, meant to attack" read as a noun with clauses: a verb that takes clauses only is followed by one."""
    for child in annotation.children(verb.i, "obj", "nsubj", "obl", "xcomp"):
        clause = annotation.subtree(child)
        if (
            child > verb.i
            and clause[0] > verb.i
            and annotation.tokens[child].pos in ("NOUN", "PROPN")
            and any(annotation.tokens[k].pos in ("VERB", "AUX") and annotation.tokens[k].dep.startswith("acl") for k in clause)
            and clause[0] <= verb.i + 2
        ):
            return set(clause)
    return set()


def _told_of(annotation: Annotation, verb: Token) -> set[int]:
    out: set[int] = set()
    for child in annotation.children(verb.i, "obl", "obj"):
        if preposition(annotation, child) in ("of", "about", "on") and not _timed(annotation, child):
            out.update(annotation.subtree(child))
            continue
        for below in annotation.children(child, "nmod"):  # "told police of a plan", attached to the hearer
            if preposition(annotation, below) == "of" and noun_class(annotation.tokens[child].lemma, "human"):
                out.update(annotation.subtree(below))
    after = verb.i + 1
    if not out and after < len(annotation.tokens) and annotation.tokens[after].text.lower() in ("of", "about"):
        for child in annotation.children(verb.i):
            clause = annotation.subtree(child)
            if after in clause:  # "speaks of “about 20 men held”", where the preposition went astray
                out.update(clause)
    return out


def _timed(annotation: Annotation, i: int) -> bool:
    return any(t.start <= i < t.end for t in annotation.times)


def _objects(annotation: Annotation, verb: Token) -> set[int]:
    """What is told as a noun: "confirmed the attack", "confessed to the murder", "spoke of 15 wounded"."""
    if verb.lemma in words("reporting", "told_of"):
        found = _told_of(annotation, verb)
        if found or verb.lemma != "report":
            return found
    if verb.lemma in words("reporting", "needs_clause"):
        return set()
    marks = _OBJECT_MARKS.get(stances()[verb.lemma], ("",))
    out: set[int] = set()
    for child in annotation.children(verb.i, "obj", "obl", "nsubj:pass"):
        token = annotation.tokens[child]
        mark = preposition(annotation, child)
        if _timed(annotation, child) or (token.dep.startswith("obl") and not mark) or mark not in marks or token.pos == "PRON":
            continue
        if verb.lemma == "report" and kind_of(annotation, child) in ("person", "outlet", "agency"):
            continue
        if verb.lemma in words("reporting", "denies_words") and not ({token.lemma.lower()} & words("reporting", "deniable")):
            continue
        if token.dep.startswith("obl") and kind_of(annotation, child) in ("person", "authority", "outlet", "agency"):
            continue
        out.update(annotation.subtree(child))
    return out - {verb.i}
