"""Joining reports: what becomes one incident, what stays two, why, and that nothing depends on order."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_resolve_merging import (
    ANKARA,
    KNOWN,
    LIMA,
    STATION,
    WIRE,
    claim,
    claims_of_one_incident,
    day,
    exactly,
    group,
    killed,
    paper,
    person,
)
from veridical.errors import VeridicalError
from veridical.export.record import dumps, to_record
from veridical.model import Claim, Link, Report
from veridical.resolve import ResolveSettings, block, cluster, resolve
from veridical.values import Stage, When, Where, WherePrecision


def told(publisher: str, published: str | None, words: str) -> Report:
    return paper(publisher, published, words)


def solve(*claims: Claim, reports: tuple[Report, ...], decisions: tuple[Link, ...] = ()):
    return resolve(claims, {r.id: r for r in reports}, decisions)


FIRST = told("Morning Post", "2015-10-10", "A blast hit a rally at the train station of Ankara on Saturday; 30 are dead.")
LATER = told("Evening Star", "2015-10-12", "The bombs at the peace rally beside the station have killed 95, doctors said.")
OTHER = told("Coast Radio", "2015-10-11", "Gunmen robbed a bank in the harbour district of Lima and wounded a guard.")


def test_two_reports_of_one_attack_join_though_the_toll_has_grown() -> None:
    early = claim(
        FIRST, when=day("2015-10-10"), where=ANKARA, counts=(killed(30, 30, None),), arguments=(group("a rally", "targets"),)
    )
    late = claim(
        LATER, when=day("2015-10-10"), where=STATION, counts=(exactly(95),), arguments=(group("peace rally", "targets"),)
    )
    found = solve(early, late, claim(OTHER, type="armed_assault", where=LIMA), reports=(FIRST, LATER, OTHER))
    assert sorted(len(i.reports) for i in found.incidents) == [1, 2]
    joined = next(i for i in found.incidents if len(i.reports) == 2)
    assert (joined.counts, joined.where.name) == ((exactly(95),), "Ankara train station")
    [link] = [k for k in found.links if k.verdict == "same"]
    assert link.score is not None and link.score >= 0.5
    assert any("same day 2015-10-10" in r for r in link.reasons) and any("same town" in r for r in link.reasons)


def site(name: str) -> Where:
    return replace(STATION, name=name, precision=WherePrecision.SITE)


def test_twins_of_one_city_and_day_stay_apart() -> None:
    mosque = claim(
        FIRST,
        type="armed_assault",
        when=day("2019-03-15"),
        where=site("Rose mosque"),
        counts=(exactly(42),),
        arguments=(group("worshippers", "targets"),),
    )
    centre = claim(
        LATER,
        type="armed_assault",
        when=day("2019-03-15"),
        where=site("Linden hall"),
        counts=(exactly(7),),
        arguments=(group("dancers", "targets"),),
    )
    found = solve(mosque, centre, reports=(FIRST, LATER))
    assert len(found.incidents) == 2


def test_one_day_in_two_cities_is_two_incidents_even_of_one_group() -> None:
    here = claim(FIRST, when=day("2015-10-10"), where=ANKARA, arguments=(group("Red Dawn"), person("Omar Said")))
    there = claim(LATER, when=day("2015-10-10"), where=LIMA, arguments=(group("Red Dawn"), person("Omar Said")))
    assert len(solve(here, there, reports=(FIRST, LATER)).incidents) == 2


def test_type_and_year_alone_join_nothing() -> None:
    pair = [claim(r, when=When.year(2015)) for r in (FIRST, OTHER)]
    assert len(solve(*pair, reports=(FIRST, OTHER)).incidents) == 2


def test_a_publication_date_links_and_is_never_filled_in() -> None:
    reprint = told("Inland Times", "2019-03-02", WIRE)
    source = told("Harbour Gazette", "2019-03-01", WIRE)
    [found] = solve(claim(source), claim(reprint), reports=(source, reprint)).incidents
    assert found.when == When()
    assert found.origins == ("Harbour Gazette",)


def test_arrests_join_by_the_person_only() -> None:
    def arrest(report: Report, who: str) -> Claim:
        return claim(
            report, type="arrest", stage=None, when=day("2015-10-11"), where=ANKARA, arguments=(person(who, "subjects"),)
        )

    assert len(solve(arrest(FIRST, "Tomas Reyes"), arrest(LATER, "Tomas Reyes"), reports=(FIRST, LATER)).incidents) == 1
    assert len(solve(arrest(FIRST, "Tomas Reyes"), arrest(LATER, "Nadia Okoye"), reports=(FIRST, LATER)).incidents) == 2
    bare = [claim(r, type="arrest", stage=None, when=day("2015-10-11"), where=ANKARA) for r in (FIRST, LATER)]
    assert len(solve(*bare, reports=(FIRST, LATER)).incidents) == 2


def test_a_foiled_plot_and_an_attack_without_a_common_target_stay_apart() -> None:
    plot = claim(FIRST, stage=Stage.FOILED, when=day("2015-10-10"), where=ANKARA, arguments=(group("an airbase", "targets"),))
    attack = claim(LATER, when=day("2015-10-10"), where=ANKARA, arguments=(group("a rally", "targets"),))
    assert len(solve(plot, attack, reports=(FIRST, LATER)).incidents) == 2


def test_reviewers_verdicts_bind_and_can_be_taken_back() -> None:
    one = claim(FIRST, when=day("2015-10-10"), where=ANKARA, counts=(exactly(95),))
    two = claim(LATER, when=day("2015-10-10"), where=ANKARA, counts=(exactly(95),))
    three = claim(OTHER, type="armed_assault", where=LIMA)
    reports = (FIRST, LATER, OTHER)
    free = solve(one, two, three, reports=reports)
    apart = Link(one.id, two.id, "different", decided_by="ana", decided_at="2024-01-01T00:00:00Z")
    join = Link(two.id, three.id, "same", decided_by="ana", decided_at="2024-01-01T00:00:00Z")
    bound = solve(one, two, three, reports=reports, decisions=(apart, join))
    assert sorted(sorted(c.id for c in i.claims) for i in bound.incidents) == sorted([[one.id], sorted([two.id, three.id])])
    assert solve(one, two, three, reports=reports) == free
    back = replace(apart, verdict="same", decided_at="2024-02-01T00:00:00Z")
    assert any(
        {one.id, two.id} <= {c.id for c in i.claims}
        for i in solve(one, two, three, reports=reports, decisions=(apart, back)).incidents
    )


def test_a_reviewer_can_part_the_claims_of_one_event() -> None:
    one, two = claim(FIRST, where=ANKARA), claim(FIRST, where=LIMA, at=5)
    assert len(solve(one, two, reports=(FIRST,)).incidents) == 1
    parted = solve(one, two, reports=(FIRST,), decisions=(Link(one.id, two.id, "different", decided_by="ana"),))
    assert len(parted.incidents) == 2


def test_one_weak_link_chains_nothing() -> None:
    strong = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    links = [Link(x, y, "unjudged", 0.9) for x, y in strong] + [Link("c", "d", "unjudged", 0.55)]
    assert cluster(links) == [("a", "b", "c"), ("d", "e", "f")]
    veto = Link("a", "b", "unjudged", 0.0)
    assert cluster([veto, Link("a", "c", "unjudged", 0.9), Link("b", "c", "unjudged", 0.8)]) == [("a", "c"), ("b",)]


def test_two_events_of_one_report_never_join_by_themselves() -> None:
    links = [Link("a1", "b", "unjudged", 0.9), Link("a2", "b", "unjudged", 0.8)]
    assert cluster(links, owner={"a1": "A", "a2": "A", "b": "B"}) == [("a1", "b"), ("a2",)]


def test_a_missing_report_is_named() -> None:
    with pytest.raises(VeridicalError, match="give every report"):
        resolve([claim(FIRST)], {})


def test_related_incidents_are_linked_across_reports() -> None:
    from veridical.model import Relation

    bomb = claim(FIRST, "e1", when=day("2015-10-10"), where=STATION, counts=(exactly(95),))
    arrest = claim(
        FIRST,
        "e2",
        "arrest",
        at=9,
        stage=None,
        arguments=(person("Tomas Reyes", "subjects"),),
        relations=(Relation("response_to", "e1"),),
    )
    again = claim(LATER, when=day("2015-10-10"), where=STATION, counts=(exactly(95),))
    found = {i.type: i for i in solve(bomb, arrest, again, reports=(FIRST, LATER)).incidents}
    assert len(found["bombing"].reports) == 2
    assert found["arrest"].related == (Relation("response_to", found["bombing"].id),)


def corpus(size: int) -> tuple[list[Claim], dict[str, Report]]:
    """Reports of invented attacks, about three to an attack, with names and words that recur."""
    chance = random.Random(7)
    lexicon = [
        f"{a}{b}"
        for a in ("bar", "kel", "mor", "tan", "ul", "ves", "zo", "pri")
        for b in ("ana", "ek", "ista", "or", "und", "wen", "ilo", "as", "en", "ura", "ot", "ich")
    ]
    claims, reports = [], {}
    for n in range(size):
        story = random.Random(n // 3)
        date = f"{2000 + story.randrange(20)}-{story.randrange(1, 13):02d}-{story.randrange(1, 28):02d}"
        town = story.choice(lexicon).title()
        words = [story.choice(lexicon) for _ in range(60)] + [chance.choice(lexicon) for _ in range(60)]
        report = told(f"Paper {chance.randrange(300)}", date, f"{n} {town} " + " ".join(words))
        reports[report.id] = report
        where = Where(town, town, None, story.choice(["TUR", "PER", "KEN"]), precision=WherePrecision.CITY)
        claims.append(claim(report, when=day(date), where=where, counts=(exactly(story.randrange(40)),)))
    return claims, reports


def test_time_grows_about_linearly_with_the_reports() -> None:
    spent = []
    for size in (300, 1200):
        claims, reports = corpus(size)
        start = time.process_time()
        assert len(resolve(claims, reports).incidents) < size * 0.6
        spent.append(time.process_time() - start)
    assert spent[1] < spent[0] * 4 * 2.5, spent
    assert sum(1 for _ in block(claims, reports)) <= 1200 * 40


STORIES = st.lists(claims_of_one_incident(), min_size=1, max_size=12)


@given(STORIES, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_claims_changes_no_byte(claims: list[Claim], chance: random.Random) -> None:
    def export(given: list[Claim]) -> list[str]:
        return [dumps(to_record(i)) for i in resolve(given, KNOWN).incidents]

    shuffled = chance.sample(claims, k=len(claims)) + claims[:2]
    assert export(claims) == export(shuffled)
    assert resolve(claims, KNOWN).links == resolve(shuffled, KNOWN).links


@given(STORIES, st.data())
@settings(max_examples=40, deadline=None)
def test_verdicts_hold_and_taking_them_back_gives_the_first_result(claims: list[Claim], data: st.DataObject) -> None:
    ids = sorted({c.id for c in claims})
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] != p[1])
    free = resolve(claims, KNOWN)
    if len(ids) < 2:
        return
    left, right = data.draw(ends)
    verdict = data.draw(st.sampled_from(["same", "different"]))
    bound = resolve(claims, KNOWN, [Link(left, right, verdict, decided_by="ana")])
    home = {c.id: i.id for i in bound.incidents for c in i.claims}
    assert (home[left] == home[right]) is (verdict == "same")
    assert sorted(c.id for i in bound.incidents for c in i.claims) == ids
    assert resolve(claims, KNOWN) == free


@given(STORIES)
@settings(max_examples=30, deadline=None)
def test_every_claim_stands_in_one_incident_and_links_explain_themselves(claims: list[Claim]) -> None:
    found = resolve(claims, KNOWN, settings=ResolveSettings(threshold=0.4))
    assert sorted(c.id for i in found.incidents for c in i.claims) == sorted({c.id for c in claims})
    assert len({i.id for i in found.incidents}) == len(found.incidents)
    for link in found.links:
        assert link.reasons and link.score is not None and 0 <= link.score <= 1
        assert link.verdict in ("same", "different", "unsure")
