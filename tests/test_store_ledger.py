"""Ids that last: whatever joins or parts, every incident has one id, and every id once given leads somewhere or is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline_fakes import Reader
from veridical.model import Claim, Incident, Relation, Report
from veridical.resolve import merge
from veridical.store import Settlement, settle_ids
from veridical.store.sqlite import SQLiteStore

TEXT = "\n".join(f"2031-05-{i + 1:02} bombing in Norwick: {i} killed, police said" for i in range(8))
REPORT = Report.of(TEXT, "a.txt")
CLAIMS = Reader().extract_report(REPORT).claims

partitions = st.lists(st.integers(0, 3), min_size=8, max_size=8)
"""Which of four incidents each of the eight claims belongs to; 3 is left out."""


def derive(parts: Sequence[int], claims: Sequence[Claim] = CLAIMS) -> tuple[Incident, ...]:
    groups: dict[int, list[Claim]] = {}
    for part, claim in zip(parts, claims, strict=True):
        if part < 3:
            groups.setdefault(part, []).append(claim)
    return tuple(merge(g, {REPORT.id: REPORT}) for g in groups.values())


def settle_all(history: Sequence[Sequence[int]]) -> list[Settlement]:
    settled: list[Settlement] = []
    for parts in history:
        settled.append(settle_ids(derive(parts), settled[-1].entries if settled else ()))
    return settled


@given(st.lists(partitions, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_ids_are_unique_and_settle_at_once(history: list[list[int]]) -> None:
    last = settle_all(history)[-1]
    ids = [i.id for i in last.incidents]
    assert len(set(ids)) == len(ids) == len(derive(history[-1]))
    again = settle_ids(derive(history[-1]), last.entries)
    assert [i.id for i in again.incidents] == ids and again.forwards == ()
    turned = settle_ids(tuple(reversed(derive(history[-1]))), last.entries)
    assert {i.id: i.claims for i in turned.incidents} == {i.id: i.claims for i in last.incidents}


@given(partitions)
@settings(max_examples=100, deadline=None)
def test_a_first_derivation_keeps_its_own_ids(parts: list[int]) -> None:
    (settled,) = settle_all([parts])
    assert settled.incidents == derive(parts) and settled.forwards == ()


@given(st.lists(partitions, min_size=2, max_size=5))
@settings(max_examples=100, deadline=None)
def test_every_id_ever_given_is_in_use_or_forwards(history: list[list[int]]) -> None:
    store = SQLiteStore(Path(":memory:"))
    given_ids: set[str] = set()
    for settled in settle_all(history):
        store.record(settled.entries, settled.forwards)
        given_ids |= {i.id for i in settled.incidents}
    live = {i.id for i in settled.incidents}
    gone = {f.id for f in store.forwards() if f.now is None}
    for one in given_ids:
        reached = set(store.follow(one))
        assert reached <= live
        assert reached or (one not in live and (gone or not live))


def test_a_merge_forwards_the_smaller_and_a_split_keeps_the_larger() -> None:
    apart, joined, parted = settle_all([[0, 0, 0, 1, 1, 3, 3, 3], [0, 0, 0, 0, 0, 3, 3, 3], [0, 0, 0, 0, 1, 3, 3, 3]])
    large, small = (i.id for i in apart.incidents)
    assert [i.id for i in joined.incidents] == [large]
    assert [(f.id, f.now, f.why) for f in joined.forwards] == [(small, large, "merged")]
    assert parted.incidents[0].id == large
    assert [(f.id, f.now, f.why) for f in parted.forwards] == [(large, parted.incidents[1].id, "split")]


def test_relations_follow_the_lasting_ids() -> None:
    (before,) = settle_all([[0, 0, 0, 1, 1, 3, 3, 3]])
    now = derive([3, 0, 0, 1, 1, 3, 3, 3])
    related = (now[0], replace(now[1], related=(Relation("follows", now[0].id),)))
    settled = settle_ids(related, before.entries)
    assert now[0].id != before.incidents[0].id == settled.incidents[0].id
    assert settled.incidents[1].related == (Relation("follows", before.incidents[0].id),)
