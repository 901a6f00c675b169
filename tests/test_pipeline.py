"""The pipeline on small rooms: incremental, order-free, resumable, and strict about what it could not read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline_fakes import rooms, write_reports
from veridical.errors import StoreError
from veridical.export.record import dumps, to_record
from veridical.model import Link
from veridical.pipeline import BuildInterrupted, BuildOptions, BuildSummary, Progress, build, derive, extract, resolve_all
from veridical.settings import Settings
from veridical.store import Choice, open_casebook

TEXTS = {
    "a.txt": "outlet: Norwick Post\n2031-05-04 bombing in Norwick: 12 killed, police said\n",
    "b.txt": "outlet: Daily Lantern\n2031-05-04 bombing in Norwick: 14 killed, doctors said\n",
    "c.txt": "outlet: Harbour Times\n2031-05-06 raid in Skarn: 2 killed, police said\n"
    "2031-05-04 bombing in Norwick: 12 killed, police said\n",
    "d.txt": "outlet: Harbour Times\nNothing happened.\n",
}


def run(paths: list[str], casebook: Path, version: str = "1", workers: int = 1, **kept: object) -> BuildSummary:
    return build(paths, casebook, Settings(), BuildOptions(workers=workers, seconds=5, rooms=rooms(version), **kept))  # type: ignore[arg-type]


def exported(casebook: Path, version: str = "1") -> str:
    store = open_casebook(casebook, create=False)
    derived = derive(store, rooms(version))
    store.close()
    return "\n".join(dumps(to_record(i)) for i in derived.incidents)


def test_a_build_reads_everything_once_and_a_second_skips_it(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    first = run([str(folder)], casebook)
    assert (first.read, first.known, first.refused, first.claims, first.incidents) == (4, 0, (), 4, 2)
    text = exported(casebook)
    assert '"2031-05-04"' in text and '"Daily Lantern"' in text
    second = run([str(folder)], casebook)
    assert (second.read, second.known, second.claims, second.incidents) == (0, 4, 0, 2)
    assert exported(casebook) == text


def test_any_order_and_any_number_of_workers_give_the_same_bytes(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", TEXTS)
    files = sorted(str(p) for p in folder.iterdir())
    run(files, tmp_path / "straight.db")
    text = exported(tmp_path / "straight.db")
    for seed, workers in ((1, 1), (2, 3)):
        random.Random(seed).shuffle(files)
        casebook = tmp_path / f"{seed}.db"
        run(files, casebook, workers=workers)
        assert exported(casebook) == text
    run(files[:2], tmp_path / "parts.db")
    run(files, tmp_path / "parts.db")
    assert len(exported(tmp_path / "parts.db").splitlines()) == len(text.splitlines())


def test_deleting_what_is_derived_changes_nothing(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    run([str(folder)], casebook)
    cached = exported(casebook)
    store = open_casebook(casebook)
    store.db.execute("DELETE FROM cache")  # type: ignore[attr-defined]
    store.close()
    assert exported(casebook) == cached


def test_what_cannot_be_read_is_refused_with_its_reason_and_never_stops_the_run(tmp_path: Path) -> None:
    texts = {
        **TEXTS,
        "e.txt": "unreadable",
        "f.txt": "crash while extracting",
        "g.txt": "raise while extracting",
        "h.txt": "hang while reading",
    }
    folder, casebook = write_reports(tmp_path / "in", texts), tmp_path / "c.db"
    options = BuildOptions(workers=2, seconds=1.5, rooms=rooms())
    summary = build([str(folder), str(tmp_path / "missing")], casebook, Settings(), options)
    assert summary.read == 4
    assert {(Path(r.source).name, r.reason) for r in summary.refused} == {
        ("e.txt", "not text"),
        ("f.txt", "crashed"),
        ("g.txt", "crashed"),
        ("h.txt", "too slow"),
        ("missing", "crashed"),
    }
    assert any("ValueError" in r.message and "no sense in it" in r.message for r in summary.refused)
    store = open_casebook(casebook)
    assert len(store.refusals()) == 5
    write_reports(folder, {"e.txt": TEXTS["a.txt"]})
    assert build([str(folder / "e.txt")], casebook, Settings(), options).read == 1
    assert "e.txt" not in str(store.refusals())


def test_progress_reaches_its_total(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", {**TEXTS, "e.txt": "unreadable"})
    (tmp_path / "rows.jsonl").write_text("row 1\n" + TEXTS["a.txt"] + "\n=====\nrow 2\n" + TEXTS["b.txt"])
    seen: list[Progress] = []
    run([str(folder), str(tmp_path / "rows.jsonl")], tmp_path / "c.db", progress=seen.append)
    assert seen[0].done == 0 and seen[-1].resolving
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert seen[-1].done == seen[-1].total == 7


def test_ctrl_c_keeps_what_is_done_and_the_next_build_goes_on(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"

    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(BuildInterrupted) as caught:
        run([str(folder)], casebook, progress=interrupt)
    assert 1 <= caught.value.summary.read <= 2
    rest = run([str(folder)], casebook)
    assert rest.known == caught.value.summary.read and rest.known + rest.read == 4
    run([str(folder)], tmp_path / "whole.db")
    assert exported(casebook) == exported(tmp_path / "whole.db")


def test_a_newer_extractor_reads_again_and_decisions_move_to_its_claims(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    run([str(folder)], casebook)
    store = open_casebook(casebook)
    claims = [c for c in store.claims() if c.type == "bombing"]
    raid = next(c for c in store.claims() if c.type == "raid")
    store.judge(Link(claims[0].id, raid.id, "same", decided_by="Ada"))
    store.choose(Choice(claims[0].id, "counts.killed", {"low": 13, "best": 13, "high": 13}, "Ada"))
    before = exported(casebook)
    assert len(before.splitlines()) == 1 and '"best": 13' in before
    again = run([str(folder)], casebook, version="2")
    assert (again.read, again.known, again.unattached) == (4, 0, 0)
    after = exported(casebook, "2")
    assert len(after.splitlines()) == 1 and '"best": 13' in after and "lines 2" in after and "lines 1" not in after
    assert after[:40] == before[:40]  # the incident keeps its id
    old, new = store.runs(claims[0].report)
    assert (old[1], new[1]) == (False, True)
    assert {c.extractor for c in store.claims(claims[0].report, old[0])} == {"lines 1"}


def test_ids_last_when_evidence_is_added_and_forward_when_incidents_merge_or_split(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", {"b.txt": TEXTS["b.txt"], "c.txt": TEXTS["c.txt"]}), tmp_path / "c.db"
    run([str(folder)], casebook)
    ids = [line[8:60].split('"')[0] for line in exported(casebook).splitlines()]
    write_reports(folder, {"a.txt": TEXTS["a.txt"], "z.txt": "2031-05-04 bombing in Norwick: 13 killed, witnesses said"})
    run([str(folder)], casebook)
    assert [line[8:60].split('"')[0] for line in exported(casebook).splitlines()] == ids
    store = open_casebook(casebook)
    bombing = next(c for c in store.claims() if c.type == "bombing")
    raid = next(c for c in store.claims() if c.type == "raid")
    store.judge(Link(bombing.id, raid.id, "same", decided_by="Ada"))
    (merged,) = exported(casebook).splitlines()
    assert f'"id": "{ids[0]}"' in merged
    assert store.follow(ids[1]) == store.follow(ids[0]) == (ids[0],)
    store.judge(Link(raid.id, bombing.id, "unsure", decided_by="Ada"))
    assert len(exported(casebook).splitlines()) == 2
    assert set(store.follow(ids[0])) >= {ids[0]}


def test_one_report_twice_in_the_input_is_one(tmp_path: Path) -> None:
    rows = "row 1\n" + TEXTS["a.txt"] + "\n=====\nrow 1\n" + TEXTS["a.txt"]
    (tmp_path / "rows.jsonl").write_text(rows)
    (tmp_path / "copy.jsonl").write_text(rows)
    summary = run([str(tmp_path / "rows.jsonl"), str(tmp_path / "copy.jsonl")], tmp_path / "c.db")
    assert (summary.read, summary.doubles) == (1, 3)


def test_a_changed_text_at_a_known_address_supersedes_and_stays_readable(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", {"a.txt": TEXTS["a.txt"]}), tmp_path / "c.db"
    run([str(folder)], casebook)
    write_reports(folder, {"a.txt": TEXTS["a.txt"].replace("12", "15")})
    assert run([str(folder)], casebook).superseded == 1
    text = exported(casebook)
    assert '"best": 15' in text and '"best": 12' not in text and 'disagreements": []' in text
    store = open_casebook(casebook)
    (current,) = store.reports()
    assert [(("12 killed" in r.text), now) for r, now in store.versions(current.id)] == [(True, False), (False, True)]


def test_a_forgotten_report_is_gone_and_is_not_read_again(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    run([str(folder)], casebook)
    store = open_casebook(casebook)
    gone = store.forget(str(folder / "b.txt"))
    assert (len(gone.reports), gone.claims) == (1, 1)
    store.close()
    assert "Lantern" not in exported(casebook)
    again = run([str(folder)], casebook)
    assert (again.read, again.known, again.forgotten) == (0, 3, 1)
    for file in tmp_path.glob("c.db*"):
        assert b"Lantern" not in file.read_bytes() and b"14 killed" not in file.read_bytes(), file


def test_extract_gives_records_with_quotes_for_each_report_by_itself(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "in", {**TEXTS, "e.txt": "unreadable"})
    found = list(extract([str(folder)], Settings(), rooms()))
    assert [len(x.records) if hasattr(x, "records") else x.reason for x in found] == [1, 1, 2, 0, "not text"]
    report, records = found[0].report, found[0].records  # type: ignore[union-attr]
    for entry in records[0]["claims"][0]["evidence"]:  # type: ignore[index]
        assert report.text[entry["start"] : entry["end"]] == entry["quote"]


def test_resolving_without_a_casebook_gives_what_a_first_build_gives(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    house = rooms()
    reports = [r for path in house.discover([str(folder)]) for r in house.read(path, Settings())]
    extractions = [house.prepare(Settings())(r) for r in reversed(reports)]
    derived = resolve_all(extractions, {r.id: r for r in reports}, (), house)
    run([str(folder)], casebook)
    assert "\n".join(dumps(to_record(i)) for i in derived.incidents) == exported(casebook)


def test_a_choice_must_have_the_form_of_the_record(tmp_path: Path) -> None:
    folder, casebook = write_reports(tmp_path / "in", TEXTS), tmp_path / "c.db"
    run([str(folder)], casebook)
    store = open_casebook(casebook)
    claim = next(store.claims()).id
    for field, value in (("stage", "exploded"), ("when", {"earliest": 3}), ("mood", "sad"), ("counts.killed", "many")):
        with pytest.raises(StoreError):
            store.choose(Choice(claim, field, value, "Ada"))
    store.choose(Choice(claim, "stage", "attempted", "Ada"))
    store.choose(Choice(claim, "where", None, "Ada"))
    text = exported(casebook)
    assert '"stage": "attempted", "when"' in text and '"where": {"name": null' in text
