"""What two readings of one report differ in, a line each: the list from which an adjudicator works."""

from __future__ import annotations

from collections.abc import Iterator

from veridical.corpus.agreement import matched_events, paired, same_chain
from veridical.corpus.views import EventView, Extent, Names, View


def differences(first: View, second: View) -> Iterator[str]:
    """Lines with the words and their place; ``<`` is what only the first reading has, ``>`` what only the second has."""
    matched = matched_events(first.events, second.events)
    for sign, events, known in (("<", first.events, [a for a, _ in matched]), (">", second.events, [b for _, b in matched])):
        for event in (e for e in events if e not in known):
            yield f"{sign} event {event.record['key']} {event.record['type']}: {_quotes(first.text, event.triggers)}"
    for a, b in matched:
        yield from _of_event(first.text, a, b)
    for layer in sorted(first.spans.keys() & second.spans.keys()):
        mine, other = first.spans[layer], second.spans[layer]
        pairs = paired(mine - other, other - mine)
        for x, y in pairs:
            yield f"~ {layer}: {_quotes(first.text, (x,))} / {_quotes(first.text, (y,))}"
        for sign, only in (("<", mine - other - {x for x, _ in pairs}), (">", other - mine - {y for _, y in pairs})):
            for extent in sorted(only):
                yield f"{sign} {layer}: {_quotes(first.text, (extent,))}"


def _of_event(text: str, a: EventView, b: EventView) -> Iterator[str]:
    name = f"{a.record['key']}/{b.record['key']} {_quotes(text, a.triggers[:1])}"
    for key in ("type", "stage", "certainty"):
        if a.record.get(key) != b.record.get(key):
            yield f"~ {key} of {name}: {a.record.get(key)} / {b.record.get(key)}"
    whens = [(e.record["when"]["earliest"], e.record["when"]["latest"]) for e in (a, b)]
    if whens[0] != whens[1]:
        yield f"~ when of {name}: {whens[0]} / {whens[1]}"
    tolls = [{(c["measure"], c["low"], c["best"], c["high"]) for c in e.record["counts"]} for e in (a, b)]
    if tolls[0] != tolls[1]:
        yield f"~ counts of {name}: {sorted(map(str, tolls[0] - tolls[1]))} / {sorted(map(str, tolls[1] - tolls[0]))}"
    facts, chains = (dict(a.factuality), dict(b.factuality)), (dict(a.chains), dict(b.chains))
    for x, y in paired(a.triggers, b.triggers):
        if facts[0][x] != facts[1][y]:
            yield f"~ factuality of {_quotes(text, (x,))}: {facts[0][x]} / {facts[1][y]}"
        if not same_chain(chains[0][x], chains[1][y]):
            yield f"~ chain of {_quotes(text, (x,))}: {_said(chains[0][x])} / {_said(chains[1][y])}"


def _said(chain: tuple[Names, ...]) -> str:
    return " < ".join("|".join(sorted(names)) or "?" for names in chain)


def _quotes(text: str, extents: tuple[Extent, ...]) -> str:
    return ", ".join(f"{text[a:b]!r}@{a}" for a, b in extents)
