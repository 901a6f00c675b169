"""Veridical: reports of political violence in, incidents that can be checked out."""

__version__ = "0.1.0"
