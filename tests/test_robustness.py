"""Damaged, hostile and random input: read or refused, never an exception, and what is read holds together."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veridical.model import Report
from veridical.readers import Refusal, read
from veridical.readers.boilerplate import mark_boilerplate
from veridical.readers.dates import iso_date

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
from mutations import MUTATIONS, mutations

SAMPLE = [one for one in mutations(90, seed=11) if len(one[2]) < 2_000_000][:64]


def hold_together(found: list[Report | Refusal]) -> None:
    """What every outcome of reading must satisfy."""
    assert found
    for one in found:
        if isinstance(one, Refusal):
            assert one.reason and one.message and one.name and one.source
            one.message.encode("utf-8")
            continue
        assert one.text == unicodedata.normalize("NFC", one.text) and "\r" not in one.text and "\0" not in one.text
        for value in (one.text, one.name, one.title, one.publisher, one.url):
            (value or "").encode("utf-8")
        ends = [0]
        for start, end in one.boilerplate:
            assert ends[-1] <= start < end <= len(one.text)
            ends.append(end)
        assert one.published is None or iso_date(one.published) == one.published


@pytest.mark.parametrize(("kind", "name", "content"), SAMPLE, ids=[name for _, name, _ in SAMPLE])
def test_mutated_files_are_read_or_refused(kind: str, name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    hold_together(list(read(path)))


def test_the_sample_is_the_same_each_time_and_holds_most_kinds() -> None:
    assert [one[1:] for one in mutations(5, seed=3)] == [one[1:] for one in mutations(5, seed=3)]
    assert len({kind for kind, _, _ in SAMPLE}) >= len(MUTATIONS) - 3


FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FAST
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "%PDF-1.4\n", "<html>", "<?xml version='1.0'?><rss>", '{"text": "', "[", "WARC/1.0\r\n"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, start: str) -> None:
    hold_together(list(read(io.BytesIO(start.encode() + data))))


@FAST
@given(st.text(max_size=300))
def test_any_text_survives_or_is_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    hold_together(list(read(io.BytesIO(data))))
    hold_together(
        list(read(io.BytesIO(json.dumps({"text": text, "title": text[:20], "source": text[5:9], "date": text[:10]}).encode())))
    )


@FAST
@given(
    st.lists(
        st.sampled_from(
            ["Comments are closed.", "Read more: x", "A bomb went off.", "Share", "", "© 2020 X. All rights reserved.", "é"]
        )
    )
)
def test_ranges_lie_apart_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = -1
    for start, end in mark_boilerplate(text):
        assert last < start < end <= len(text)
        assert text[start:end].strip()
        last = end


@FAST
@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cc", "Cs", "Cn", "Co"]),
        min_size=1,
        max_size=200,
    )
)
def test_plain_text_is_kept_to_the_letter(text: str) -> None:
    story = f"The police said that two men were killed in the attack.\n\n{text}"
    for one in read(io.BytesIO(story.encode())):
        if isinstance(one, Report):
            expected = unicodedata.normalize("NFC", story)
            for separator in "\x85\u2028\u2029":
                expected = expected.replace(separator, "\n")
            assert one.text == expected
