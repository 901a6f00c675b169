"""What became of a plan: "the plan fell through after…", "but could not do so because…", and the reason given."""

from __future__ import annotations

from dataclasses import dataclass

from veridical.extract.triggers import is_class
from veridical.lexicon import words
from veridical.model import Annotation, Token
from veridical.values import Stage

_SECOND = ("advcl", "obl", "ccomp", "conj")


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome at token ``head``: the stage it means and the token range of its reason, if one is given.

    ``subject`` is the plan noun it speaks of ("the plan"), or ``None`` for "could not do so".
    """

    head: int
    stage: Stage
    reason: tuple[int, int] | None
    subject: int | None


def find_outcomes(annotation: Annotation) -> list[Outcome]:
    """The outcomes told in a report, in text order."""
    out = []
    for token in annotation.tokens:
        if token.pos not in ("VERB", "ADJ", "AUX", "NOUN"):
            continue
        subject = _plan_subject(annotation, token)
        if token.pos == "VERB" and (_phrase(annotation, token, "misfire_phrases") or _missed(annotation, token)):
            out.append(Outcome(token.i, Stage.ATTEMPTED, None, None))
        elif subject is not None and _fails(annotation, token):
            out.append(_outcome(annotation, token, subject))
        elif (
            subject is not None
            and token.lemma in words("stages", "foiled")
            and annotation.children(token.i, "aux:pass", "nsubj:pass")
        ):
            out.append(Outcome(token.i, Stage.FOILED, _reason_of(annotation, token), subject))
        elif subject is not None and (
            token.lemma in words("stages", "abandoned") or _phrase(annotation, token, "abandoned_phrases")
        ):
            out.append(Outcome(token.i, Stage.ABANDONED, _reason_of(annotation, token), subject))
        elif (token.pos == "VERB" and _phrase(annotation, token, "abandoned_phrases") and _people(annotation, token)) or (
            token.pos != "NOUN" and _unable(annotation, token)
        ):
            out.append(_outcome(annotation, token, None))
    return out


def _plan_subject(annotation: Annotation, token: Token) -> int | None:
    for child in annotation.children(token.i, "nsubj", "csubj"):
        other = annotation.tokens[child]
        if other.lemma in words("stages", "plan_nouns") or (
            other.lemma == "it"
            and other.pos == "PRON"
            and (token.lemma in ("fall", "foil", "thwart") or token.lemma in words("stages", "failed_verbs"))
        ):
            return child
    if token.lemma in words("stages", "abandoned"):
        for child in annotation.children(token.i, "obj"):
            if annotation.tokens[child].lemma in words("stages", "plan_nouns"):
                return child
    return None


def _missed(annotation: Annotation, token: Token) -> bool:
    """ "fired at the mayor but missed", "the rocket missed the building"."""
    if token.lemma != "miss" or token.tag not in ("VBD", "VBN"):
        return False
    subjects = annotation.children(token.i, "nsubj")
    return token.dep == "conj" or any(
        is_class(annotation, s, k) for s in subjects for k in ("weapon", "missile", "explosive", "attacker", "firearm")
    )


def _people(annotation: Annotation, token: Token) -> bool:
    subjects = annotation.children(token.i, "nsubj")
    return not subjects or any(is_class(annotation, c, "human") for c in subjects)


def _fails(annotation: Annotation, token: Token) -> bool:
    return _phrase(annotation, token, "failed_phrases") or (
        token.lemma in words("stages", "failed_verbs") and token.lemma != "fall"
    )


def _phrase(annotation: Annotation, token: Token, key: str) -> bool:
    """Whether token and its particles or negation make one of the listed phrases; "not" and "never" may stand before it."""
    near = {annotation.tokens[c].lemma.lower() for c in annotation.children(token.i)} | {
        annotation.tokens[k].lemma.lower()
        for k in range(token.i + 1, min(token.i + 4, len(annotation.tokens)))
        if annotation.tokens[k].sent == token.sent
    }
    near |= {"not"} if near & {"n't", "n’t"} else set()
    for phrase in words("stages", key):
        parts = phrase.split()
        verb = parts[1] if parts[0] in ("not", "never") else parts[0]
        rest = [p for p in parts if p != verb]
        if token.lemma == verb and all(r in near for r in rest):
            return True
    return False


def _unable(annotation: Annotation, token: Token) -> bool:
    """ "could not (do so)", "were unable to do so", "was prevented from": inability without naming the act."""
    kids = annotation.children(token.i)
    lemmas = {annotation.tokens[c].lemma.lower() for c in kids}
    negated = bool(lemmas & {"not", "never", "n't", "n’t"})
    if negated and lemmas & {"could", "can"} and _pro_form(annotation, token):
        return True
    if "never" in lemmas and token.lemma in ("go", "leave", "set") and token.tag == "VBD":
        return True
    if token.lemma == "unable" and any(
        _pro_form(annotation, annotation.tokens[c]) for c in annotation.children(token.i, "xcomp")
    ):
        return True
    if token.lemma in ("fail", "prevent", "stop") and any(
        _pro_form(annotation, annotation.tokens[c]) for c in annotation.children(token.i, "xcomp", "advcl")
    ):
        return True
    return token.lemma == "able" and negated


def _pro_form(annotation: Annotation, token: Token) -> bool:
    """ "do so", "do it", "carry it out", or nothing after the modal ("could not since the media covered …")."""
    after = [annotation.tokens[k] for k in range(token.i + 1, min(token.i + 4, len(annotation.tokens)))]
    if token.lemma == "do" and after and after[0].text.lower() in ("so", "it", "that", "this"):
        return True
    if token.lemma in ("carry", "go", "execute", "act", "proceed", "complete") and any(
        a.text.lower() in ("it", "out", "through", "ahead", "them", "plan") for a in after
    ):
        return True
    modals = [c for c in annotation.children(token.i, "advmod") if annotation.tokens[c].text.lower() in ("not", "n't", "n’t")]
    return (
        bool(modals) and annotation.tokens[modals[0] + 1].text.lower() in (*words("stages", "reason_markers"), ",", ".")
        if modals and modals[0] + 1 < len(annotation.tokens)
        else False
    )


def _outcome(annotation: Annotation, token: Token, subject: int | None) -> Outcome:
    reason = _reason_of(annotation, token)
    stage = Stage.FOILED if reason and _stopped(annotation, reason) else Stage.ABANDONED
    return Outcome(token.i, stage, reason, subject)


def _reason_of(annotation: Annotation, token: Token) -> tuple[int, int] | None:
    """The token range of the clause or phrase that says why, without its marker and without a closing "X said"."""
    last = annotation.sentences[token.sent][1]
    denials = [
        c + 1
        for c in annotation.children(token.i, "advmod")
        if c < token.i and annotation.tokens[c].text.lower() in words("stages", "negations")
    ]
    for k in range(min([token.i + 1, *denials]), last):
        if annotation.tokens[k].text.lower() in words("stages", "reason_markers") and annotation.tokens[k].dep in (
            "mark",
            "case",
            "advmod",
            "fixed",
            "cc",
        ):
            if annotation.tokens[k].text.lower() == "for":
                continue
            start = k + 1
            while start < last and annotation.tokens[start].text.lower() in ("of", "to", "that"):
                start += 1
            return _trim(annotation, start, _before_attribution(annotation, start, last))
    return None


def _before_attribution(annotation: Annotation, start: int, last: int) -> int:
    """Cuts a closing ", DW said." from a reason."""
    for k in range(last - 1, start, -1):
        if (
            annotation.tokens[k].text == ","
            and last - k <= 12
            and any(
                annotation.tokens[j].lemma in ("say", "add", "report", "tell", "according", "claim", "allege", "quote", "cite")
                for j in range(k, last)
            )
        ):
            return k
    return last


def _trim(annotation: Annotation, start: int, end: int) -> tuple[int, int] | None:
    while end > start and annotation.tokens[end - 1].pos == "PUNCT":
        end -= 1
    return (start, end) if end > start else None


def _stopped(annotation: Annotation, reason: tuple[int, int]) -> bool:
    """Whether a reason is that others stopped it (foiled) rather than that means or orders lacked (abandoned)."""
    lacking = stopping = 0
    for k in range(*reason):
        token = annotation.tokens[k]
        if token.pos not in ("VERB", "NOUN"):
            continue
        denied = any(annotation.tokens[c].text.lower() in words("stages", "negations") for c in annotation.children(k))
        if token.lemma in words("stages", "stopping") and not denied and not (token.lemma in ("find", "receive") and denied):
            stopping += (
                2
                if token.lemma in ("arrest", "capture", "detain", "catch", "seize", "intercept")
                or is_class(annotation, k, "authority")
                else 1
            )
        elif denied or token.lemma in words("stages", "lacking"):
            lacking += 2 if denied else 1
    return stopping > 0 and stopping >= lacking
