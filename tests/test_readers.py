"""Each format gives the report it holds: text, title, publisher, date, address, and nothing it does not state."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from veridical.model import Report
from veridical.readers import Refusal, discover, read
from veridical.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
import seeds

PAGE_URL = "https://nehirpost.example/karsu"


def reports(source: object, settings: Settings = Settings(), **options: object) -> list[Report]:  # noqa: B008
    """What is read from bytes or a path; fails on a refusal."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    found = list(read(stream, settings, **options))  # type: ignore[arg-type]
    assert all(isinstance(one, Report) for one in found), found
    return found  # type: ignore[return-value]


def refusals(source: object, settings: Settings = Settings(), **options: object) -> list[Refusal]:  # noqa: B008
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return [one for one in read(stream, settings, **options) if isinstance(one, Refusal)]  # type: ignore[arg-type]


def named(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("name", sorted(seeds.seed_files()))
def test_every_format_gives_the_same_story(name: str, tmp_path: Path) -> None:
    found = reports(named(tmp_path, name, seeds.seed_files()[name]))
    text = found[0].text.replace("Aydin", "Aydın")
    if name == "messages.txt":
        assert "A BOMB LEFT IN A PARKED VAN" in text
        return
    assert text.startswith(f"{seeds.TITLE}\n\n")
    for sentence in (
        "injured at least nine others",
        "Leyla Aydın, who sells bread",
        "foiled in March 2017",
        "robbery of an armoury last year.",
    ):
        assert sentence in " ".join(text.split())


def test_plain_text_is_its_own_text_under_the_path_as_given(tmp_path: Path) -> None:
    path = named(tmp_path, "a.txt", "A headline\r\n\r\nA bomb went off.\r\nNobody was hurt.\n")
    (report,) = reports(str(path))
    assert report.text == "A headline\n\nA bomb went off.\nNobody was hurt.\n"
    assert report.name == str(path)
    assert (report.title, report.publisher, report.published, report.url) == (None, None, None, None)


def test_settings_fill_publisher_and_date_only_where_the_source_is_silent(tmp_path: Path) -> None:
    settings = Settings(publisher="Harbour Wire", published="2020-01-02")
    (plain,) = reports(seeds.TEXT.encode(), settings)
    assert (plain.publisher, plain.published) == ("Harbour Wire", "2020-01-02")
    (page,) = reports(named(tmp_path, "p.html", seeds.PAGE), settings)
    assert (page.publisher, page.published) == ("The Nehir Post", "2019-05-11")


def test_a_page_states_its_facts_and_loses_its_navigation(tmp_path: Path) -> None:
    (report,) = reports(named(tmp_path, "p.html", seeds.PAGE))
    assert (report.title, report.url) == (seeds.TITLE, PAGE_URL)
    assert report.text.count(seeds.TITLE) == 1
    assert not any(word in report.text for word in ("Home", "Weather", "All rights reserved", "<"))


def page_with(head: str, body: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<p>{'</p><p>'.join(seeds.PARAGRAPHS)}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta itemprop="datePublished" content="2019-05-11">', "", "2019-05-11"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-05-11T10:00:00Z"}</script>',
            "",
            "2019-05-11",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2019-05-11"}]}</script>',
            "",
            "2019-05-11",
        ),
        ("", '<time pubdate datetime="2019-05-11">May 11</time><time datetime="2001-01-01">x</time>', "2019-05-11"),
        ("", '<time datetime="2019-05-11T09:00">9 am</time>', "2019-05-11"),
        ("", '<time datetime="2019-05-11">a</time><time datetime="2019-05-12">b</time>', None),
        ('<meta property="article:modified_time" content="2019-05-11">', "", None),
        ('<meta property="og:image" content="https://x.example/2019/05/11/bomb.jpg">', "", None),
        ('<link rel="canonical" href="https://x.example/2019/05/11/bomb">', "", None),
        ("", "<footer>Copyright 2019</footer><p>On May 11, 2019 all was quiet in the town and the market.</p>", None),
    ],
)
def test_a_page_has_the_date_it_states_and_no_other(head: str, body: str, expected: str | None) -> None:
    (report,) = reports(page_with(head, body))
    assert report.published == expected


def test_a_short_report_keeps_its_paragraphs_and_its_title_stands_once() -> None:
    page = """<html><head><title>Blast - Karsu Daily</title></head><body><header><a>Karsu Daily</a></header><main><article>
    <h1>Blast</h1><div><time class="entry-date published" datetime="2020-03-04T10:00:00+00:00">March 4, 2020</time></div>
    <div><p>A blast tore through the bus station of Karsu on Wednesday, leaving four people dead.</p><ul><li>Four dead</li></ul>
    <table><tr><td>Nobody has claimed the attack, the health ministry said.</td></tr></table></div>
    <div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div></article></main></body></html>"""
    (report,) = reports(page.encode())
    assert (report.title, report.published, report.publisher) == ("Blast", "2020-03-04", None)
    assert report.text == (
        "Blast\n\nA blast tore through the bus station of Karsu on Wednesday, leaving four people dead.\n\n- Four dead\n\n"
        "Nobody has claimed the attack, the health ministry said."
    )


def test_a_page_without_a_publisher_has_none() -> None:
    (report,) = reports(page_with("<title>Two killed as bomb hits market - harbour.example</title>"))
    assert report.publisher is None


def test_a_page_in_another_encoding_is_read_by_its_own_word() -> None:
    page = page_with('<meta charset="windows-1254"><title>Saldırı</title>', "<p>Officials in Şanlıurfa and Iğdır said so.</p>")
    (report,) = reports(page.decode().encode("cp1254", "replace"))
    assert "Şanlıurfa and Iğdır" in report.text


def test_pdf_lines_become_paragraphs_and_its_making_is_no_publication(tmp_path: Path) -> None:
    (report,) = reports(named(tmp_path, "p.pdf", seeds.pdf_bytes()))
    assert report.title == seeds.TITLE
    assert report.published is None
    paragraphs = report.text.split("\n\n")
    assert all("\n" not in paragraph for paragraph in paragraphs)
    assert any(p.startswith("Prosecutors said") and p.endswith("last year.") for p in paragraphs)


def test_a_program_name_in_a_pdf_is_no_title(tmp_path: Path) -> None:
    (report,) = reports(named(tmp_path, "p.pdf", seeds.pdf_bytes(title="Microsoft Word - report final 2.docx")))
    assert report.title is None


def test_a_locked_pdf_and_one_of_pictures_are_refused(tmp_path: Path) -> None:
    (locked,) = refusals(named(tmp_path, "l.pdf", seeds.pdf_bytes(password="secret")))
    assert locked.reason == "not text" and "password" in locked.message
    (empty,) = refusals(named(tmp_path, "e.pdf", seeds.pdf_bytes((), title="")))
    assert empty.reason == "no text" and "OCR" in empty.message


def test_rows_of_news_please_are_known_out_of_the_box() -> None:
    row = {**seeds.ROW, "date_download": "2024-01-01 00:00:00", "date_modify": None, "authors": []}
    (report,) = reports((json.dumps(row) + "\n").encode())
    assert report.name == "row-1"
    assert (report.publisher, report.published, report.url) == ("nehirpost.example", "2019-05-11", PAGE_URL)
    assert report.text == f"{seeds.TITLE}\n\n{seeds.BODY}"


@pytest.mark.parametrize(
    "row",
    [
        {"id": "n1", "event_text": seeds.BODY, "headline": seeds.TITLE, "publication": "Post", "date": "2019-05-11"},
        {
            "doc_id": "n1",
            "content": seeds.BODY,
            "title": seeds.TITLE,
            "source": {"id": None, "name": "Post"},
            "publishedAt": "2019-05-11T10:00:00Z",
        },
        {"docid": "n1", "text": seeds.BODY, "Title": seeds.TITLE, "Outlet": "Post", "dct": "2019-05-11"},
        {"uid": "n1", "body": seeds.PARAGRAPHS, "headline": seeds.TITLE, "publisher": "Post", "pub_date": "11 May 2019"},
        {
            "id": "n1",
            "content_html": f"<p>{'</p><p>'.join(seeds.PARAGRAPHS)}</p>",
            "title": seeds.TITLE,
            "source": "Post",
            "date_published": "2019-05-11",
        },
    ],
)
def test_common_names_of_columns_are_known(row: dict[str, object]) -> None:
    (report,) = reports(json.dumps(row).encode())
    assert report.text == f"{seeds.TITLE}\n\n{seeds.BODY}"
    assert (report.name, report.publisher, report.published) == ("n1", "Post", "2019-05-11")


def test_a_mapping_comes_before_the_known_names() -> None:
    row = {"text": "No.", "meta": {"story": seeds.BODY}, "when": "2019-05-11", "key": 17}
    (report,) = reports(json.dumps(row).encode(), columns={"text": "meta.story", "published": "when", "id": "key"})
    assert (report.text, report.published, report.name) == (seeds.BODY, "2019-05-11", "17")
    (refusal,) = refusals(json.dumps(row).encode(), columns={"body": "text"})
    assert "text, title, publisher" in refusal.message


def test_a_bad_row_is_refused_with_its_line_and_the_rest_goes_on() -> None:
    good = json.dumps({"text": seeds.BODY})
    stream = "\n".join([good, '{"text": ', "", "[1]", json.dumps({"id": "x", "text": ""}), json.dumps({"a": 1}), good]).encode()
    found = list(read(io.BytesIO(stream)))
    assert [one.name for one in found] == ["-:1", "-:2", "-:4", "-:5", "-:6", "-:7"]
    assert [isinstance(one, Report) for one in found] == [True, False, False, False, False, True]
    assert "line 2" in found[1].message and "columns: a" in found[4].message  # type: ignore[union-attr]


def test_a_first_row_that_is_cut_off_costs_itself_only(tmp_path: Path) -> None:
    good = json.dumps({"id": "g", "text": seeds.BODY})
    for name in ("r.jsonl", "r.json"):
        found = list(read(named(tmp_path, name, f"{good[:-9]}\n{good}\n")))
        assert [type(one).__name__ for one in found] == ["Refusal", "Report"]


def test_an_over_long_line_is_refused_without_being_held() -> None:
    class Endless(io.RawIOBase):
        """A row, half a gigabyte of one line, another row; remembers the largest read."""

        def __init__(self) -> None:
            self.parts = [
                json.dumps({"text": seeds.BODY}).encode() + b'\n{"text": "',
                *[b"x" * 1_000_000] * 500,
                b'"}\n' + json.dumps({"text": seeds.BODY}).encode(),
            ]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            part = self.parts[0][: len(view)] if self.parts else b""
            if self.parts:
                self.parts[0] = self.parts[0][len(part) :]
                if not self.parts[0]:
                    self.parts.pop(0)
            view[: len(part)] = part
            return len(part)

    import tracemalloc

    stream = io.BufferedReader(Endless())
    tracemalloc.start()
    found = list(read(stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(one).__name__ for one in found] == ["Report", "Refusal", "Report"]
    assert found[1].reason == "too large" and "max_file_bytes" in found[1].message  # type: ignore[union-attr]
    assert peak < 60_000_000


def test_json_arrays_are_read_piece_by_piece(tmp_path: Path) -> None:
    rows = [{"id": f"r{i}", "text": f"{seeds.BODY}\n\n{i}", "nested": {"a": ["]", "}", '"']}} for i in range(300)]
    found = reports(named(tmp_path, "r.json", json.dumps(rows)))
    assert [one.name for one in found] == [f"r{i}" for i in range(300)]
    cut = list(read(named(tmp_path, "cut.json", json.dumps(rows)[:-400])))
    assert len(cut) == 300 and isinstance(cut[-1], Refusal) and "element 300" in cut[-1].message
    assert reports(named(tmp_path, "o.json", json.dumps({"status": "ok", "articles": rows[:2]}, indent=1)))[1].name == "r1"


def test_tables_read_quotes_delimiters_and_wide_encodings(tmp_path: Path) -> None:
    text = 'First line, with "quotes"\nand a second line of the same report; it tells that police arrested two men.'
    rows = [{"id": "1", "headline": "A title", "text": text}]
    for name, data in {
        "c.csv": seeds.table_text(rows).encode(),
        "s.csv": seeds.table_text(rows, ";").encode("utf-8-sig"),
        "t.tsv": seeds.table_text(rows, "\t").encode("utf-16"),
        "w.csv": seeds.table_text(rows).encode("cp1252"),
    }.items():
        (report,) = reports(named(tmp_path, name, data))
        assert report.text == f"A title\n\n{text}", name


def test_a_quote_that_never_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    lines = [
        "id,text",
        f'1,"{seeds.PARAGRAPHS[0]}"',
        '2,"this quote is left open',
        f"3,{seeds.PARAGRAPHS[2].replace(',', '')}",
        "4,a,b,c,d",
    ]
    found = list(read(named(tmp_path, "q.csv", "\n".join(lines))))
    assert [(one.name.rpartition(":")[2], type(one).__name__) for one in found] == [
        ("1", "Report"),
        ("3", "Refusal"),
        ("3", "Report"),
        ("5", "Refusal"),
    ]
    assert "line 3" in found[1].message and "5 cells under 2" in found[3].message  # type: ignore[union-attr]


def test_a_table_without_a_text_says_how_to_name_it(tmp_path: Path) -> None:
    path = named(tmp_path, "t.csv", f'key,words\n1,"{seeds.PARAGRAPHS[0]}"\n')
    (refusal,) = refusals(path)
    assert refusal.reason == "no text" and "key, words" in refusal.message and "text=COLUMN" in refusal.message
    assert reports(path, columns={"text": "words", "id": "key"})[0].name == "1"


def test_feeds_give_entries_with_their_full_text(tmp_path: Path) -> None:
    first, second = reports(named(tmp_path, "f.xml", seeds.FEED))
    assert (first.name, first.publisher, first.published, first.title) == (PAGE_URL, "The Nehir Post", "2019-05-11", seeds.TITLE)
    assert first.text == f"{seeds.TITLE}\n\n{seeds.BODY}"
    assert second.published is None and "under a false name" in second.text
    (atom,) = reports(named(tmp_path, "a.atom", seeds.ATOM))
    assert (atom.text, atom.published) == (first.text, "2019-05-11")


def test_an_entry_with_a_title_only_is_refused(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><title>P</title><item><title>Bomb in market</title></item></channel></rss>"
    (refusal,) = refusals(named(tmp_path, "f.rss", feed))
    assert refusal.reason == "no text" and "only a title" in refusal.message


def test_archives_give_pages_that_were_fetched(tmp_path: Path) -> None:
    good = seeds.warc_bytes({PAGE_URL: seeds.PAGE.encode()})
    lost = seeds.warc_bytes({"https://x.example/lost": seeds.PAGE.encode()}, status="404 Not Found")
    image = seeds.warc_bytes({"https://x.example/i.png": b"\x89PNG"}, kind="image/png")
    (report,) = reports(named(tmp_path, "c.warc.gz", lost + image + good))
    assert (report.name, report.url, report.publisher) == (PAGE_URL, PAGE_URL, "The Nehir Post")
    (nothing,) = refusals(named(tmp_path, "n.warc.gz", lost + image))
    assert nothing.reason == "no text"
    cut = list(read(named(tmp_path, "x.warc.gz", good + good[:-40])))
    assert isinstance(cut[0], Report) and isinstance(cut[-1], Refusal)


def test_message_files_hold_many_reports_with_their_datelines(tmp_path: Path) -> None:
    first, second = reports(named(tmp_path, "m.txt", seeds.MUC))
    assert (first.name, first.published) == ("DEV-MUC3-9001", "1989-05-11")
    assert (second.name, second.published) == ("DEV-MUC3-9002", "1989-05-12")
    assert first.text.lstrip().startswith("KARSU, 11 MAY 89")


def test_packed_rows_that_break_off_give_what_came_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": i, "text": f"{seeds.BODY} {i} {i * i * 7919}"}) + "\n" for i in range(2000)).encode()
    packed = gzip.compress(lines)
    found = list(read(named(tmp_path, "r.jsonl.gz", packed[: len(packed) // 2])))
    assert len(found) > 100 and all(isinstance(one, Report) for one in found[:100])
    assert isinstance(found[-1], Refusal) and "fetch it again" in found[-1].message


def test_content_decides_where_a_name_says_little(tmp_path: Path) -> None:
    assert reports(named(tmp_path, "page.txt", seeds.PAGE))[0].publisher == "The Nehir Post"
    assert reports(named(tmp_path, "rows.txt", json.dumps(seeds.ROW)))[0].name == "row-1"
    assert reports(named(tmp_path, "print.txt", seeds.pdf_bytes()))[0].title == seeds.TITLE
    assert reports(named(tmp_path, "report", seeds.TEXT))[0].text == seeds.TEXT
    (refusal,) = refusals(named(tmp_path, "notes.ann", seeds.TEXT))
    assert ".ann is no form that is read: rename it" in refusal.message


def test_discover_lists_files_folders_and_globs_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", "sub/deep/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "x.txt").mkdir()
    inside = [str(path.relative_to(tmp_path)) for path in discover([str(tmp_path)])]
    assert inside == ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]
    again = [path.name for path in discover([f"{tmp_path}/*.txt", str(tmp_path / "b.txt"), "-", "missing.txt", "none*.txt"])]
    assert again == ["a.txt", "b.txt", "-", "missing.txt", "none*.txt"]


def test_ids_do_not_depend_on_how_often_a_file_is_read(tmp_path: Path) -> None:
    path = named(tmp_path, "r.txt", "Cafe\u0301 was bombed.")
    (first,), (second,) = reports(path), reports(path)
    assert first == second and first.text == "Café was bombed."


def test_importing_the_readers_loads_nothing_heavy() -> None:
    heavy = ("trafilatura", "pypdf", "feedparser", "warcio", "lxml", "numpy", "py3langid")
    code = f"import sys, veridical.readers; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
