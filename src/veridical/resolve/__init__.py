"""From claims to incidents: within a report, across reports, and the actors in them."""

from veridical.resolve.actors import derive_actors, name_parties
from veridical.resolve.blocking import Limits, block
from veridical.resolve.clustering import cluster
from veridical.resolve.merging import merge
from veridical.resolve.order import group_report
from veridical.resolve.relations import relate
from veridical.resolve.resolving import Resolution, ResolveSettings, resolve
from veridical.resolve.scoring import score

__all__ = [
    "Limits",
    "Resolution",
    "ResolveSettings",
    "block",
    "cluster",
    "derive_actors",
    "group_report",
    "merge",
    "name_parties",
    "relate",
    "resolve",
    "score",
]
