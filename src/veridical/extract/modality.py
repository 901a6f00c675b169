"""Whether an event is said to have happened, and how far it got, by the words that govern its trigger.

Climbs from the trigger through complements, plan nouns and auxiliaries (FactBank's scope of
source-introducing predicates; ConText's cues as data in ``data/stages.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass

from veridical.extract.slots import is_passive, verb_slots
from veridical.extract.triggers import Match, is_class
from veridical.lexicon import noun_class, words
from veridical.model import Annotation, Token
from veridical.values import Certainty, Factuality, Stage

_RANK = {Stage.FOILED: 5, Stage.ABANDONED: 4, Stage.ATTEMPTED: 3, Stage.THREATENED: 2, Stage.PLANNED: 1, Stage.CARRIED_OUT: 0}
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "no-one"})
_READY = frozenset({"ready", "set", "prepared", "about", "due", "willing", "determined", "poised", "eager"})
_UNREAL = frozenset({"practise", "practice", "train", "rehearse", "drill", "call", "ask", "wait", "hope"})
"""Verbs whose oblique is no act that happened: "trained for an attack", "called for the arrest"."""
_TOPIC = frozenset(
    {"plan", "plot", "prepare", "intend", "commission", "arrange", "order", "organise", "organize", "mastermind", "conspire"}
)
_CLIMB = frozenset(
    {
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "obj",
        "nsubj:pass",
        "nmod",
        "obl",
        "conj",
        "compound",
        "nsubj",
        "appos",
        "acl:relcl",
        "nmod:poss",
        "obl:agent",
        "csubj",
        "nsubj:outer",
        "parataxis",
    }
)
_JUSTICE = frozenset(
    {
        "arrest",
        "detain",
        "charge",
        "convict",
        "accuse",
        "sentence",
        "try",
        "jail",
        "indict",
        "suspect",
        "imprison",
        "acquit",
        "question",
        "hold",
    }
)


@dataclass(frozen=True, slots=True)
class Modality:
    """The stage that the words around a trigger give, and how sure they are; ``governor`` is the deciding token."""

    stage: Stage = Stage.CARRIED_OUT
    factuality: Factuality = Factuality.CERTAIN
    certainty: Certainty | None = None
    negated: bool = False
    hypothetical: bool = False
    governor: int | None = None
    arrested_for: int | None = None
    """The verb of arrest when the event is what someone was arrested for planning."""


@dataclass(slots=True)
class _Finding:
    stage: Stage = Stage.CARRIED_OUT
    governor: int | None = None
    negated: bool = False
    hypothetical: bool = False
    alleged: Certainty | None = None
    factuality: Factuality = Factuality.CERTAIN
    arrested_for: int | None = None

    def raise_to(self, stage: Stage, governor: int) -> None:
        if _RANK[stage] > _RANK[self.stage]:
            self.stage, self.governor = stage, governor


def judge(annotation: Annotation, match: Match) -> Modality:
    """The modality of one trigger in its sentence."""
    found = _Finding()
    at = match.slots.light if match.slots.light is not None else match.head
    _local(annotation, match.head, found)
    if at != match.head:
        _local(annotation, at, found)
    _climb(annotation, at, found)
    _predicated(annotation, at, found)
    _cut_short(annotation, match.head, found)
    _spoken_of(annotation, at, found)
    if match.trigger.stage is not None:
        found.raise_to(match.trigger.stage, match.head)
    return Modality(
        found.stage, found.factuality, found.alleged, found.negated, found.hypothetical, found.governor, found.arrested_for
    )


def _predicated(annotation: Annotation, i: int, found: _Finding) -> None:
    """ "the plan was to attack balloons": the event is what a plan noun is said to be."""
    for child in annotation.children(i, "nsubj"):
        if annotation.tokens[child].lemma in words("stages", "planned_nouns") and annotation.children(i, "cop"):
            found.raise_to(Stage.PLANNED, child)
            found.hypothetical = found.negated = False


def _cut_short(annotation: Annotation, i: int, found: _Finding) -> None:
    """ "blew himself up before he could reach the station": execution began and failed."""
    for child in annotation.children(i, "advcl"):
        before = any(annotation.tokens[c].text.lower() == "before" for c in annotation.children(child, "mark"))
        if before and annotation.tokens[child].lemma in ("reach", "enter", "get", "arrive", "make", "approach", "hit"):
            found.raise_to(Stage.ATTEMPTED, child)


def _local(annotation: Annotation, i: int, found: _Finding) -> None:
    """Adverbs, auxiliaries, negation, adjectives and markers directly at a token."""
    token = annotation.tokens[i]
    for child in annotation.children(i):
        other = annotation.tokens[child]
        lemma, text, dep = other.lemma.lower(), other.text.lower(), other.dep.split(":")[0]
        if dep == "nsubj" and (
            text in _NOBODY
            or any(annotation.tokens[c].text.lower() in ("no", "neither", "nor") for c in annotation.children(child))
        ):
            found.negated = True
        if text in words("stages", "negations") and dep in ("advmod", "det", "case", "cc", "mark"):
            found.negated = True
        elif dep == "aux" and lemma in words("stages", "modals"):
            found.factuality = Factuality.POSSIBLE
            found.hypothetical = True
        elif dep == "mark" and text in words("stages", "conditional_marks"):
            found.hypothetical = True
        elif dep in ("amod", "compound", "advmod", "det", "nmod"):
            _adjective(lemma, text, child, found)
    if token.dep == "amod" and token.tag == "VBN":
        found.hypothetical = True


def _adjective(lemma: str, text: str, child: int, found: _Finding) -> None:
    if {lemma, text} & words("stages", "attempted_adjectives"):
        found.raise_to(Stage.ATTEMPTED, child)
    elif {lemma, text} & words("stages", "foiled_adjectives"):
        found.raise_to(Stage.FOILED, child)
    elif text in words("stages", "planned_adjectives"):
        found.raise_to(Stage.PLANNED, child)
    elif text in words("stages", "alleged_adjectives") or text in words("stages", "alleged_adverbs"):
        found.alleged = found.alleged or Certainty.ALLEGED
        found.factuality = Factuality.PROBABLE
    elif text in words("stages", "suspected_adjectives"):
        found.alleged = found.alleged or Certainty.SUSPECTED
        found.factuality = Factuality.PROBABLE
    elif text in words("stages", "probable_adverbs"):
        found.factuality = Factuality.PROBABLE
    elif text in words("stages", "possible_adverbs"):
        found.factuality = Factuality.POSSIBLE
    elif text in words("stages", "hypothetical_adjectives"):
        found.hypothetical = found.hypothetical or text not in ("new", "more", "further", "similar", "fresh")


def _climb(annotation: Annotation, i: int, found: _Finding) -> None:
    token = annotation.tokens[i]
    for _ in range(8):
        if token.head == token.i or token.dep.split(":")[0] not in {d.split(":")[0] for d in _CLIMB}:
            return
        governor = annotation.tokens[token.head]
        if not _step(annotation, token, governor, found):
            return
        token = governor


def _spoken_of(annotation: Annotation, i: int, found: _Finding) -> None:
    """ "talked of shooting at passengers": an act talked of is intended, not done."""
    if any(annotation.tokens[c].text.lower() in ("of", "about") for c in annotation.children(i, "mark", "case")):
        for above in annotation.ancestors(i):
            if (
                annotation.tokens[above].lemma in ("talk", "speak", "dream", "think", "boast", "fantasise", "fantasize")
                and annotation.tokens[above].pos == "VERB"
            ):
                found.raise_to(Stage.PLANNED, above)
                return


def _step(annotation: Annotation, token: Token, governor: Token, found: _Finding) -> bool:
    """Takes one governor into account; false ends the climb."""
    lemma, dep = governor.lemma.lower(), token.dep.split(":")[0]
    if dep in ("nsubj", "obl", "nmod", "appos", "conj", "parataxis") and governor.pos == "VERB" and dep != "conj":
        return _as_argument(annotation, token, governor, found)
    if governor.pos in ("VERB", "AUX", "ADJ"):
        if dep == "acl" and token.dep == "acl:relcl":
            return False
        return _verb_governor(annotation, token, governor, lemma, dep, found)
    if governor.pos in ("NOUN", "PROPN"):
        return _noun_governor(annotation, token, governor, lemma, dep, found)
    return False


def _verb_governor(annotation: Annotation, token: Token, governor: Token, lemma: str, dep: str, found: _Finding) -> bool:
    clausal = dep in ("xcomp", "ccomp", "advcl", "acl", "csubj")
    to_do = (clausal and token.tag == "VB") or dep in ("obj", "xcomp") or (dep == "nsubj" and is_passive(annotation, governor.i))
    if dep == "conj":
        _shared_auxiliaries(annotation, governor, found)
        return True
    if lemma in words("stages", "foiled") and (dep in ("obj", "nsubj") or (clausal and dep != "advcl")):
        if _denied(annotation, governor.i):
            return False
        found.raise_to(Stage.FOILED, governor.i)
        return True
    if lemma in words("stages", "abandoned") and dep in ("obj", "nsubj", "xcomp"):
        found.raise_to(Stage.ABANDONED, governor.i)
        return True
    if to_do and lemma in words("stages", "attempted"):
        found.raise_to(Stage.ATTEMPTED, governor.i)
    elif to_do and lemma in words("stages", "threatened"):
        _threat(annotation, governor, found)
    elif governor.pos == "ADJ" and token.tag == "VB" and clausal:
        if lemma in _READY:
            found.raise_to(Stage.PLANNED, governor.i)
        elif lemma not in ("responsible", "able", "unable", "likely"):
            found.hypothetical = True
        return False
    elif (
        dep == "ccomp"
        and found.hypothetical
        and lemma in ("announce", "say", "declare", "tell", "state", "claim")
        and _announced(annotation, token, governor)
    ):
        found.raise_to(Stage.THREATENED, governor.i)
        found.hypothetical = False
        return False
    elif lemma in ("survive", "escape") and dep == "obj":
        found.raise_to(Stage.ATTEMPTED, governor.i)
        return False
    elif lemma in ("continue", "keep", "tend") and governor.tag in ("VBP", "VBZ") and dep == "xcomp":
        found.hypothetical = True
    elif lemma == "tell" and not (dep == "xcomp" and token.tag == "VB"):
        return dep == "xcomp"
    elif (
        dep == "obj"
        and (lemma not in _TOPIC or any(annotation.tokens[c].text.lower() == "the" for c in annotation.children(token.i, "det")))
        and lemma in words("stages", "planned")
    ) or (
        lemma == "set"
        and any(annotation.tokens[c].text.lower() == "off" for c in annotation.children(governor.i, "compound", "advmod"))
    ):
        return False
    elif (to_do or clausal) and lemma in words("stages", "planned"):
        found.raise_to(Stage.PLANNED, governor.i)
        found.hypothetical = False
        found.negated = found.negated and lemma == "plan"
        _local_governor(annotation, governor.i, found)
        return True
    elif clausal and lemma in words("stages", "threatened") and lemma != "warn":
        _threat(annotation, governor, found)
    elif lemma in words("stages", "hypothetical") and dep in ("obj", "ccomp", "xcomp", "nsubj"):
        found.hypothetical = True
    if lemma == "take" and clausal and _lasts(annotation, governor.i):
        return False  # "took less than three hours to acquit him"
    if dep == "advcl" and token.tag == "VB" and lemma not in words("stages", "planned"):
        return _purpose(annotation, governor, found)
    if clausal and lemma in _JUSTICE and found.stage in (Stage.PLANNED, Stage.ATTEMPTED):
        found.arrested_for = governor.i if lemma in ("arrest", "detain") else None
    if dep == "ccomp":
        return False
    _local_governor(annotation, governor.i, found)
    return dep in ("xcomp", "acl", "csubj") or lemma in words("stages", "planned")


def _lasts(annotation: Annotation, verb: int) -> bool:
    """Whether a verb's object is a duration."""
    return any(
        t.kind == "duration" and t.start <= c < t.end for c in annotation.children(verb, "obj", "obl") for t in annotation.times
    )


def _announced(annotation: Annotation, token: Token, governor: Token) -> bool:
    """ "The front announced that it would bomb offices": a doer's own word of what is to come."""
    future = any(annotation.tokens[c].lemma.lower() in ("will", "would") for c in annotation.children(token.i, "aux"))
    doers = verb_slots(annotation, governor.i).subjects
    return (
        future
        and any(is_class(annotation, d, k) for d in doers for k in ("attacker", "group"))
        and not any(is_class(annotation, d, "authority") for d in doers)
    )


def _purpose(annotation: Annotation, governor: Token, found: _Finding) -> bool:
    """A purpose clause ("travelled there to attack the base") is intended, not done, unless the verb is one of execution."""
    if governor.lemma not in ("use", "detonate", "storm", "force", "break", "enter", "fire", "open"):
        found.raise_to(Stage.PLANNED, governor.i)
    return True


def _threat(annotation: Annotation, governor: Token, found: _Finding) -> None:
    subjects = verb_slots(annotation, governor.i).subjects
    official = any(
        is_class(annotation, s, "authority") or noun_class(annotation.tokens[s].lemma.lower(), "role_nouns") for s in subjects
    )
    if official or (
        governor.lemma == "warn" and not any(is_class(annotation, s, k) for s in subjects for k in ("group", "attacker"))
    ):
        found.hypothetical = True
    else:
        found.raise_to(Stage.THREATENED, governor.i)
        found.hypothetical = False


def _as_argument(annotation: Annotation, token: Token, governor: Token, found: _Finding) -> bool:
    """An event noun that is a subject or oblique of a verb: "the attack was foiled", "arrested over a plot"."""
    lemma = governor.lemma.lower()
    if token.dep == "nsubj:pass":
        if lemma in words("stages", "foiled"):
            found.raise_to(Stage.FOILED, governor.i)
        elif lemma in words("stages", "abandoned"):
            found.raise_to(Stage.ABANDONED, governor.i)
        elif lemma in _TOPIC:
            found.raise_to(Stage.PLANNED, governor.i)
        elif (lemma == "call" and any(annotation.tokens[c].text.lower() == "off" for c in annotation.children(governor.i))) or (
            lemma in ("carry", "launch", "stage", "commit") and _denied(annotation, governor.i)
        ):
            found.raise_to(Stage.ABANDONED, governor.i)
    elif (
        token.dep.startswith("obl")
        and lemma in ("talk", "speak", "dream", "think", "boast")
        and not any(annotation.tokens[c].text.lower() in ("the", "this") for c in annotation.children(token.i, "det"))
        and any(annotation.tokens[c].text.lower() in ("of", "about") for c in annotation.children(token.i, "case", "mark"))
    ):
        found.raise_to(Stage.PLANNED, governor.i)
    elif token.dep.startswith("obl") and (lemma in _UNREAL or (lemma == "warn" and lemma in words("stages", "threatened"))):
        found.hypothetical = True
    if lemma in ("arrest", "detain") and found.stage in (Stage.PLANNED, Stage.ATTEMPTED):
        found.arrested_for = governor.i
    if (
        lemma == "lead"
        and governor.dep.startswith("acl")
        and annotation.tokens[governor.head].lemma in words("stages", "sought_nouns")
    ):
        found.hypothetical = True
    return False


def _noun_governor(annotation: Annotation, token: Token, governor: Token, lemma: str, dep: str, found: _Finding) -> bool:
    if dep == "conj":
        return True
    if lemma in words("stages", "sought_nouns") and dep in ("nmod", "acl") and annotation.tokens[token.i].pos == "NOUN":
        found.hypothetical = True
        return False
    if lemma in words("stages", "planned_nouns") and dep in ("acl", "nmod", "compound", "appos"):
        found.raise_to(Stage.PLANNED, governor.i)
        found.hypothetical = False
        found.negated = False
        _local_governor(annotation, governor.i, found)
        return True
    if lemma in words("stages", "attempted_nouns") and dep in ("acl", "nmod", "compound"):
        found.raise_to(Stage.ATTEMPTED, governor.i)
        return True
    if lemma in words("stages", "threatened_nouns") and dep in ("acl", "nmod", "compound"):
        if lemma == "warning":
            found.hypothetical = True
        else:
            found.raise_to(Stage.THREATENED, governor.i)
        return True
    if lemma in words("stages", "hypothetical_nouns") and (
        dep in ("nmod", "compound") or (dep == "acl" and lemma not in ("charge", "count"))
    ):
        found.hypothetical = True
        return False
    return dep == "acl" and token.dep != "acl:relcl" and annotation.tokens[governor.i].dep in ("obj", "nmod")


def _local_governor(annotation: Annotation, i: int, found: _Finding) -> None:
    for child in annotation.children(i):
        other = annotation.tokens[child]
        text, dep = other.text.lower(), other.dep.split(":")[0]
        if dep in ("amod", "advmod", "compound"):
            _adjective(other.lemma.lower(), text, child, found)
        elif dep == "mark" and text in words("stages", "conditional_marks"):
            found.hypothetical = True
        elif dep == "aux" and other.lemma in ("may", "might"):
            found.factuality = Factuality.POSSIBLE


def _shared_auxiliaries(annotation: Annotation, governor: Token, found: _Finding) -> None:
    if any(
        annotation.tokens[c].text.lower() in words("stages", "conditional_marks") for c in annotation.children(governor.i, "mark")
    ):
        found.hypothetical = True
    if any(annotation.tokens[c].text.lower() in _NOBODY for c in annotation.children(governor.i, "nsubj")):
        found.negated = True
    for child in annotation.children(governor.i, "aux"):
        if annotation.tokens[child].lemma in words("stages", "modals") and annotation.children(governor.i, "nsubj"):
            found.factuality = Factuality.POSSIBLE
            found.hypothetical = True


def _denied(annotation: Annotation, i: int) -> bool:
    """Whether a verb is negated, or is what someone failed to do ("for failing to prevent the attack")."""
    token = annotation.tokens[i]
    above = annotation.tokens[token.head]
    if (
        token.dep in ("xcomp", "advcl", "ccomp")
        and above.lemma in ("fail", "unable", "neglect", "try", "attempt", "failure")
        and above.i != i
    ):
        return True
    return any(annotation.tokens[c].text.lower() in words("stages", "negations") for c in annotation.children(i, "advmod", "det"))
