"""Arguments with names: what the heads in an event's roles are called, and which bodies stand behind them."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.extract.event import EventMention, expand
from veridical.extract.people import People
from veridical.extract.roles import ones_own
from veridical.extract.slots import preposition
from veridical.extract.sources import name_of
from veridical.extract.triggers import is_class, kind_of, mention_at
from veridical.lexicon import noun_class
from veridical.model import Annotation, Argument
from veridical.values import Status

_BODIES = ("group", "organization")
_PART_WORDS = {
    "planner": ("planner", "mastermind", "plotter", "ringleader", "organizer", "organiser"),
    "financier": ("financier", "funder"),
    "supplier": ("supplier", "dealer"),
    "accomplice": ("accomplice", "helper", "driver", "lookout"),
}
_STATUS_WORDS = {
    "suspected": Status.SUSPECTED,
    "alleged": Status.ALLEGED,
    "accused": Status.ACCUSED,
    "convicted": Status.CONVICTED,
    "wanted": Status.WANTED,
}
Found = tuple[Argument, int, int]


def arguments_of(
    annotation: Annotation, event: EventMention, family: str, people: People, only_doers: bool = False
) -> Iterator[Found]:
    """The arguments of one mention with the token range each rests on.

    ``only_doers`` is for mentions that merely name who was to act: their perpetrators and organizations count.
    """
    seen: set[tuple[str, int]] = set()
    for role, heads in event.roles.items():
        if role in ("site", "context", "-") or (only_doers and role not in ("perpetrators", "organizations")):
            continue
        for head in expand(annotation, heads) if role not in ("organizations",) else heads:
            for argument, start, end in _resolve(annotation, event, role, head, family, people):
                if (argument.role, start) not in seen:
                    seen.add((argument.role, start))
                    yield argument, start, end


def _resolve(annotation: Annotation, event: EventMention, role: str, head: int, family: str, people: People) -> Iterator[Found]:
    kind = kind_of(annotation, head) or _entity_kind(annotation, head)
    token = annotation.tokens[head]
    if any(t.start <= head < t.end for t in annotation.times) or token.pos in ("ADV", "DET", "SCONJ"):
        return
    if role in ("perpetrators", "organizations", "plotters"):
        yield from _bodies(annotation, head)
        if family == "violence":
            for body in people.bodies.get(name_of(annotation, head).entity or -1, ()):
                yield _named(annotation, "organizations", body, None)
        if role == "plotters":
            return
        if kind in _BODIES or (kind == "authority" and role == "organizations"):
            yield _named(annotation, "organizations", head, people)
            return
        if role == "organizations" or kind == "place":
            return
        if family == "civic" and event.type == "protest" and kind != "person":
            return
    if role == "targets" and kind == "group" and event.type == "armed_clash":
        yield _named(annotation, "organizations", head, None)
        return
    if token.pos == "PRON" and (mention_at(annotation).get(head) is None or name_of(annotation, head).entity is None):
        return
    if role == "perpetrators" and token.pos == "NUM" and ones_own(annotation, head):
        return  # "one of its soldiers" names nobody: the group that says so is the doer
    if role == "subjects" and family == "justice" and token.pos == "NOUN" and noun_class(token.lemma.lower(), "crime"):
        return  # hung beside the convicted: "convicted her of terrorism and murder"
    if role == "charges":
        start, end = min(annotation.subtree(head)), max(annotation.subtree(head)) + 1
        yield _charge(annotation, start, end)
        return
    if role in ("weapons",) and token.pos == "PRON":
        return
    found = _named(annotation, role, head, people)
    yield found


def _entity_kind(annotation: Annotation, head: int) -> str | None:
    m = mention_at(annotation).get(head)
    if m is None or annotation.mentions[m].entity is None:
        return None
    entity = annotation.entities[annotation.mentions[m].entity or 0]
    plural = annotation.tokens[head].tag in ("NNS", "NNPS")
    return entity.kind if entity.name and not plural else None


def _bodies(annotation: Annotation, head: int) -> Iterator[Found]:
    """The groups in a doer's description: "two ISIL suicide bombers", "members of the body", "fighters from the Front"."""
    for child in annotation.children(head, "compound", "nmod", "amod", "appos"):
        kind = kind_of(annotation, child) or _entity_kind(annotation, child)
        mark = preposition(annotation, child)
        if (kind in _BODIES and mark in ("", "of", "from", "for", "with")) or (
            mark in ("of", "from")
            and is_class(annotation, child, "group")
            and annotation.children(child, "amod", "compound")
            and not is_class(annotation, child, "human")
        ):
            yield _named(annotation, "organizations", child, None)


def _named(annotation: Annotation, role: str, head: int, people: People | None) -> Found:
    named = name_of(annotation, head)
    start, end = named.start, named.end
    span = annotation.span(start, end)
    status, status_date = Status.UNKNOWN, None
    part = None
    if role in ("perpetrators", "subjects"):
        status, status_date = people.status_of(named.entity, head) if people is not None else (Status.UNKNOWN, None)
        status = _worded_status(annotation, head) if status == Status.UNKNOWN else status
        part = _part(annotation, head) if role == "perpetrators" else None
    aliases = annotation.entities[named.entity].aliases if named.entity is not None and named.proper else ()
    kind = "person" if is_class(annotation, head, "human") and named.kind == "other" else named.kind
    return (
        Argument(
            role,
            named.name,
            span.start,
            span.end,
            span.quote,
            kind,
            part,
            status,
            status_date,
            tuple(a for a in aliases if a != named.name),
        ),
        start,
        end,
    )


def _worded_status(annotation: Annotation, head: int) -> Status:
    for child in annotation.children(head, "amod", "compound"):
        if annotation.tokens[child].text.lower() in _STATUS_WORDS:
            return _STATUS_WORDS[annotation.tokens[child].text.lower()]
    return Status.SUSPECTED if annotation.tokens[head].lemma == "suspect" else Status.UNKNOWN


def _part(annotation: Annotation, head: int) -> str:
    lemma = annotation.tokens[head].lemma
    return next((part for part, words in _PART_WORDS.items() if lemma in words), "attacker")


def _charge(annotation: Annotation, start: int, end: int) -> Found:
    while start < end - 1 and (
        annotation.tokens[start].text.lower()
        in ("of", "with", "for", "on", "including", "charges", "charge", "the", "over", "and")
        or annotation.tokens[start].pos == "PUNCT"
    ):
        start += 1
    while end - 1 > start and annotation.tokens[end - 1].pos == "PUNCT":
        end -= 1
    span = annotation.span(start, end)
    return Argument("charges", span.quote, span.start, span.end, span.quote, "charge"), start, end
