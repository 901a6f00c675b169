"""Reviewers' values on derived incidents: a choice beats every alternative, which stay listed beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from veridical.errors import StoreError
from veridical.model import Incident, Party
from veridical.store.base import Choice
from veridical.values import Certainty, Count, Stage, When, Where

ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")
_FORMS: dict[str, Any] = {
    "type": str,
    "modes": tuple[str, ...],
    "stage": Stage | None,
    "when": When | None,
    "where": Where | None,
    "charges": tuple[str, ...],
    "reason": str | None,
    "certainty": Certainty,
}


def check_choice(choice: Choice) -> None:
    """Nothing, or a StoreError when the field cannot be chosen or the value has not the record's form."""
    _setter(choice)


def apply_choices(incidents: Sequence[Incident], choices: Sequence[Choice]) -> tuple[Incident, ...]:
    """The incidents with the reviewers' values shown; of two choices for one field the later one counts."""
    by_claim: dict[str, list[Choice]] = {}
    for choice in choices:
        by_claim.setdefault(choice.claim, []).append(choice)
    order = {id(choice): n for n, choice in enumerate(choices)}
    out = []
    for incident in incidents:
        mine = [choice for claim in incident.claims for choice in by_claim.get(claim.id, ())]
        for choice in sorted(mine, key=lambda c: order[id(c)]):
            incident = _setter(choice)(incident)  # noqa: PLW2901
        out.append(incident)
    return tuple(out)


def _setter(choice: Choice) -> Callable[[Incident], Incident]:
    field, value = choice.field, choice.value
    try:
        if field.startswith("counts."):
            return _count_setter(field.removeprefix("counts."), value)
        if field in ROLES:
            parties = tuple(msgspec.convert(value, tuple[Party, ...]))
            return lambda i: replace(i, parties=(*((r, p) for r, p in i.parties if r != field), (field, parties)))
        if field not in _FORMS:
            raise StoreError(
                f"{field!r} is no field that can be chosen: use one of {', '.join([*_FORMS, *ROLES])} or counts.<measure>"
            )
        made = msgspec.convert(value, _FORMS[field])
    except msgspec.ValidationError as error:
        raise StoreError(f"the value chosen for {field} is not in the record's form ({error}): copy that of an export") from error
    if made is None and field in ("when", "where"):
        made = When() if field == "when" else Where()
    return lambda i: replace(i, **{field: made})


def _count_setter(measure: str, value: object) -> Callable[[Incident], Incident]:
    """A total by its measure, or a part of it when the value says ``of``; ``None`` takes the total away."""
    shown = dict(value, measure=measure, of=value.get("of")) if isinstance(value, dict) else value
    made = msgspec.convert(shown, Count | None)
    part = made.of if made else None

    def set_count(incident: Incident) -> Incident:
        others = [c for c in incident.counts if (c.measure, c.of) != (measure, part)]
        counts = sorted([*others, *([made] if made else [])], key=lambda c: (c.measure, c.of or ""))
        return replace(incident, counts=tuple(counts))

    return set_count
