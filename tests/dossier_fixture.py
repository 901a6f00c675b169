"""Fifteen invented incidents in ten countries for the tests of the exports; made by hand, as the pipeline would make them."""

from __future__ import annotations

from dossier_americas import cali
from dossier_builders import REPORTS, chain_of
from dossier_world import africa, elsewhere, europe
from veridical.model import Actor, ActorFact, Incident, content_hash
from veridical.values import When

__all__ = ["ACTORS", "INCIDENTS", "REPORTS"]

INCIDENTS: tuple[Incident, ...] = (*cali(), *africa(), *europe(), *elsewhere())
MARBAN = content_hash("Lucía Marbán")
ACTORS = (
    Actor(
        MARBAN,
        "person",
        "Lucía Marbán",
        (),
        (ActorFact(REPORTS["courier"].id, MARBAN, "person", "private", "victim", When(), chain_of(REPORTS["courier"], ()), ()),),
    ),
)
