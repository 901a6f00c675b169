"""The terminal's pages: the table of incidents, one incident with its quotes and chains, lists of facts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from veridical.cli_words import say_count, say_party, say_when, say_where
from veridical.export.dossier.theme import read_look
from veridical.model import Claim, Incident, Report
from veridical.store import Unattached
from veridical.values import Count, When, Where

WIDTH = 100
MOST_SQUARES = 8


class _Page(Console):
    """A console that lets the command line decide what a broken pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Standard output, at most 100 columns wide; without colour, and exactly as wide, when it is piped."""
    if sys.stdout.isatty():
        wide = _Page()
        return wide if wide.width <= WIDTH else _Page(width=WIDTH)
    return _Page(width=WIDTH, force_terminal=False, no_color=True)


def stage_mark(incident: Incident) -> tuple[str, str, str]:
    """(glyph, label, colour) of an incident's stage, or of its kind when it has none."""
    if incident.stage:
        found = read_look()["stage"][incident.stage.value]
    else:
        kinds = read_look()["stageless"].values()
        found = next((k for k in kinds if incident.type in k["types"]), read_look()["stageless"]["other"])
    return found["glyph"], found["label"], found["terminal"]


def show_incidents(incidents: Sequence[Incident]) -> None:
    """Prints one row an incident, the earliest first, those without a date last."""
    out = console()
    if not incidents:
        out.print("No incident in this casebook yet: read reports with `veridical build PATH --casebook FILE`.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for name, widest in (
        ("", 1),
        ("incident", 15),
        ("id", 18),
        ("stage", 11),
        ("when", 15),
        ("where", 19),
        ("killed", 14),
        ("origins", 8),
        ("≠", 14),
    ):
        table.add_column(name, max_width=widest or None, overflow="fold", justify="right" if name == "killed" else "left")
    for incident in sorted(incidents, key=lambda i: (i.when.earliest or i.when.latest or "9999", i.id)):
        table.add_row(*_row(incident))
    out.print(table)
    out.print(_legend(incidents), style="dim")


def _row(incident: Incident) -> list[Text]:
    glyph, label, colour = stage_mark(incident)
    killed = next((say_count(c) for c in incident.counts if c.measure == "killed" and c.of is None), "")
    disputed = ", ".join(dict.fromkeys(d.field.removeprefix("counts.") for d in incident.disagreements))
    number = incident.id.split(f"-{incident.type}-")[-1]
    return [
        Text(glyph, colour),
        Text(incident.type.replace("_", " ")),
        Text(number, "dim"),
        Text(label, colour),
        Text(say_when(incident.when)),
        Text(say_where(incident.where)),
        Text(killed),
        Text(squares(len(incident.origins))),
        Text(disputed),
    ]


def squares(origins: int) -> str:
    """A filled square an independent origin; from nine on the number.

    >>> squares(3), squares(12)
    ('■■■', '■ × 12')
    """
    mark = read_look()["marks"]["origin"]
    return mark * origins if origins <= MOST_SQUARES else f"{mark} × {origins}"


def _legend(incidents: Sequence[Incident]) -> str:
    reports = len({r.id for i in incidents for r in i.reports})
    return (
        f"{len(incidents)} incidents from {reports} reports. killed: low ‹ shown ‹ high, … an open end. "
        "■ one independent origin. ≠ what the origins disagree on. One incident whole: veridical show CASEBOOK ID"
    )


def show_incident(incident: Incident, reports: Mapping[str, Report]) -> None:
    """Prints one incident whole: fields, alternatives, and each claim with its chain and its quotes."""
    out = console()
    glyph, label, colour = stage_mark(incident)
    kind = incident.type.replace("_", " ")
    out.print(Text.assemble((f"{glyph} {label}", colour), "  ", (kind, "bold"), "  ", (incident.id, "dim")))
    out.print()
    fields = Table.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="dim", width=13)
    fields.add_column(overflow="fold")
    for name, text in _fields(incident):
        fields.add_row(name, Text(text))
    out.print(fields)
    for disagreement in incident.disagreements:
        out.print(f"\n[bold]≠ {escape(disagreement.field)}[/bold]")
        for option in disagreement.values:
            who = ", ".join(o or "an unnamed outlet" for o in option.origins)
            out.print(Padding(Text(f"{_say(option.value)}  {squares(len(option.origins))} {who}"), (0, 0, 0, 2)))
    out.print(f"\n[bold]{len(incident.claims)} claims[/bold] [dim]in {len(incident.reports)} reports[/dim]")
    for claim in incident.claims:
        _show_claim(out, claim, reports[claim.report])


def _fields(incident: Incident) -> Iterable[tuple[str, str]]:
    labels, status = read_look()["field"], read_look()["status"]
    written = incident.when.as_written if incident.when.known else None
    yield labels["when"], say_when(incident.when) + (f"  “{written}”" if written else "")
    yield labels["where"], say_where(incident.where)
    if incident.modes:
        yield labels["modes"], ", ".join(m.replace("_", " ") for m in incident.modes)
    for role, parties in incident.parties:
        if parties:
            yield labels.get(role, role.capitalize()), "; ".join(say_party(p, status) for p in parties)
    if incident.charges:
        yield labels["charges"], "; ".join(incident.charges)
    for count in incident.counts:
        yield count.measure.capitalize(), say_count(count) + (f" ({count.of})" if count.of else "")
    if incident.reason:
        yield labels["reason"], incident.reason
    yield labels["certainty"], f"{read_look()['certainty'][incident.certainty.value]}, confidence {incident.confidence:.2f}"
    names = ", ".join(o or "an unnamed outlet" for o in incident.origins)
    yield "Origins", f"{squares(len(incident.origins))}  {names}"
    for relation in incident.related:
        words = read_look()["relation"].get(relation.relation, [relation.relation])
        yield "Related", f"{words[0]} {relation.event}"


def _show_claim(out: Console, claim: Claim, report: Report) -> None:
    chain = f" {read_look()['marks']['chain']} ".join(s.name or "unnamed outlet" for s in claim.attribution)
    said = read_look()["factuality"].get(claim.factuality.value, claim.factuality.value)
    if short := read_look()["certainty_short"].get(claim.certainty.value):
        said = f"{short}; {said}"  # an accusation never reads like a fact
    stage = read_look()["stage"][claim.stage.value]["glyph"] + " " if claim.stage else ""
    out.print()
    out.print(Text.assemble("  ", (chain, "bold"), (f"  {stage}{said}", "dim")))
    out.print(Text(f"  {report.name}{f', published {report.published}' if report.published else ''}", "dim"))
    quotes = Table.grid(padding=(0, 2, 0, 0))
    quotes.add_column(style="dim", width=15)
    quotes.add_column(overflow="fold")
    quotes.add_column(style="dim", justify="right")
    for evidence in sorted(claim.evidence, key=lambda e: (e.start, e.end, e.field)):
        quotes.add_row(evidence.field, Text(f"“{' '.join(evidence.quote.split())}”"), f"{evidence.start}–{evidence.end}")
    out.print(Padding(quotes, (0, 0, 0, 4)))


def _say(value: object) -> str:
    """An alternative's value, which is plain JSON data, in the words of its kind."""
    import msgspec

    forms: tuple[tuple[Any, Callable[[Any], str]], ...] = ((When, say_when), (Where, say_where), (Count, say_count))
    for form, say in forms:
        if isinstance(value, dict) and set(value) <= set(form.__dataclass_fields__):
            return say(msgspec.convert(value, form))
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items() if v is not None)
    return str(value).replace("_", " ")


def show_unattached(decisions: Sequence[Unattached]) -> None:
    """Prints the decisions that fit no claim any more."""
    out = console()
    if not decisions:
        out.print("Every decision fits the claims of this casebook.")
    for decision in decisions:
        out.print(Text(f"{decision.kind} {decision.number}: {decision.summary}: {decision.why}"))


def show_facts(facts: Mapping[str, object]) -> None:
    """Prints names and values, one a line; lists and tables below their name."""
    out = console()
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for name, value in facts.items():
        rows: Sequence[object] = (
            [f"{v:,} {k}" for k, v in value.items()]
            if isinstance(value, Mapping)
            else (value if isinstance(value, list | tuple) else [value])
        )
        for i, row in enumerate(rows):
            grid.add_row(name if i == 0 else "", Text(f"{row:,}" if isinstance(row, int) else str(row)))
    out.print(grid)
