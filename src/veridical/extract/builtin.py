"""The built-in extractor: from an annotation to claims, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from veridical.codebook import Codebook
from veridical.extract.attribution import Frame, find_frames
from veridical.extract.chains import Chains, build_chains
from veridical.extract.claims import Context, Material, build_claim
from veridical.extract.corefer import Group, group_events
from veridical.extract.event import EventMention
from veridical.extract.events import find_events
from veridical.extract.outcomes import Outcome, find_outcomes
from veridical.extract.people import know_people
from veridical.extract.placing import place_events, share_places, when_of
from veridical.extract.relating import relate_groups
from veridical.extract.sources import name_of
from veridical.extract.tolls import Toll, effect_words
from veridical.model import Annotation, Attribution, Claim, content_hash
from veridical.values import SourceKind, Stage, When, WhenPrecision

NAME = "builtin 0.1"
Extractor = Callable[[Annotation], tuple[Claim, ...]]
_OPEN = frozenset({Stage.PLANNED, Stage.ATTEMPTED, Stage.THREATENED, Stage.FOILED, Stage.ABANDONED})


def extractor(codebook: Codebook) -> Extractor:
    """An extractor over a codebook: a callable from an annotation to its claims in text order."""

    def run(annotation: Annotation) -> tuple[Claim, ...]:
        return extract_claims(annotation, codebook)

    return run


def extract_claims(annotation: Annotation, codebook: Codebook) -> tuple[Claim, ...]:
    """The claims of one report, grouped into events by ``Claim.event``, in order of each event's first mention."""
    skip = boilerplate_sentences(annotation)
    titles = title_sentences(annotation)
    frames = [f for f in find_frames(annotation) if annotation.tokens[f.cue].sent not in skip]
    chains = build_chains(annotation, frames)
    events = [e for e in find_events(annotation, codebook, skip) if not _unreal(e)]
    events = [e for e in events if not _denied_by_others(e, chains)]
    events = _without_charges(annotation, events)
    place_events(annotation, events, frozenset(f.cue for f in frames))
    events = [e for e in events if e.sent in titles or not _habitual(annotation, e)]
    carried = _apply_outcomes(
        annotation, events, [o for o in find_outcomes(annotation) if annotation.tokens[o.head].sent not in skip], chains
    )
    _foil_reasons(annotation, events)
    groups = [g for g in group_events(annotation, codebook, events, titles) if _worth(annotation, g)]
    share_places(annotation, [g.members for g in groups])
    return _claims(annotation, codebook, groups, chains, carried)


def boilerplate_sentences(annotation: Annotation) -> frozenset[int]:
    """Sentences that lie mostly in the report's boilerplate ranges."""
    out = set()
    for s, (first, last) in enumerate(annotation.sentences):
        a, b = annotation.tokens[first].start, annotation.tokens[last - 1].end
        covered = sum(max(0, min(b, y) - max(a, x)) for x, y in annotation.report.boilerplate)
        if covered * 2 > b - a:
            out.add(s)
    return frozenset(out)


def title_sentences(annotation: Annotation) -> frozenset[int]:
    """The headline's sentences: the report's title, or a first line without a full stop before a blank line."""
    text = annotation.report.text
    title = annotation.report.title
    end = len(title) if title and text.startswith(title) else 0
    if not end:
        first, _, rest = text.partition("\n")
        if rest.startswith("\n") and first.strip() and first.strip()[-1] not in '.!?"”' and len(first) < 200:
            end = len(first)
    return frozenset(s for s, (a, b) in enumerate(annotation.sentences) if annotation.tokens[b - 1].end <= end)


def _unreal(event: EventMention) -> bool:
    """Negated and hypothetical events are none, unless a plan, an attempt or a threat is told."""
    m = event.modality
    if event.family != "violence" and m.stage in (Stage.PLANNED, Stage.THREATENED):
        return True  # a trial that is due, an arrest that is hoped for
    if m.stage in (Stage.PLANNED, Stage.THREATENED, Stage.FOILED, Stage.ABANDONED, Stage.ATTEMPTED) and m.governor is not None:
        return (
            m.hypothetical and m.stage == Stage.PLANNED and event.nominal and not event.slots.objects and not event.slots.subjects
        )
    return m.negated or m.hypothetical


def _habitual(annotation: Annotation, event: EventMention) -> bool:
    """ "The group regularly ambushes patrols": a present tense without a date tells a habit, not an event."""
    token = annotation.tokens[event.slots.light if event.slots.light is not None else event.head]
    if token.tag not in ("VBP", "VBZ") or event.times or event.tolls or event.modality.stage != Stage.CARRIED_OUT:
        return False
    return not any(annotation.tokens[c].dep.startswith("aux") for c in annotation.children(token.i))


def _without_charges(annotation: Annotation, events: list[EventMention]) -> list[EventMention]:
    """Drops what someone is charged with or convicted of, unless it tells an act of its own (whom, where, when)."""
    charged = {k for e in events if e.family == "justice" for h in e.roles.get("charges", []) for k in annotation.subtree(h)}
    own = ("targets", "site")
    return [
        e
        for e in events
        if e.head not in charged
        or e.family != "violence"
        or any(e.roles.get(r) for r in own)
        or e.tolls
        or any(p.start in annotation.subtree(e.head) for p in annotation.places)
    ]


def _denied_by_others(event: EventMention, chains: Chains) -> bool:
    """Whether someone who is not accused of it says that it did not happen ("police denied that a bomb had been found")."""
    frames = chains.at(event.head)
    return (
        bool(frames)
        and frames[-1].stance == "deny"
        and frames[-1].source.kind in (SourceKind.OFFICIAL, SourceKind.WITNESS, SourceKind.COURT)
        and not event.nominal
    )


def _apply_outcomes(
    annotation: Annotation, events: Sequence[EventMention], outcomes: Sequence[Outcome], chains: Chains
) -> dict[int, tuple[Frame, ...]]:
    """Sets stage and reason of the plans that outcomes speak of; gives sentences the chain that an outcome goes on with."""
    carried: dict[int, tuple[Frame, ...]] = {}
    for outcome in outcomes:
        sent = annotation.tokens[outcome.head].sent
        if outcome.stage == Stage.ATTEMPTED:
            _misfired(annotation, events, outcome)
            continue
        plans = [
            e
            for e in events
            if e.family == "violence" and e.modality.stage in _OPEN and e.head < outcome.head and sent - e.sent <= 4
        ]
        if not plans:
            continue
        plan = max(plans, key=lambda e: e.head)
        same = [e for e in plans if e.sent == plan.sent and e.head != plan.head and e.type == plan.type]
        for event in [plan, *same]:
            event.modality = replace(event.modality, stage=outcome.stage, governor=outcome.head)
            event.reason = outcome.reason
        if outcome.reason is not None:
            _learn_from_reason(events, plan, outcome.reason)
        here = chains.at(outcome.head)
        before = chains.at(plan.head)
        if before and not here and sent != plan.sent:
            carried[sent] = before
        elif here and not before and sent - plan.sent == 1:
            carried[plan.sent] = here
    return carried


def _misfired(annotation: Annotation, events: Sequence[EventMention], outcome: Outcome) -> None:
    """A device that did not go off was an attempt: the bombing of the same sentence, or the last one told before."""
    sent = annotation.tokens[outcome.head].sent
    missed = annotation.tokens[outcome.head].lemma == "miss"
    near = [
        e
        for e in events
        if (e.type == "bombing" or (missed and e.family == "violence" and e.sent == sent)) and 0 <= sent - e.sent <= 2
    ]
    for event in [e for e in near if e.sent == sent] or near[-1:]:
        event.modality = replace(event.modality, stage=Stage.ATTEMPTED, governor=outcome.head, hypothetical=False, negated=False)


def _learn_from_reason(events: Sequence[EventMention], plan: EventMention, reason: tuple[int, int]) -> None:
    """What a reason tells of a plot: those caught were to carry it out with what they had; "the attack" there is the plot."""
    for event in events:
        if event is plan or not reason[0] <= event.head < reason[1]:
            continue
        if event.type == "arrest":
            if not plan.roles.get("perpetrators"):
                plan.add("perpetrators", event.roles.get("subjects", []))
            else:
                plan.add("plotters", event.roles.get("subjects", []))
            plan.add("weapons", event.roles.get("weapons", []))
        elif event.family == "violence" and event.modality.stage in _OPEN:
            event.places, event.same_as = [], plan


def _foil_reasons(annotation: Annotation, events: Sequence[EventMention]) -> None:
    """The clause that tells how an act was foiled, where it stands with the verb ("foiled … by arresting two men")."""
    for event in events:
        at = event.modality.governor
        if event.modality.arrested_for is not None and event.modality.stage == Stage.PLANNED:
            verb = event.modality.arrested_for
            event.modality = replace(event.modality, stage=Stage.FOILED, governor=verb)
            if event.reason is None:
                subject = annotation.children(verb, "nsubj:pass", "nsubj")
                start = min(min(annotation.subtree(s)) for s in subject) if subject else verb
                event.reason = (start, verb + 1) if start <= verb else (verb, verb + 1)
        elif event.modality.stage == Stage.FOILED and event.reason is None and at is not None:
            for child in (*annotation.children(at, "advcl", "obl"), *annotation.children(event.head, "advcl")):
                marks = {annotation.tokens[c].text.lower() for c in annotation.children(child, "mark", "case", "advmod")}
                if child > at and (
                    marks & {"by", "after", "when", "as", "following", "because", "with"} or annotation.tokens[child].tag == "VBG"
                ):
                    subtree = annotation.subtree(child)
                    event.reason = (min(subtree), max(subtree) + 1)
                    _learn_from_reason(events, event, event.reason)
                    break


def _worth(annotation: Annotation, group: Group) -> bool:
    """Whether an event is specific enough to record: a party, a place, a time or a toll of its own."""
    members = group.members
    place = any(w.known for w in group.wheres)
    time = any(w.known for w in group.whens)
    toll = any(m.tolls for m in members)
    targets = any(m.hurt and not m.nominal for m in members) or any(
        _specific(annotation, h)
        for m in members
        for r in ("targets", "subjects", "charges", "weapons")
        for h in m.roles.get(r, [])
    )
    doers = any(m.roles.get(r) for m in members for r in ("perpetrators", "organizations", "authorities"))
    if all(m.nominal for m in members):
        plural = all(annotation.tokens[m.head].tag in ("NNS", "NNPS") for m in members)
        hurting = any(len(m.anchors) > 1 for m in members)  # "people killed in the bombings"
        score = place + time + 1.5 * toll + targets + 0.5 * doers + 0.5 * hurting
        return score >= (1.5 if plural else 1.0)
    if all(m.effect for m in members):
        armed = any(m.roles.get("weapons") for m in members)
        return (toll or targets) and (place or time or doers or armed)
    return place or time or toll or targets or (doers and any(m.family != "violence" or m.type == "threat" for m in members))


def _specific(annotation: Annotation, head: int) -> bool:
    token = annotation.tokens[head]
    if token.pos == "PRON":
        named = name_of(annotation, head)
        return named.entity is not None and named.proper
    return token.lemma.lower() not in effect_words("people", "generic")


def _claims(
    annotation: Annotation, codebook: Codebook, groups: Sequence[Group], chains: Chains, carried: dict[int, tuple[Frame, ...]]
) -> tuple[Claim, ...]:
    people = know_people(annotation)
    ids = [
        content_hash(
            annotation.report.id, "event", str(min(annotation.tokens[m.start].start for m in g.members)), g.members[0].type
        )
        for g in groups
    ]
    relations = relate_groups(annotation, groups, ids)
    dated = sorted(
        (m.head, when)
        for g in groups
        for m in g.members
        if (when := when_of(annotation, m)[0]).precision == WhenPrecision.DAY and m.family == "violence"
    )
    out = []
    for group, event_id, related in zip(groups, ids, relations, strict=True):
        before = _anchor_dates(annotation, group, groups, dated)
        context = Context(annotation, codebook, NAME, before, people)
        for material in _materials(annotation, group, chains, carried):
            out.append(build_claim(context, group, event_id, material, related))
    return tuple(out)


def _anchor_dates(
    annotation: Annotation, group: Group, groups: Sequence[Group], dated: Sequence[tuple[int, When]]
) -> list[tuple[int, When]]:
    """Dates of violent events told before, for "15 days later"; the group's own mentions are no anchor for itself."""
    own = {m.head for m in group.members}
    return [(i, w) for i, w in dated if i not in own]


def _materials(annotation: Annotation, group: Group, chains: Chains, carried: dict[int, tuple[Frame, ...]]) -> list[Material]:
    """The group's mentions by chain of sources, in text order; a headline adds no chain of its own to those of the body."""
    out: dict[tuple[str, ...], Material] = {}
    for member in sorted(group.members, key=lambda m: m.head):
        frames = _frames_of(member, chains, carried)
        attribution = chains.attribution(frames)
        key = _chain_key(attribution)
        apart = _tolls_apart(member, key, chains)
        kept = [t for t in member.tolls if not any(t is other for _, other in apart)]
        own = replace(member, tolls=kept) if apart else member
        out.setdefault(key, Material(attribution, frames)).members.append(own)
        for told, toll in apart:
            attribution = chains.attribution(told)
            theirs = out.setdefault(_chain_key(attribution), Material(attribution, told))
            theirs.members.append(replace(member, tolls=[toll], roles={}, times=[], places=[]))
    return list(out.values())


def _chain_key(attribution: Attribution) -> tuple[str, ...]:
    return tuple((s.name or "").casefold() for s in attribution)


def _tolls_apart(member: EventMention, key: tuple[str, ...], chains: Chains) -> list[tuple[tuple[Frame, ...], Toll]]:
    """Tolls of a mention that others give than the one who tells of the event, each with its frames."""
    told = ((chains.at(toll.quantity.start), toll) for toll in member.tolls)
    return [(frames, toll) for frames, toll in told if frames and _chain_key(chains.attribution(frames)) != key]


def _frames_of(member: EventMention, chains: Chains, carried: dict[int, tuple[Frame, ...]]) -> tuple[Frame, ...]:
    for anchor in (member.head, *sorted(member.anchors)):
        frames = chains.at(anchor)
        if frames:
            return frames
    return carried.get(member.sent, ())
