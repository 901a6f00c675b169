"""Ways to damage a file, or to build a hostile one; the same files for the same seed."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from seeds import BODY, PAGE, PARAGRAPHS, seed_files

SUFFIXES = (
    ".txt",
    ".html",
    ".pdf",
    ".jsonl",
    ".json",
    ".csv",
    ".tsv",
    ".rss",
    ".xml",
    ".warc",
    ".warc.gz",
    ".gz",
    ".md",
    "",
    ".doc",
)
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp1254",
    "cp1251",
    "iso-8859-15",
    "koi8-r",
    "big5",
    "shift_jis",
    "cp037",
)
BIG = 5_000_000
Seed = tuple[str, bytes]
Mutation = Callable[[random.Random, Seed], Seed]


def truncate(rng: random.Random, seed: Seed) -> Seed:
    """Cut off somewhere."""
    return seed[0], seed[1][: rng.randrange(len(seed[1]) + 1)]


def flip_bits(rng: random.Random, seed: Seed) -> Seed:
    """One to a few hundred bits turned over."""
    data = bytearray(seed[1])
    for _ in range(rng.choice((1, 3, 20, 300))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return seed[0], bytes(data)


def splice_binary(rng: random.Random, seed: Seed) -> Seed:
    """Random bytes in the middle."""
    at = rng.randrange(len(seed[1]) + 1)
    return seed[0], seed[1][:at] + rng.randbytes(rng.choice((1, 16, 4096))) + seed[1][at:]


def replace_by_binary(rng: random.Random, seed: Seed) -> Seed:
    """Nothing but random bytes, or another format's magic number before them."""
    magic = rng.choice(
        (
            b"",
            b"%PDF-1.7\n",
            b"\x1f\x8b\x08\x00",
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n",
            b"WARC/1.0\r\n",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        )
    )
    return seed[0], magic + rng.randbytes(rng.choice((1, 100, 20_000)))


def mix_encodings(rng: random.Random, seed: Seed) -> Seed:
    """Each line in an encoding of its own, or all in a rare one."""
    text = seed[1].decode("utf-8", "replace")
    if rng.random() < 0.4:
        return seed[0], text.encode(rng.choice(ENCODINGS), "replace")
    chosen = rng.sample(ENCODINGS, 2)
    return seed[0], b"\n".join(line.encode(rng.choice(chosen), "replace") for line in text.split("\n"))


def one_long_line(rng: random.Random, seed: Seed) -> Seed:
    """Five megabytes without a line's end."""
    piece = rng.choice(
        (BODY.replace("\n", " "), "a", "<div>", "<p>x", '"', "{", "[", ",", "é", "\u0301\u0316", "&amp;", "<!--", "]]>", "((")
    )
    start = rng.choice(
        ("", '{"text": "', '[{"text": "', "<html><body>", 'id,text\n1,"', '<?xml version="1.0"?><rss><channel><item>')
    )
    return seed[0], (start + piece * (BIG // len(piece.encode()))).encode()


def below_limit_line(rng: random.Random, seed: Seed) -> Seed:
    """The same just under the size limit of the settings."""
    name, data = one_long_line(rng, seed)
    return name, data[:3_900_000]


def nest_html(rng: random.Random, seed: Seed) -> Seed:
    """Elements in elements, closed or not, around a page."""
    depth = rng.choice((100, 240, 300, 1_000, 50_000, 300_000))
    tag = rng.choice(
        ("div", "span", "b", "table><tr><td", "ul><li", "blockquote", "font", "p", "svg><g", "section", "a href=x", "form")
    )
    closing = "".join(f"</{part.split()[0]}>" for part in reversed(tag.split("><")))
    inner = PAGE if rng.random() < 0.5 else f"<p>{PARAGRAPHS[0]}</p>"
    page = f"<html><body>{f'<{tag}>' * depth}{inner}{closing * (depth if rng.random() < 0.5 else 0)}"
    return "page.html", page.encode()[:BIG]


def zero_bytes(rng: random.Random, seed: Seed) -> Seed:
    """Empty, all zeros, or a tail or sprinkling of zeros."""
    kind = rng.randrange(4)
    data = seed[1]
    if kind == 0:
        return seed[0], b""
    if kind == 1:
        return seed[0], bytes(rng.choice((1, 4096, 1_000_000)))
    if kind == 2:
        return seed[0], data[: len(data) // 2] + bytes(len(data) // 2)
    sprinkled = bytearray(data)
    for _ in range(20):
        if sprinkled:
            sprinkled[rng.randrange(len(sprinkled))] = 0
    return seed[0], bytes(sprinkled)


def break_rows(rng: random.Random, seed: Seed) -> Seed:
    """Rows that are half, doubled, wrongly typed, nested or unquoted."""
    good = json.dumps({"id": "1", "text": BODY, "title": "A title"})
    bad = [
        '{"text": ',
        '{"text": 3}',
        "[" * 100_000,
        '{"text": ["a", {"b": 1}]}',
        "null",
        '"x"',
        '{"text": "\\ud800 lone half"}',
        '{"text": "zero \\u0000 byte"}',
        '{"text": NaN}',
        good[:-5],
        good + good,
        '{"a":' * 50_000,
        '{"text": "' + "x" * 200_000 + '"}',
        "\x1e" + good,
    ]
    lines = [rng.choice([good, *bad]) for _ in range(30)]
    if rng.random() < 0.3:
        return "rows.json", ("[" + ",\n".join(lines) + rng.choice(("]", "", ",,]", "}"))).encode("utf-8", "surrogatepass")
    return "rows.jsonl", "\n".join(lines).encode("utf-8", "surrogatepass")


def break_table(rng: random.Random, seed: Seed) -> Seed:
    """Tables with open quotes, ragged rows, doubled headers, wrong delimiters."""
    rows = [
        '1,"A title","' + BODY + '"',
        '2,"open quote',
        "3,too,many,cells,here",
        "4",
        '5,"a""b",c"d"e',
        "",
        ",,,",
        '"6\n7\n8",x,y',
        "\x00,\x00",
    ]
    header = rng.choice(("id,title,text", "id;title;text", "text,text,text", "a,b,c", "", '"id,title,text'))
    return "rows.csv", "\n".join([header, *(rng.choice(rows) for _ in range(40))]).encode()


def break_markup(rng: random.Random, seed: Seed) -> Seed:
    """Feeds and pages with unclosed, crossing, foreign and exploding markup."""
    laughs = (
        '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>"
    )
    seeds = seed_files()
    name = rng.choice(("feed.rss", "feed.atom", "page.html"))
    text = seeds[name].decode()
    kind = rng.randrange(5)
    if kind == 0:
        text = text.replace("<item>", "<item><item>").replace("</p>", "</b>")
    elif kind == 1:
        head, _, rest = text.partition("?>")
        text = f"{head}?>{laughs}{rest.replace('Karsu', '&j;')}" if rest else f"{laughs}{text}"
    elif kind == 2:
        text = text.replace("<", rng.choice(("<<", "< ", "&lt;", "<x:")), rng.randrange(1, 40))
    elif kind == 3:
        text = text.replace("UTF-8", rng.choice(("utf-7", "no-such", "UTF-16", "idna", "zip", "rot13"))).replace(
            "utf-8", rng.choice(("utf-7", "base64", "unicode_escape", "undefined", "hex"))
        )
    else:
        words = text.split(" ")
        rng.shuffle(words)
        text = " ".join(words)
    return name, text.encode()


def break_archive(rng: random.Random, seed: Seed) -> Seed:
    """Archives and gzip with wrong lengths, wrong checksums, bombs."""
    seeds = seed_files()
    kind = rng.randrange(4)
    if kind == 0:
        data = seeds["crawl.warc"].replace(
            b"Content-Length: ", b"Content-Length: " + rng.choice((b"9", b"-", b"", b"x")), rng.randrange(1, 3)
        )
        return "crawl.warc", data
    if kind == 1:
        return rng.choice(("bomb.txt.gz", "bomb.warc.gz", "bomb.jsonl.gz", "bomb.html")), gzip.compress(
            bytes(200_000_000), 9, mtime=0
        )
    data = bytearray(seeds[rng.choice(("crawl.warc.gz", "rows.jsonl.gz"))])
    for _ in range(rng.choice((1, 5, 50))):
        data[rng.randrange(10, len(data))] = rng.randrange(256)
    return ("crawl.warc.gz" if kind == 2 else "rows.jsonl.gz"), bytes(data)


def break_pdf(rng: random.Random, seed: Seed) -> Seed:
    """PDFs whose tables, streams, page trees or lengths lie."""
    data = seed_files()["print.pdf"]
    old, new = rng.choice(
        (
            (b"/Kids", b"/Kidz"),
            (b"/Length ", b"/Length 9"),
            (b"xref", b"xerf"),
            (b"endobj", b""),
            (b"/Count 1", b"/Count 999999999"),
            (b"/Parent", b"/Kids"),
            (b" 0 R", b" 1 R"),
            (b"/FlateDecode", b"/LZWDecode"),
            (b"startxref", b"startxref 0 %"),
            (b"stream", b"stream\n"),
            (b"5 0 R", b"4 0 R"),
            (b"3 0 R", b"6 0 R"),
            (b"1 0 obj", b"7 0 obj"),
        )
    )
    return "print.pdf", data.replace(old, new, rng.choice((1, -1)))


def swap_suffix(rng: random.Random, seed: Seed) -> Seed:
    """A good file under a wrong name."""
    return Path(seed[0]).name.split(".")[0] + rng.choice(SUFFIXES), seed[1]


def write_surrogates(rng: random.Random, seed: Seed) -> Seed:
    """Halves of UTF-16 pairs, overlong UTF-8, piles of combining marks."""
    junk = rng.choice(
        (
            b"\xed\xa0\x80",
            b"\xc0\xaf",
            b"\xf8\x88\x80\x80\x80",
            ("\u0301\u0316" * 40_000).encode(),
            b"\xff\xfe\x00\xd8",
            b"\xf4\x90\x80\x80",
        )
    )
    at = rng.randrange(len(seed[1]) + 1)
    return seed[0], seed[1][:at] + junk * rng.choice((1, 50 if len(junk) < 9 else 1)) + seed[1][at:]


MUTATIONS: tuple[tuple[Mutation, int], ...] = (
    (truncate, 14),
    (flip_bits, 14),
    (splice_binary, 8),
    (replace_by_binary, 6),
    (mix_encodings, 10),
    (one_long_line, 2),
    (below_limit_line, 2),
    (nest_html, 7),
    (zero_bytes, 5),
    (break_rows, 7),
    (break_table, 6),
    (break_markup, 7),
    (break_archive, 4),
    (break_pdf, 6),
    (swap_suffix, 8),
    (write_surrogates, 4),
)
"""Each with its weight."""


def mutations(count: int, seed: int, data: Path | None = None) -> Iterator[tuple[str, str, bytes]]:
    """``count`` files as (mutation's name, file name, bytes); the same for the same seed and seed files."""
    rng = random.Random(seed)
    seeds = [*seed_files().items(), *_read_seeds(data)]
    kinds, weights = zip(*MUTATIONS, strict=True)
    for number in range(count):
        kind = rng.choices(kinds, weights)[0]
        name, content = kind(rng, rng.choice(seeds))
        yield kind.__name__, f"{number:05}-{kind.__name__}-{name}", content


def _read_seeds(data: Path | None, most: int = 200, largest: int = 200_000) -> Iterator[Seed]:
    if data is None:
        return
    paths = [p for p in sorted(data.rglob("*")) if p.is_file() and p.stat().st_size <= largest]
    for path in paths[:: max(1, len(paths) // most)]:
        yield path.name, path.read_bytes()
