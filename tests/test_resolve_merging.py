"""Merging the claims of one incident: which value is shown, what stays beside it, who counts as an origin."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veridical.errors import VeridicalError
from veridical.model import Argument, Attribution, Claim, Evidence, Relation, Report, Source, content_hash
from veridical.resolve import group_report, merge, relate
from veridical.values import (
    Certainty,
    Count,
    Factuality,
    SourceKind,
    Stage,
    Status,
    When,
    WhenPrecision,
    Where,
    WherePrecision,
)

ANKARA = Where("Ankara", "Ankara", "Ankara", "TUR", 39.92, 32.85, 323786, WherePrecision.CITY)
STATION = Where("Ankara train station", "Ankara", "Ankara", "TUR", 39.92, 32.85, 323786, WherePrecision.SITE)
TURKEY = Where("Turkey", None, None, "TUR", None, None, 298795, WherePrecision.COUNTRY)
LIMA = Where("Lima", "Lima", "Lima", "PER", -12.04, -77.03, 3936456, WherePrecision.CITY)


def day(text: str) -> When:
    return When(text, text, WhenPrecision.DAY, as_written=text)


def paper(publisher: str | None, published: str | None = None, text: str = "") -> Report:
    return Report.of(
        text or f"A report by {publisher} of {published} about one thing and another.",
        f"{publisher}-{published}.txt",
        publisher,
        published=published,
    )


def chain(report: Report, *sources: tuple[str, SourceKind]) -> Attribution:
    return (Source(report.publisher, SourceKind.OUTLET), *(Source(n, k, "said") for n, k in sources))


def claim(
    report: Report, event: str = "e1", type: str = "bombing", by: Attribution | None = None, at: int = 0, **fields: object
) -> Claim:
    made = Claim(
        "",
        report.id,
        "test 1",
        event,
        type,
        Stage.CARRIED_OUT,
        Factuality.CERTAIN,
        Certainty.STATED,
        by or chain(report),
        (Evidence("type", at, at + 1, report.text[at : at + 1]),),
    )
    made = replace(made, **fields)  # type: ignore[arg-type]
    return replace(made, id=content_hash(repr(made)))


def person(name: str, role: str = "perpetrators", **fields: object) -> Argument:
    return replace(Argument(role, name, 0, 1, name, "person"), **fields)  # type: ignore[arg-type]


def group(name: str, role: str = "organizations", aliases: tuple[str, ...] = ()) -> Argument:
    return Argument(role, name, 0, 1, name, "group", aliases=aliases)


def killed(low: int | None, best: int | None, high: int | None, of: str | None = None) -> Count:
    return Count("killed", of, low, best, high)


def exactly(number: int) -> Count:
    return killed(number, number, number)


def join(*claims: Claim, reports: tuple[Report, ...]):
    return merge(claims, {r.id: r for r in reports})


A, B, C = paper("Morning Post", "2015-10-11"), paper("Evening Star", "2015-10-12"), paper("Coast Radio", "2015-10-13")


def test_a_vaguer_date_supports_the_day_and_disputes_nothing() -> None:
    found = join(claim(A, when=day("2015-10-10")), claim(B, when=When.year(2015)), reports=(A, B))
    assert found.when == day("2015-10-10")
    assert found.disagreements == ()
    assert found.origins == ("Morning Post", "Evening Star")


def test_two_dates_from_two_origins_are_both_kept() -> None:
    guler = chain(A, ("Deutsche Welle", SourceKind.AGENCY), ("Kemal Tan", SourceKind.SUSPECT))
    found = join(claim(A, when=day("2015-07-20")), claim(A, when=When.year(2014), by=guler), reports=(A,))
    assert found.when == day("2015-07-20")
    [dispute] = found.disagreements
    assert dispute.field == "when"
    assert [(v.value["earliest"], v.origins) for v in dispute.values] == [
        ("2015-07-20", ("Morning Post",)),
        ("2014-01-01", ("Kemal Tan",)),
    ]


def test_most_independent_origins_beat_precision_and_precision_beats_lateness() -> None:
    found = join(
        claim(A, counts=(exactly(30),)), claim(B, counts=(exactly(30),)), claim(C, counts=(exactly(33),)), reports=(A, B, C)
    )
    assert found.counts == (killed(30, 30, 33),)
    assert [v.origins for v in found.disagreements[0].values] == [("Morning Post", "Evening Star"), ("Coast Radio",)]
    later = join(claim(A, counts=(exactly(30),)), claim(C, counts=(exactly(33),)), reports=(A, C))
    assert later.counts[0].best == 33


def test_a_later_figure_of_one_origin_supersedes_its_earlier_one() -> None:
    again = paper("Morning Post", "2015-10-20")
    found = join(claim(A, counts=(exactly(30),)), claim(again, counts=(exactly(33),)), reports=(A, again))
    assert found.counts == (exactly(33),)
    assert found.disagreements == ()
    undated = paper("Morning Post", None, "The same paper without a date tells it once more.")
    assert join(claim(undated, counts=(exactly(30),)), claim(A, counts=(exactly(33),)), reports=(A, undated)).counts == (
        killed(30, 33, 33),
    )


@pytest.mark.parametrize("vague", [killed(30, 30, None), killed(24, None, None), killed(None, 30, None), killed(None, 34, 34)])
def test_bounds_that_allow_the_exact_toll_agree_with_it(vague: Count) -> None:
    found = join(claim(A, counts=(exactly(33),)), claim(B, counts=(vague,)), reports=(A, B))
    assert found.counts == (exactly(33),)
    assert found.disagreements == ()


def test_an_open_bound_stays_open() -> None:
    found = join(claim(A, counts=(killed(101, 101, None),)), claim(B, counts=(exactly(90),)), reports=(A, B))
    assert (found.counts[0].low, found.counts[0].high) == (90, None)
    assert found.disagreements[0].field == "counts.killed"


def test_counts_of_parts_stay_apart() -> None:
    found = join(claim(A, counts=(exactly(9), killed(2, 2, 2, "attackers"))), reports=(A,))
    assert [(c.of, c.best) for c in found.counts] == [(None, 9), ("attackers", 2)]


def test_the_site_in_the_city_is_shown_and_another_country_disputes_it() -> None:
    found = join(claim(A, where=ANKARA), claim(B, where=STATION), claim(C, where=TURKEY), reports=(A, B, C))
    assert found.where == STATION
    assert found.disagreements == ()
    assert found.id.startswith("TUR-00000000-bombing-")
    assert [d.field for d in join(claim(A, where=ANKARA), claim(B, where=LIMA), reports=(A, B)).disagreements] == ["where"]


def test_a_bare_site_is_filled_from_the_city_that_another_claim_gives() -> None:
    bare = Where("Rosa nightclub", precision=WherePrecision.SITE)
    found = join(claim(A, where=bare), claim(A, where=LIMA), reports=(A,))
    assert (found.where.name, found.where.city, found.where.country) == ("Rosa nightclub", "Lima", "PER")


def test_stages_that_end_differently_are_disputed_and_a_plan_is_not() -> None:
    plan, foiled = claim(A, stage=Stage.PLANNED), claim(B, stage=Stage.FOILED)
    found = join(plan, foiled, reports=(A, B))
    assert (found.stage, found.disagreements) == (Stage.FOILED, ())
    done = claim(C, stage=Stage.CARRIED_OUT)
    assert [d.field for d in join(foiled, done, reports=(B, C)).disagreements] == ["stage"]


def test_the_special_type_beats_the_general_one() -> None:
    found = join(claim(A, type="attack"), claim(B, type="attack"), claim(C, type="bombing"), reports=(A, B, C))
    assert (found.type, found.disagreements) == ("bombing", ())
    assert join(claim(A, type="kidnapping"), claim(B, type="bombing"), reports=(A, B)).disagreements[0].field == "type"


def test_one_source_in_five_papers_is_one_origin() -> None:
    papers = [paper(f"Paper {i}", f"2020-01-0{i}") for i in range(1, 6)]
    names = ["Deutsche Welle", "DW", "Deutsche Welle", "DW", "DW"]
    told = [claim(p, by=chain(p, (n, SourceKind.AGENCY))) for p, n in zip(papers, names, strict=True)]
    assert join(*told, reports=tuple(papers)).origins == ("Deutsche Welle",)
    own = claim(papers[0])
    assert set(join(*told, own, reports=tuple(papers)).origins) == {"Paper 1", "Deutsche Welle"}


def test_a_surname_that_fits_two_sources_joins_neither() -> None:
    said = [claim(A, by=chain(A, (n, SourceKind.WITNESS))) for n in ("Ada Moreau", "Louis Moreau", "Moreau")]
    assert len(join(*said, reports=(A,)).origins) == 3
    assert len(join(said[0], said[2], reports=(A,)).origins) == 1


WIRE = (
    "Two men on a motorcycle threw a grenade at the customs office shortly before noon on Thursday. The blast broke "
    "every window on the square and wounded a clerk and three drivers who were waiting for their papers. The harbour "
    "commander told reporters that the pair had escaped towards the old quarter. Nobody has claimed the attack so far."
)


def test_a_reprint_has_no_word_of_its_own() -> None:
    first = paper("Harbour Gazette", "2019-03-01", WIRE)
    reprint = paper("Inland Times", "2019-03-02", "INLAND TIMES STAFF. " + WIRE)
    fresh = paper("Island Voice", "2019-03-02", "An account of its own: a clerk was hurt by a bomb at the quay.")
    told = [claim(r, when=day("2019-02-28")) for r in (first, reprint, fresh)]
    assert join(*told, reports=(first, reprint, fresh)).origins == ("Harbour Gazette", "Island Voice")


def test_short_and_long_names_are_one_person_and_different_people_stay_two() -> None:
    found = join(
        claim(A, arguments=(person("Abdulkadir Masharipov"), person("Masharipov"), person("Abdulkadir Mashripov"))), reports=(A,)
    )
    assert [p.name for p in found.party("perpetrators")] == ["Abdulkadir Masharipov"]
    for one, other in (
        ("Daniel Ortiz", "Daniela Ortiz"),
        ("Maria Lopez", "Mario Lopez"),
        ("Said Belkacem", "Cherif Belkacem"),
        ("Juan Perez", "Jose Perez"),
        ("Ali Hassan", "Ali Hussein"),
    ):
        two = join(claim(A, arguments=(person(one), person(other))), reports=(A,))
        assert len(two.party("perpetrators")) == 2, (one, other)


def test_organisations_join_by_acronym_and_alias() -> None:
    found = join(
        claim(A, arguments=(group("People's Harvest Front (PHF)"),)),
        claim(B, arguments=(group("PHF"),)),
        claim(C, arguments=(group("ISIL"), group("Islamic State"))),
        reports=(A, B, C),
    )
    assert [p.name for p in found.party("organizations")] == ["People's Harvest Front (PHF)", "Islamic State"]
    assert "PHF" in found.party("organizations")[0].as_written


def test_one_unnamed_attacker_gives_way_to_the_named_one_and_two_do_not() -> None:
    single = join(claim(A, arguments=(person("an assailant"), person("Tomas Reyes"))), reports=(A,))
    [party] = single.party("perpetrators")
    assert (party.name, "an assailant" in party.as_written) == ("Tomas Reyes", True)
    both = join(claim(A, arguments=(person("two suicide bombers"), person("Tomas Reyes", part="planner"))), reports=(A,))
    assert len(both.party("perpetrators")) == 2


def test_a_single_unnamed_attacker_of_another_report_is_the_only_named_one_unless_several_are_told_of() -> None:
    gunman, named = claim(A, arguments=(person("Gunman"),)), claim(B, arguments=(person("Tomas Reyes"),))
    assert [p.name for p in join(gunman, named, reports=(A, B)).party("perpetrators")] == ["Tomas Reyes"]
    pair = claim(C, arguments=(person("two gunmen"),))
    assert len(join(gunman, named, pair, reports=(A, B, C)).party("perpetrators")) == 3


def test_the_legally_latest_status_is_shown_with_its_date() -> None:
    told = [
        person("Tomas Reyes", status=Status.ARRESTED, status_date="2017-01-16"),
        person("Reyes", status=Status.CONVICTED, status_date="2020-09-07"),
        person("Tomas Reyes", status=Status.SUSPECTED),
    ]
    [party] = join(*(claim(A, arguments=(a,)) for a in told), reports=(A,)).party("perpetrators")
    assert (party.status, party.status_date) == (Status.CONVICTED, "2020-09-07")
    freed = person("Tomas Reyes", status=Status.ACQUITTED, status_date="2022-01-01")
    [party] = join(*(claim(A, arguments=(a,)) for a in [*told, freed]), reports=(A,)).party("perpetrators")
    assert party.status is Status.ACQUITTED


def test_pronouns_are_no_names() -> None:
    [party] = join(
        claim(A, arguments=(person("Tomas Reyes", quote="his"), person("Tomas Reyes", quote="Reyes"))), reports=(A,)
    ).party("perpetrators")
    assert party.as_written == ("Reyes",)


def test_rival_culprits_and_denials_are_disputed() -> None:
    red, blue = claim(A, arguments=(group("Red Dawn"),)), claim(B, arguments=(group("Blue Star"),))
    assert [d.field for d in join(red, blue, reports=(A, B)).disagreements] == ["organizations"]
    denial = claim(C, by=chain(C, ("Red Dawn", SourceKind.GROUP)), certainty=Certainty.DENIED, arguments=(group("Red Dawn"),))
    found = join(red, denial, reports=(A, C))
    assert [v.value for v in found.disagreements[0].values] == ["Red Dawn", "not Red Dawn"]
    assert found.certainty is Certainty.STATED


def test_a_denied_event_disputes_its_certainty() -> None:
    denial = claim(
        B, by=chain(B, ("army spokesman", SourceKind.OFFICIAL)), factuality=Factuality.NOT_CERTAIN, certainty=Certainty.DENIED
    )
    assert [d.field for d in join(claim(A), denial, reports=(A, B)).disagreements] == ["certainty"]
    assert join(denial, reports=(B,)).certainty is Certainty.DENIED
    foiled = claim(A, stage=Stage.FOILED, factuality=Factuality.NOT_CERTAIN)
    assert join(foiled, reports=(A,)).certainty is Certainty.STATED


def test_what_only_a_suspect_says_is_alleged() -> None:
    said = claim(A, by=chain(A, ("Kemal Tan", SourceKind.SUSPECT)), certainty=Certainty.ALLEGED)
    assert join(said, reports=(A,)).certainty is Certainty.ALLEGED
    assert join(said, claim(A), reports=(A,)).certainty is Certainty.STATED


def test_a_reviewers_choice_is_shown_first() -> None:
    one, two, three = (claim(r, counts=(exactly(n),)) for r, n in ((A, 30), (B, 30), (C, 33)))
    found = merge((one, two, three), {r.id: r for r in (A, B, C)}, {"counts.killed": three.id})
    assert (found.counts[0].low, found.counts[0].best, found.counts[0].high) == (30, 33, 33)


def test_confidence_grows_with_origins_and_with_surer_claims() -> None:
    one = join(claim(A, confidence=0.5), reports=(A,)).confidence
    two = join(claim(A, confidence=0.5), claim(B, confidence=0.5), reports=(A, B)).confidence
    sure = join(claim(A, confidence=0.9), reports=(A,)).confidence
    assert 0 < one < two < 1 and one < sure < 1


def test_events_of_a_report_come_in_text_order() -> None:
    told = [claim(A, "late", at=20), claim(A, "early", at=5), claim(A, "late", at=9, modes=("suicide",))]
    assert [[c.event for c in g] for g in group_report(told)] == [["early"], ["late", "late"]]


def test_related_events_become_incident_ids() -> None:
    bomb, arrest = claim(A, "e1"), claim(A, "e2", "arrest", at=7, stage=None, relations=(Relation("response_to", "e1"),))
    incidents = relate([merge(g, {A.id: A}) for g in group_report([bomb, arrest])])
    assert incidents[1].related == (Relation("response_to", incidents[0].id),)


def test_no_claims_and_missing_reports_say_what_mends_them() -> None:
    with pytest.raises(VeridicalError, match="at least one claim"):
        merge((), {})
    with pytest.raises(VeridicalError, match="give every report"):
        merge((claim(A),), {})


# Properties

REPORTS = tuple(
    paper(p, d, f"{p} {d} {WIRE if p == 'Paper W' else 'own words'} {i}")
    for i, (p, d) in enumerate(
        (p, d) for p in ("Paper V", "Paper W", "Paper X", None) for d in ("2020-01-05", "2020-01-09", None)
    )
)


@st.composite
def tolls(draw: st.DrawFn) -> Count:
    low, best, high = sorted(draw(st.lists(st.integers(0, 60), min_size=3, max_size=3)))
    hide = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return Count(
        draw(st.sampled_from(["killed", "injured"])),
        draw(st.sampled_from([None, "police"])),
        None if hide[0] else low,
        None if hide[1] else best,
        None if hide[2] else high,
    )


@st.composite
def claims_of_one_incident(draw: st.DrawFn) -> Claim:
    report = draw(st.sampled_from(REPORTS))
    source = draw(st.sampled_from([None, "Deutsche Welle", "DW", "Lea Brandt", "Brandt", "police"]))
    return claim(
        report,
        type=draw(st.sampled_from(["attack", "bombing", "armed_assault", "kidnapping"])),
        at=draw(st.integers(0, 9)),
        by=chain(report, (source, SourceKind.OFFICIAL)) if source else None,
        stage=draw(st.sampled_from([None, *Stage])),
        certainty=draw(st.sampled_from(list(Certainty))),
        factuality=draw(st.sampled_from(list(Factuality))),
        confidence=draw(st.floats(0, 1)),
        when=draw(
            st.sampled_from([When(), day("2020-01-02"), day("2020-01-03"), When.month(2020, 1), When.year(2020), When.year(2019)])
        ),
        where=draw(st.sampled_from([Where(), ANKARA, STATION, TURKEY, LIMA])),
        counts=tuple(draw(st.lists(tolls(), max_size=2))),
        reason=draw(st.sampled_from([None, "no weapons", "arrests"])),
        arguments=tuple(
            draw(
                st.lists(
                    st.sampled_from(
                        [
                            person("Omar Said"),
                            person("Said"),
                            person("Nadia Said"),
                            person("two gunmen"),
                            person("a gunman"),
                            person("gunmen", status=Status.SUSPECTED),
                            person("Omar Saeed", status=Status.CONVICTED, status_date="2021-02-03"),
                            group("ISIL"),
                            group("Islamic State"),
                            group("Red Dawn"),
                            group("the market", "targets"),
                            group("theft", "charges"),
                            group("aggravated theft", "charges"),
                        ]
                    ),
                    max_size=3,
                )
            )
        ),
    )


MANY = st.lists(claims_of_one_incident(), min_size=1, max_size=9)
KNOWN = {r.id: r for r in REPORTS}


@given(MANY, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_claims_and_doubles_change_nothing(claims: list[Claim], chance: random.Random) -> None:
    shuffled = claims + chance.sample(claims, k=len(claims) // 2)
    chance.shuffle(shuffled)
    assert merge(claims, KNOWN) == merge(shuffled, KNOWN)


@given(MANY)
@settings(max_examples=150, deadline=None)
def test_low_best_and_high_are_in_order_and_come_from_the_claims(claims: list[Claim]) -> None:
    found = merge(claims, KNOWN)
    given_tolls = {n for c in claims for t in c.counts for n in (t.low, t.best, t.high)} | {None}
    for count in found.counts:
        told = [n for n in (count.low, count.best, count.high) if n is not None]
        assert told == sorted(told)
        assert {count.low, count.best, count.high} <= given_tolls


@given(MANY, claims_of_one_incident())
@settings(max_examples=100, deadline=None)
def test_one_more_claim_never_lowers_confidence_or_loses_a_claim(claims: list[Claim], more: Claim) -> None:
    before, after = merge(claims, KNOWN), merge([*claims, more], KNOWN)
    assert {c.id for c in before.claims} <= {c.id for c in after.claims}
    # A longer name can show that two origins were one ("Brandt" is Lea Brandt): then fewer stand behind it.
    assert after.confidence >= before.confidence or len(after.origins) < len(before.origins) + 1


@given(MANY)
@settings(max_examples=100, deadline=None)
def test_every_disagreement_has_two_sides_with_claims(claims: list[Claim]) -> None:
    found = merge(claims, KNOWN)
    ids = {c.id for c in found.claims}
    for dispute in found.disagreements:
        assert len(dispute.values) >= 2
        assert all(v.claims and set(v.claims) <= ids and v.origins for v in dispute.values)
