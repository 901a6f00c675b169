"""Claims from groups of event mentions: one for each event and chain of sources, every value with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from veridical.codebook import Codebook
from veridical.extract.arguments import arguments_of
from veridical.extract.attribution import Frame
from veridical.extract.corefer import Group
from veridical.extract.event import EventMention
from veridical.extract.people import People
from veridical.extract.placing import when_of, where_of
from veridical.extract.roles import ones_own
from veridical.extract.sources import name_of
from veridical.extract.tolls import Toll
from veridical.extract.triggers import kind_of, mention_at
from veridical.lexicon import words
from veridical.model import Annotation, Argument, Attribution, Claim, Evidence, Relation, content_hash
from veridical.values import Certainty, Count, Factuality, SourceKind, Stage, Status, When, Where

_STAGE_RANK = (Stage.FOILED, Stage.ABANDONED, Stage.ATTEMPTED, Stage.CARRIED_OUT, Stage.THREATENED, Stage.PLANNED)

_TELLERS = frozenset({SourceKind.SUSPECT, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT})
"""Kinds of sources that tell of others' acts: what a paper claims is not the paper's deed."""


@dataclass(slots=True)
class Material:
    """The mentions of one event told through one chain of sources."""

    attribution: Attribution
    frames: tuple[Frame, ...]
    members: list[EventMention] = field(default_factory=list)
    extra: list[EventMention] = field(default_factory=list)
    """Mentions that name further parties of the event without being of it (who prepared "the attack")."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the builder needs of the report besides the mentions."""

    annotation: Annotation
    codebook: Codebook
    extractor: str
    before: Sequence[tuple[int, When]]
    people: People


def build_claim(context: Context, group: Group, event_id: str, material: Material, relations: Sequence[Relation]) -> Claim:
    """One claim; every filled field has evidence whose quote stands at its offsets."""
    evidence: list[Evidence] = []
    kind, type_at = _type(context, material.members)
    _note(context, evidence, "type", *type_at)
    family = context.codebook.family(kind)
    stage = _stage(context, group, material, family, evidence)
    when = _when(context, material, evidence)
    where = _where(context, material, evidence)
    arguments = _arguments(context, material, family, kind, evidence)
    counts = _counts(context, material, evidence)
    reason = _reason(context, group, stage, evidence)
    certainty = _certainty(context, material, stage, evidence)
    factuality = _factuality(material, certainty)
    modes = tuple(sorted({m for member in material.members for m in member.modes}))
    report = context.annotation.report
    chain = "|".join(s.name or "" for s in material.attribution)
    marks = ";".join(f"{e.field}:{e.start}-{e.end}" for e in evidence)
    return Claim(
        content_hash(report.id, context.extractor, event_id, chain, kind, str(stage), marks),
        report.id,
        context.extractor,
        event_id,
        kind,
        stage,
        factuality,
        certainty,
        material.attribution,
        tuple(evidence),
        arguments,
        modes,
        when,
        where,
        counts,
        reason,
        tuple(relations),
        _confidence(material, when, where),
    )


def _note(context: Context, evidence: list[Evidence], name: str, start: int, end: int) -> None:
    """Adds the words of a token range as evidence, once a field and place."""
    span = context.annotation.span(start, end)
    entry = Evidence(name, span.start, span.end, span.quote)
    if entry not in evidence:
        evidence.append(entry)


def _type(context: Context, members: Sequence[EventMention]) -> tuple[str, tuple[int, int]]:
    """The most specific type among the mentions; a word for the act beats one for its effect, the first wins."""
    best = min(members, key=lambda m: (context.codebook.types[m.type].generic, m.effect, m.head))
    return best.type, best.type_evidence or (best.start, best.end)


def _stage(context: Context, group: Group, material: Material, family: str, evidence: list[Evidence]) -> Stage | None:
    """The stage of the event by its outcome, if one is told anywhere in the report; only violence has stages."""
    if family != "violence":
        return None
    if all(m.type == "threat" for m in material.members):
        _note(context, evidence, "stage", material.members[0].start, material.members[0].end)
        return Stage.THREATENED
    mine = {m.modality.stage for m in material.members}
    told = {m.modality.stage for m in group.members if m.modality.stage != Stage.CARRIED_OUT or not m.nominal}
    if any(m.modality.stage == Stage.CARRIED_OUT and m.tolls and m.type != "assassination" for m in group.members):
        told -= {Stage.ATTEMPTED}  # an assault cut short after harm was done was carried out (DESIGN.md)
    stage = next((s for s in _STAGE_RANK if s in (told or mine)), Stage.CARRIED_OUT)
    if stage == Stage.CARRIED_OUT and mine == {Stage.PLANNED}:
        stage = Stage.CARRIED_OUT if told - {Stage.PLANNED} else Stage.PLANNED
    source = next((m for m in [*material.members, *group.members] if m.modality.stage == stage), material.members[0])
    at = source.modality.governor
    _note(context, evidence, "stage", *((at, at + 1) if at is not None else (source.start, source.end)))
    return stage


def _when(context: Context, material: Material, evidence: list[Evidence]) -> When:
    best = When()
    mention = None
    for member in material.members:
        when, time = when_of(context.annotation, member, [(i, w) for i, w in context.before if i < member.head])
        if time is not None and (mention is None or _better(when, best)):
            best, mention = when, time
    if mention is None:
        return When()
    _note(context, evidence, "when", mention.start, mention.end)
    written = context.annotation.text(mention.start, mention.end)
    return When(best.earliest, best.latest, best.precision, best.extent, written)


def _better(a: When, b: When) -> bool:
    order = ("day", "week", "month", "season", "range", "year", "unknown")
    return (a.known and not b.known) or (a.known == b.known and order.index(a.precision) < order.index(b.precision))


def _where(context: Context, material: Material, evidence: list[Evidence]) -> Where:
    order = ("site", "city", "region", "country", "unknown")
    best, at = Where(), None
    for member in material.members:
        where, span = where_of(context.annotation, member)
        if span is not None and (at is None or order.index(where.precision) < order.index(best.precision)):
            best, at = where, span
    if at is not None:
        _note(context, evidence, "where", *at)
    return best


def _arguments(context: Context, material: Material, family: str, kind: str, evidence: list[Evidence]) -> tuple[Argument, ...]:
    out: list[Argument] = []
    for member in [*material.members, *material.extra]:
        for argument, start, end in arguments_of(context.annotation, member, family, context.people, member in material.extra):
            same = [a for a in out if a.role == argument.role and (a.name.casefold() == argument.name.casefold())]
            if not same:
                out.append(argument)
            _note(context, evidence, argument.role, start, end)
    claimant = _claimant(context, material, family)
    if claimant is not None and not any(a.role == claimant.role and a.name.casefold() == claimant.name.casefold() for a in out):
        out.append(claimant)
        evidence.append(Evidence(claimant.role, claimant.start, claimant.end, claimant.quote))
    return tuple(_without_copies(out))


def _claimant(context: Context, material: Material, family: str) -> Argument | None:
    """Who says it was they: a group that claims an act is its organization, a person who confesses its perpetrator."""
    if not material.frames or family != "violence":
        return None
    frame = material.frames[-1]
    source = frame.source
    own = (
        any(
            context.annotation.tokens[k].lemma in words("reporting", "responsibility")
            or context.annotation.tokens[k].lemma == "responsible"
            for k in frame.content
        )
        or _said_of_themselves(context.annotation, material, frame)
        or _claims_it(context.annotation, material, frame)
    )
    if (
        source.name is None
        or source.start is None
        or source.end is None
        or frame.stance not in ("claim", "confess", "say", "deny")
        or not own
        or frame.negated
    ):
        return None
    quote = context.annotation.report.text[source.start : source.end]
    group = next((c for c in context.annotation.children(frame.head, "nmod") if kind_of(context.annotation, c) == "group"), None)
    if source.kind not in _TELLERS and group is None and kind_of(context.annotation, frame.head) == "organization":
        return Argument("organizations", source.name, source.start, source.end, quote, "group")
    if source.kind != SourceKind.GROUP and group is not None:  # "a spokesman for the Taliban claimed"
        named = name_of(context.annotation, group)
        span = context.annotation.span(named.start, named.end)
        return Argument("organizations", named.name, span.start, span.end, span.quote, "group")
    if source.kind == SourceKind.GROUP:
        return Argument("organizations", source.name, source.start, source.end, quote, "group")
    if source.kind == SourceKind.SUSPECT:
        return Argument("perpetrators", source.name, source.start, source.end, quote, "person", "attacker", Status.CLAIMED)
    return None


def _claims_it(annotation: Annotation, material: Material, frame: Frame) -> bool:
    """ "the Wolves claimed the attack": the act itself is what they claim."""
    cued = annotation.tokens[frame.cue]
    return cued.lemma == "claim" and any(annotation.tokens[m.head].head == cued.i for m in material.members if m.nominal)


def _said_of_themselves(annotation: Annotation, material: Material, frame: Frame) -> bool:
    """ "the Wolves said they had kidnapped a doctor": the doers are the speakers."""
    if frame.source.kind != SourceKind.GROUP and kind_of(annotation, frame.head) != "organization":
        return False
    doers = [h for m in material.members for h in m.roles.get("perpetrators", [])]
    return bool(doers) and all(
        annotation.tokens[h].text.lower() in ("they", "it", "we")
        or ones_own(annotation, h)
        or (frame.source.kind == SourceKind.GROUP and _fighter(annotation, h))
        for h in doers
    )


def _fighter(annotation: Annotation, head: int) -> bool:
    """ "a fighter", "two soldiers": in a group's own statement they are its people."""
    mention = mention_at(annotation).get(head)
    nominal = mention is None or annotation.mentions[mention].form == "nominal"
    return nominal and annotation.tokens[head].lemma in ("fighter", "soldier", "martyr", "unit", "squad", "cell")


def _without_copies(arguments: list[Argument]) -> list[Argument]:
    """Drops a description that a fuller one of the same role contains ("bomber" beside "teenage suicide bomber")."""
    out = []
    for a in arguments:
        words = set(a.name.casefold().split())
        longer = [
            b
            for b in arguments
            if b is not a and b.role == a.role and words < set(b.name.casefold().split()) and a.kind == b.kind
        ]
        if not longer:
            out.append(a)
    return out


def _counts(context: Context, material: Material, evidence: list[Evidence]) -> tuple[Count, ...]:
    out: dict[tuple[str, str | None], Count] = {}
    for toll in (t for m in material.members for t in m.tolls):
        quantity = toll.quantity
        key = (toll.measure, toll.part)
        _note(context, evidence, f"counts.{toll.measure}", *_toll_range(context.annotation, toll))
        out[key] = Count(key[0], key[1], quantity.low, quantity.best, quantity.high)
    totals = {(c.measure, c.low, c.best, c.high) for c in out.values() if c.of is None}
    return tuple(c for c in out.values() if c.of is None or (c.measure, c.low, c.best, c.high) not in totals)


def _toll_range(annotation: Annotation, toll: Toll) -> tuple[int, int]:
    quantity = toll.quantity
    end = quantity.end
    if quantity.noun is not None and quantity.end <= quantity.noun <= quantity.end + 5:
        end = quantity.noun + 1
    return quantity.start, end


def _reason(context: Context, group: Group, stage: Stage | None, evidence: list[Evidence]) -> str | None:
    if stage not in (Stage.FOILED, Stage.ABANDONED, Stage.ATTEMPTED):
        return None
    for member in group.members:
        if member.reason is not None:
            _note(context, evidence, "reason", *member.reason)
            return context.annotation.text(*member.reason)
    return None


def _certainty(context: Context, material: Material, stage: Stage | None, evidence: list[Evidence]) -> Certainty:
    """How sure this chain is of the event itself: by adverbs and adjectives at its trigger, else by the origin's stance."""
    for member in material.members:
        if member.modality.certainty is not None:
            return member.modality.certainty
    if not material.frames:
        return Certainty.STATED
    inner = material.frames[-1]
    if _said_of_themselves(context.annotation, material, inner) and stage == Stage.CARRIED_OUT:
        return Certainty.CLAIMED
    if inner.stance == "deny":
        return Certainty.DENIED
    if inner.stance == "allege":
        return Certainty.ALLEGED
    by_doer = inner.source.kind == SourceKind.GROUP or (
        inner.source.kind == SourceKind.SUSPECT and inner.stance in ("confess", "claim")
    )
    if by_doer and inner.stance in ("claim", "confess") and stage == Stage.CARRIED_OUT:
        if inner.source.cue_start is not None and inner.source.cue_end is not None:
            evidence.append(
                Evidence(
                    "certainty",
                    inner.source.cue_start,
                    inner.source.cue_end,
                    context.annotation.report.text[inner.source.cue_start : inner.source.cue_end],
                )
            )
        return Certainty.CLAIMED
    if inner.source.kind == SourceKind.SUSPECT and stage is not None:
        return Certainty.ALLEGED
    return Certainty.STATED


def _factuality(material: Material, certainty: Certainty) -> Factuality:
    if certainty == Certainty.DENIED:
        return Factuality.NOT_CERTAIN
    order = (Factuality.CERTAIN, Factuality.PROBABLE, Factuality.POSSIBLE)
    found = [m.modality.factuality for m in material.members if m.modality.factuality in order]
    return min(found, key=order.index) if found else Factuality.CERTAIN


def _confidence(material: Material, when: When, where: Where) -> float:
    """A plain count of what supports the claim: a word for the act, a time, a place, parties, a toll."""
    members = material.members
    score = 0.4 + 0.15 * any(not m.effect for m in members) + 0.1 * when.known + 0.1 * where.known
    score += 0.1 * any(m.roles.get("targets") or m.roles.get("subjects") for m in members) + 0.1 * any(m.tolls for m in members)
    return round(min(score, 0.95), 2)
