"""Bytes to text: byte order marks, then strict UTF-8, then detection; what is not text is refused."""

from __future__ import annotations

import codecs
import re

from veridical.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"MZ\x90",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"{\\rtf",
)
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])
_SAMPLE = 65_536


def mark_of(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark at the start of ``head`` names and the mark's length."""
    return next(((name, len(mark)) for mark, name in _MARKS if head.startswith(mark)), None)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark, known by the zero bytes of its mostly Western letters, or ``None``."""
    sample = head[:4096]
    if len(sample) < 8 or not sample.count(0):
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``; ``declared`` is tried after a mark and UTF-8. Raises NotText for binary bytes."""
    for magic in _BINARY:
        if data.startswith(magic):
            raise NotText("the bytes are of a binary format, not of a text: give the text, HTML or PDF itself")
    mark = mark_of(data)
    wide = mark[0] if mark else wide_encoding(data)
    if wide:
        return _decode_as(data[mark[1] :] if mark else data, wide)
    if b"\0" in data:
        raise NotText(f"a zero byte stands at {data.index(0)}: the file is binary or damaged, fetch it again")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) - 4 and error.start > 100:
            return data[: error.start].decode("utf-8")
    return _decode_legacy(data, declared)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"the bytes claim to be {encoding} and are not (at byte {error.start}): write the file again as UTF-8"
        ) from error


def _decode_legacy(data: bytes, declared: str | None) -> str:
    if len(data) > 8 and len(data.translate(None, _CONTROLS)) < len(data) * 0.98:
        raise NotText("too many control bytes for a text: the file is binary or damaged")
    broken = data.decode("utf-8", "replace")
    if broken.count("\ufffd") * 20 < len(re.findall("[\u0080-\ufffc]", broken)):
        return broken  # UTF-8 with a few broken places: any legacy reading would spoil the rest
    if declared and declared.lower().replace("_", "-") not in ("utf-8", "utf8"):
        try:
            return data.decode(_superset(declared))
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    return _detect(data)


def _superset(name: str) -> str:
    """What pages mean by the name: WHATWG's Encoding Standard reads Latin-1 and Latin-5 as the Windows pages."""
    return {
        "iso-8859-1": "cp1252",
        "latin-1": "cp1252",
        "latin1": "cp1252",
        "ascii": "cp1252",
        "us-ascii": "cp1252",
        "iso-8859-9": "cp1254",
        "latin5": "cp1254",
    }.get(name.lower().replace("_", "-"), name)


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    high = bytes(b for b in data[:1_000_000] if b > 127)
    western = _western(high)
    if western:
        return data.decode(western)
    best = from_bytes(data[:_SAMPLE]).best()
    for encoding in (best.encoding if best else None, "cp1252", "cp1254"):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_plausible(text):
            return text
    raise NotText("no known encoding makes a text of the bytes: write the file again as UTF-8")


def _western(high: bytes) -> str | None:
    """cp1252 or cp1254 where the high bytes are typographic signs and Western or Turkish letters alone.

    Short English or Turkish texts have too few high bytes for statistics; Turkish puts ğ İ ı ş on the
    places of Icelandic ð Ý ý þ, which hardly ever stand together with Turkish ö ü ç.
    """
    signs = bytes.fromhex("80 85 91 92 93 94 95 96 97 99 a0 a3 a7 a9 ab b0 b7 bb")
    turkish = bytes.fromhex("f0 dd fd fe d0 de c7 d6 dc e7 f6 fc e2 ee fb")
    western = bytes.fromhex(
        "c0 c1 c2 c4 c5 c6 c7 c8 c9 ca cd d1 d3 d6 d8 da dc df e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 ea eb"
        " ed ee ef f1 f2 f3 f4 f6 f8 f9 fa fb fc"
    )
    letters = high.translate(None, signs)
    if not letters.translate(None, turkish) and any(b in letters for b in bytes.fromhex("f0 dd fd fe d0 de")):
        return "cp1254"
    return "cp1252" if not letters.translate(None, western) else None


def _is_plausible(text: str) -> bool:
    if not text:
        return False
    odd = sum(not (c.isprintable() or c in "\n\r\t\f") for c in text[:_SAMPLE])
    letters = sum(c.isalpha() or c.isspace() for c in text[:_SAMPLE])
    size = len(text[:_SAMPLE])
    return odd * 50 <= size and letters * 2 >= size
