"""Cues that are no verbs with a subject: "according to", "as X put it", "X's claim that", headlines, courts that are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veridical.extract.attribution_content import content_of
from veridical.extract.attribution_quotes import Quotation
from veridical.extract.attribution_speakers import Frame, can_speak, is_outlet, is_self, make_frame
from veridical.extract.attribution_words import noun_stances, phrases_before, possessed_nouns, stances
from veridical.extract.slots import verb_slots
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Token

_PHRASE = 24
"""Tokens that a source after "according to" may have."""
_DASHES = frozenset({"-", "–", "—", "--"})
_MODIFIES = frozenset(
    {
        "compound",
        "amod",
        "det",
        "det:predet",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "advmod",
        "nmod:unmarked",
        "nmod",
        "obl:unmarked",
    }
)
"""Relations of a word before the head of its noun phrase."""


def phrase_frames(annotation: Annotation, token: Token, found: Sequence[Frame], quotations: list[Quotation]) -> list[Frame]:
    """ "according to X", "in the words of X", "as reported by X": the source follows the cue that starts at ``token``."""
    tokens = annotation.tokens
    low = token.text.lower()
    for phrase in phrases_before():
        end = token.i + len(phrase)
        if phrase[0] != low or end >= len(tokens) or any(tokens[token.i + k].text.lower() != w for k, w in enumerate(phrase)):
            continue
        head = _head_after(annotation, end)
        if low == "per" and (head is None or not _names_source(annotation, token, head)):
            return []
        if head is None or not (can_speak(annotation, head) or phrase[0] == "according") or is_self(annotation, head):
            return []
        covered = with_quotations(_clause_around(annotation, token, head, found), token.i, quotations)
        if not covered:
            return []
        carriers = conveyors(annotation, head)[:1]
        outer = [make_frame(annotation, c, (token.i, end), "say", covered | {token.i}) for c in carriers]
        return [*outer, make_frame(annotation, head, (token.i, end), "say", covered)]
    if low == "in" and token.i + 2 < len(tokens):
        return _possessed_frame(annotation, token, found)
    return []


def _names_source(annotation: Annotation, token: Token, head: int) -> bool:
    """Whether "per" names a source ("per police"), not a rate ("per day")."""
    lemma = annotation.tokens[head].lemma.lower()
    before = annotation.tokens[token.i - 1].text if token.i else ","
    opens = token.i == annotation.sentences[token.sent][0]
    return (opens or before == ",") and any(noun_class(lemma, k) for k in ("official", "document", "outlet", "court"))


def conveyors(annotation: Annotation, source: int) -> list[int]:
    """The outlets by which a document or a speaker reaches readers: "a statement carried by X", "documents obtained by X"."""
    for clause in annotation.children(source, "acl", "acl:relcl"):
        if annotation.tokens[clause].lemma in words("reporting", "conveying") and annotation.tokens[clause].tag == "VBN":
            found = [
                a
                for a in verb_slots(annotation, clause).subjects
                if is_outlet(annotation, a) and annotation.tokens[a].pos == "PROPN"
            ]
            if found:
                return found
    return []


def with_quotations(covered: frozenset[int], cue: int, quotations: list[Quotation]) -> frozenset[int]:
    """The content with the quotations that begin in it, to their ends, and cut to the quotation that the cue stands in."""
    out = set(covered)
    for quotation in quotations:
        if not quotation.full:
            continue
        if cue in quotation:
            out = {k for k in out if k in quotation}
        elif quotation.start + 1 in covered:
            out.update(range(quotation.start, quotation.end))
    return frozenset(out)


def _possessed_frame(annotation: Annotation, token: Token, found: Sequence[Frame]) -> list[Frame]:
    """ "in his words", "in the minister's account"."""
    tokens = annotation.tokens
    noun = next((k for k in range(token.i + 2, min(token.i + 7, len(tokens))) if tokens[k].lemma in possessed_nouns()), None)
    if noun is None or tokens[noun].sent != token.sent:
        return []
    owners = [c for c in annotation.children(noun, "nmod:poss") if c > token.i and can_speak(annotation, c)]
    covered = _clause_around(annotation, token, noun, found) - frozenset(range(token.i, noun + 1))
    return [make_frame(annotation, owners[0], (token.i, noun + 1), "say", covered)] if owners and covered else []


def _head_after(annotation: Annotation, start: int) -> int | None:
    """The head of the noun phrase that begins at ``start``."""
    tokens = annotation.tokens
    end = annotation.sentences[tokens[start].sent][1]
    for k in range(start, min(start + 12, end)):
        token = tokens[k]
        if token.text in (",", ";", ".", ":"):
            return None
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET") and not (
            token.dep in _MODIFIES and k < token.head < end and _adjoins(annotation, k, token.head)
        ):
            return k
    return None


def _adjoins(annotation: Annotation, k: int, head: int) -> bool:
    """Whether nothing but words of one noun phrase stands between a modifier and its head."""
    return all(
        annotation.tokens[j].pos in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "ADV") or annotation.tokens[j].text == "-"
        for j in range(k, head + 1)
    )


def _clause_around(annotation: Annotation, token: Token, head: int, found: Sequence[Frame]) -> frozenset[int]:
    """The clause that an adverbial cue belongs to: the content it stands in, or its sentence up to semicolons and other cues."""
    first, last = annotation.sentences[token.sent]
    tree = annotation.subtree(head)
    low, high = max(min(tree), token.i), max(tree) + 1
    phrase = set(range(token.i, min(high, token.i + _PHRASE))) if low <= token.i + 6 else {token.i, head}
    phrase.add(head)
    inside = [f for f in found if token.i in f.content and annotation.tokens[f.cue].sent == token.sent and f.cue < token.i]
    if inside and token.i != first:
        return inside[-1].content - phrase
    before = max((k for k in range(first, token.i) if annotation.tokens[k].text == ";"), default=first)
    after = min((k for k in range(token.i, last) if annotation.tokens[k].text == ";"), default=last)
    covered = set(range(before, after)) - phrase
    for frame in found:
        mine = {frame.cue, frame.head} | frame.content
        if (
            frame.cue in covered
            and frame.cue > token.i
            and token.i - first > 3
            and annotation.tokens[frame.cue].dep in ("conj", "parataxis")
        ):
            covered -= mine
    return frozenset(covered)


def noun_frame(annotation: Annotation, token: Token) -> list[Frame]:
    """ "the group's claim that …", "Orlov's confession to the murder": a noun with its owner and a clause."""
    stance = noun_stances()[token.lemma]
    owners = [
        o for o in annotation.children(token.i, "nmod:poss", "nmod") if o < token.i or _marked(annotation, o, ("by", "from"))
    ]
    speaker = next((o for o in owners if can_speak(annotation, o)), None)
    if speaker is None:
        return []
    parts = [
        c
        for c in annotation.children(token.i, "acl", "ccomp", "acl:relcl")
        if any(
            annotation.tokens[k].text.lower() == "that"
            and (annotation.tokens[k].dep == "mark" or annotation.children(c, "nsubj", "nsubj:pass"))
            and annotation.tokens[k].dep not in ("nsubj", "nsubj:pass")
            for k in annotation.children(c)
        )
    ]
    if not parts and stance in ("confess", "deny", "allege", "claim"):
        parts = [c for c in annotation.children(token.i, "nmod", "acl") if c > token.i and _marked(annotation, c, ("to", "of"))]
    content = frozenset(k for c in parts for k in annotation.subtree(c)) - frozenset(annotation.subtree(speaker))
    return [make_frame(annotation, speaker, (token.i, token.i + 1), stance, content)] if content else []


def _marked(annotation: Annotation, i: int, marks: tuple[str, ...]) -> bool:
    return any(annotation.tokens[k].text.lower() in marks for k in annotation.children(i, "case", "mark"))


def put_it_frame(annotation: Annotation, verb: Token) -> list[Frame]:
    """ "as X put it", "as police describe it": the clause that the comment belongs to."""
    first = annotation.sentences[verb.sent][0]
    start = next(
        (k for k in range(verb.i - 1, max(first, verb.i - 9) - 1, -1) if annotation.tokens[k].text.lower() == "as"), None
    )
    if start is None or verb.dep not in ("advcl", "parataxis", "acl", "acl:relcl", "ccomp"):
        return []
    ending = verb.i + 1 < len(annotation.tokens) and annotation.tokens[verb.i + 1].text.lower() == "it"
    bare = verb.lemma in stances() and not annotation.children(verb.i, "ccomp", "xcomp", "obj")
    if not (ending and verb.lemma in ("put", "describe", "tell", "phrase")) and not (
        bare and verb.lemma not in ("speak", "talk", "tell")
    ):
        return []
    speakers = [s for s in verb_slots(annotation, verb.i).subjects if start < s < verb.i and can_speak(annotation, s)]
    if not speakers or is_self(annotation, speakers[0]):
        return []
    own = set(annotation.subtree(verb.i)) | set(range(start, verb.i + 1 + ending))
    host = set(annotation.subtree(verb.head)) - own if verb.head != verb.i else set()
    return [make_frame(annotation, speakers[0], (verb.i, verb.i + 1 + ending), "say", frozenset(host))] if host else []


def hearing_frames(annotation: Annotation, verb: Token, quotations: list[Quotation]) -> list[Frame]:
    """ "the court heard that", "jurors were told": what is said in court, by those who hear it when no speaker is told."""
    hears = verb.lemma in words("reporting", "hearing") and not annotation.children(verb.i, "nsubj:pass")
    if verb.lemma in words("reporting", "hearing") and annotation.children(verb.i, "nsubj:pass", "aux:pass"):
        return _learned_from(annotation, verb, quotations)
    told = verb.lemma in ("tell", "inform", "advise") and bool(annotation.children(verb.i, "nsubj:pass", "aux:pass"))
    if not hears and not told:
        return []
    slots = verb_slots(annotation, verb.i)
    hearers = slots.objects if told else slots.subjects
    content = content_of(annotation, verb, quotations)
    agents = [s for s in slots.subjects if can_speak(annotation, s)] if told else []
    courts = [
        h
        for h in hearers
        if annotation.tokens[h].lemma.lower() in words("reporting", "hearers")
        or noun_class(annotation.tokens[h].lemma.lower(), "court")
    ]
    content -= frozenset(k for h in (*courts, *agents) for k in annotation.subtree(h))
    if not content or not (courts or agents):
        return []
    return [make_frame(annotation, (agents or courts)[0], (verb.i, verb.i + 1), "say", content)]


def _learned_from(annotation: Annotation, verb: Token, quotations: list[Quotation]) -> list[Frame]:
    """ "it was learned from judicial sources that …"."""
    sources = [c for c in annotation.children(verb.i, "obl") if _marked(annotation, c, ("from",)) and can_speak(annotation, c)]
    content = content_of(annotation, verb, quotations)
    return [make_frame(annotation, sources[0], (verb.i, verb.i + 1), "say", content)] if sources and content else []


def headline_frames(annotation: Annotation, sentence: int, found: Sequence[Frame]) -> list[Frame]:
    """ "Suspect told of plot - agency", "Two dead in blast: police", "Police: two dead": a source set off in a headline."""
    tokens = annotation.tokens
    first, last = annotation.sentences[sentence]
    if tokens[last - 1].text in (".", "!", "?") or last - first < 4 or last - first > 40:
        return []
    for k in range(last - 2, max(first + 2, last - 7), -1):
        if tokens[k].text in _DASHES or tokens[k].text == ":":
            spaced = tokens[k].text == ":" or tokens[k].start > tokens[k - 1].end
            head = next((h for h in range(last - 1, k, -1) if tokens[h].pos in ("NOUN", "PROPN")), None)
            plain = all(tokens[j].pos in ("NOUN", "PROPN", "ADJ", "DET", "PART", "ADP") for j in range(k + 1, last))
            if not spaced or head is None or not plain or not can_speak(annotation, head) or _vague(tokens[head]):
                return []
            frame = make_frame(annotation, head, (k, k + 1), "say", frozenset(range(first, k)))
            if (frame.source.start or 0) < tokens[k].end:  # the dash was read as part of the name
                begin = k + 2 if tokens[k + 1].pos == "DET" and k + 2 < last else k + 1
                span = annotation.span(begin, head + 1)
                frame = replace(frame, source=replace(frame.source, name=span.quote, start=span.start, end=span.end))
            return [frame]
    return _leading(annotation, first, last)


def _vague(token: Token) -> bool:
    """A headline's "report" or "reports" stands for the source that the body names."""
    return token.lemma.lower() in (
        "report",
        "reports",
        "media",
        "press",
        "sources",
        "source",
        "live",
        "video",
        "photos",
        "update",
        "timeline",
        "profile",
    )


def _leading(annotation: Annotation, first: int, last: int) -> list[Frame]:
    """ "Police: two dead in blast"."""
    tokens = annotation.tokens
    colon = next((k for k in range(first + 1, min(first + 4, last - 3)) if tokens[k].text == ":"), None)
    if colon is None or _vague(tokens[colon - 1]):
        return []
    head = colon - 1
    verb = any(tokens[k].pos == "VERB" for k in range(colon + 1, last))
    official = (
        noun_class(tokens[head].lemma.lower(), "official")
        or noun_class(tokens[head].lemma.lower(), "witness")
        or tokens[head].lemma.lower() in words("reporting", "officials")
    )
    if not verb or not official or not can_speak(annotation, head) or tokens[head].text.isupper():
        return []
    return [make_frame(annotation, head, (colon, colon + 1), "say", frozenset(range(colon + 1, last)))]
