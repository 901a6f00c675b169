"""Invented incidents in Colombia: two dates and two tolls, arrests, a sentence, a chain of four."""

from __future__ import annotations

from dossier_builders import PERSON, claim, days, incident, place
from veridical.model import Alternative, Disagreement, Incident, Relation
from veridical.values import Certainty, Count, Factuality, Stage, Status

ALAMEDA = place("Alameda market", "Cali", "Valle del Cauca", "COL", 3.437, -76.534, geonames_id=3687925, precision="site")
MAY_14 = days("1987-05-14", "1987-05-14", "day", "Thursday, 14 May 1987")
MAY_15 = days("1987-05-15", "1987-05-15", "day", "the early hours of May 15")
TORCH = ("organizations", "People's Torch Front", {"kind": "group"})


def cali() -> tuple[Incident, ...]:
    """A bombing told by two papers with two dates and two tolls, the arrests, the sentence, and a bombing that was abandoned."""
    police = claim(
        "courier",
        "e1",
        "bombing",
        (("Andes Wire", "agency", "reported"), ("Octavio Benz", "official", "quoting")),
        evidence={
            "type": "bomb hidden in a fruit cart",
            "when": "Thursday, 14 May 1987",
            "where": "Alameda market in Cali",
            "counts.killed": "killing at least 31 people",
            "counts.injured": "injuring more than 100",
        },
        parties=(
            TORCH,
            ("targets", "Lucía Marbán", {**PERSON}),
            ("weapons", "a bomb hidden in a fruit cart", {"quote": "bomb hidden in a fruit cart", "kind": "weapon"}),
        ),
        when=MAY_14,
        where=ALAMEDA,
        counts=(Count("killed", None, 31, 31, None), Count("injured", None, 101, 101, None)),
        confidence=0.93,
    )
    hospital = claim(
        "courier",
        "e1",
        "bombing",
        (("San Rafael hospital", "official", "According to"),),
        evidence={"type": "device", "counts.killed": "39 people died"},
        counts=(Count("killed", None, 39, 39, 39),),
    )
    gazette = claim(
        "gazette",
        "e1",
        "bombing",
        (("San Rafael hospital", "official", "said"),),
        evidence={
            "type": "a bomb exploded",
            "when": "the early hours of May 15",
            "where": "Alameda market",
            "counts.killed": "39 people were killed",
        },
        when=MAY_15,
        where=ALAMEDA,
        counts=(Count("killed", None, 39, 39, 39),),
    )
    toll = [
        {"measure": "killed", "of": None, "low": low, "best": best, "high": high}
        for low, best, high in ((39, 39, 39), (31, 31, None))
    ]
    bombing = incident(
        "COL-19870514-bombing-7c1e02",
        police,
        hospital,
        gazette,
        modes=("civilian_target",),
        confidence=0.93,
        counts=(Count("killed", None, 31, 39, 39), Count("injured", None, 101, 101, None)),
        disagreements=(
            Disagreement(
                "when",
                (
                    Alternative(
                        {
                            "earliest": "1987-05-14",
                            "latest": "1987-05-14",
                            "precision": "day",
                            "extent": "within",
                            "as_written": MAY_14.as_written,
                        },
                        ("Octavio Benz",),
                        (police.id,),
                    ),
                    Alternative(
                        {
                            "earliest": "1987-05-15",
                            "latest": "1987-05-15",
                            "precision": "day",
                            "extent": "within",
                            "as_written": MAY_15.as_written,
                        },
                        ("San Rafael hospital",),
                        (gazette.id,),
                    ),
                ),
            ),
            Disagreement(
                "counts.killed",
                (
                    Alternative(toll[0], ("San Rafael hospital",), (hospital.id, gazette.id)),
                    Alternative(toll[1], ("Octavio Benz",), (police.id,)),
                ),
            ),
        ),
    )
    suspects = {"kind": "person", "part": "supplier"}
    arrest = claim(
        "gazette",
        "e2",
        "arrest",
        stage=None,
        when=days("1987-05-20", "1987-05-20", "day", "20 May 1987"),
        where=place("Cali", "Cali", "Valle del Cauca", "COL", 3.437, -76.522, geonames_id=3687925),
        evidence={"type": "were arrested", "when": "20 May 1987", "where": "Cali"},
        parties=(
            ("authorities", "Cali police", {"kind": "organization"}),
            ("subjects", "Ramiro Achury", {**suspects, "status": Status.ARRESTED, "status_date": "1987-05-20"}),
            ("subjects", "Efraín Solano", {**suspects, "status": Status.ARRESTED, "status_date": "1987-05-20"}),
        ),
    )
    sentence = claim(
        "trial",
        "e1",
        "sentence",
        stage=None,
        when=days("1989-11-09", "1989-11-09", "day", "9 November 1989"),
        where=place("Bogotá", "Bogotá", "Bogota D.C.", "COL", 4.609, -74.082, geonames_id=3688689),
        evidence={"type": "sentenced", "when": "9 November 1989", "where": "Bogotá"},
        parties=(
            ("authorities", "A court in Bogotá", {"kind": "organization"}),
            ("subjects", "Ramiro Achury", {"kind": "person", "status": Status.CONVICTED, "status_date": "1989-11-09"}),
            ("subjects", "Efraín Solano", {"kind": "person", "status": Status.ACQUITTED, "status_date": "1989-11-09"}),
            ("charges", "the bombing of the Alameda market", {}),
        ),
    )
    dropped = claim(
        "trial",
        "e2",
        "bombing",
        (
            ("Andes Wire", "agency", "reported"),
            ("the indictment", "document", "according to"),
            ("Achury", "suspect", "confessed"),
        ),
        stage=Stage.ABANDONED,
        certainty=Certainty.ALLEGED,
        factuality=Factuality.NOT_CERTAIN,
        reason="the explosives were not supplied",
        when=days("1987-10-01", "1987-12-31", "season", "the end of 1987"),
        where=place("Medellín", "Medellín", "Antioquia", "COL", 6.251, -75.563, geonames_id=3674962),
        evidence={
            "type": "a second bombing",
            "stage": "was abandoned",
            "when": "the end of 1987",
            "where": "Medellín",
            "reason": "the explosives were not supplied",
        },
        parties=(TORCH,),
    )
    first = bombing.id
    return (
        bombing,
        incident(
            "COL-19870520-arrest-1b88d0",
            arrest,
            counts=(Count("arrested", None, 2, 2, 2),),
            related=(Relation("response_to", first), Relation("follows", first)),
        ),
        incident("COL-19891109-sentence-90ee4a", sentence, related=(Relation("proceeding_of", first),)),
        incident("COL-19871001-bombing-e2f6b1", dropped, confidence=0.61, related=(Relation("follows", first),)),
    )
