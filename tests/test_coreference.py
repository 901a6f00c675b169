"""Coreference: cases in our own words, and the speed that long reports need."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from veridical.annotate.coreference import resolve_mentions
from veridical.annotate.coreference_state import clean
from veridical.annotate.mentions import find_mentions
from veridical.model import Annotation, NameSpan, Report

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "coreference.yml").read_text("utf-8"))
Annotator = Callable[[Report], Annotation]


def mention_of(annotation: Annotation, words: str) -> int:
    """The index of the mention with exactly these words, or that begins with them; "he#2" is the second one."""
    text, _, nth = words.partition("#")
    texts = [annotation.text(m.start, m.end) for m in annotation.mentions]
    found = [k for k, t in enumerate(texts) if t == text] or [k for k, t in enumerate(texts) if t.startswith(text + " ")]
    assert found, f"no mention {text!r} among {texts}"
    return found[int(nth or 1) - 1]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_case(case: dict[str, Any], annotator: Annotator) -> None:
    annotation = annotator(Report.of(case["text"], "case"))

    def entity(words: str) -> int | None:
        return annotation.mentions[mention_of(annotation, words)].entity

    for members in case.get("same", ()):
        entities = {words: entity(words) for words in members}
        assert len(set(entities.values())) == 1 and None not in entities.values(), entities
    for one, two in case.get("apart", ()):
        assert entity(one) is None or entity(one) != entity(two), (one, two)
    for words, kind in case.get("kinds", {}).items():
        found = entity(words)
        assert found is not None and annotation.entities[found].kind == kind, annotation.entities[found or 0]


def test_every_entity_holds_its_mentions(annotator: Annotator) -> None:
    annotation = annotator(Report.of("\n\n".join(c["text"] for c in CASES), "all"))
    for entity in annotation.entities:
        assert entity.mentions and all(annotation.mentions[m].entity == entity.index for m in entity.mentions)
    held = [m for entity in annotation.entities for m in entity.mentions]
    assert len(held) == len(set(held)) == sum(m.entity is not None for m in annotation.mentions)


def test_names_are_on_one_line_and_without_a_full_stop() -> None:
    assert clean("Vina\ndel Mar") == "Vina del Mar"
    assert clean("Islamic State.") == "Islamic State"
    assert clean("Holy Path (") == "Holy Path"
    assert clean("U.S.") == "U.S." and clean("Martin Low Jr.") == "Martin Low Jr."


def test_a_long_report_takes_less_than_a_second(annotator: Annotator) -> None:
    """Fifteen thousand tokens and more; the sentences of the cases, repeated."""
    once = annotator(Report.of("\n\n".join(c["text"] for c in CASES) + "\n\n", "all"))
    times = 15_000 // len(once.tokens) + 1
    size, length, sentences = len(once.tokens), len(once.report.text) + 2, len(once.sentences)
    tokens = tuple(
        replace(
            t,
            i=t.i + size * k,
            head=t.head + size * k,
            start=t.start + length * k,
            end=t.end + length * k,
            sent=t.sent + sentences * k,
        )
        for k in range(times)
        for t in once.tokens
    )
    labels = {"person": "PERSON", "place": "GPE"}
    names = [
        NameSpan(m.start + size * k, m.end + size * k, labels.get(m.kind, "ORG"))
        for k in range(times)
        for m in once.mentions
        if m.form == "name"
    ]
    report = Report.of((once.report.text + "\n\n") * times, "long")
    ranges = tuple((a + size * k, b + size * k) for k in range(times) for a, b in once.sentences)
    annotation = Annotation(report, tokens, ranges)
    began = time.process_time()
    mentions, _ = resolve_mentions(annotation, find_mentions(annotation, names))
    assert time.process_time() - began < 1.0
    assert len(mentions) > 1000
