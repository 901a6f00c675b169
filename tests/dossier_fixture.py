"""Fifteen invented incidents in ten countries for the tests of the exports; made by hand, as the pipeline would make them."""

from __future__ import annotations

from typing import Any

import dossier_texts as texts

from veridical.model import (
    Actor,
    ActorFact,
    Alternative,
    Argument,
    Claim,
    Disagreement,
    Evidence,
    Incident,
    Party,
    Relation,
    Report,
    Source,
    content_hash,
    span,
)
from veridical.values import Certainty, Count, Extent, Factuality, SourceKind, Stage, Status, When, WhenPrecision, Where, WherePrecision

Chain = tuple[tuple[str, str, str | None], ...]
ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects")


def _report(text: str, name: str, publisher: str | None, published: str | None = None) -> Report:
    appeal = text.find("Support independent")
    return Report.of(text, name, publisher, f"https://{name}.example/story", text.split("\n")[0], published,
                     boilerplate=((appeal, len(text)),) if appeal >= 0 else ())


REPORTS = {r.name: r for r in (
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
)}


def _chain(report: Report, chain: Chain) -> tuple[Source, ...]:
    sources = [Source(report.publisher, SourceKind.OUTLET)]
    for name, kind, cue in chain:
        start = report.text.index(name)
        at = report.text.index(cue) if cue else None
        sources.append(Source(name, SourceKind(kind), cue, start, start + len(name), at, at + len(cue) if cue and at is not None else None))
    return tuple(sources)


def claim(name: str, event: str, kind: str, chain: Chain = (), **given: Any) -> Claim:
    """A claim of the report ``name``; ``evidence`` maps fields to quotes, ``parties`` are (role, name, extras)."""
    report = REPORTS[name]
    evidence = []
    for field, quotes in given.pop("evidence", {}).items():
        for quote in (quotes if isinstance(quotes, tuple) else (quotes,)):
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
    return Claim(id=content_hash(name, event, repr(chain), repr(given)), report=report.id, extractor="builtin 0.1", event=event, type=kind,
                 attribution=_chain(report, chain), evidence=tuple(evidence), arguments=tuple(arguments), **given)


def incident(key: str, *claims: Claim, **given: Any) -> Incident:
    """The incident of ``claims``; what is not given comes from the first claim."""
    first = claims[0]
    parties = []
    for role in ROLES:
        found: dict[str, Party] = {}
        for argument in (a for c in claims for a in c.arguments_of(role)):
            human = role in ("perpetrators", "subjects") or argument.kind == "person"
            party = Party(argument.name, content_hash(argument.name), argument.part, argument.status if human else None,
                          argument.status_date, (argument.quote,), argument.kind)
            if argument.name not in found or party.status not in (None, Status.UNKNOWN):
                found[argument.name] = party
        parties.append((role, tuple(found.values())))
    names = {r.id: r for r in REPORTS.values()}
    reports = tuple(dict.fromkeys(c.report for c in claims))
    return Incident(
        id=key, type=first.type, modes=given.pop("modes", first.modes), stage=first.stage, when=given.pop("when", first.when),
        where=given.pop("where", first.where), parties=tuple(parties),
        charges=tuple(a.name for c in claims for a in c.arguments_of("charges")),
        counts=given.pop("counts", first.counts), reason=first.reason, certainty=given.pop("certainty", first.certainty),
        confidence=given.pop("confidence", 0.82), origins=tuple(dict.fromkeys(c.origin for c in claims)),
        reports=tuple(names[r] for r in reports), claims=claims, **{"disagreements": (), **given})


def place(name: str, city: str | None, admin1: str | None, country: str, *at: float, **given: Any) -> Where:
    """A place with (latitude, longitude) when ``at`` is given; the precision is that of a city unless told."""
    latitude, longitude = at or (None, None)
    return Where(name, city, admin1, country, latitude, longitude, given.get("geonames_id"), WherePrecision(given.get("precision", "city")))


def days(earliest: str, latest: str, precision: str, as_written: str, extent: str = "within") -> When:
    """An interval as written."""
    return When(earliest, latest, WhenPrecision(precision), Extent(extent), as_written)


ALAMEDA = place("Alameda market", "Cali", "Valle del Cauca", "COL", 3.437, -76.534, geonames_id=3687925, precision="site")
MAY_14 = days("1987-05-14", "1987-05-14", "day", "Thursday, 14 May 1987")
MAY_15 = days("1987-05-15", "1987-05-15", "day", "the early hours of May 15")
TORCH = ("organizations", "People's Torch Front", {"kind": "group"})
PERSON = {"kind": "person"}


def cali() -> tuple[Incident, ...]:
    """A bombing told by two papers with two dates and two tolls, the arrests, the sentence, and a bombing that was abandoned."""
    police = claim("courier", "e1", "bombing", (("Andes Wire", "agency", "reported"), ("Octavio Benz", "official", "quoting")),
                   evidence={"type": "bomb hidden in a fruit cart", "when": "Thursday, 14 May 1987", "where": "Alameda market in Cali",
                             "counts.killed": "killing at least 31 people", "counts.injured": "injuring more than 100"},
                   parties=(TORCH, ("targets", "Lucía Marbán", {**PERSON}), ("weapons", "a bomb hidden in a fruit cart",
                            {"quote": "bomb hidden in a fruit cart", "kind": "weapon"})), when=MAY_14, where=ALAMEDA,
                   counts=(Count("killed", None, 31, 31, None), Count("injured", None, 101, 101, None)), confidence=0.93)
    hospital = claim("courier", "e1", "bombing", (("San Rafael hospital", "official", "According to"),),
                     evidence={"type": "device", "counts.killed": "39 people died"}, counts=(Count("killed", None, 39, 39, 39),))
    gazette = claim("gazette", "e1", "bombing", (("San Rafael hospital", "official", "said"),),
                    evidence={"type": "a bomb exploded", "when": "the early hours of May 15", "where": "Alameda market",
                              "counts.killed": "39 people were killed"}, when=MAY_15, where=ALAMEDA,
                    counts=(Count("killed", None, 39, 39, 39),))
    toll = [{"measure": "killed", "of": None, "low": low, "best": best, "high": high} for low, best, high in ((39, 39, 39), (31, 31, None))]
    bombing = incident(
        "COL-19870514-bombing-7c1e02", police, hospital, gazette, modes=("civilian_target",), confidence=0.93,
        counts=(Count("killed", None, 31, 39, 39), Count("injured", None, 101, 101, None)),
        disagreements=(
            Disagreement("when", (Alternative({"earliest": "1987-05-14", "latest": "1987-05-14", "precision": "day", "extent": "within",
                                               "as_written": MAY_14.as_written}, ("Octavio Benz",), (police.id,)),
                                  Alternative({"earliest": "1987-05-15", "latest": "1987-05-15", "precision": "day", "extent": "within",
                                               "as_written": MAY_15.as_written}, ("San Rafael hospital",), (gazette.id,)))),
            Disagreement("counts.killed", (Alternative(toll[0], ("San Rafael hospital",), (hospital.id, gazette.id)),
                                           Alternative(toll[1], ("Octavio Benz",), (police.id,))))))
    suspects = {"kind": "person", "part": "supplier"}
    arrest = claim("gazette", "e2", "arrest", stage=None, when=days("1987-05-20", "1987-05-20", "day", "20 May 1987"),
                   where=place("Cali", "Cali", "Valle del Cauca", "COL", 3.437, -76.522, geonames_id=3687925),
                   evidence={"type": "were arrested", "when": "20 May 1987", "where": "Cali"},
                   parties=(("authorities", "Cali police", {"kind": "organization"}),
                            ("subjects", "Ramiro Achury", {**suspects, "status": Status.ARRESTED, "status_date": "1987-05-20"}),
                            ("subjects", "Efraín Solano", {**suspects, "status": Status.ARRESTED, "status_date": "1987-05-20"})))
    sentence = claim("trial", "e1", "sentence", stage=None, when=days("1989-11-09", "1989-11-09", "day", "9 November 1989"),
                     where=place("Bogotá", "Bogotá", "Bogota D.C.", "COL", 4.609, -74.082, geonames_id=3688689),
                     evidence={"type": "sentenced", "when": "9 November 1989", "where": "Bogotá"},
                     parties=(("authorities", "A court in Bogotá", {"kind": "organization"}),
                              ("subjects", "Ramiro Achury", {"kind": "person", "status": Status.CONVICTED, "status_date": "1989-11-09"}),
                              ("subjects", "Efraín Solano", {"kind": "person", "status": Status.ACQUITTED, "status_date": "1989-11-09"}),
                              ("charges", "the bombing of the Alameda market", {})))
    dropped = claim("trial", "e2", "bombing", (("Andes Wire", "agency", "reported"), ("the indictment", "document", "according to"),
                                               ("Achury", "suspect", "confessed")),
                    stage=Stage.ABANDONED, certainty=Certainty.ALLEGED, factuality=Factuality.NOT_CERTAIN,
                    reason="the explosives were not supplied", when=days("1987-10-01", "1987-12-31", "season", "the end of 1987"),
                    where=place("Medellín", "Medellín", "Antioquia", "COL", 6.251, -75.563, geonames_id=3674962),
                    evidence={"type": "a second bombing", "stage": "was abandoned", "when": "the end of 1987", "where": "Medellín",
                              "reason": "the explosives were not supplied"}, parties=(TORCH,))
    first = bombing.id
    return (bombing,
            incident("COL-19870520-arrest-1b88d0", arrest, counts=(Count("arrested", None, 2, 2, 2),),
                     related=(Relation("response_to", first), Relation("follows", first))),
            incident("COL-19891109-sentence-90ee4a", sentence, related=(Relation("proceeding_of", first),)),
            incident("COL-19871001-bombing-e2f6b1", dropped, confidence=0.61, related=(Relation("follows", first),)))


def africa() -> tuple[Incident, ...]:
    """A raid on a region with an open toll, and a kidnapping in a season."""
    saying: Chain = (("Nairobi Lantern", "outlet", "quoted"), ("Hassan Worku", "official", "as saying"))
    dust = ("organizations", "Dust Column", {"kind": "group"})
    where = place("Garissa County", None, "Garissa", "KEN", -0.45, 39.65, precision="region")
    when = days("2015-04-01", "2015-04-30", "month", "April 2015")
    raid = claim("garissa", "e1", "armed_assault", saying, when=when, where=where, counts=(Count("killed", None, 101, 101, None),),
                 evidence={"type": "attacked", "when": "in April 2015", "where": "Garissa County", "counts.killed": "killed more than 100 people"},
                 parties=(dust, ("perpetrators", "Gunmen", {**PERSON, "part": "attacker"}), ("targets", "herders' camps", {})))
    seen = claim("garissa", "e1", "armed_assault", (("Amina Dirir", "witness", "said"),), evidence={"type": "the attackers came"},
                 parties=(("weapons", "rifles", {"kind": "weapon"}),))
    denied = claim("garissa", "e1", "armed_assault", (("A spokesman for the Dust Column", "group", "denied"),), certainty=Certainty.DENIED,
                   factuality=Factuality.NOT_CERTAIN, evidence={"type": "involved", "certainty": "denied"})
    taken = claim("borno", "e1", "kidnapping", when=days("2018-01-01", "2018-03-31", "season", "early in 2018"),
                  where=place("Borno State", None, "Borno", "NGA", 11.5, 13.0, precision="region"),
                  counts=(Count("kidnapped", None, 24, None, None), Count("missing", "children", 64, 64, 64)),
                  evidence={"type": "abducted", "when": "early in 2018", "where": "Borno State", "counts.kidnapped": "dozens of pupils",
                            "counts.missing": "64 children were missing"},
                  parties=(("organizations", "Dust Column of the North", {"kind": "group"}),
                           ("perpetrators", "Armed men", {**PERSON, "part": "attacker", "status": Status.CLAIMED}), ("targets", "pupils", {})))
    parents = claim("borno", "e1", "kidnapping", (("Parents", "witness", "told the radio"),),
                    evidence={"type": "missing", "counts.missing": "64 children"}, counts=(Count("missing", "children", 64, 64, 64),))
    return (incident("KEN-20150401-armed_assault-55a0c3", raid, seen, denied, disagreements=(
                Disagreement("organizations", (Alternative("Dust Column", ("Hassan Worku",), (raid.id,)),
                                               Alternative("not the Dust Column", ("A spokesman for the Dust Column",), (denied.id,)))),)),
            incident("NGA-20180101-kidnapping-0d47be", taken, parents))


def europe() -> tuple[Incident, ...]:
    """A car bomb foiled, a shot that missed, a plot told in court."""
    tide = ("organizations", "Northern Tide", {"kind": "group"})
    foiled = claim("bilbao", "e1", "bombing", stage=Stage.FOILED, reason="they arrested Iker Zubia outside the San Mamés stadium",
                   when=days("2004-02-07", "2004-02-07", "day", "7 February 2004"), modes=("vehicle",),
                   where=place("San Mamés stadium", "Bilbao", "Basque Country", "ESP", 43.264, -2.949, precision="site"),
                   evidence={"type": "car bombing", "stage": "foiled", "reason": "they arrested Iker Zubia", "when": "7 February 2004",
                             "where": "San Mamés stadium"}, counts=(Count("killed", None, 0, 0, 0),),
                   parties=(tide, ("perpetrators", "Iker Zubia", {**PERSON, "part": "attacker", "status": Status.CHARGED,
                                                                  "status_date": "2004-02-09"}),
                            ("weapons", "80 kilograms of explosives", {"kind": "weapon"})))
    missed = claim("belfast", "e1", "assassination", stage=Stage.ATTEMPTED, when=days("1979-03-01", "1979-03-31", "month", "March 1979"),
                   where=place("Belfast", "Belfast", "Northern Ireland", "GBR", 54.597, -5.93, geonames_id=2655984),
                   counts=(Count("killed", None, 0, 0, 0), Count("injured", None, 0, 0, 0)),
                   evidence={"type": "fired at", "stage": "missed", "when": "March 1979", "where": "Belfast", "counts.killed": "Nobody was hurt",
                             "counts.injured": "Nobody was hurt"},
                   parties=(("targets", "Edwin Marsh", {**PERSON}), ("perpetrators", "A gunman", {**PERSON, "part": "attacker"}),
                            ("organizations", "Red Quay Brigade", {"kind": "group"})))
    plot = claim("ankara", "e1", "attack", (("the court file", "document", "citing"), ("defendant", "suspect", "told a court")),
                 stage=Stage.PLANNED, certainty=Certainty.ALLEGED, factuality=Factuality.PROBABLE,
                 when=days("2017-01-01", "2017-12-31", "year", "2017"), where=place("Turkey", None, None, "TUR", precision="country"),
                 evidence={"type": "attack", "stage": "planned", "when": "2017", "where": "Turkey"},
                 parties=(("organizations", "Grey Crescent", {"kind": "group"}),
                          ("perpetrators", "Selim Aktuna", {**PERSON, "part": "financier", "status": Status.ACCUSED})))
    return (incident("ESP-20040207-bombing-3a90f7", foiled), incident("GBR-19790301-assassination-c4410b", missed),
            incident("TUR-20170101-attack-b05d6e", plot, certainty=Certainty.ALLEGED, confidence=0.58))


def elsewhere() -> tuple[Incident, ...]:
    """A threat without place or date, a week, a clash without date, a siege, a burned ferry and an acquittal."""
    threat = claim("threat", "e1", "threat", (("leaflet", "document", "In a leaflet"), ("Northern Tide", "group", "threatened")),
                   stage=Stage.THREATENED, evidence={"type": "threatened to attack", "stage": "threatened"},
                   parties=(("organizations", "Northern Tide", {"kind": "group"}), ("targets", "election offices", {})))
    depot = claim("assam", "e1", "arson_or_sabotage", (("the railway", "official", "said"),),
                  when=days("1998-08-01", "1998-08-07", "week", "the first week of August 1998"),
                  where=place("Assam", None, "Assam", "IND", 26.0, 92.5, precision="region"), counts=(Count("killed", None, 0, 0, 0),),
                  evidence={"type": "set on fire", "when": "the first week of August 1998", "where": "Assam", "counts.killed": "no one was hurt"},
                  parties=(("targets", "A rail depot", {}),))
    clash = claim("ayacucho", "e1", "armed_clash", (("an army officer who asked not to be named", "unnamed", "said"),),
                  where=place("Ayacucho", None, "Ayacucho", "PER", -13.9, -74.2, precision="region"),
                  counts=(Count("killed", "soldiers", 6, None, 9),), certainty=Certainty.ALLEGED,
                  evidence={"type": "clash", "where": "Ayacucho", "counts.killed": "Between six and nine soldiers died"},
                  parties=(("perpetrators", "rebels", {**PERSON}), ("targets", "soldiers", {})))
    siege = claim("mosul", "e1", "hostage_taking", (("the station", "witness", "said"),),
                  when=days("2014-06-10", "2014-08-03", "range", "between 10 June and 3 August 2014", "throughout"),
                  where=place("Mosul", "Mosul", "Nineveh", "IRQ", 36.335, 43.119, geonames_id=99072),
                  counts=(Count("kidnapped", None, 14, 14, 14), Count("killed", "hostages", 1, 2, 2)),
                  evidence={"type": "hostage", "when": "between 10 June and 3 August 2014", "where": "Mosul", "counts.kidnapped": "14 staff",
                            "counts.killed": "Two of the hostages were killed"},
                  parties=(("organizations", "Grey Crescent", {"kind": "group"}), ("targets", "14 staff of a radio station", {})))
    director = claim("mosul", "e1", "hostage_taking", (("Nadia Harbi", "witness", "according to"),),
                     evidence={"type": "hostages", "counts.killed": "Two of the hostages"}, counts=(Count("killed", "hostages", 2, 2, 2),))
    captors = claim("mosul", "e1", "hostage_taking", (("the militants", "group", "spoke of"),),
                    evidence={"type": "hostages", "counts.killed": "one."}, counts=(Count("killed", "hostages", 1, 1, 1),))
    ferry = claim("ferry", "e1", "arson_or_sabotage", when=days("2020-09-12", "2020-09-12", "day", "12 September 2020"),
                  where=place("the pier of Ambon", "Ambon", "Maluku", "IDN", -3.695, 128.181, precision="site"),
                  evidence={"type": "burned", "when": "12 September 2020", "where": "the pier of Ambon"}, parties=(("targets", "A ferry", {}),))
    acquittal = claim("ambon", "e1", "acquittal", stage=None, when=days("2021-06-01", "2021-06-30", "month", "June 2021"),
                      where=place("Ambon", "Ambon", "Maluku", "IDN", -3.695, 128.181, geonames_id=1651531),
                      evidence={"type": "acquitted", "when": "June 2021", "where": "Ambon"},
                      parties=(("authorities", "A court in Ambon", {"kind": "organization"}),
                               ("subjects", "Yusuf Latumahina", {**PERSON, "status": Status.ACQUITTED, "status_date": "2021-06"}),
                               ("charges", "inciting the burning of a ferry", {})))
    two, one = ({"measure": "killed", "of": "hostages", "low": n, "best": n, "high": n} for n in (2, 1))
    return (incident("XXX-unknown-threat-6f19aa", threat, confidence=0.7),
            incident("IND-19980801-arson_or_sabotage-2290de", depot),
            incident("PER-unknown-armed_clash-8ac37f", clash, confidence=0.66),
            incident("IRQ-20140610-hostage_taking-e7b254", siege, director, captors, disagreements=(
                Disagreement("counts.killed", (Alternative(two, ("the station", "Nadia Harbi"), (siege.id, director.id)),
                                               Alternative(one, ("the militants",), (captors.id,)))),)),
            incident("IDN-20200912-arson_or_sabotage-41d0c8", ferry),
            incident("IDN-20210601-acquittal-9b7e35", acquittal, related=(Relation("proceeding_of", "IDN-20200912-arson_or_sabotage-41d0c8"),)))


INCIDENTS: tuple[Incident, ...] = (*cali(), *africa(), *europe(), *elsewhere())
MARBAN = content_hash("Lucía Marbán")
ACTORS = (Actor(MARBAN, "person", "Lucía Marbán", (), (
    ActorFact(REPORTS["courier"].id, MARBAN, "person", "private", "victim", When(), _chain(REPORTS["courier"], ()), ()),)),)
