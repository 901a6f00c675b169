"""Which mentions within one report are of the same event: an explained score over type, time, place, parties and tolls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from veridical.codebook import Codebook
from veridical.extract.event import EventMention, expand
from veridical.extract.placing import when_of, where_of
from veridical.extract.sources import name_of
from veridical.lexicon import words
from veridical.model import Annotation
from veridical.values import Stage, When, WhenPrecision, Where, WherePrecision

_OPEN = frozenset({Stage.PLANNED, Stage.FOILED, Stage.ABANDONED, Stage.THREATENED})
_DISTINCT = frozenset(
    {
        "another",
        "second",
        "third",
        "separate",
        "other",
        "earlier",
        "previous",
        "later",
        "similar",
        "further",
        "new",
        "different",
        "subsequent",
    }
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "their", "both"})
_JOIN = 1.65


@dataclass(slots=True)
class Group:
    """Mentions of one event, with what is known of it so far."""

    members: list[EventMention] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    wheres: list[Where] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Facts:
    when: When
    where: Where
    names: dict[str, frozenset[str]]
    definite: bool
    distinct: bool
    bare: bool


def group_events(
    annotation: Annotation, codebook: Codebook, events: Sequence[EventMention], titles: frozenset[int]
) -> list[Group]:
    """Groups of coreferent mentions in text order; headline mentions join a body event or are left out when there is one."""
    body = sorted((e for e in events if e.sent not in titles), key=lambda e: (e.same_as is not None, e.head))
    groups: list[Group] = []
    dated: list[tuple[int, When]] = []
    for event in body:
        facts = _facts(annotation, event, dated)
        if facts.when.precision == WhenPrecision.DAY and event.family in ("violence", "response"):
            dated.append((event.head, facts.when))
        best = next((g for g in groups if event.same_as is not None and any(m is event.same_as for m in g.members)), None)
        best = best or _best(annotation, codebook, groups, event, facts)
        if best is None and event.anaphor:
            continue
        if best is None:
            best = Group()
            groups.append(best)
        best.members.append(event)
        best.whens.append(facts.when)
        best.wheres.append(facts.where)
    groups = _gather(annotation, codebook, _absorb(annotation, codebook, groups))
    groups.sort(key=lambda g: min(m.head for m in g.members))
    for event in (e for e in events if e.sent in titles):
        _headline(annotation, codebook, groups, event)
    return groups


def _facts(annotation: Annotation, event: EventMention, dated: Sequence[tuple[int, When]]) -> _Facts:
    when, where = when_of(annotation, event, dated)[0], where_of(annotation, event)[0]
    names = {
        role: frozenset(_key(annotation, h) for h in event.roles.get(role, []))
        for role in ("targets", "perpetrators", "subjects", "authorities", "organizations")
    }
    kids = {annotation.tokens[c].text.lower() for c in annotation.children(event.head)}
    bare = not any(names[r] for r in ("targets", "subjects")) and not where.known and not when.known
    return _Facts(when, where, names, bool(kids & _DEFINITE), bool(kids & _DISTINCT), bare)


def _key(annotation: Annotation, head: int) -> str:
    named = name_of(annotation, head)
    return f"#{named.entity}" if named.entity is not None else annotation.tokens[head].lemma.lower()


def _best(annotation: Annotation, codebook: Codebook, groups: list[Group], event: EventMention, facts: _Facts) -> Group | None:
    found, top = None, _JOIN - 0.001
    for age, group in enumerate(reversed(groups)):
        score = _score(annotation, codebook, group, event, facts) - 0.001 * age
        if score > top:
            found, top = group, score
    return found


def _score(annotation: Annotation, codebook: Codebook, group: Group, event: EventMention, facts: _Facts) -> float:
    """How surely a mention is of a group's event; minus infinity for a contradiction."""
    no = float("-inf")
    if facts.distinct and event.nominal:
        return no
    kinds = {m.type for m in group.members}
    if not _types_fit(codebook, kinds, event):
        return no
    if _stages_clash(group, event, facts):
        return no
    if _another_deed(annotation, group, event, facts):
        return no
    place = _places(group.wheres, facts.where)
    time = _times(group.whens, facts.when)
    if place is None:
        return no
    parties = _parties(annotation, group, facts, event)
    if parties is None:
        return no
    if time is None:
        return _JOIN + 0.6 if _same_event_other_date(group, event, facts, place) else no
    score = place + time + parties + _tolls(group, event)
    named_before = any(m.nominal and m.sent != event.sent and _definite(annotation, m) for m in group.members)
    if place >= 1.0 and event.type in kinds and (named_before or (event.nominal and facts.definite)):
        score += 0.8
    if event.nominal and any(annotation.tokens[c].text.lower() in ("a", "an") for c in annotation.children(event.head, "det")):
        score -= 1.0  # "an attack" brings up a new one
    recent = event.sent - max(m.sent for m in group.members)
    patients = [h for r in ("targets", "subjects") for h in event.roles.get(r, [])]
    if patients and recent <= 2 and event.type in kinds and all(annotation.tokens[h].pos == "PRON" for h in patients):
        score += 1.7
    if event.anaphor:
        score += 2.0 if recent <= 6 else 0.0
    elif event.nominal and facts.definite and facts.bare:
        score += 2.0 if recent <= 6 or len({m.type for m in group.members} & {event.type}) else 0.5
    elif event.nominal and facts.definite and recent <= 3:
        score += 1.8 if event.type in kinds and recent <= 2 else 1.0
    elif event.effect and recent <= 1 and not facts.where.known and not facts.when.known:
        score += 1.8
    elif (not event.nominal and facts.bare and recent == 0) or (
        event.family == "violence"
        and not event.nominal
        and not facts.when.known
        and not facts.where.known
        and recent <= 1
        and event.type in kinds
    ):
        score += 1.0
    return score


def _definite(annotation: Annotation, event: EventMention) -> bool:
    return any(annotation.tokens[c].text.lower() in _DEFINITE for c in annotation.children(event.head, "det"))


def _types_fit(codebook: Codebook, kinds: set[str], event: EventMention) -> bool:
    if event.type in kinds:
        return True
    if event.type == "threat" or "threat" in kinds:
        return False
    families = {codebook.family(k) for k in kinds}
    if families != {event.family} or event.family != "violence":
        return False
    generic = codebook.types[event.type].generic or event.effect or any(codebook.types[k].generic for k in kinds)
    near = {
        frozenset(p)
        for p in (
            ("armed_assault", "assassination"),
            ("kidnapping", "hostage_taking"),
            ("hijacking", "hostage_taking"),
            ("armed_assault", "armed_clash"),
        )
    }
    return generic or any(frozenset((k, event.type)) in near for k in kinds)


def _another_deed(annotation: Annotation, group: Group, event: EventMention, facts: _Facts) -> bool:
    """Coordinated verbs of one sentence with other objects tell other acts ("killed four soldiers and burned a truck")."""
    if event.nominal or not facts.names["targets"]:
        return False
    for member in group.members:
        theirs = frozenset(_key(annotation, h) for h in member.roles.get("targets", []))
        if (
            member.sent == event.sent
            and not member.nominal
            and theirs
            and not theirs & facts.names["targets"]
            and member.type != event.type
        ):
            return True
    return False


def _stages_clash(group: Group, event: EventMention, facts: _Facts) -> bool:
    mine = event.modality.stage in _OPEN
    theirs = {m.modality.stage in _OPEN for m in group.members}
    if mine in theirs:
        return False
    # "the attack" may speak of a plan ("preparing to carry out the attack"), but a new act is not an old plan
    return not (event.nominal and facts.definite and facts.bare)


def _places(known: Sequence[Where], new: Where) -> float | None:
    """2 for the same site, 1 for the same city, 0 when either is silent, between for a broader one; ``None`` when they clash."""
    best = 0.0
    for old in known:
        if not (old.known and new.known):
            continue
        if old.country and new.country and old.country != new.country:
            return None
        a, b = _city(old), _city(new)
        if a and b:
            if a != b and (old.name or "").casefold() != (new.name or "").casefold():
                return None
            same_site = bool(old.name and new.name and old.name.casefold() == new.name.casefold())
            best = max(best, 2.0 if same_site and old.precision == WherePrecision.SITE else 1.0)
        elif old.name and new.name and old.name.casefold() == new.name.casefold():
            best = max(best, 2.0 if old.precision != WherePrecision.COUNTRY else 0.3)
        elif old.admin1 and new.admin1 and old.admin1 != new.admin1:
            return None
        else:
            best = max(best, 0.5)
    return best


def _city(where: Where) -> str:
    return (where.city or "").casefold()


def _times(known: Sequence[When], new: When) -> float | None:
    """2 for the same day, 1 for an overlap with one vaguer, 0 when either is silent; ``None`` when all are disjoint."""
    if not new.known or not any(w.known for w in known):
        return 0.0
    best = None
    for old in known:
        if old.known and old.overlaps(new):
            exact = old.precision == new.precision == WhenPrecision.DAY
            best = max(best or 0.0, 2.0 if exact else 0.7)
    return best


def _same_event_other_date(group: Group, event: EventMention, facts: _Facts, place: float) -> bool:
    """Same type in the same town with years that differ by one, one of them only a year: one event with two dates told."""
    if place < 1.0 or event.type not in {m.type for m in group.members} or event.modality.stage != Stage.CARRIED_OUT:
        return False
    for old in group.whens:
        loose = old.known and WhenPrecision.YEAR in (old.precision, facts.when.precision)
        if not loose or not old.earliest or not facts.when.earliest:
            continue
        if abs(int(old.earliest[:4]) - int(facts.when.earliest[:4])) <= 1:
            return True
    return False


def _parties(annotation: Annotation, group: Group, facts: _Facts, event: EventMention) -> float | None:
    """Agreement of targets, subjects and perpetrators; ``None`` when named sole targets or subjects differ."""
    score = 0.0
    for role in ("targets", "subjects"):
        theirs = frozenset(_key(annotation, h) for m in group.members for h in m.roles.get(role, []))
        mine = facts.names[role]
        if mine and theirs:
            if _proper(mine & theirs):
                score += 2.0
            elif mine & theirs:
                score += 0.8
            elif (
                (_proper(mine) and _proper(theirs) and (role == "subjects" or event.type in ("assassination", "kidnapping")))
                or event.family != "violence"
                or event.modality.stage in _OPEN
            ):
                return None
            else:
                score -= 0.0 if event.effect else 0.1
    arms = {h for m in group.members for h in m.roles.get("weapons", [])}
    mine_arms = set(event.roles.get("weapons", []))
    if arms & mine_arms or (
        arms and any(annotation.tokens[c].text.lower() == "the" for h in mine_arms for c in annotation.children(h, "det"))
    ):
        score += 2.0
    if _same_number(annotation, group, event):
        score += 2.0
    theirs = frozenset(_key(annotation, h) for m in group.members for h in m.roles.get("perpetrators", []))
    if facts.names["perpetrators"] & theirs:
        score += 1.0
    elif facts.names["perpetrators"] and theirs and _proper(facts.names["perpetrators"]) and _proper(theirs):
        score -= 0.5
    return score


def _same_number(annotation: Annotation, group: Group, event: EventMention) -> bool:
    """Whether one tells of "three engineers" and the other names three people: the same ones, counted and named."""
    mine = expand(annotation, event.roles.get("targets", []) or event.roles.get("subjects", []))
    theirs = expand(annotation, [h for m in group.members for h in m.roles.get("targets", []) or m.roles.get("subjects", [])])
    numbers = {q.noun: q.best for q in annotation.quantities if q.noun is not None and q.best}
    for few, many in ((mine, theirs), (theirs, mine)):
        named = all(_key(annotation, h).startswith("#") and annotation.tokens[h].pos == "PROPN" for h in many)
        if len(few) == 1 and len(many) > 1 and named and numbers.get(few[0]) == len(many):
            return True
    return False


def _proper(keys: frozenset[str]) -> bool:
    return any(k.startswith("#") for k in keys)


def _tolls(group: Group, event: EventMention) -> float:
    theirs = {(t.measure, t.quantity.best or t.quantity.low) for m in group.members for t in m.tolls}
    mine = {(t.measure, t.quantity.best or t.quantity.low) for t in event.tolls}
    return 2.0 * len(theirs & mine)


def _gather(annotation: Annotation, codebook: Codebook, groups: list[Group]) -> list[Group]:
    """In a report of one dated or placed act, retellings without time and place are of that act if nothing contradicts it."""
    acts = [
        g for g in groups if g.members[0].family == "violence" and all(m.modality.stage == Stage.CARRIED_OUT for m in g.members)
    ]
    anchored = [g for g in acts if any(w.known for w in g.whens) or any(w.known for w in g.wheres)]
    if len(anchored) != 1:
        return groups
    main, out = anchored[0], []
    for group in groups:
        loose = (
            group in acts
            and group is not main
            and not any(
                {annotation.tokens[c].text.lower() for c in annotation.children(m.head)} & _DISTINCT for m in group.members
            )
        )
        if loose and all(
            _types_fit(codebook, {m.type for m in main.members}, m) and _fits_main(annotation, main, m) for m in group.members
        ):
            main.members += group.members
            main.whens += group.whens
            main.wheres += group.wheres
        else:
            out.append(group)
    return out


def _fits_main(annotation: Annotation, main: Group, event: EventMention) -> bool:
    """No other victims by name, and no other toll."""
    facts = _facts(annotation, event, ())
    if _another_deed(annotation, main, event, facts):
        return False
    parties = _parties(annotation, main, facts, event)
    theirs = {t.measure: t.quantity.best for m in main.members for t in m.tolls}
    clash = any(t.measure in theirs and theirs[t.measure] != t.quantity.best for t in event.tolls)
    return parties is not None and not clash and event.sent - min(m.sent for m in main.members) <= 25


def _absorb(annotation: Annotation, codebook: Codebook, groups: list[Group]) -> list[Group]:
    """Leaves out lead sentences that sum up several events which the report then tells one by one."""
    out = []
    for group in groups:
        if len(group.members) == 1 and _summary(annotation, codebook, group, groups):
            continue
        out.append(group)
    return out


def _summary(annotation: Annotation, codebook: Codebook, group: Group, groups: list[Group]) -> bool:
    event = group.members[0]
    others = [g for g in groups if g is not group and any(m.family == event.family for m in g.members)]
    targets = {_key(annotation, h) for h in event.roles.get("targets", [])}
    told = {
        k for g in others for m in g.members for k in (_key(annotation, h) for h in m.roles.get("targets", [])) if k in targets
    }
    if len(targets) > 1 and len(told) > 1:
        return True
    plural = annotation.tokens[event.head].tag == "NNS" and event.nominal
    early = event.sent <= 3
    same_stage = [g for g in others if any((m.modality.stage in _OPEN) == (event.modality.stage in _OPEN) for m in g.members)]
    vague = early and not event.tolls and not group.whens[0].known
    same_type = [g for g in same_stage if any(m.type == event.type for m in g.members)]
    planned = event.modality.stage in _OPEN and not group.wheres[0].known and len(same_type) >= 2
    return vague and ((plural and len(same_stage) >= 2) or planned)


def _headline(annotation: Annotation, codebook: Codebook, groups: list[Group], event: EventMention) -> None:
    facts = _facts(annotation, event, ())
    alike = [g for g in groups if any(m.type == event.type for m in g.members)]
    scored = [
        (s, -k)
        for k, g in enumerate(groups)
        if (not alike or g in alike) and (s := _score(annotation, codebook, g, event, facts)) > float("-inf")
    ]
    if scored:
        score, k = max(scored)
        if score > 0 or len(scored) == 1 or facts.bare:
            group = groups[-k]
            group.members.append(event)
            group.whens.append(facts.when)
            group.wheres.append(facts.where)
        return
    if not any(m.family == event.family for g in groups for m in g.members):
        groups.append(Group([event], [facts.when], [facts.where]))


def is_plan_reference(annotation: Annotation, head: int) -> bool:
    """Whether a noun refers back to a plan: "the plan", "the plot"."""
    return annotation.tokens[head].lemma in words("stages", "plan_nouns")
