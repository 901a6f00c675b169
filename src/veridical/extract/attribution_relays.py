"""Sources that pass on others: "X quoted Y as saying", "citing Y", "told X", "carried by X"; names of sources said in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from veridical.extract.attribution_content import content_of
from veridical.extract.attribution_cues import conveyors
from veridical.extract.attribution_quotes import Quotation
from veridical.extract.attribution_speakers import Frame, can_speak, is_outlet, is_self, make_frame
from veridical.extract.attribution_words import stances
from veridical.extract.slots import preposition, verb_slots
from veridical.extract.sources import kind_at
from veridical.lexicon import noun_class
from veridical.model import Annotation, Token
from veridical.values import SourceKind

_CHANNELS = frozenset({"to", "with", "by", "on", "via", "through", "in", "for"})
_PEOPLE = (SourceKind.OFFICIAL, SourceKind.WITNESS, SourceKind.SUSPECT, SourceKind.COURT, SourceKind.UNNAMED)
_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "their", "him", "them", "who"})
_NEAR = 6
"""Tokens between a reporting verb and the "citing" that goes with it."""
_CARRIERS = (SourceKind.OUTLET, SourceKind.AGENCY)


def relay_frames(
    annotation: Annotation, relays: Sequence[Token], frames: list[Frame], quotations: list[Quotation]
) -> list[Frame]:
    """The frames with those of "quoted Y as saying", "was quoted by X", "…, X reported, citing Y" among them."""
    out = list(frames)
    for verb in relays:
        slots = verb_slots(annotation, verb.i)
        passed = [o for o in slots.objects if can_speak(annotation, o) and not is_self(annotation, o)]
        outer = [s for s in slots.subjects if can_speak(annotation, s) and not is_self(annotation, s)]
        if verb.tag == "VBG":
            outer = [s for s in outer if is_outlet(annotation, s)]
        if verb.dep.startswith("acl") and slots.passive:
            out = _carried_by(annotation, out, slots.objects, outer, verb)
            continue
        host = _host(annotation, verb, out) or _relative_host(annotation, verb, out)
        if host is not None and passed:
            own = frozenset(annotation.subtree(verb.i))
            content = (host.content - own) - {host.cue}
            out = [
                replace(f, content=(f.content - own) | {verb.i})
                if f.cue == host.cue and f.head == host.head
                else replace(f, content=f.content - own)
                if f.cue in host.content
                else f
                for f in out
            ]
            if content:
                out.append(make_frame(annotation, passed[0], (verb.i, verb.i + 1), "say", content))
            continue
        if passed:
            out += _quoting(annotation, verb, passed[0], outer, quotations)
    return out


def _host(annotation: Annotation, verb: Token, frames: list[Frame]) -> Frame | None:
    """The frame of the verb that "citing Y" is attached to."""
    if verb.tag != "VBG":
        return None
    above = {verb.head, *([annotation.tokens[verb.head].head] if annotation.tokens[verb.head].pos != "VERB" else [])}
    direct = next((f for f in frames if f.cue in above), None)
    near = [
        f
        for f in frames
        if f.cue < verb.i <= f.cue + _NEAR
        and annotation.tokens[f.cue].sent == verb.sent
        and annotation.tokens[f.cue].pos == "VERB"
    ]
    return direct or (max(near, key=lambda f: f.cue) if near else None)


def _relative_host(annotation: Annotation, verb: Token, frames: list[Frame]) -> Frame | None:
    """ "…, according to X, which quoted Y": the frame of X."""
    if not verb.dep.startswith("acl:relcl") or annotation.children(verb.i, "ccomp", "xcomp"):
        return None
    return next((f for f in frames if f.head == verb.head), None)


def _quoting(annotation: Annotation, verb: Token, said: int, outer: list[int], quotations: list[Quotation]) -> list[Frame]:
    content: set[int] = set()
    for child in annotation.children(verb.i, "advcl", "xcomp", "obl", "ccomp"):
        token = annotation.tokens[child]
        if token.lemma in stances() and token.tag == "VBG":
            content |= {k for k in annotation.subtree(child) if k > child}
    own = frozenset(annotation.subtree(verb.i))
    if not content:
        content = set(content_of(annotation, verb, quotations)) - set(annotation.subtree(said))
    if not content and (verb.dep == "parataxis" or verb.tag == "VBG" or verb.dep in ("root", "conj", "advcl")):
        first, last = annotation.sentences[verb.sent]
        content = set(range(first, last)) - own
        if verb.dep == "parataxis" and verb.head != verb.i:
            content = set(annotation.subtree(verb.head)) - own
    for quotation in quotations:
        if quotation.full and verb.i not in quotation and any(k in content for k in range(quotation.start, quotation.end)):
            content.update(range(quotation.start, quotation.end))
    content -= {verb.i, said}
    if not content:
        return []
    inner = make_frame(annotation, said, (verb.i, verb.i + 1), "say", frozenset(content))
    if outer and outer[0] != said and verb.dep not in ("acl",):
        return [
            make_frame(annotation, outer[0], (verb.i, verb.i + 1), "say", frozenset(content | {verb.i, said})),
            replace(inner, cue=said),
        ]
    return [inner]


def _carried_by(annotation: Annotation, frames: list[Frame], sources: list[int], outer: list[int], verb: Token) -> list[Frame]:
    """ "a spokesman quoted by X said": X passes on what the spokesman says."""
    carrier = next((o for o in outer if is_outlet(annotation, o)), None)
    if carrier is None:
        return frames
    added = [
        make_frame(annotation, carrier, (verb.i, verb.i + 1), "say", f.content | {f.cue}) for f in frames if f.head in sources
    ]
    return [*frames, *added[:1]]


def hearer_frames(annotation: Annotation, verb: Token, speaker: int, content: frozenset[int]) -> list[Frame]:
    """The outlet or agency that someone told, or that carries a statement: it stands outside the speaker in the chain."""
    if is_outlet(annotation, speaker):
        return []
    found = (
        [c for c in annotation.children(verb.i, "obj", "iobj") if is_outlet(annotation, c)]
        if verb.lemma in ("tell", "inform", "assure")
        else []
    )
    if not found and verb.lemma == "tell" and verb.i + 2 < len(annotation.tokens) and verb.i + 1 not in content:
        after = verb.i + 2 if annotation.tokens[verb.i + 1].text.lower() == "the" else verb.i + 1
        found = [after] if is_outlet(annotation, after) and annotation.tokens[after].sent == verb.sent else []
    found = found or _channels(annotation, verb, content) or conveyors(annotation, speaker)
    if not found:
        return []
    return [make_frame(annotation, found[0], (verb.i, verb.i + 1), "say", content | {verb.i})]


def _channels(annotation: Annotation, verb: Token, content: frozenset[int]) -> list[int]:
    """ "said in an interview with X", "said on X television", "said in remarks carried by X"."""
    out = []
    for child in annotation.children(verb.i, "obl", "advcl"):
        if child in content:
            continue
        for k in annotation.subtree(child):
            named = annotation.tokens[k].pos == "PROPN" and is_outlet(annotation, k) and k not in content
            if named and (preposition(annotation, k) in _CHANNELS or annotation.tokens[k].dep in ("compound", "nmod:poss")):
                out.append(k)
    return out


def same_speaker(annotation: Annotation, frames: list[Frame]) -> list[Frame]:
    """The frames with "he added", "he said" given to whoever spoke last, within two sentences, when that is one person.

    Someone who has just been heard goes on speaking more often than not; it is asked only where the pronoun's own
    antecedent has not spoken there.
    """
    out: list[Frame] = []
    for frame in sorted(frames, key=lambda f: f.cue):
        token = annotation.tokens[frame.head]
        if token.tag != "PRP":
            out.append(frame)
            continue
        if token.lemma not in ("he", "she") or frame.entity is None:
            out.append(_unresolved(annotation, frame, out))
            continue
        near = [
            f
            for f in out
            if 0 < token.sent - annotation.tokens[f.head].sent <= 2 and f.source.kind in _PEOPLE and _one_person(annotation, f)
        ]
        last = near[-1] if near else None
        if (
            last is None
            or last.entity == frame.entity
            or not _said_inside(annotation, frame, last)
            or any(f.entity == frame.entity and f.entity is not None for f in near)
        ):
            out.append(frame)
            continue
        source = replace(frame.source, name=last.source.name, kind=last.source.kind)
        out.append(replace(frame, source=source, entity=last.entity))
    return out


def _unresolved(annotation: Annotation, frame: Frame, before: Sequence[Frame]) -> Frame:
    """A pronoun without an antecedent ("It added that …") stands for the last speaker that it can mean."""
    if (frame.source.name or "").lower() not in _PRONOUNS:
        return frame
    token = annotation.tokens[frame.head]
    for last in reversed(before):
        other = annotation.tokens[last.head]
        if token.sent - other.sent > 2 or (last.source.name or "").lower() in _PRONOUNS:
            break
        plural = other.tag in ("NNS", "NNPS") or other.lemma == "police"
        person = _one_person(annotation, last)
        fits = {"it": not person and not plural, "they": plural or not person}.get(token.lemma, person)
        if fits:
            return replace(frame, source=replace(frame.source, name=last.source.name, kind=last.source.kind), entity=last.entity)
    return frame


def _said_inside(annotation: Annotation, frame: Frame, last: Frame) -> bool:
    """Whether a pronoun's antecedent was last named inside what a speaker said, or before that speaker was named."""
    if frame.entity is None:
        return True
    before = [
        annotation.mentions[m].head
        for m in annotation.entities[frame.entity].mentions
        if annotation.mentions[m].head < frame.head
    ]
    return not before or before[-1] in last.content or before[-1] in frame.content or before[-1] < min(last.head, last.cue)


def _one_person(annotation: Annotation, frame: Frame) -> bool:
    if frame.entity is not None and annotation.entities[frame.entity].kind != "person":
        return False
    token = annotation.tokens[frame.head]
    return (
        token.tag in ("NN", "NNP", "PRP")
        and token.text.lower() not in ("they", "it")
        and (token.pos == "PRON" or kind_at(annotation, frame.head) == "person" or noun_class(token.lemma.lower(), "human"))
    )


def settle_names(annotation: Annotation, frames: list[Frame]) -> list[Frame]:
    """Sources said in short get the name of those they stand for: "the agency" the one named, "the statement" the fuller."""
    ordered = sorted(frames, key=lambda f: f.cue)
    outlets = [f for f in ordered if f.source.kind in _CARRIERS and annotation.tokens[f.head].pos == "PROPN"]
    documents = [f for f in ordered if f.source.kind is SourceKind.DOCUMENT]
    out = []
    for frame in frames:
        named = frame
        token = annotation.tokens[frame.head]
        if frame.source.kind is SourceKind.DOCUMENT and token.pos == "NOUN":
            named = replace(frame, source=replace(frame.source, name=_fuller(annotation, frame, documents)))
        elif frame.source.kind in _CARRIERS and token.pos == "NOUN" and _definite(annotation, frame.head):
            before = [f for f in outlets if f.cue < frame.cue] or outlets
            names = {f.source.name for f in before}
            if before and (len(names) == 1 or noun_class(token.lemma.lower(), "outlet")):
                near = before[-1] if before[-1].cue < frame.cue else before[0]
                named = replace(
                    frame, source=replace(frame.source, name=near.source.name, kind=near.source.kind), entity=near.entity
                )
        out.append(named)
    return out


def _definite(annotation: Annotation, head: int) -> bool:
    """Whether "the agency", or a headline's bare "agency", stands alone, without a name or an adjective."""
    deps = {annotation.tokens[c].dep.split(":")[0] for c in annotation.children(head)}
    articles = {annotation.tokens[c].text.lower() for c in annotation.children(head, "det")}
    return not deps & {"amod", "compound", "nmod", "flat", "nummod"} and (
        bool(articles & {"the", "that"}) or (not articles and annotation.tokens[head].tag == "NN")
    )


def _fuller(annotation: Annotation, frame: Frame, documents: Sequence[Frame]) -> str | None:
    """The name of a document; a bare "the statement" takes that of the statement told of before, or of the only one after."""
    if " " in (frame.source.name or ""):
        return frame.source.name
    lemma = annotation.tokens[frame.head].lemma.lower()
    same = [f for f in documents if annotation.tokens[f.head].lemma.lower() == lemma and " " in (f.source.name or "")]
    before = [f for f in same if f.cue < frame.cue]
    if before:
        return before[-1].source.name
    return same[0].source.name if len({f.source.name for f in same}) == 1 else frame.source.name
