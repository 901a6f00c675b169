"""Repairs of parses: reduced relatives become clauses on their noun, active verbs stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from veridical.annotate.garden_paths import keep_trees
from veridical.model import Annotation, Report, Token

Annotator = Callable[[Report], Annotation]

REDUCED = [
    # sentence, participle, its noun, main verb (None: the sentence's verb as it is)
    ("Police identified the man shot and killed on Tuesday night in Modesto as John Reyes.", "shot", "man", "identified"),
    ("Police said a man shot and killed on Tuesday night in Modesto was a cook.", "shot", "man", "said"),
    ("The family of a 2-year-old girl shot during a road dispute said she was doing well.", "shot", "girl", "said"),
    ("A six-year-old boy shot on Highway 5 is recovering, his parents said.", "shot", "boy", "said"),
    ("Two men stabbed outside a bar on Friday have died.", "stabbed", "men", "died"),
    ("Rebels killed on Monday were buried in a village.", "killed", "Rebels", "buried"),
    ("Soldiers wounded in the clash were flown to a hospital.", "wounded", "Soldiers", "flown"),
    ("Mourners gathered for the teenager stabbed in a park last week.", "stabbed", "teenager", "gathered"),
]
ACTIVE = [
    ("A gunman shot at officers on Monday and fled.", "shot"),
    ("Gunmen shot dead two farmers in Aba.", "shot"),
    ("A man stabbed his brother in Leeds.", "stabbed"),
    ("The soldiers killed three rebels near the river.", "killed"),
]


def token_of(annotation: Annotation, text: str) -> Token:
    return next(t for t in annotation.tokens if t.text == text)


@pytest.mark.parametrize(("text", "participle", "noun", "main"), REDUCED)
def test_reduced_relatives_hang_on_their_noun(text: str, participle: str, noun: str, main: str, annotator: Annotator) -> None:
    annotation = annotator(Report.of(text, "case"))
    verb = token_of(annotation, participle)
    assert (annotation.tokens[verb.head].text, verb.dep.split(":")[0], verb.tag, verb.pos) == (noun, "acl", "VBN", "VERB")
    root = [t for t in annotation.tokens if t.head == t.i]
    assert [t.text for t in root] == [main]


@pytest.mark.parametrize(("text", "verb"), ACTIVE)
def test_active_verbs_stay_the_verb_of_their_clause(text: str, verb: str, annotator: Annotator) -> None:
    annotation = annotator(Report.of(text, "case"))
    assert token_of(annotation, verb).head == token_of(annotation, verb).i


def test_the_one_shot_is_the_subject_of_the_finite_verb(annotator: Annotator) -> None:
    annotation = annotator(Report.of("Two men stabbed outside a bar on Friday have died.", "case"))
    men = token_of(annotation, "men")
    assert annotation.tokens[men.head].text == "died" and men.dep == "nsubj"


def test_a_sentence_that_a_repair_turns_into_a_circle_stays_as_it_was_parsed(annotator: Annotator) -> None:
    parsed = annotator(Report.of("Gunmen shot dead two farmers in Aba. Three men fled.", "case")).tokens
    first, second = parsed[0], parsed[1]
    circular = (replace(first, head=second.i), replace(second, head=first.i), *parsed[2:-1], replace(parsed[-1], dep="mended"))
    kept = keep_trees(circular, parsed)
    assert kept[: first.i + 2] == (first, second)
    assert kept[-1].dep == "mended"
