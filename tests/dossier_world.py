"""Invented incidents elsewhere: every stage, every precision, open tolls, a denial, an acquittal."""

from __future__ import annotations

from dossier_builders import PERSON, Chain, claim, days, incident, place
from veridical.model import Alternative, Disagreement, Incident, Relation
from veridical.values import Certainty, Count, Factuality, Stage, Status


def africa() -> tuple[Incident, ...]:
    """A raid on a region with an open toll, and a kidnapping in a season."""
    saying: Chain = (("Nairobi Lantern", "outlet", "quoted"), ("Hassan Worku", "official", "as saying"))
    dust = ("organizations", "Dust Column", {"kind": "group"})
    where = place("Garissa County", None, "Garissa", "KEN", -0.45, 39.65, precision="region")
    when = days("2015-04-01", "2015-04-30", "month", "April 2015")
    raid = claim(
        "garissa",
        "e1",
        "armed_assault",
        saying,
        when=when,
        where=where,
        counts=(Count("killed", None, 101, 101, None),),
        evidence={
            "type": "attacked",
            "when": "in April 2015",
            "where": "Garissa County",
            "counts.killed": "killed more than 100 people",
        },
        parties=(dust, ("perpetrators", "Gunmen", {**PERSON, "part": "attacker"}), ("targets", "herders' camps", {})),
    )
    seen = claim(
        "garissa",
        "e1",
        "armed_assault",
        (("Amina Dirir", "witness", "said"),),
        evidence={"type": "the attackers came"},
        parties=(("weapons", "rifles", {"kind": "weapon"}),),
    )
    denied = claim(
        "garissa",
        "e1",
        "armed_assault",
        (("A spokesman for the Dust Column", "group", "denied"),),
        certainty=Certainty.DENIED,
        factuality=Factuality.NOT_CERTAIN,
        evidence={"type": "involved", "certainty": "denied"},
    )
    taken = claim(
        "borno",
        "e1",
        "kidnapping",
        when=days("2018-01-01", "2018-03-31", "season", "early in 2018"),
        where=place("Borno State", None, "Borno", "NGA", 11.5, 13.0, precision="region"),
        counts=(Count("kidnapped", None, 24, None, None), Count("missing", "children", 64, 64, 64)),
        evidence={
            "type": "abducted",
            "when": "early in 2018",
            "where": "Borno State",
            "counts.kidnapped": "dozens of pupils",
            "counts.missing": "64 children were missing",
        },
        parties=(
            ("organizations", "Dust Column of the North", {"kind": "group"}),
            ("perpetrators", "Armed men", {**PERSON, "part": "attacker", "status": Status.CLAIMED}),
            ("targets", "pupils", {}),
        ),
    )
    parents = claim(
        "borno",
        "e1",
        "kidnapping",
        (("Parents", "witness", "told the radio"),),
        evidence={"type": "missing", "counts.missing": "64 children"},
        counts=(Count("missing", "children", 64, 64, 64),),
    )
    return (
        incident(
            "KEN-20150401-armed_assault-55a0c3",
            raid,
            seen,
            denied,
            disagreements=(
                Disagreement(
                    "organizations",
                    (
                        Alternative("Dust Column", ("Hassan Worku",), (raid.id,)),
                        Alternative("not the Dust Column", ("A spokesman for the Dust Column",), (denied.id,)),
                    ),
                ),
            ),
        ),
        incident("NGA-20180101-kidnapping-0d47be", taken, parents),
    )


def europe() -> tuple[Incident, ...]:
    """A car bomb foiled, a shot that missed, a plot told in court."""
    tide = ("organizations", "Northern Tide", {"kind": "group"})
    foiled = claim(
        "bilbao",
        "e1",
        "bombing",
        stage=Stage.FOILED,
        reason="they arrested Iker Zubia outside the San Mamés stadium",
        when=days("2004-02-07", "2004-02-07", "day", "7 February 2004"),
        modes=("vehicle",),
        where=place("San Mamés stadium", "Bilbao", "Basque Country", "ESP", 43.264, -2.949, precision="site"),
        evidence={
            "type": "car bombing",
            "stage": "foiled",
            "reason": "they arrested Iker Zubia",
            "when": "7 February 2004",
            "where": "San Mamés stadium",
        },
        counts=(Count("killed", None, 0, 0, 0),),
        parties=(
            tide,
            ("perpetrators", "Iker Zubia", {**PERSON, "part": "attacker", "status": Status.CHARGED, "status_date": "2004-02-09"}),
            ("weapons", "80 kilograms of explosives", {"kind": "weapon"}),
        ),
    )
    missed = claim(
        "belfast",
        "e1",
        "assassination",
        stage=Stage.ATTEMPTED,
        when=days("1979-03-01", "1979-03-31", "month", "March 1979"),
        where=place("Belfast", "Belfast", "Northern Ireland", "GBR", 54.597, -5.93, geonames_id=2655984),
        counts=(Count("killed", None, 0, 0, 0), Count("injured", None, 0, 0, 0)),
        evidence={
            "type": "fired at",
            "stage": "missed",
            "when": "March 1979",
            "where": "Belfast",
            "counts.killed": "Nobody was hurt",
            "counts.injured": "Nobody was hurt",
        },
        parties=(
            ("targets", "Edwin Marsh", {**PERSON}),
            ("perpetrators", "A gunman", {**PERSON, "part": "attacker"}),
            ("organizations", "Red Quay Brigade", {"kind": "group"}),
        ),
    )
    plot = claim(
        "ankara",
        "e1",
        "attack",
        (("the court file", "document", "citing"), ("defendant", "suspect", "told a court")),
        stage=Stage.PLANNED,
        certainty=Certainty.ALLEGED,
        factuality=Factuality.PROBABLE,
        when=days("2017-01-01", "2017-12-31", "year", "2017"),
        where=place("Turkey", None, None, "TUR", precision="country"),
        evidence={"type": "attack", "stage": "planned", "when": "2017", "where": "Turkey"},
        parties=(
            ("organizations", "Grey Crescent", {"kind": "group"}),
            ("perpetrators", "Selim Aktuna", {**PERSON, "part": "financier", "status": Status.ACCUSED}),
        ),
    )
    return (
        incident("ESP-20040207-bombing-3a90f7", foiled),
        incident("GBR-19790301-assassination-c4410b", missed),
        incident("TUR-20170101-attack-b05d6e", plot, certainty=Certainty.ALLEGED, confidence=0.58),
    )


def elsewhere() -> tuple[Incident, ...]:
    """A threat without place or date, a week, a clash without date, a siege, a burned ferry and an acquittal."""
    threat = claim(
        "threat",
        "e1",
        "threat",
        (("leaflet", "document", "In a leaflet"), ("Northern Tide", "group", "threatened")),
        stage=Stage.THREATENED,
        evidence={"type": "threatened to attack", "stage": "threatened"},
        parties=(("organizations", "Northern Tide", {"kind": "group"}), ("targets", "election offices", {})),
    )
    depot = claim(
        "assam",
        "e1",
        "arson_or_sabotage",
        (("the railway", "official", "said"),),
        when=days("1998-08-01", "1998-08-07", "week", "the first week of August 1998"),
        where=place("Assam", None, "Assam", "IND", 26.0, 92.5, precision="region"),
        counts=(Count("killed", None, 0, 0, 0),),
        evidence={
            "type": "set on fire",
            "when": "the first week of August 1998",
            "where": "Assam",
            "counts.killed": "no one was hurt",
        },
        parties=(("targets", "A rail depot", {}),),
    )
    clash = claim(
        "ayacucho",
        "e1",
        "armed_clash",
        (("an army officer who asked not to be named", "unnamed", "said"),),
        where=place("Ayacucho", None, "Ayacucho", "PER", -13.9, -74.2, precision="region"),
        counts=(Count("killed", "soldiers", 6, None, 9),),
        certainty=Certainty.ALLEGED,
        evidence={"type": "clash", "where": "Ayacucho", "counts.killed": "Between six and nine soldiers died"},
        parties=(("perpetrators", "rebels", {**PERSON}), ("targets", "soldiers", {})),
    )
    siege = claim(
        "mosul",
        "e1",
        "hostage_taking",
        (("the station", "witness", "said"),),
        when=days("2014-06-10", "2014-08-03", "range", "between 10 June and 3 August 2014", "throughout"),
        where=place("Mosul", "Mosul", "Nineveh", "IRQ", 36.335, 43.119, geonames_id=99072),
        counts=(Count("kidnapped", None, 14, 14, 14), Count("killed", "hostages", 1, 2, 2)),
        evidence={
            "type": "hostage",
            "when": "between 10 June and 3 August 2014",
            "where": "Mosul",
            "counts.kidnapped": "14 staff",
            "counts.killed": "Two of the hostages were killed",
        },
        parties=(("organizations", "Grey Crescent", {"kind": "group"}), ("targets", "14 staff of a radio station", {})),
    )
    director = claim(
        "mosul",
        "e1",
        "hostage_taking",
        (("Nadia Harbi", "witness", "according to"),),
        evidence={"type": "hostages", "counts.killed": "Two of the hostages"},
        counts=(Count("killed", "hostages", 2, 2, 2),),
    )
    captors = claim(
        "mosul",
        "e1",
        "hostage_taking",
        (("the militants", "group", "spoke of"),),
        evidence={"type": "hostages", "counts.killed": "one."},
        counts=(Count("killed", "hostages", 1, 1, 1),),
    )
    ferry = claim(
        "ferry",
        "e1",
        "arson_or_sabotage",
        when=days("2020-09-12", "2020-09-12", "day", "12 September 2020"),
        where=place("the pier of Ambon", "Ambon", "Maluku", "IDN", -3.695, 128.181, precision="site"),
        evidence={"type": "burned", "when": "12 September 2020", "where": "the pier of Ambon"},
        parties=(("targets", "A ferry", {}),),
    )
    acquittal = claim(
        "ambon",
        "e1",
        "acquittal",
        stage=None,
        when=days("2021-06-01", "2021-06-30", "month", "June 2021"),
        where=place("Ambon", "Ambon", "Maluku", "IDN", -3.695, 128.181, geonames_id=1651531),
        evidence={"type": "acquitted", "when": "June 2021", "where": "Ambon"},
        parties=(
            ("authorities", "A court in Ambon", {"kind": "organization"}),
            ("subjects", "Yusuf Latumahina", {**PERSON, "status": Status.ACQUITTED, "status_date": "2021-06"}),
            ("charges", "inciting the burning of a ferry", {}),
        ),
    )
    two, one = ({"measure": "killed", "of": "hostages", "low": n, "best": n, "high": n} for n in (2, 1))
    return (
        incident("XXX-unknown-threat-6f19aa", threat, confidence=0.7),
        incident("IND-19980801-arson_or_sabotage-2290de", depot),
        incident("PER-unknown-armed_clash-8ac37f", clash, confidence=0.66),
        incident(
            "IRQ-20140610-hostage_taking-e7b254",
            siege,
            director,
            captors,
            disagreements=(
                Disagreement(
                    "counts.killed",
                    (
                        Alternative(two, ("the station", "Nadia Harbi"), (siege.id, director.id)),
                        Alternative(one, ("the militants",), (captors.id,)),
                    ),
                ),
            ),
        ),
        incident("IDN-20200912-arson_or_sabotage-41d0c8", ferry),
        incident(
            "IDN-20210601-acquittal-9b7e35",
            acquittal,
            related=(Relation("proceeding_of", "IDN-20200912-arson_or_sabotage-41d0c8"),),
        ),
    )
