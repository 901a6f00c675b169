"""Actors across reports: who joins whom, and what they keep."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from test_resolve_merging import KNOWN, LIMA, MANY, STATION, A, B, C, chain, claim, group, join, person
from veridical.model import Actor, ActorFact, Claim, Evidence, Report
from veridical.resolve import derive_actors, merge, name_parties
from veridical.values import SourceKind, Status, When


def fact(report: Report, actor: str, field: str, value: str) -> ActorFact:
    return ActorFact(report.id, actor, "person", field, value, When(), chain(report), (Evidence(field, 0, 3, "abc"),))


def names(actors: tuple[Actor, ...]) -> list[str]:
    return [a.name for a in actors]


def test_a_full_name_in_two_reports_is_one_actor_with_the_facts_of_both() -> None:
    [actor] = derive_actors(
        [fact(A, "Tomas Reyes", "role", "finance chief"), fact(B, "Tomás Reyes", "nationality", "Peruvian")], []
    )
    assert {f.value for f in actor.facts} == {"finance chief", "Peruvian"}
    assert {f.report for f in actor.facts} == {A.id, B.id}


def test_a_bare_surname_joins_nobody_of_another_report() -> None:
    assert names(derive_actors([fact(A, "Tomas Reyes", "role", "courier"), fact(B, "Reyes", "role", "courier")], [])) == [
        "Reyes",
        "Tomas Reyes",
    ]
    assert len(derive_actors([fact(A, "Reyes", "role", "courier"), fact(B, "Reyes", "role", "courier")], [])) == 2


def test_a_bare_surname_joins_the_only_full_name_of_its_report() -> None:
    told = [fact(A, "Tomas Reyes", "role", "courier"), fact(A, "Reyes", "travel", "Cusco")]
    assert names(derive_actors(told, [])) == ["Tomas Reyes"]
    assert len(derive_actors([*told, fact(A, "Luisa Reyes", "role", "teacher")], [])) == 3


def test_another_spelling_needs_company() -> None:
    told = [fact(A, "Abdulkadir Masharipov", "role", "gunman"), fact(B, "Abdulkadir Mashripov", "role", "gunman")]
    assert len(derive_actors(told, [])) == 2
    shared = [fact(r, n, "affiliation", "Red Dawn") for r, n in ((A, "Abdulkadir Masharipov"), (B, "Abdulkadir Mashripov"))]
    assert len(derive_actors([*told, *shared], [])) == 1


def test_a_nom_de_guerre_of_two_words_joins() -> None:
    told = [fact(A, "Kemal Tan", "alias", "Abu Yusuf"), fact(B, "Abu Yusuf", "role", "recruiter")]
    [actor] = derive_actors(told, [])
    assert {actor.name, *actor.aliases} == {"Kemal Tan", "Abu Yusuf"}


def test_namesakes_in_two_countries_stay_two() -> None:
    turkish = join(claim(A, where=STATION, arguments=(person("Ali Hassan"),)), reports=(A,))
    peruvian = join(claim(B, where=LIMA, arguments=(person("Ali Hassan"),)), reports=(B,))
    assert len(derive_actors([], [turkish, peruvian])) == 2
    again = join(claim(C, where=STATION, arguments=(person("Ali Hassan"),)), reports=(C,))
    assert len(derive_actors([], [turkish, again])) == 1


def test_statuses_come_with_dates_and_sources_and_privacy_is_kept() -> None:
    police = chain(A, ("provincial police", SourceKind.OFFICIAL))
    told = join(
        claim(A, by=police, arguments=(person("Tomas Reyes", status=Status.ARRESTED, status_date="2017-01-16"),)),
        claim(B, arguments=(person("Tomas Reyes", status=Status.CONVICTED, status_date="2020-09-07"),)),
        reports=(A, B),
    )
    [actor] = derive_actors([fact(A, "Tomas Reyes", "private", "minor")], [told])
    statuses = [(f.value, f.when.earliest, f.attribution[-1].name) for f in actor.facts if f.field == "status"]
    assert statuses == [("arrested", "2017-01-16", "provincial police"), ("convicted", "2020-09-07", "Evening Star")]
    assert any(f.field == "private" for f in actor.facts)
    assert actor.incidents == (told.id,)


def test_groups_join_by_acronym_and_parties_get_their_actor() -> None:
    one = join(claim(A, arguments=(group("People's Harvest Front (PHF)"), person("Nusret Kaya"))), reports=(A,))
    two = join(claim(B, "e9", arguments=(group("PHF"), person("two gunmen"))), reports=(B,))
    actors = derive_actors([], [one, two])
    assert names(actors) == ["Nusret Kaya", "People's Harvest Front (PHF)"]
    filled = name_parties([one, two], actors)
    assert filled[0].party("organizations")[0].actor_id == filled[1].party("organizations")[0].actor_id is not None
    assert filled[1].party("perpetrators")[0].actor_id is None


@given(st.lists(MANY, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_actors_do_not_depend_on_order(stories: list[list[Claim]], chance: random.Random) -> None:
    incidents = [merge(s, KNOWN) for s in stories]
    facts = [fact(A, "Omar Said", "alias", "Abu Nadia"), fact(B, "Said", "role", "driver"), fact(B, "Nadia Said", "role", "cook")]
    before = derive_actors(facts, incidents)
    chance.shuffle(incidents)
    chance.shuffle(facts)
    assert derive_actors(facts, incidents) == before
