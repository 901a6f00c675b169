"""Annotation: syntax and names, coreference, times, places and quantities of one report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from veridical.annotate.coreference import resolve_mentions
from veridical.annotate.garden_paths import keep_trees, mend_appositions, mend_garden_paths
from veridical.annotate.mentions import find_mentions, mend_labels
from veridical.model import Annotation, Report
from veridical.settings import Settings

if TYPE_CHECKING:
    from veridical.annotate.syntax import SyntaxResult

Annotator = Callable[[Report], Annotation]

__all__ = ["Annotator", "annotate"]


def annotate(settings: Settings | None = None) -> Annotator:
    """An annotator, built once per process: models and gazetteer are opened on the first report.

    Raises SettingsError when the named pipeline or the gazetteer is not there.
    """
    from veridical.annotate.gazetteer import Gazetteer
    from veridical.annotate.places import resolve_places
    from veridical.annotate.quantities import find_quantities
    from veridical.annotate.times import find_times

    settings = settings or Settings()
    syntax = _syntax(settings)
    gazetteer = Gazetteer.open(settings.gazetteer)

    def run(report: Report) -> Annotation:
        result = syntax(report.text)
        tokens = keep_trees(mend_appositions(mend_garden_paths(result.tokens), result.names), result.tokens)
        bare = Annotation(report, tokens, result.sentences)
        names = mend_labels(bare, result.names, gazetteer.lookup)
        mentions, entities = resolve_mentions(bare, find_mentions(bare, names))
        times = find_times(report, tokens, result.sentences)
        return replace(
            bare,
            mentions=mentions,
            entities=entities,
            times=times,
            places=resolve_places(report, tokens, names, gazetteer),
            quantities=find_quantities(report, tokens, result.sentences, times),
        )

    return run


def _syntax(settings: Settings) -> Callable[[str], SyntaxResult]:
    if settings.pipeline == "builtin":
        from veridical.annotate.syntax import Syntax

        return Syntax(settings.threads)
    from veridical.annotate.spacy_pipeline import SpacyPipeline

    return SpacyPipeline(settings.pipeline)
