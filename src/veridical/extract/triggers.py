"""Words that evoke events: matches of the codebook's triggers that hold under their slot conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from veridical.codebook import Codebook, Trigger
from veridical.extract.slots import Slots, noun_slots, verb_slots
from veridical.lexicon import names_people, noun_class, words
from veridical.model import Annotation, Token

_THINGS = ("facility", "vehicle", "weapon", "document", "contraband")
_ARMED = frozenset({"armed", "masked", "hooded", "unidentified", "unknown", "heavily", "gun-toting", "knife-wielding"})
_GAP = 7
"""How many tokens a verb's particle or set object may stand after it ("shot the two men dead")."""


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found at token ``head``, spanning tokens ``start`` to ``end``, with its syntactic slots."""

    trigger: Trigger
    head: int
    start: int
    end: int
    slots: Slots


def find_triggers(annotation: Annotation, codebook: Codebook, skip: frozenset[int]) -> list[Match]:
    """The triggers of a report in text order, at most one a token; ``skip`` are sentences that are no evidence."""
    patient = words("stages", "patient_nouns")
    metaphors = _metaphors(annotation)
    out: list[Match] = []
    for token in annotation.tokens:
        if token.sent in skip or token.i in metaphors or not token.text[0].isalpha():
            continue
        match = None
        if token.pos == "VERB" or (token.tag.startswith("VB") and token.pos == "ADJ"):
            match = _match_verb(annotation, codebook, token)
        if match is None and (token.pos in ("NOUN", "PROPN") or (token.tag == "VBG" and _nominalised(annotation, token))):
            match = _match_noun(annotation, codebook, token, patient)
        if match is not None:
            out.append(match)
    return _without_inner(out)


def _nominalised(annotation: Annotation, token: Token) -> bool:
    return bool(annotation.children(token.i, "det", "compound", "amod", "nummod", "nmod:poss", "case"))


def _without_inner(matches: list[Match]) -> list[Match]:
    """Drops a match that lies inside the words of a longer one ("bomb" in "bomb attack")."""
    spans = {m.head: (m.start, m.end) for m in matches}
    return [m for m in matches if not any(s <= m.head < e and h != m.head for h, (s, e) in spans.items())]


def _match_verb(annotation: Annotation, codebook: Codebook, token: Token) -> Match | None:
    candidates = next((c for lemma in lemma_variants(token) if (c := codebook.lookup(lemma, "VERB"))), ())
    if not candidates:
        return None
    slots = verb_slots(annotation, token.i)
    reflexive = [
        annotation.tokens[c].text.lower()
        for c in annotation.children(token.i, "obj")
        if annotation.tokens[c].text.lower().endswith(("self", "selves"))
    ]
    if _recorded(annotation, token) or annotation.tokens[token.head].lemma in ("reward",):
        return None
    found: Match | None = None
    for trigger in candidates:
        if reflexive and not any(r in trigger.words for r in reflexive):
            continue  # "shot herself"
        end = _particles(annotation, token, trigger)
        if end is None or ("authority" in trigger.subject_is_not and _ordered(annotation, token, slots)):
            continue
        if (slots.passive or not trigger.passive) and _conditions(annotation, trigger, slots):
            match = Match(trigger, token.i, token.i, end, slots)
            if trigger.needs == "both":
                return match  # the frame that asks most of its slots fits best ("police shot the bomber dead")
            found = found or match
    return found


def _ordered(annotation: Annotation, token: Token, slots: Slots) -> bool:
    """Whether an authority or a court has it done: "a judge ordered the suspect to be held" is no kidnapping."""
    if slots.subjects or token.dep not in ("xcomp", "ccomp"):
        return False
    return any(
        is_class(annotation, h, "authority") or noun_class(annotation.tokens[h].lemma.lower(), "court")
        for h in verb_slots(annotation, token.head).subjects
    )


def _recorded(annotation: Annotation, token: Token) -> bool:
    """ "caught on camera", "caught in the crossfire": nobody is arrested."""
    return token.lemma in ("catch", "capture", "shoot") and any(
        annotation.tokens[c].lemma.lower() in ("camera", "video", "tape", "film", "footage", "crossfire", "cctv", "traffic")
        for c in annotation.children(token.i, "obl")
    )


def lemma_variants(token: Token) -> tuple[str, ...]:
    """The lemma, and what regular inflection would make of the word, for when the lemmatiser errs ("freed" → "free")."""
    text = token.text.lower()
    out = [token.lemma.lower(), text]
    for ending, put in (("ied", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("es", ""), ("s", "")):
        if text.endswith(ending) and len(text) - len(ending) >= 3:
            out.append(text[: -len(ending)] + put)
    return tuple(dict.fromkeys(out))


def _particles(annotation: Annotation, token: Token, trigger: Trigger) -> int | None:
    """The end of the trigger's words, or ``None`` when a particle or set object is missing."""
    end = token.i + 1
    at = token.i + 1
    for word in trigger.words[1:]:
        found = None
        for k in range(at, min(at + _GAP, len(annotation.tokens))):
            other = annotation.tokens[k]
            if other.sent != token.sent or other.text in (";", ":"):
                break
            if word in (other.lemma, other.text.lower()) and (
                other.head == token.i or annotation.tokens[other.head].head == token.i
            ):
                found = k
                break
        if found is None:
            return None
        at, end = found + 1, found + 1 if found - token.i <= 3 else end
    return end


def _match_noun(annotation: Annotation, codebook: Codebook, token: Token, patient: frozenset[str]) -> Match | None:
    candidates = codebook.lookup(token.lemma.lower(), "NOUN") or codebook.lookup(token.text.lower(), "NOUN")
    if not candidates or _modifies(annotation, token):
        return None
    slots = noun_slots(annotation, token.i, token.lemma in patient)
    for trigger in candidates:
        start = _words_before(annotation, token, trigger)
        if trigger.anaphor and not _definite(annotation, token):
            continue
        counted = _counted_off(annotation, token)
        if token.lemma.lower() in ("explosion", "blast") and _accidental(annotation, token):
            continue
        if start is not None and _conditions(annotation, trigger, slots):
            return Match(replace(trigger, anaphor=True) if counted else trigger, token.i, start, token.i + 1, slots)
    return None


def _accidental(annotation: Annotation, token: Token) -> bool:
    """An explosion whose sentence names an accident's cause and no bomb or attacker ("a gas leak caused the explosion")."""
    lemmas = {t.lemma.lower() for t in annotation.tokens[slice(*annotation.sentences[token.sent])]}
    return bool(lemmas & words("pseudo", "accident_causes")) and not lemmas & words("pseudo", "grave_causes")


def _counted_off(annotation: Annotation, token: Token) -> bool:
    """ "It was the second attack this year": the act told of is meant, as one of a row."""
    return bool(annotation.children(token.i, "cop")) and any(
        annotation.tokens[c].lemma.lower() in words("stages", "ordinals") for c in annotation.children(token.i, "amod")
    )


def _definite(annotation: Annotation, token: Token) -> bool:
    return any(
        annotation.tokens[c].text.lower() in ("the", "this", "that", "these", "those") or annotation.tokens[c].dep == "nmod:poss"
        for c in annotation.children(token.i, "det", "nmod")
    )


def _modifies(annotation: Annotation, token: Token) -> bool:
    """A noun that only modifies another one names no event ("bomb squad", "attack helicopter") unless that is an attack noun."""
    if token.dep not in ("compound", "nmod:desc", "flat"):
        return False
    head = annotation.tokens[token.head]
    return head.pos in ("NOUN", "PROPN") and head.i > token.i


def _words_before(annotation: Annotation, token: Token, trigger: Trigger) -> int | None:
    at = token.i
    for word in reversed(trigger.words[:-1]):
        at -= 1
        while at >= 0 and annotation.tokens[at].text in ("-", "–"):
            at -= 1
        if at < 0 or word not in (annotation.tokens[at].lemma.lower(), annotation.tokens[at].text.lower()):
            return None
    return at


def _conditions(annotation: Annotation, trigger: Trigger, slots: Slots) -> bool:
    roles = dict(trigger.oblique)
    objects = [h for h in slots.objects if trigger.pos == "NOUN" or annotation.tokens[h].lemma.lower() not in trigger.words[1:]]
    for heads, wanted, unwanted in (
        (slots.subjects, trigger.subject_is, trigger.subject_is_not),
        (objects, trigger.object_is, trigger.object_is_not),
    ):
        if (
            heads
            and wanted
            and not any(is_class(annotation, h, c) for h in heads for c in wanted)
            and not (trigger.lenient and any(annotation.tokens[h].pos == "PROPN" for h in heads))
        ):
            return False
        if heads and any(is_class(annotation, h, c) for h in heads for c in unwanted):
            return False
    loose = [h for p, h in slots.obliques if p in ("over", "for", "about", "<compound>")] if trigger.pos == "NOUN" else []
    other_senses = {*trigger.object_is_not, *trigger.subject_is_not} & {"abstract", "animal"}
    if any(is_class(annotation, h, c) for h in loose for c in other_senses):
        return False
    filled = [h for p, h in slots.obliques if p in roles]
    match trigger.needs:
        case "subject":
            return bool(slots.subjects)
        case "object":
            return bool(objects)
        case "both":
            return bool(slots.subjects and objects)
        case "oblique":
            return bool(filled)
        case "object_or_oblique":
            return bool(objects or filled)
        case "human":
            return any(is_class(annotation, h, "human") for h in [*slots.objects, *filled])
        case "duration":
            return any(
                p == "for" and any(t.start <= h < t.end and t.kind == "duration" for t in annotation.times)
                for p, h in slots.obliques
            )
        case "arguments":
            return bool(slots.subjects or slots.objects or slots.light is not None)
        case _:
            return True


def is_class(annotation: Annotation, i: int, key: str) -> bool:
    """Whether token ``i`` heads a phrase of a noun class; names count by their mention's kind."""
    token = annotation.tokens[i]
    lemma = token.lemma.lower()
    kind = kind_of(annotation, i)
    if key in ("human", "person"):
        return (
            kind in ("person", "nationality")
            or (names_people(lemma) and token.pos != "PROPN")
            or token.pos == "PRON"
            or (token.pos == "NUM" and all(is_class(annotation, c, "human") for c in annotation.children(i, "nmod")))
            or lemma in ("other", "many", "some", "several", "dozen")
        )
    if key == "thing":
        return any(noun_class(lemma, k) for k in _THINGS)
    if key == "place":
        return kind in ("place", "facility") or noun_class(lemma, "facility")
    if key == "facility":
        return kind in ("place", "facility", "organization") or noun_class(lemma, "facility")
    if key in ("authority", "authority_strong"):
        return kind == "authority" or noun_class(lemma, "authority_strong")
    if key == "group":
        return (
            kind in ("group", "organization")
            or noun_class(lemma, "group")
            or (noun_class(lemma, "document") and any(kind_of(annotation, c) == "group" for c in annotation.children(i, "nmod")))
        )
    if key == "attacker":
        return (
            noun_class(lemma, "attacker_strong")
            or kind == "group"
            or (
                noun_class(lemma, "human")
                and any(annotation.tokens[c].lemma.lower() in _ARMED for c in annotation.children(i, "amod", "compound"))
            )
        )
    if key == "armed":
        return (
            kind in ("group", "authority", "organization") or noun_class(lemma, "armed") or noun_class(lemma, "attacker_strong")
        )
    if key == "mine":
        pair = f"{annotation.tokens[i - 1].lemma.lower()} {lemma}" if i else ""
        return noun_class(lemma, "mine") or noun_class(pair, "mine")
    if key == "explosive" and _laden(annotation, i):
        return True
    if key in ("explosive", "firearm", "missile", "weapon"):
        if any(annotation.tokens[k].lemma.lower() in ("tear", "smoke", "stun") for k in range(max(i - 3, 0), i)):
            return False  # crowd control: "tear-gas shells"

        pair = f"{annotation.tokens[i - 1].lemma.lower()} {lemma}" if i else ""
        strict = key + "_strong" if key in ("explosive", "weapon") else key
        return (
            noun_class(lemma, strict)
            or noun_class(pair, key)
            or any(is_class(annotation, c, key) for c in annotation.children(i, "compound") if c != i)
        )
    return noun_class(lemma, key)


def _laden(annotation: Annotation, i: int) -> bool:
    """ "a rice cooker packed with explosives", "an explosives-laden van"."""
    for child in annotation.children(i, "acl", "amod"):
        token = annotation.tokens[child]
        if token.lemma in ("pack", "fill", "load", "rig", "stuff", "lade", "lace", "cram", "wire", "booby-trap", "laden") and (
            token.lemma == "booby-trap"
            or any(noun_class(annotation.tokens[k].lemma.lower(), "explosive_strong") for k in annotation.subtree(child))
        ):
            return True
    return False


def kind_of(annotation: Annotation, i: int) -> str | None:
    """The kind of the named mention that token ``i`` heads or stands in, if any."""
    found = mention_at(annotation).get(i)
    if found is None:
        return None
    mention = annotation.mentions[found]
    return mention.kind if mention.form == "name" else None


def mention_at(annotation: Annotation) -> dict[int, int]:
    """Token index → index of the mention that covers it (names before descriptions); kept with the annotation."""
    cache: dict[int, int] | None = annotation.__dict__.get("_mention_at")
    if cache is None:
        cache = {}
        for m, mention in enumerate(annotation.mentions):
            if mention.form == "name":
                for k in range(mention.start, mention.end):
                    cache[k] = m
        for m, mention in enumerate(annotation.mentions):
            cache.setdefault(mention.head, m)
        annotation.__dict__["_mention_at"] = cache
    return cache


def _metaphors(annotation: Annotation) -> frozenset[int]:
    """Tokens whose violent word has another sense here ("heart attack", "penalty shoot-out"), by ``data/pseudo.toml``."""
    lemmas = [t.lemma.lower() for t in annotation.tokens]
    lowered = [t.text.lower() for t in annotation.tokens]
    out: set[int] = set()
    for i, forms in enumerate(zip(lemmas, lowered, strict=True)):
        for parts in {p for form in forms for p in _phrases().get(form, ())}:
            if all(i + k < len(lemmas) and p in (lemmas[i + k], lowered[i + k]) for k, p in enumerate(parts)):
                out.update(range(i, i + len(parts)))
    for a, b in annotation.sentences:
        hits = sum(lemmas[k] in words("pseudo", "sports") for k in range(a, b)) * 2 + sum(
            lemmas[k] in words("pseudo", "figurative") for k in range(a, b)
        )
        grave = sum(lemmas[k] in words("pseudo", "grave") for k in range(a, b))
        if hits >= 2 and hits > 2 * grave:
            out.update(range(a, b))
    return frozenset(out)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word → the phrases of ``data/pseudo.toml`` that begin with it."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words("pseudo", "phrases"):
        parts = tuple(phrase.split())
        out.setdefault(parts[0], []).append(parts)
    return {k: tuple(v) for k, v in out.items()}
