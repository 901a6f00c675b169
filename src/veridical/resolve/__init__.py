"""From claims to incidents: within a report, across reports, and the actors in them."""

from veridical.resolve.merging import merge
from veridical.resolve.order import group_report
from veridical.resolve.relations import relate

__all__ = ["group_report", "merge", "relate"]
