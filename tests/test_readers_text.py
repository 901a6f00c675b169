"""Encodings, dates, languages, boilerplate, layout: the cases beside this file, and the rules behind them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import yaml

from veridical.errors import NotText, WrongLanguage
from veridical.model import Report
from veridical.readers import Refusal, read
from veridical.readers.boilerplate import mark_boilerplate
from veridical.readers.dates import dateline_date, iso_date
from veridical.readers.encoding import decode
from veridical.readers.language import check_language
from veridical.readers.layout import join_pages
from veridical.settings import Settings

CASES = Path(__file__).parent / "cases" / "readers"
BOILERPLATE = yaml.safe_load((CASES / "boilerplate.yml").read_text("utf-8"))
DATES = yaml.safe_load((CASES / "dates.yml").read_text("utf-8"))
LANGUAGES = yaml.safe_load((CASES / "languages.yml").read_text("utf-8"))
STORY = "Gunmen killed three officers at a checkpoint on Friday.\n\nPolice said two of the attackers were wounded."


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in mark_boilerplate(text)]


@pytest.mark.parametrize("line", BOILERPLATE["marked"])
def test_what_stands_around_a_report_is_marked(line: str) -> None:
    assert marked(f"{STORY}\n\n{line}\n\nThe road was closed.") == [line]


@pytest.mark.parametrize("line", BOILERPLATE["kept"])
def test_what_tells_something_is_kept(line: str) -> None:
    told = f"{STORY}\n\n{line}\n\nThe road was closed."
    assert not any(word in " ".join(marked(told)) for word in line.split() if len(word) > 6 and word != "Harbour")


def test_a_wrapped_line_of_a_paragraph_is_never_marked() -> None:
    text = "The minister said that the newspaper had been given money for an\nadvertisement\nby the group that killed its owner."
    assert marked(text) == []


def test_related_headlines_at_the_end_are_marked_and_sentences_are_not() -> None:
    assert marked(f"{STORY}\n\nRelated stories\n\nFive held after raid\n\nFerry line opens") == [
        "Related stories",
        "Five held after raid",
        "Ferry line opens",
    ]
    assert "Five were held after a raid." not in marked(f"{STORY}\n\nRelated stories\n\nFive were held after a raid.")


def test_a_notice_within_a_line_is_marked_alone() -> None:
    text = "Two men were held. Copyright 2020 The Harbour Post. All rights reserved."
    assert marked(text) == ["Copyright 2020 The Harbour Post. All rights reserved."]


def test_the_ranges_lie_on_the_stored_text() -> None:
    raw = "Cafe\u0301 Zoe\u0308 was bombed on Monday, officials said.\r\n\r\nComments are closed.\r\n"
    (report,) = read(io.BytesIO(raw.encode()))
    assert isinstance(report, Report)
    assert [report.text[a:b] for a, b in report.boilerplate] == ["Comments are closed."]


def test_nothing_but_boilerplate_is_no_report() -> None:
    (refusal,) = read(io.BytesIO(b"Sign up for our free newsletter\n\nComments are closed.\n"))
    assert isinstance(refusal, Refusal) and refusal.reason == "no text" and "boilerplate" in refusal.message


@pytest.mark.parametrize(("stated", "day"), DATES)
def test_dates_are_read_as_stated(stated: object, day: str | None) -> None:
    assert iso_date(stated) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KARSU, 11 MAY 89 (NEHIR) -- THE GUERRILLAS", "1989-05-11"),
        ("Karsu, Nehir, 3 January 2016 (Agency) — Two", "2016-01-03"),
        ("KARSU, 31 FEB 90 -- X", None),
        ("On 3 January 2016 two men", None),
        ("The attack in Karsu, 11 MAY 89, killed two", None),
    ],
)
def test_a_dateline_states_the_day(text: str, day: str | None) -> None:
    assert dateline_date(text) == day


@pytest.mark.parametrize("code", LANGUAGES["other"])
def test_another_language_is_refused_by_name(code: str) -> None:
    with pytest.raises(WrongLanguage, match=rf"\({code},"):
        check_language(LANGUAGES["other"][code], "en")


@pytest.mark.parametrize("text", LANGUAGES["english"])
def test_english_is_never_refused(text: str) -> None:
    check_language(text, "en")


def test_the_configured_language_counts_and_a_short_text_believes_its_source() -> None:
    check_language(LANGUAGES["other"]["de"], "de")
    with pytest.raises(WrongLanguage):
        check_language(" ".join(LANGUAGES["english"]) + STORY, "de")
    with pytest.raises(WrongLanguage, match="tr"):
        check_language("Bomba patladı", "en", declared="tr-TR")
    check_language(STORY, "en", declared="tr")
    (refusal,) = read(io.BytesIO(LANGUAGES["other"]["fr"].encode()), Settings())
    assert isinstance(refusal, Refusal) and refusal.reason == "other language" and "fr" in refusal.message


TURKISH = "Officials in Şanlıurfa, Iğdır and İzmir said “two” men – brothers – were held."
WESTERN = "Police in Málaga and Besançon said “two” men were held near the café, Señor Núñez said."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TURKISH, "utf-8"),
        (TURKISH, "utf-8-sig"),
        (TURKISH, "utf-16"),
        (TURKISH, "utf-16-le"),
        (TURKISH, "utf-16-be"),
        (TURKISH, "utf-32"),
        (TURKISH, "cp1254"),
        (WESTERN, "cp1252"),
        (WESTERN.replace("“", '"').replace("”", '"'), "latin-1"),
    ],
)
def test_encodings_are_found(text: str, encoding: str) -> None:
    (report,) = read(io.BytesIO(text.encode(encoding)))
    assert isinstance(report, Report) and report.text == text


def test_utf8_with_a_broken_place_stays_utf8() -> None:
    data = (TURKISH * 3).encode() + b" \xff " + TURKISH.encode()
    assert decode(data).count("Şanlıurfa") == 4


@pytest.mark.parametrize(
    "data",
    [
        b"text\x00text",
        bytes(range(256)) * 4,
        b"PK\x03\x04" + b"a" * 99,
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xfe\x00\xd8a\x00",
        b"\x7fELF" + b"x" * 50,
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText, match=r"[:,] .+"):
        decode(data)


def test_words_broken_at_line_ends_are_joined() -> None:
    pages = [
        "The authorities said on Monday that an inter-\nnational search had begun for the anti-\ngovernment men of al-\n"
        "Nusra who had taken forty-\nfive people from a bus."
    ]
    assert join_pages(pages) == (
        "The authorities said on Monday that an international search had begun for the anti-government men "
        "of al-Nusra who had taken forty-five people from a bus."
    )


def test_page_numbers_and_running_heads_do_not_break_sentences() -> None:
    first = "The Harbour Post, Friday\nGunmen opened fire on a convoy near the\nborder on Thursday and killed four men who\n1"
    second = "The Harbour Post, Friday\nhad been guarding a shipment of grain, officials of\nthe ministry said.\n2"
    joined = join_pages([first, second])
    assert joined == (
        "Gunmen opened fire on a convoy near the border on Thursday and killed four men who "
        "had been guarding a shipment of grain, officials of the ministry said."
    )
