"""The corpus room: markup that is read and checked with line and column, records, conversions, agreement, splits, variety."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from corpus_documents import CORPUS, content_of, documents, example, example_source
from official_scorer import SCORER, score
from veridical.cli import cli
from veridical.corpus import Document, Story, check_document, read_markup, read_stories
from veridical.corpus.agreement import Agreement, kappa, paired, same_chain
from veridical.corpus.brat import BratFiles, from_brat, to_brat
from veridical.corpus.cas import from_cas, load_cas, to_cas
from veridical.corpus.chains import attributions
from veridical.corpus.differences import differences
from veridical.corpus.hints import hints
from veridical.corpus.notation import read_count, read_when
from veridical.corpus.records import records_of
from veridical.corpus.splits import SHARES, draw, read_splits
from veridical.corpus.variety import Text, Variety, frame
from veridical.corpus.views import view_of_document
from veridical.corpus.writing import write_markup, write_plain
from veridical.errors import CorpusError

STORY = """title = "A pylon"\nbasis = "invented"\ncountry = "PER"\nyear = 1988\n
[incidents]\npylon = "a"\nsecond = "b"\nheld = "c"\n"""


def faults(source: str) -> list[str]:
    try:
        return [f"{f.line}:{f.column} {f.what}" for f in check_document(read_markup(source, "x.xml"))]
    except CorpusError as error:
        return [f"{f.line}:{f.column} {f.what}" for f in error.faults]


def test_the_example_of_the_guidelines_has_no_fault() -> None:
    assert not faults(example_source())


SPOILT: tuple[tuple[str, str, str], ...] = (
    ("</m> spent", " spent", "mismatched tag"),
    ('<v e="e1">', '<v e="e9">', "trigger of 'e9'"),
    ('as="e1:attacker"', 'as="e7:attacker"', "argument of 'e7'"),
    ('<m e="w1"', '<m e="w9"', "mention of 'w9'"),
    ('<cue a="a1">', '<cue a="a9">', "<cue> of 'a9'"),
    ('name="Red Path Column"', 'name="Red Path Front"', "stands in no mention"),
    ('stage="attempted"', 'stage="tried"', "stage='tried' is not known"),
    ('stage="attempted" ', "", "needs stage="),
    ('type="arrest"', 'type="arrest" stage="planned"', "has no stage"),
    ('type="arrest"', 'type="detention"', "type='detention' is not known"),
    ('v="1988-03-04"', 'v="4 March"', "is no date"),
    ('n="2"', 'n="5,4,3"', "low ≤ best ≤ high"),
    ('country="PER" precision="city"', 'country="PRU" precision="city"', "country='PRU'"),
    ('follows="e1"', 'follows="e5"', "follows='e5'"),
    ('e3:arrested"', 'e3:attacker"', "cannot be 'attacker'"),
    ('kind="suspect"', 'kind="culprit"', "kind='culprit'"),
    ("<body>", "<body><b>", "<b> may not stand"),
    ('form="radio_script"', 'form="radio"', "form='radio'"),
    ('published="1988-03-05"', 'published="5.3.88"', "is no date"),
    ('<m e="l1" as="e1:place">Huancayo</m>', '<m e="l1" as="e1:place">Huancayo </m>', "white space"),
    ("<title>", "stray<title>", "stands outside"),
    ('<m e="p3">', '<m e="p3" as="e1:attacker" colour="red">', "no attribute 'colour'"),
    ("<report ", "<!DOCTYPE x><report ", "document type"),
)


@pytest.mark.parametrize(("old", "new", "what"), SPOILT, ids=[what for _, _, what in SPOILT])
def test_a_spoilt_file_is_refused_with_the_line_and_column_of_the_spot(old: str, new: str, what: str) -> None:
    source = example_source()
    assert source.count(old) >= 1
    at = source.index(old)
    line = source.count("\n", 0, at) + 1
    found = [f for f in faults(source.replace(old, new, 1)) if what in f]
    assert found
    told, column = (int(n) for n in found[0].split(" ")[0].split(":"))
    if what != "mismatched tag":  # That one shows where an outer element ends.
        assert told == line
    if what not in ("mismatched tag", "stands outside", "document type"):  # These stand at text.
        assert source.replace(old, new, 1).splitlines()[told - 1][column - 1] == "<"


def test_a_named_perpetrator_without_a_status_is_refused() -> None:
    source = example_source().replace('<entity id="p1" kind="group"/>', '<entity id="p1" kind="person" name="men"/>')
    assert any("without a status" in f for f in faults(source))
    assert not faults(source.replace('<m e="p1" as="e1:attacker">', '<m e="p1" as="e1:attacker" status="wanted">'))


def test_the_nesting_of_contents_is_the_chain_of_sources() -> None:
    chains = {key: [link.name for link in chain] for key, chain in attributions(example())}
    assert chains["a3"] == ["Radio Cordillera", "army", "one of them"]
    assert [link.kind for link in dict(attributions(example()))["a3"]] == ["outlet", "official", "suspect"]


def test_parts_of_one_statement_must_stand_in_the_same_contents() -> None:
    source = example_source().replace("</q></q>.", '</q></q>. <q a="a3">And more</q>.')
    assert any("different contents" in f for f in faults(source))


def test_records_have_the_fields_of_the_contract_with_evidence() -> None:
    document = example()
    pylon, charge, held = records_of(document)
    assert (pylon["stage"], charge["stage"], held["stage"]) == ("carried_out", "attempted", None)
    assert pylon["when"]["earliest"] == "1988-03-04" and pylon["where"]["city"] == "Huancayo"
    assert pylon["organizations"] == [{"name": "Red Path Column", "as_written": ["Red Path Column"]}]
    assert pylon["counts"] == [{"measure": "killed", "of": None, "low": 1, "best": 1, "high": 1}]
    assert held["subjects"][0]["name"] == "two students"
    for record in (pylon, charge, held):
        for claim in record["claims"]:
            assert all(document.text[e["start"] : e["end"]] == e["quote"] for e in claim["evidence"])


def test_a_contradicted_value_is_kept_as_a_disagreement() -> None:
    source = example_source().replace(
        "pylon</m> above the town", 'pylon</m> on <t v="1988-03-03" as="e1" alt="yes">Thursday</t> above the town'
    )
    record = records_of(read_markup(source, "x.xml"))[0]
    assert record["when"]["earliest"] == "1988-03-04"
    assert [d["field"] for d in record["disagreements"]] == ["when"]


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of incident records is not beside the project (shared/)")
def test_the_gold_scored_against_itself_is_perfect() -> None:
    # The scorer matches only incidents that share more than a type; the second charge has nothing but its weapon.
    records = [r for r in records_of(example()) if r["key"] != "e2"]
    found = score({"id": "x", "incidents": records}, records)
    assert (found.slots, found.incidents, found.unbacked) == (1.0, 1.0, 0)


def through_xml(document: Document, _: Path) -> Document:
    return read_markup(write_markup(document), "x")


def through_brat(document: Document, _: Path) -> Document:
    return from_brat(to_brat(document), "x")


def through_cas_json(document: Document, folder: Path) -> Document:
    to_cas(document).to_json(folder / "x.json")
    return from_cas(load_cas(folder / "x.json"), "x")


def through_cas_xmi(document: Document, folder: Path) -> Document:
    to_cas(document).to_xmi(folder / "x.xmi")
    return from_cas(load_cas(folder / "x.xmi"), "x")


WAYS = (through_xml, through_brat, through_cas_json, through_cas_xmi)


@pytest.mark.parametrize("way", WAYS)
def test_the_example_survives_every_conversion(way: Callable[[Document, Path], Document], tmp_path: Path) -> None:
    assert content_of(way(example(), tmp_path)) == content_of(example())


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_document_survives_every_conversion(
    way: Callable[[Document, Path], Document], tmp_path: Path, document: Document
) -> None:
    assert content_of(way(document, tmp_path)) == content_of(document)


def test_a_statement_that_crosses_a_mark_is_cut_and_other_crossings_are_refused() -> None:
    files = to_brat(example())
    at = files.text.index("night in the dark")
    crossing = f"T90\tContent {at} {at + 17}\tnight in the dark\nT91\tCue {at + 6} {at + 8}\tin\nR90\tCuedBy Arg1:T90 Arg2:T91\n"
    document = from_brat(BratFiles(files.text, files.annotations + crossing, files.facts), "x")
    assert [document.quote(m) for m in document.tagged("q") if m.get("a") == "a90"] == ["night", "in the dark"]
    wrong = crossing.replace("Content", "Noise").replace("R90\tCuedBy Arg1:T90 Arg2:T91\n", "")
    with pytest.raises(CorpusError, match="crosses"):
        from_brat(BratFiles(files.text, files.annotations + wrong, files.facts), "x")


def test_a_quote_that_does_not_stand_at_its_offsets_is_refused() -> None:
    files = to_brat(example())
    with pytest.raises(CorpusError, match="does not stand at its offsets"):
        from_brat(BratFiles(files.text.replace("Huancayo", "Huancaya"), files.annotations, files.facts), "x")


def test_agreement_with_itself_is_whole_and_with_a_changed_copy_is_not() -> None:
    view, whole, less = view_of_document(example()), Agreement(), Agreement()
    whole.add(view, view)
    assert whole.all_spans[0].f == whole.events.f == kappa(whole.pairs["stage"]) == whole.chain_exact == 1.0
    source = example_source().replace('stage="attempted"', 'stage="foiled"').replace('<v e="e3">held</v>', "held")
    source = source.replace('<event id="e3" type="arrest" incident="held" response_to="e1"/>', "")
    for words in (' as="e3:subject"', '<c n="2" as="e3:arrested">'):
        source = source.replace(words, "")
    other = read_markup(source.replace("two students</c>", "two students"), "x.xml")
    less.add(view, view_of_document(other))
    assert (less.events.both, less.events.first, less.events.second) == (2, 3, 2)
    assert less.pairs["stage"] == [("carried_out", "carried_out"), ("attempted", "foiled")]
    told = list(differences(view, view_of_document(other)))
    assert any(x.startswith("< event e3 arrest") for x in told) and any(
        "stage of e2/e2" in x and "attempted / foiled" in x for x in told
    )
    assert not list(differences(view, view))


def test_spans_are_paired_one_to_one_and_chains_by_names() -> None:
    assert paired([(0, 5), (4, 9)], [(3, 9)]) == [((4, 9), (3, 9))]
    paper, chief = frozenset({"A"}), frozenset({"police chief Ana Ruiz"})
    assert same_chain([paper, chief], [paper, frozenset({"officer", "Ana Ruiz"})])
    assert not same_chain([paper, chief], [paper]) and not same_chain([paper, chief], [paper, frozenset({"doctor"})])


@pytest.mark.parametrize("value", ["", "2015-13", "2015/2014", "../..", "soon", "2015-02-30"])
def test_what_is_no_time_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        read_when(value)


@pytest.mark.parametrize("value", ["", "-,-,-", "3,2,1", "x", "1,2", "-4"])
def test_what_is_no_count_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        read_count(value, "killed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one story with the example in it."""
    story = tmp_path / "corpus" / "stories" / "per-1988-pylon"
    story.mkdir(parents=True)
    (story / "story.toml").write_text(STORY, "utf-8")
    (story / "1.xml").write_text(example_source(), "utf-8")
    (tmp_path / "corpus" / "corpus.toml").write_text((CORPUS / "corpus.toml").read_text("utf-8"), "utf-8")
    return tmp_path / "corpus"


def test_a_quote_of_a_story_that_its_report_does_not_hold_is_refused_at_its_line(folder: Path) -> None:
    path = folder / "stories/per-1988-pylon/story.toml"
    values = 'values = [{ report = "per-1988-pylon-1", quote = "two watchmen" }]'
    row = f'[[disagreements]]\nincident = "pylon"\nfield = "counts.killed"\n{values}\n'
    path.write_text(STORY + row, "utf-8")
    _, found = read_stories(folder)
    line = (STORY + row).splitlines().index(values) + 1
    assert [(f.line, "does not stand" in f.what) for f in found] == [(line, True)]


def call(*arguments: object) -> Any:
    return CliRunner().invoke(cli, ["corpus", *map(str, arguments)], standalone_mode=False)


def test_the_commands_check_count_split_export_import_and_compare(folder: Path, tmp_path: Path) -> None:
    assert "no fault" in call("check", folder).output
    assert call("split", folder).return_value == 0 and read_splits(folder)
    assert "chains of three or more sources" in call("stats", folder).output
    for form in ("gold", "table", "brat", "cas", "plain"):
        assert call("export", folder, "--format", form, "-o", tmp_path / form).return_value == 0
    row = json.loads((tmp_path / "gold/gold.jsonl").read_text("utf-8"))
    assert row["id"] == "per-1988-pylon-1" and len(row["incidents"]) == 3
    assert json.loads((tmp_path / "table/croissant.json").read_text("utf-8"))["conformsTo"].endswith("croissant/1.0")
    for form in ("brat", "cas"):
        target = tmp_path / f"from-{form}"
        assert call("import", tmp_path / form, "--format", form, "-o", target).return_value == 0
        assert content_of(read_markup((target / "per-1988-pylon-1.xml").read_text("utf-8"), "x")) == content_of(example())
    told = call("agreement", folder, tmp_path / "from-brat").output
    assert "1 reports marked twice" in told and "1.000" in told


def test_the_bare_files_hold_the_text_and_no_marks(folder: Path) -> None:
    bare = read_markup(write_plain(example()), "x")
    assert bare.text == example().text and not bare.marks and not bare.events


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("1.xml", b"</m> spent", b"</m> \xff spent", 19),
        ("story.toml", b'title = "A pylon"', b'title = "A pyl\xe9n"', 1),
        ("story.toml", b"year = 1988", b'year = "soon"', 4),
        ("story.toml", b"[incidents]", b"disagreements = [3]\n[incidents]", 6),
    ],
)
def test_a_damaged_file_is_a_fault_and_no_crash(folder: Path, file: str, old: bytes, new: bytes, line: int) -> None:
    path = folder / "stories/per-1988-pylon" / file
    path.write_bytes(path.read_bytes().replace(old, new))
    result = call("check", folder)
    assert result.return_value == 2 and f"{file}:{line}:" in result.output


@pytest.mark.parametrize("facts", ["", "{}", "[]", '{"report": {"id": ""}, "title": 3}'])
def test_brat_files_without_the_facts_of_the_report_are_refused(facts: str) -> None:
    files = to_brat(example())
    with pytest.raises(CorpusError, match="export the report anew"):
        from_brat(BratFiles(files.text, files.annotations, facts), "x")


def test_a_faulty_file_stops_nothing_but_is_told(folder: Path) -> None:
    (folder / "stories/per-1988-pylon/2.xml").write_text("<report id='per-1988-pylon-2'><body>", "utf-8")
    result = call("check", folder)
    assert result.return_value == 2 and "2.xml:1:" in result.output


def stories(count: int) -> list[Story]:
    source = example_source()
    out = []
    for i in range(count):
        name = f"per-1988-s{i:02}"
        document = read_markup(source.replace("per-1988-pylon", name), f"{name}.xml")
        twin = f"per-1988-s{i ^ 1:02}" if i < 4 else None
        out.append(
            Story(name, "x", "invented", "PER", 1988, twin, None, {"pylon": "", "second": "", "held": ""}, (), (document,))
        )
    return out


def test_a_split_keeps_its_shares_twins_and_whoever_has_a_part_already() -> None:
    drawn = draw(stories(20), {})
    shares = {p: sum(v == p for v in drawn.values()) / 20 for p in SHARES}
    assert all(abs(shares[p] - SHARES[p]) <= 0.1 for p in SHARES)
    assert drawn["per-1988-s00"] == drawn["per-1988-s01"] and drawn["per-1988-s02"] == drawn["per-1988-s03"]
    again = draw(stories(30), drawn)
    assert {k: again[k] for k in drawn} == drawn and len(again) == 30


def test_variety_sees_copied_words_and_frames_across_groups_only() -> None:
    line = "At least 12 people were killed when a bomb exploded in Kano."
    other = "At least 7 people were killed when a shell landed near Aden."
    within = Variety([Text("a", "s", line), Text("b", "s", line)])
    across = Variety([Text("a", "s", line), Text("b", "t", other)])
    assert within.overlap == 0 and max(within.frames.values()) == 1
    assert max(across.frames.values()) == 2 and frame(line) == frame(other)
    assert Variety([Text("a", "s", line), Text("b", "t", line)]).overlap == 1.0


def test_hints_point_at_what_is_marked_elsewhere() -> None:
    source = example_source().replace(
        "</q></q>.", "</q></q>. The Red Path Column was not heard. Men blew up a bridge, police said."
    )
    found = [h.what for h in hints([read_markup(source, "x.xml")])]
    assert any("'Red Path Column' is the name of 'g1'" in what for what in found)
    assert not [h for h in hints([example()]) if "is the name" in h.what]


PIECES = (b'<q a="a1">', b"</m>", b"&", b'"', b"[[", b"= ", b"\n\n", b"null", b"{}", b"\xff", b"\xc3", b"Arg1:T9", b"\t")


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The same with a few stretches cut, doubled or strewn with pieces of syntax."""
    out = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            del out[at : at + chance.randint(1, 20)]
        elif kind == 1:
            out[at:at] = chance.choice(PIECES)
        else:
            out[at:at] = out[at // 2 : at // 2 + 40]
    return bytes(out)


def test_no_damage_to_a_file_crashes_the_check_or_the_import(folder: Path) -> None:
    chance, files = random.Random(7), to_brat(example())
    for path in sorted(folder.glob("**/per-1988-pylon/*")):
        whole = path.read_bytes()
        for _ in range(60):
            path.write_bytes(damaged(whole, chance))
            read_stories(folder)
        path.write_bytes(whole)
    for _ in range(120):
        parts = [files.text, files.annotations, files.facts]
        which = chance.randrange(3)
        parts[which] = damaged(parts[which].encode(), chance).decode("utf-8", "replace")
        with suppress(CorpusError):
            check_document(from_brat(BratFiles(*parts), "x"))
