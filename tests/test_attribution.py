"""Attribution: cases in our own words through the whole annotator: chains of sources at a word, their kinds and cues."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from veridical.annotate import annotate
from veridical.extract.attribution import find_frames
from veridical.extract.attribution_quotes import find_quotations
from veridical.extract.chains import build_chains
from veridical.model import Annotation, Report
from veridical.settings import Settings

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "attribution.yml").read_text("utf-8"))


@lru_cache(maxsize=1)
def annotator() -> Callable[[Report], Annotation]:
    return annotate(Settings())


def read(text: str, publisher: str | None = "The Paper") -> Annotation:
    return annotator()(Report.of(text, "case", publisher))


def token_at(annotation: Annotation, word: str) -> int:
    """The token of a word; "blast#2" is the second one."""
    word, _, number = word.partition("#")
    found = [t.i for t in annotation.tokens if t.text == word]
    assert found, f"{word!r} is not in the case"
    return found[int(number or 1) - 1]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:70] for c in CASES])
def test_chains(case: dict[str, Any]) -> None:
    annotation = read(case["text"])
    frames = find_frames(annotation)
    chains = build_chains(annotation, frames)
    for word, wanted in case["at"].items():
        found = chains.at(token_at(annotation, str(word)))
        assert " < ".join(str(f.source.name) for f in found) == wanted, word
    kinds = {str(f.source.name): f.source.kind.value for f in frames}
    for name, kind in case.get("kinds", {}).items():
        assert kinds.get(name) == kind
    stances = {annotation.text(f.cue, f.cue + 1): f.stance for f in frames}
    for cue, stance in case.get("stances", {}).items():
        assert stances.get(cue) == stance


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:70] for c in CASES])
def test_words_of_sources_and_cues_stand_in_the_report(case: dict[str, Any]) -> None:
    annotation = read(case["text"])
    text = annotation.report.text
    for frame in find_frames(annotation):
        source = frame.source
        assert source.name and source.start is not None and source.end is not None
        assert text[source.start : source.end].strip()
        assert source.cue_start is not None and text[source.cue_start : source.cue_end] == source.cue
        assert frame.content and all(0 <= k < len(annotation.tokens) for k in frame.content)


def test_the_publisher_is_the_first_link() -> None:
    annotation = read("A bomb went off in Rivas, police said.")
    chains = build_chains(annotation, find_frames(annotation))
    attribution = chains.attribution(chains.at(token_at(annotation, "bomb")))
    assert [s.name for s in attribution] == ["The Paper", "police"]
    assert [s.name for s in chains.attribution(())] == ["The Paper"]


def test_a_missing_publisher_is_a_null_link() -> None:
    annotation = read("A bomb went off in Rivas, police said.", None)
    chains = build_chains(annotation, find_frames(annotation))
    assert chains.attribution(chains.at(token_at(annotation, "bomb")))[0].name is None


def test_the_publisher_quoting_itself_is_one_link() -> None:
    annotation = read("A bomb went off in Rivas, the Rivas Herald reported.", "Rivas Herald")
    chains = build_chains(annotation, find_frames(annotation))
    assert [s.name for s in chains.attribution(chains.at(token_at(annotation, "bomb")))] == ["Rivas Herald"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He left. “One two three four five. Six seven.” He came.", ["“One two three four five. Six seven.”"]),
        ('He left. "We were there all night," she said.', ['"We were there all night,"']),
        (
            "“We were there all night.\n\n“Nobody came to help us.”\n\nHe left.",
            ["“We were there all night.\n\n“Nobody came to help us.”"],
        ),
        ("“We were there all night.\n\nHe left.", ["“We were there all night."]),
        ("She called it a “terrible” day.", ["“terrible”"]),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    annotation = read(text)
    assert [annotation.text(q.start, q.end) for q in find_quotations(annotation)] == quoted


def test_single_words_in_marks_are_no_quotation_of_a_clause() -> None:
    annotation = read("She called it a “terrible” day. “We were all very afraid,” she said.")
    assert [q.full for q in find_quotations(annotation)] == [False, True]
