"""Actor facts: cases in our own words through the whole annotator, and rules on trees written by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from veridical.annotate import annotate
from veridical.extract.actors import describe_actors, legal_statuses, statuses_at
from veridical.model import ActorFact, Annotation, Argument, Claim, Entity, Evidence, Mention, Report, Source, TimeMention, Token
from veridical.settings import Settings
from veridical.values import Certainty, Factuality, SourceKind, Status, When

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "actors.yml").read_text("utf-8"))
FIELDS = {"alias", "affiliation", "role", "travel", "joined", "nationality", "status", "private"}


@lru_cache(maxsize=1)
def annotator() -> Callable[[Report], Annotation]:
    return annotate(Settings())


def facts_of(text: str, published: str | None = None) -> tuple[Annotation, tuple[ActorFact, ...]]:
    annotation = annotator()(Report.of(text, "case", "The Paper", published=published))
    return annotation, describe_actors(annotation, ())


def shown(fact: ActorFact, parts: int) -> str:
    when = "-"
    if fact.when.known:
        same = fact.when.earliest == fact.when.latest
        when = f"{fact.when.earliest}" if same else f"{fact.when.earliest}..{fact.when.latest}"
    return " | ".join([fact.actor, fact.field, fact.value, when, str(fact.attribution[-1].name)][:parts])


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:60] for c in CASES])
def test_cases(case: dict[str, Any]) -> None:
    annotation, facts = facts_of(case["text"], case.get("published"))
    for wanted in case.get("has", ()):
        parts = wanted.count(" | ") + 1
        assert wanted in {shown(f, parts) for f in facts}
    for unwanted in case.get("lacks", ()):
        assert not [shown(f, 5) for f in facts if shown(f, 5).startswith(unwanted)]
    for fact in facts:
        assert fact.field in FIELDS
        assert fact.attribution[0] == Source("The Paper", SourceKind.OUTLET)
        assert fact.evidence
        for evidence in fact.evidence:
            assert evidence.field == f"actor.{fact.field}"
            assert annotation.report.text[evidence.start : evidence.end] == evidence.quote


def tree(
    rows: str,
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    times: tuple[TimeMention, ...] = (),
    boilerplate: tuple[tuple[int, int], ...] = (),
) -> Annotation:
    """An annotation of one sentence from rows "word/lemma/POS/TAG/dep/head"; it needs no model."""
    split = [row.split("/") for row in rows.split()]
    text = " ".join(row[0] for row in split)
    tokens, at = [], 0
    for i, (word, lemma, pos, tag, dep, head) in enumerate(split):
        tokens.append(Token(i, at, at + len(word), word, lemma, pos, tag, int(head), dep, 0))
        at += len(word) + 1
    report = Report.of(text, "tree", "The Paper", boilerplate=boilerplate)
    return Annotation(report, tuple(tokens), ((0, len(tokens)),), mentions, entities, times)


PERSON = Mention(0, 1, 0, "person", "name", 0)
PERSONS = (Entity(0, "person", "Okello", ("Okello",), (0,)),)
ARRESTED = "Okello/Okello/PROPN/NNP/nsubj:pass/2 was/be/AUX/VBD/aux:pass/2 arrested/arrest/VERB/VBN/root/2 {} ././PUNCT/./punct/2"


def arrested(middle: str = "", **more: Any) -> Annotation:
    return tree(ARRESTED.format(middle), (PERSON,), PERSONS, **more)


def test_an_arrest_is_only_an_arrest() -> None:
    annotation = arrested("in/in/ADP/IN/case/4 2019/2019/NUM/CD/obl/2", times=(TimeMention(4, 5, When.year(2019, "2019")),))
    assert legal_statuses(annotation) == {0: ((Status.ARRESTED, When.year(2019, "2019"), (1, 3)),)}
    assert statuses_at(annotation, 0) == legal_statuses(annotation)[0]


def test_negation_takes_the_status_away() -> None:
    rows = (
        "Okello/Okello/PROPN/NNP/nsubj:pass/3 was/be/AUX/VBD/aux:pass/3 never/never/ADV/RB/advmod/3 "
        "arrested/arrest/VERB/VBN/root/3"
    )
    assert legal_statuses(tree(rows, (PERSON,), PERSONS)) == {}


def test_a_reproach_that_somebody_faced_is_no_charge_of_a_court() -> None:
    text = "It was a charge that Mrs. Carter has faced in the past and has always denied. She met Ann Lee."
    assert not [f for f in facts_of(text)[1] if f.field == "status"]


def test_rebels_arrest_nobody() -> None:
    by = "by/by/ADP/IN/case/4 {}/{}/NOUN/NNS/obl/2"
    assert legal_statuses(arrested(by.format("police", "police")))[0][0].status is Status.ARRESTED
    assert legal_statuses(arrested(by.format("guerrillas", "guerrilla"))) == {}


def test_the_page_around_the_report_is_no_evidence() -> None:
    assert legal_statuses(arrested(boilerplate=((0, 5),))) == {}
    assert describe_actors(arrested(boilerplate=((0, 5),)), ()) == ()


def test_a_status_of_somebody_unnamed_is_found_at_the_token() -> None:
    rows = "Gunmen/gunman/NOUN/NNS/nsubj:pass/2 were/be/AUX/VBD/aux:pass/2 arrested/arrest/VERB/VBN/root/2"
    annotation = tree(rows, (Mention(0, 1, 0, "person", "nominal"),), ())
    assert [s.status for s in statuses_at(annotation, 0)] == [Status.ARRESTED]
    assert legal_statuses(annotation) == {}
    assert describe_actors(annotation, ()) == ()


def claim(annotation: Annotation, kind: str, word: str, subject: str, factuality: Factuality = Factuality.CERTAIN) -> Claim:
    text = annotation.report.text
    at, who = text.index(word), text.index(subject)
    evidence = Evidence("type", at, at + len(word), word)
    patient = Argument("subjects", subject, who, who + len(subject), subject, "person")
    return Claim(
        "c",
        annotation.report.id,
        "test",
        "e",
        kind,
        None,
        factuality,
        Certainty.STATED,
        (Source("The Paper", SourceKind.OUTLET),),
        (evidence,),
        (patient,),
        when=When.year(2019),
    )


def test_a_claim_dates_the_status_that_rests_on_the_same_words() -> None:
    annotation = arrested()
    (fact,) = describe_actors(annotation, (claim(annotation, "arrest", "arrested", "Okello"),))
    assert (fact.value, fact.when) == ("arrested", When.year(2019))


def test_an_event_of_justice_gives_its_subject_a_status_unless_it_is_doubted() -> None:
    rows = "Okello/Okello/PROPN/NNP/nsubj/1 faces/face/VERB/VBZ/root/1 indictment/indictment/NOUN/NN/obj/1"
    annotation = tree(rows, (PERSON,), PERSONS)
    told = describe_actors(annotation, (claim(annotation, "charge", "indictment", "Okello"),))
    assert [(f.actor, f.value, f.evidence[0].quote) for f in told] == [("Okello", "charged", "indictment")]
    assert describe_actors(annotation, (claim(annotation, "charge", "indictment", "Okello", Factuality.NOT_CERTAIN),)) == ()


def test_what_is_said_of_a_man_is_put_on_nobody_but_the_one_named_next() -> None:
    rows = (
        "A/a/DET/DT/det/1 man/man/NOUN/NN/nsubj:pass/3 was/be/AUX/VBD/aux:pass/3 arrested/arrest/VERB/VBN/root/3 "
        "after/after/SCONJ/IN/mark/7 Nafula/Nafula/PROPN/NNP/nsubj/7 and/and/CCONJ/CC/cc/8 came/come/VERB/VBD/advcl/3 "
        "Wekesa/Wekesa/PROPN/NNP/conj/5"
    )
    mentions = (
        Mention(0, 2, 1, "person", "nominal", 0),
        Mention(5, 6, 5, "person", "name", 1),
        Mention(8, 9, 8, "person", "name", 0),
    )
    wrong = (Entity(0, "person", "Wekesa", ("Wekesa",), (0, 2)), Entity(1, "person", "Nafula", ("Nafula",), (1,)))
    assert legal_statuses(tree(rows, mentions, wrong)) == {}
    swapped = (mentions[0], Mention(5, 6, 5, "person", "name", 0), Mention(8, 9, 8, "person", "name", 1))
    right = (Entity(0, "person", "Nafula", ("Nafula",), (0, 1)), Entity(1, "person", "Wekesa", ("Wekesa",), (2,)))
    assert [s.status for s in legal_statuses(tree(rows, swapped, right))[0]] == [Status.ARRESTED]
