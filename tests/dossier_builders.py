"""How the invented incidents of the export tests are put together from quotes: nothing stands in them that is not in a text."""

from __future__ import annotations

from typing import Any

import dossier_texts as texts
from veridical.model import (
    Argument,
    Claim,
    Evidence,
    Incident,
    Party,
    Report,
    Source,
    content_hash,
    span,
)
from veridical.values import (
    Certainty,
    Extent,
    Factuality,
    SourceKind,
    Stage,
    Status,
    When,
    WhenPrecision,
    Where,
    WherePrecision,
)

Chain = tuple[tuple[str, str, str | None], ...]
PERSON = {"kind": "person"}
ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")


def _report(text: str, name: str, publisher: str | None, published: str | None = None) -> Report:
    appeal = text.find("Support independent")
    return Report.of(
        text,
        name,
        publisher,
        f"https://{name}.example/story",
        text.split("\n", maxsplit=1)[0],
        published,
        boilerplate=((appeal, len(text)),) if appeal >= 0 else (),
    )


REPORTS = {
    r.name: r
    for r in (
        _report(texts.CALI_COURIER, "courier", "Meridian Courier", "1987-05-15"),
        _report(texts.CALI_GAZETTE, "gazette", "Harbour Gazette", "1987-05-23"),
        _report(texts.CALI_TRIAL, "trial", "Meridian Courier", "1989-11-10"),
        _report(texts.GARISSA, "garissa", "East Coast Observer", "2015-04-29"),
        _report(texts.BORNO, "borno", "Radio Savanna", "2018-03-02"),
        _report(texts.BILBAO, "bilbao", "Costa Diaria", "2004-02-10"),
        _report(texts.BELFAST, "belfast", "Harbour Gazette"),
        _report(texts.ANKARA, "ankara", "Channel Bosphorus", "2021-06-01"),
        _report(texts.THREAT, "threat", None),
        _report(texts.ASSAM, "assam", "Brahmaputra Mail", "1998-08-11"),
        _report(texts.AYACUCHO, "ayacucho", "Sierra Noticias"),
        _report(texts.AMBON, "ambon", "Maluku Daily", "2021-06-30"),
        _report(texts.MOSUL, "mosul", "Tigris Review", "2014-09-01"),
        _report(texts.FERRY, "ferry", "Maluku Daily", "2020-09-13"),
    )
}


def chain_of(report: Report, chain: Chain) -> tuple[Source, ...]:
    sources = [Source(report.publisher, SourceKind.OUTLET)]
    for name, kind, cue in chain:
        start = report.text.index(name)
        at = report.text.index(cue) if cue else None
        sources.append(
            Source(name, SourceKind(kind), cue, start, start + len(name), at, at + len(cue) if cue and at is not None else None)
        )
    return tuple(sources)


def claim(name: str, event: str, kind: str, chain: Chain = (), **given: Any) -> Claim:
    """A claim of the report ``name``; ``evidence`` maps fields to quotes, ``parties`` are (role, name, extras)."""
    report = REPORTS[name]
    evidence = []
    for field, quotes in given.pop("evidence", {}).items():
        for quote in quotes if isinstance(quotes, tuple) else (quotes,):
            at = report.text.index(quote)
            checked = span(report, at, at + len(quote), quote)
            evidence.append(Evidence(field, checked.start, checked.end, checked.quote))
    arguments = []
    for role, party, extras in given.pop("parties", ()):
        quote = extras.pop("quote", party)
        at = report.text.index(quote)
        arguments.append(Argument(role, party, at, at + len(quote), quote, **extras))
        evidence.append(Evidence(role, at, at + len(quote), quote))
    given.setdefault("stage", Stage.CARRIED_OUT)
    given.setdefault("factuality", Factuality.CERTAIN)
    given.setdefault("certainty", Certainty.STATED)
    return Claim(
        id=content_hash(name, event, repr(chain), repr(given)),
        report=report.id,
        extractor="builtin 0.1",
        event=event,
        type=kind,
        attribution=chain_of(report, chain),
        evidence=tuple(evidence),
        arguments=tuple(arguments),
        **given,
    )


def incident(key: str, *claims: Claim, **given: Any) -> Incident:
    """The incident of ``claims``; what is not given comes from the first claim."""
    first = claims[0]
    parties = []
    for role in ROLES:
        found: dict[str, Party] = {}
        for argument in (a for c in claims for a in c.arguments_of(role)):
            human = role in ("perpetrators", "subjects") or argument.kind == "person"
            party = Party(
                argument.name,
                content_hash(argument.name),
                argument.part,
                argument.status if human else None,
                argument.status_date,
                (argument.quote,),
                argument.kind,
            )
            if argument.name not in found or party.status not in (None, Status.UNKNOWN):
                found[argument.name] = party
        parties.append((role, tuple(found.values())))
    names = {r.id: r for r in REPORTS.values()}
    reports = tuple(dict.fromkeys(c.report for c in claims))
    return Incident(
        id=key,
        type=first.type,
        modes=given.pop("modes", first.modes),
        stage=first.stage,
        when=given.pop("when", first.when),
        where=given.pop("where", first.where),
        parties=tuple(parties),
        charges=tuple(a.name for c in claims for a in c.arguments_of("charges")),
        counts=given.pop("counts", first.counts),
        reason=first.reason,
        certainty=given.pop("certainty", first.certainty),
        confidence=given.pop("confidence", 0.82),
        origins=tuple(dict.fromkeys(c.origin for c in claims)),
        reports=tuple(names[r] for r in reports),
        claims=claims,
        **{"disagreements": (), **given},
    )


def place(name: str, city: str | None, admin1: str | None, country: str, *at: float, **given: Any) -> Where:
    """A place with (latitude, longitude) when ``at`` is given; the precision is that of a city unless told."""
    latitude, longitude = at or (None, None)
    return Where(
        name, city, admin1, country, latitude, longitude, given.get("geonames_id"), WherePrecision(given.get("precision", "city"))
    )


def days(earliest: str, latest: str, precision: str, as_written: str, extent: str = "within") -> When:
    """An interval as written."""
    return When(earliest, latest, WhenPrecision(precision), Extent(extent), as_written)
