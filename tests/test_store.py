"""The casebook by itself: opening and migrating, versions, runs, decisions, forgetting."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline_fakes import Reader
from veridical.errors import StoreError
from veridical.model import Link, Report
from veridical.store import Anchor, Choice, Forward, LedgerEntry, Refused, Run, Sighting, Store, open_casebook
from veridical.store.anchors import anchor_of, attach, carry
from veridical.store.schema import MIGRATIONS
from veridical.store.sqlite import SQLiteStore

RUN = Run("lines 1", "book")
BOMB = "2031-05-04 bombing in Norwick: 12 killed, police said"
RAID = "2031-05-06 raid in Skarn: 2 killed, police said"


def put(store: Store, text: str, name: str = "a.txt", build: int = 1, version: str = "1", **facts: str | None) -> Report:
    """Stores a report of these lines; its address is its name."""
    report = Report.of(text, name, **facts)  # type: ignore[arg-type]
    got = Reader(version).extract_report(report)
    assert store.put(report, got.claims, got.facts, Run(f"lines {version}", "book"), Sighting(name, name, build))
    return report


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    return SQLiteStore(tmp_path / "c.db")


def test_what_is_put_comes_back_equal(store: SQLiteStore) -> None:
    report = put(store, f"{BOMB}\n{RAID}", publisher="Norwick Post", url="https://norwick.example/1", published="2031-05-05")
    got = Reader().extract_report(report)
    assert store.report(report.id) == report
    assert tuple(store.claims()) == got.claims
    assert tuple(store.facts()) == got.facts
    assert store.known(report.id, RUN) and not store.known(report.id, Run("lines 2", "book"))


def test_opening_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="veridical build"):
        open_casebook(tmp_path / "none.db", create=False)
    with pytest.raises(StoreError, match="make it"):
        open_casebook(tmp_path / "no" / "none.db")
    (tmp_path / "text.db").write_text("This is no database at all. " * 100)
    with pytest.raises(StoreError, match="cannot be opened as a casebook"):
        open_casebook(tmp_path / "text.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE songs (title TEXT)")
    other.commit()
    with pytest.raises(StoreError, match="another program"):
        open_casebook(tmp_path / "other.db")
    SQLiteStore(tmp_path / "new.db").db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="update Veridical"):
        open_casebook(tmp_path / "new.db")


def test_a_migration_that_fails_leaves_the_casebook_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.db"
    first = SQLiteStore(path)
    put(first, BOMB)
    first.close()
    broken = (*MIGRATIONS, "CREATE TABLE extra (x TEXT);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr("veridical.store.connection.MIGRATIONS", broken)
    with pytest.raises(StoreError):
        open_casebook(path)
    monkeypatch.setattr("veridical.store.connection.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE extra (x TEXT);\n"))
    migrated = SQLiteStore(path)
    assert migrated.db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS) + 1
    assert migrated.db.execute("SELECT count(*) FROM extra").fetchone()[0] == 0
    assert len(list(migrated.claims())) == 1


def test_a_casebook_that_cannot_be_written_says_so_and_loses_nothing(store: SQLiteStore) -> None:
    put(store, BOMB)
    store.db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"locked.*run the command again"):
        put(store, RAID, "b.txt")
    other.execute("ROLLBACK")
    store.db.execute(f"PRAGMA max_page_count = {store.db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreError, match="full"):
        put(store, BOMB + "\n" + "A long note. " * 10_000, "c.txt")
    store.db.execute("PRAGMA max_page_count = 100000")
    put(store, RAID, "b.txt")
    assert len(list(store.reports())) == len(list(store.claims())) == 2


def test_claims_cannot_be_changed(store: SQLiteStore) -> None:
    put(store, BOMB)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute("UPDATE claims SET body = x'00'")


def test_a_newer_run_replaces_and_the_older_stays_readable(store: SQLiteStore) -> None:
    report = put(store, BOMB)
    put(store, BOMB, version="2")
    assert [(r.extractor, active) for r, active in store.runs(report.id)] == [("lines 1", False), ("lines 2", True)]
    assert [c.extractor for c in store.claims()] == ["lines 2"]
    assert [c.extractor for c in store.claims(report.id, RUN)] == ["lines 1"]
    put(store, BOMB)  # going back to the older extractor
    assert [c.extractor for c in store.claims()] == ["lines 1"]
    assert len(list(store.facts())) == 1


def test_a_newer_run_takes_the_report_as_it_is_read_now(store: SQLiteStore) -> None:
    before = put(store, BOMB)
    after = put(store, BOMB, version="2", published="2031-05-05")
    assert before.id == after.id and store.report(after.id) == after != before
    assert list(store.reports()) == [after]


VERSIONS = [
    (BOMB, None),
    (BOMB.replace("12", "15"), None),
    (BOMB.replace("12", "17"), "2031-05-09"),
    (BOMB.replace("12", "9"), "2031-05-05"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_one_builds_versions_the_later_published_wins_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    store = SQLiteStore(tmp_path / "c.db")
    for i in order:
        put(store, VERSIONS[i][0], published=VERSIONS[i][1])
    assert [c.counts[0].best for c in store.claims()] == [17]
    (current,) = store.reports()
    assert [now for _, now in store.versions(current.id)].count(True) == 1 and len(store.versions(current.id)) == 4


def test_the_text_that_a_later_build_met_wins_over_any_date(store: SQLiteStore) -> None:
    put(store, VERSIONS[2][0], published="2031-05-09", build=1)
    late = put(store, VERSIONS[0][0], build=2)
    assert [r.id for r in store.reports()] == [late.id]
    first = Report.of(VERSIONS[2][0], "a.txt", published="2031-05-09")
    store.see(first.id, Sighting("a.txt", "a.txt", 3))
    assert [r.id for r in store.reports()] == [first.id]


def test_a_report_met_at_two_addresses_stays_current_while_one_shows_it(store: SQLiteStore) -> None:
    report = put(store, BOMB)
    store.see(report.id, Sighting("copy/a.txt", "copy/a.txt", 1))
    put(store, RAID, build=2)
    assert len(list(store.reports())) == 2
    text = Report.of(BOMB + " twice", "copy/a.txt")
    store.put(text, (), (), RUN, Sighting("copy/a.txt", "copy/a.txt", 2))
    assert report.id not in {r.id for r in store.reports()}


def test_the_latest_verdict_on_two_claims_is_in_force(store: SQLiteStore) -> None:
    put(store, f"{BOMB}\n{RAID}")
    bomb, raid = store.claims()
    store.judge(Link(bomb.id, raid.id, "same", decided_by="Ada"))
    store.judge(Link(raid.id, bomb.id, "different", decided_by="Ben"))
    (link,) = store.decisions()
    assert (link.verdict, link.decided_by, {link.left, link.right}) == ("different", "Ben", {bomb.id, raid.id})
    assert link.decided_at and link.left < link.right
    for left, right, verdict in ((bomb.id, "nonsense", "same"), (bomb.id, bomb.id, "same"), (bomb.id, raid.id, "maybe")):
        with pytest.raises(StoreError):
            store.judge(Link(left, right, verdict))


def test_a_decision_follows_its_words_into_a_new_version_or_is_listed(store: SQLiteStore) -> None:
    put(store, f"{BOMB}\n{RAID}")
    bomb, raid = store.claims()
    store.judge(Link(bomb.id, raid.id, "same", decided_by="Ada"))
    store.choose(Choice(bomb.id, "counts.killed", {"low": 1, "best": 1, "high": 1}, "Ada"))
    put(store, f"Corrected.\n\n{BOMB.replace('12', '15')}\n{RAID}", build=2)
    (link,), (choice,) = store.decisions(), store.choices()
    now = {c.type: c.id for c in store.claims()}
    assert {link.left, link.right} == set(now.values()) and choice.claim == now["bombing"]
    assert store.unattached() == ()
    put(store, RAID, build=3)
    assert not store.decisions() and not store.choices()
    lost = store.unattached()
    assert [u.kind for u in lost] == ["link", "choice"] and all("bombing" in u.why for u in lost)
    put(store, f"{BOMB}\n{RAID}", build=4)
    assert len(store.decisions()) == len(store.choices()) == 1


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60), st.data())
@settings(max_examples=200, deadline=None)
def test_a_carried_anchor_quotes_its_words(old: str, new: str, data: st.DataObject) -> None:
    before, after = Report.of(old, "x"), Report.of(new, "x")
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    carried = carry(Anchor(before.id, "type", start, end, before.text[start:end]), before, after)
    if carried:
        assert after.text[carried.start : carried.end] == carried.quote == before.text[start:end]
        assert carried.report == after.id
    same = carry(Anchor(before.id, "type", start, end, before.text[start:end]), before, before)
    assert (same is None) == (start == end) and (same is None or same.start == start)


def test_an_anchor_prefers_its_own_words_then_its_type_then_its_origin() -> None:
    report = Report.of(f"{BOMB}\n{RAID}", "a.txt")
    bomb, raid = Reader().extract_report(report).claims
    assert attach(anchor_of(raid), [bomb, raid]) == raid
    assert attach(anchor_of(raid), [bomb]) is None
    wider = Anchor(report.id, "type", anchor_of(bomb).start - 3, anchor_of(bomb).end, "…")
    assert attach(wider, [raid, bomb]) == bomb


def test_refusals_are_kept_until_the_report_is_read(store: SQLiteStore) -> None:
    store.refuse(Refused("a.txt", "a.txt", "not text", "binary: write text"))
    store.refuse(Refused("a.txt", "a.txt", "too large", "big: split it"))
    assert [r.reason for r in store.refusals()] == ["too large"]
    put(store, BOMB)
    assert store.refusals() == ()


def test_the_ledger_follows_ids(store: SQLiteStore) -> None:
    put(store, BOMB)
    (claim,) = store.claims()
    entry = LedgerEntry("one", (anchor_of(claim),))
    store.record([entry], [Forward("two", "one", "merged"), Forward("zero", "two", "merged"), Forward("lost", None, "gone")])
    assert store.ledger() == (entry,)
    assert store.follow("zero") == store.follow("two") == store.follow("one") == ("one",)
    assert store.follow("lost") == store.follow("never") == ()
    put(store, f"Corrected.\n{BOMB}", build=2)
    (moved,) = store.ledger()
    assert moved.members[0].start == entry.members[0].start + len("Corrected.\n")
    store.record([moved, LedgerEntry("two", ())], [])
    assert store.follow("two") == ("two",)


def test_the_cache_lasts_until_anything_changes(store: SQLiteStore) -> None:
    put(store, f"{BOMB}\n{RAID}")
    store.cache("k", b"derived")
    assert store.cached("k") == b"derived"
    bomb, raid = store.claims()
    store.judge(Link(bomb.id, raid.id, "same", decided_by="Ada"))
    assert store.cached("k") is None


def test_forgetting_removes_every_version_and_every_trace(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    store = SQLiteStore(path)
    secret = "2031-05-04 bombing in Xanthippestadt: 12 killed, Zwerchfell said"
    kept = put(store, RAID, "b.txt")
    put(store, secret, url="https://norwick.example/zwerchfell")
    last = put(store, secret + "\nCorrected.", build=2)
    claim, other = sorted(store.claims(), key=lambda c: c.report != last.id)
    store.judge(Link(claim.id, other.id, "different", decided_by="Ada"))
    store.choose(Choice(claim.id, "reason", "because of Zwerchfell", "Ada"))
    store.record([LedgerEntry("one", (anchor_of(claim), anchor_of(other)))], [])
    store.cache("k", secret.encode())
    store.refuse(Refused("a.txt", "a.txt", "crashed", "at Zwerchfell"))
    gone = store.forget(last.id[:8])
    assert (len(gone.reports), gone.claims, gone.decisions) == (2, 2, 2)
    assert [r.id for r in store.reports()] == [kept.id]
    assert [a.report for a in store.ledger()[0].members] == [kept.id]
    for file in tmp_path.iterdir():
        body = file.read_bytes()
        assert not [w for w in (b"Zwerchfell", b"zwerchfell", b"Xanthippe") if w in body], file
    again = Report.of(secret + "\nCorrected once more.", "a.txt", url="https://norwick.example/zwerchfell")
    assert not store.put(again, (), (), RUN, Sighting("a.txt", "a.txt", 3))
    with pytest.raises(StoreError, match="forgotten already"):
        store.forget(last.id)
    with pytest.raises(StoreError, match="no report"):
        store.forget("never.txt")


def test_forgetting_waits_for_no_guess_and_finishes_after_other_readers(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "c.db")
    for folder in ("one", "two"):
        report = Report.of(f"{BOMB} in {folder} Zwerchfell", "row 1")
        store.put(report, (), (), RUN, Sighting(f"{folder} row 1", folder, 1))
    with pytest.raises(StoreError, match="names 2 reports"):
        store.forget("row 1")
    store.db.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(tmp_path / "c.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM reports").fetchone()
    with pytest.raises(StoreError, match="close that program"):
        store.forget("one row 1")
    store.close()
    reader.close()
    SQLiteStore(tmp_path / "c.db").close()
    assert (tmp_path / "c.db").read_bytes().count(b"Zwerchfell") == 1


def test_two_processes_can_write_one_casebook(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from test_store import put, BOMB\n"
        "from veridical.store.sqlite import SQLiteStore\n"
        "store = SQLiteStore(Path(sys.argv[1]))\n"
        "for i in range(60): put(store, f'{BOMB}\\nnote {i}', f'{i}.txt')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "c.db")], env=environment) for _ in range(2)]
    assert [p.wait(60) for p in both] == [0, 0]
    store = SQLiteStore(tmp_path / "c.db")
    assert len(list(store.reports())) == len(list(store.claims())) == 60
