"""Who says what: reporting cues with their sources and the stretch of text each covers.

Source, cue and content are those of the attribution literature (Pareti 2015, PARC 3). A frame covers a set of
tokens; nesting follows from one frame's cue lying inside another's content.
"""

from __future__ import annotations

from dataclasses import replace

from veridical.extract.attribution_content import content_of
from veridical.extract.attribution_cues import (
    headline_frames,
    hearing_frames,
    noun_frame,
    phrase_frames,
    put_it_frame,
)
from veridical.extract.attribution_quotes import Quotation, find_quotations
from veridical.extract.attribution_relays import hearer_frames, relay_frames, same_speaker, settle_names
from veridical.extract.attribution_speakers import Frame, can_speak, is_self, make_frame
from veridical.extract.attribution_words import noun_stances, stances
from veridical.extract.slots import verb_slots
from veridical.lexicon import words
from veridical.model import Annotation, Token
from veridical.values import SourceKind

__all__ = ["Frame", "find_frames"]
_SHOWING = frozenset({SourceKind.DOCUMENT, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.UNNAMED})
_REACH = 10
"""Tokens after a verb within which its "that" stands."""
_GAP = 2
"""Sentences after a cue within which a quotation without one goes on with its speaker."""
_CUE_WORDS = frozenset({"according", "in", "as", "by", "per"})


def find_frames(annotation: Annotation) -> list[Frame]:
    """The attribution frames of a report, in order of their cues."""
    quotations = find_quotations(annotation)
    relay = words("reporting", "relay")
    out: list[Frame] = []
    relays: list[Token] = []
    phrases: list[Token] = []
    for token in annotation.tokens:
        if token.pos == "VERB" or (token.pos == "AUX" and token.lemma in stances()):
            if token.lemma in relay:
                relays.append(token)
            else:
                out += _verb_frames(annotation, token, quotations)
        elif token.pos == "NOUN" and token.lemma in noun_stances():
            out += noun_frame(annotation, token)
        if token.text.lower() in _CUE_WORDS:
            phrases.append(token)
    for token in phrases:
        out += phrase_frames(annotation, token, out, quotations)
    for sentence in _headlines(annotation):
        out += headline_frames(annotation, sentence, out)
    out = relay_frames(annotation, relays, out, quotations)
    out = same_speaker(annotation, settle_names(annotation, out))
    out.sort(key=lambda f: (f.cue, -len(f.content)))
    return out + _continued(annotation, out, quotations)


def _headlines(annotation: Annotation) -> list[int]:
    """The sentences of the first paragraph, when it looks like a headline: a line without a full stop."""
    text = annotation.report.text
    end = text.find("\n\n")
    end = end if 0 <= end < 250 else text.find("\n") if 0 <= text.find("\n") < 250 else -1
    if end < 0:
        return []
    return [s for s, (first, last) in enumerate(annotation.sentences[:4]) if annotation.tokens[last - 1].end <= end]


def _verb_frames(annotation: Annotation, verb: Token, quotations: list[Quotation]) -> list[Frame]:
    stance = stances().get(verb.lemma)
    if stance is None:
        return []
    if verb.tag == "VBG" and annotation.tokens[verb.head].lemma in words("reporting", "relay") and verb.head != verb.i:
        return []
    heard = hearing_frames(annotation, verb, quotations)
    if heard:
        return heard
    if _withheld(annotation, verb, stance) or any(
        annotation.tokens[c].lemma == "life" for c in annotation.children(verb.i, "obj")
    ):
        return []
    comment = put_it_frame(annotation, verb)
    if comment:
        return comment
    return _told_by(annotation, verb, stance, quotations) or _pattern_frame(annotation, verb, stance)


def _told_by(annotation: Annotation, verb: Token, stance: str, quotations: list[Quotation]) -> list[Frame]:
    """The frame of a verb with a subject that speaks and a content, the outlet that was told before it."""
    speakers = [s for s in _tellers(annotation, verb) if not is_self(annotation, s)]
    if not speakers:
        return []
    objective = verb.lemma in words("reporting", "objective")
    content = _accusation(annotation, verb) if objective else content_of(annotation, verb, quotations)
    speaker = next((s for s in speakers if s not in content), speakers[0])
    clauses = [c for c in annotation.children(verb.i, "ccomp") if c > verb.i]
    if speaker in content and not objective and any(speaker in annotation.children(c) for c in clauses):
        content = frozenset(k for k in content if k > verb.i)
    if speaker not in content:
        content -= frozenset(annotation.subtree(speaker)) - frozenset(annotation.subtree(verb.i))
    elif not objective:
        return []
    negated = _negated(annotation, verb.i)
    if not content or (negated and stance != "deny"):
        return []
    inner = replace(make_frame(annotation, speaker, (verb.i, verb.i + 1), stance, content), negated=negated)
    if verb.lemma == "show" and inner.source.kind not in _SHOWING:
        return []
    return [*hearer_frames(annotation, verb, speaker, content), inner]


def _pattern_frame(annotation: Annotation, verb: Token, stance: str) -> list[Frame]:
    """ "NOUN … VERB … that …" by the order of words alone, for sentences whose tree is wrong (capitals, run-on text)."""
    tokens = annotation.tokens
    first, last = annotation.sentences[verb.sent]
    finite = verb.tag in ("VBD", "VBZ", "VBP", "VBN") and not _negated(annotation, verb.i)
    if verb.lemma not in words("reporting", "only_speakers") or not finite:
        return []
    that = next(
        (
            k
            for k in range(verb.i + 1, min(verb.i + _REACH, last))
            if tokens[k].text.lower() == "that" and tokens[k].dep == "mark"
        ),
        None,
    )
    at = verb.i - 1
    while at > first and (tokens[at].pos in ("ADV", "PART") or tokens[at].lemma in ("have", "also")):
        at -= 1
    if that is None or tokens[at].pos not in ("NOUN", "PROPN") or not can_speak(annotation, at) or is_self(annotation, at):
        return []
    if any(tokens[k].text in (":", ";", '"', "“", "”") or tokens[k].pos in ("VERB", "AUX") for k in range(verb.i + 1, that)):
        return []
    end = next((k for k in range(that, last) if tokens[k].text == ";"), last)
    return [make_frame(annotation, at, (verb.i, verb.i + 1), stance, frozenset(range(that, end)))]


def _tellers(annotation: Annotation, verb: Token) -> list[int]:
    """Who speaks: the logical subjects that can; with a verb that only speakers have, any noun ("the campaign says it will")."""
    if verb.lemma == "add" and verb.tag == "VBG" and verb.dep in ("advcl", "acl", "conj", "parataxis"):
        outer = next(
            (
                a
                for a in annotation.ancestors(verb.i)
                if annotation.tokens[a].lemma in stances()
                and annotation.tokens[a].pos == "VERB"
                and annotation.children(a, "nsubj")
            ),
            None,
        )
        if outer is not None:
            return [s for s in verb_slots(annotation, outer).subjects if can_speak(annotation, s)]
    subjects = verb_slots(annotation, verb.i).subjects
    if not subjects and verb.tag != "VBG":  # "X, a …, said Y": the subject was given to the complement
        subjects = [s for c in annotation.children(verb.i, "ccomp") for s in annotation.children(c, "nsubj") if s < verb.i < c]
    direct = [
        c for c in annotation.children(verb.i, "nsubj") if c not in subjects and annotation.tokens[c].tag not in ("WP", "WDT")
    ]
    if direct and not annotation.children(verb.i, "aux:pass"):  # "said by telephone": no agent
        subjects = direct
    found = [s for s in subjects if can_speak(annotation, s)]
    if (
        not found
        and verb.lemma in words("reporting", "only_speakers")
        and any(c > verb.i for c in annotation.children(verb.i, "ccomp"))
    ):
        found = [
            s
            for s in subjects
            if annotation.tokens[s].pos in ("NOUN", "PROPN") and not any(t.start <= s < t.end for t in annotation.times)
        ]
    return found


def _withheld(annotation: Annotation, verb: Token, stance: str) -> bool:
    """A verb of speech under "refused to", "would", "if": nothing has been said; "refused to deny" neither."""
    marks = {annotation.tokens[c].text.lower() for c in annotation.children(verb.i, "mark")}
    if verb.tag == "VB" and "to" in marks:
        governor = annotation.tokens[verb.head]
        return verb.dep in ("advcl", "acl", "csubj", "root") or governor.lemma in words("reporting", "withheld")
    if marks & {"if", "unless", "whether"} and verb.dep != "ccomp":
        return True
    modals = {annotation.tokens[c].text.lower() for c in annotation.children(verb.i, "aux")}
    return bool(modals & words("reporting", "unsaid_modals")) and stance != "deny" and verb.dep != "parataxis"


def _negated(annotation: Annotation, verb: int) -> bool:
    subject = annotation.children(verb, "nsubj")
    return any(annotation.tokens[c].lemma in ("not", "never", "n't") for c in annotation.children(verb, "advmod", "aux")) or any(
        annotation.tokens[d].lemma in ("no", "none", "neither", "nobody")
        for s in subject
        for d in (s, *annotation.children(s, "det", "cc"))
    )


def _accusation(annotation: Annotation, verb: Token) -> frozenset[int]:
    """An accusing verb covers itself and what it accuses of: "blamed the Front for the attack"; "named" needs a party."""
    if verb.lemma == "name" and not any(
        annotation.tokens[c].pos in ("PRON", "PROPN") for c in annotation.children(verb.i, "obj")
    ):
        return frozenset()
    if verb.lemma == "name" and (annotation.children(verb.i, "xcomp") or verb.tag == "VBG" or verb.dep in ("advcl", "acl")):
        return frozenset()
    parts = [
        c
        for c in annotation.children(verb.i, "obl", "advcl", "ccomp", "xcomp")
        if verb.lemma == "name" or not any(t.start <= c < t.end for t in annotation.times)
    ]
    covered = {k for c in parts for k in annotation.subtree(c)}
    return frozenset(covered | {verb.i})


def _continued(annotation: Annotation, frames: list[Frame], quotations: list[Quotation]) -> list[Frame]:
    """A quotation without a cue of its own that opens a sentence goes on with the speaker before it."""
    out: list[Frame] = []
    tokens = annotation.tokens
    latest: Frame | None = None
    until = -1
    ordered = sorted(frames, key=lambda f: f.cue)
    at = 0
    for quotation in quotations:
        first = annotation.sentences[tokens[quotation.start].sent][0]
        while at < len(ordered) and ordered[at].cue < quotation.start:
            inner = any(ordered[at].cue in q for q in quotations)
            if not inner:
                latest, until = ordered[at], tokens[ordered[at].cue].sent
            at += 1
        owner = next((f for f in frames if f.cue not in quotation and quotation.start + 1 in f.content), None)
        if owner is not None:
            latest, until = owner, max(tokens[owner.cue].sent, tokens[quotation.end - 1].sent)
        elif (
            latest is not None
            and quotation.full
            and quotation.start - first <= 1
            and tokens[quotation.start].sent - until <= _GAP
        ):
            out.append(replace(latest, content=frozenset(range(quotation.start, quotation.end))))
            until = tokens[quotation.end - 1].sent
    return out
