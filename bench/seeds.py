"""Seed files in every format that is read, in our own words: what the mutations start from, and the tests.

``write_seeds(folder)`` writes one file a format and returns their paths. The events are invented.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

TITLE = "Two killed as bomb hits market in Karsu"
PARAGRAPHS = (
    "A bomb left in a parked van killed two people and injured at least nine others at the vegetable market of Karsu on "
    "Saturday, the provincial governor’s office said.",
    "“We heard one blast and then saw smoke,” said Leyla Aydın, who sells bread near the gate. Police closed the roads around "
    "the square and detained three suspects, according to the broadcaster Kanal Nehir.",
    "No group has claimed responsibility. A similar attack on the same market was foiled in March 2017, when officers found "
    "explosives in a flat in the Eski district before they could be used.",
    "Prosecutors said on Sunday that the van had been rented by a man named only as M. K., who is wanted in connection with "
    "the robbery of an armoury last year.",
)
BODY = "\n\n".join(PARAGRAPHS)
TEXT = f"{TITLE}\n\n{BODY}\n\nLove our work? Please consider supporting us on Patreon!\n\nComments are closed."
ROW = {
    "id": "row-1",
    "title": TITLE,
    "maintext": BODY,
    "date_publish": "2019-05-11 18:31:00",
    "source_domain": "nehirpost.example",
    "url": "https://nehirpost.example/karsu",
    "language": "en",
}

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Nehir Post</title>
<meta property="og:site_name" content="The Nehir Post"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2019-05-11T18:31:00+03:00">
<link rel="canonical" href="https://nehirpost.example/karsu"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>{TITLE}</h1><p class="share">Share on Facebook</p>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/a">Weather for the week</a></li></ul></aside>
<footer>© 2019 The Nehir Post. All rights reserved.</footer></body></html>"""

FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Nehir Post</title>
<link>https://nehirpost.example/</link><description>News</description><language>en</language>
<item><title>{TITLE}</title><link>https://nehirpost.example/karsu</link><guid>https://nehirpost.example/karsu</guid>
<pubDate>Sat, 11 May 2019 18:31:00 +0300</pubDate><description>Two people died.</description>
<content:encoded><![CDATA[{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}]]></content:encoded></item>
<item><title>Court hears van case</title><link>https://nehirpost.example/court</link>
<description>&lt;p&gt;A court in Karsu heard on Monday that the van had been rented
under a false name, officials said.&lt;/p&gt;</description>
</item></channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Nehir Post</title>
<id>urn:nehir</id><updated>2019-05-12T00:00:00Z</updated><entry><title>{TITLE}</title><id>urn:nehir:karsu</id>
<link href="https://nehirpost.example/karsu"/><published>2019-05-11T15:31:00Z</published><updated>2019-05-12T00:00:00Z</updated>
<content type="html">{"".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in PARAGRAPHS)}</content></entry></feed>"""

MUC = f"""DEV-MUC3-9001 (OWN)

   KARSU, 11 MAY 89 (NEHIR) -- [TEXT] {PARAGRAPHS[0].upper()}

DEV-MUC3-9002

   KARSU, 12 MAY 89 (NEHIR) -- [TEXT] {PARAGRAPHS[3].upper()}
"""


def pdf_bytes(paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE, password: str | None = None) -> bytes:
    """A PDF of one narrow column, so that its lines are wrapped."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    out = io.BytesIO()
    styles = getSampleStyleSheet()
    options: dict[str, Any] = {"encrypt": password} if password else {}
    document = SimpleDocTemplate(out, pagesize=A5, title=title, invariant=1, **options)
    flow: list[Any] = [Paragraph(title, styles["Title"])]
    for paragraph in paragraphs:
        flow += [Paragraph(paragraph.replace("ı", "i"), styles["BodyText"]), Spacer(1, 6)]
    document.build(flow)
    return out.getvalue()


def table_text(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """The rows as CSV under a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def warc_bytes(
    pages: dict[str, bytes], packed: bool = True, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """A WARC with a response for each address."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, body in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return out.getvalue()


def seed_files() -> dict[str, bytes]:
    """File name → bytes, one for each format."""
    rows = [{**ROW, "id": f"row-{i}", "maintext": f"{BODY}\n\nThis is version {i}."} for i in range(1, 4)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    page = PAGE.encode()
    return {
        "report.txt": TEXT.encode(),
        "notes.md": TEXT.encode(),
        "turkish.txt": TEXT.encode("cp1254"),
        "wide.txt": TEXT.encode("utf-16"),
        "page.html": page,
        "print.pdf": pdf_bytes(),
        "rows.jsonl": lines,
        "rows.jsonl.gz": gzip.compress(lines, mtime=0),
        "rows.json": json.dumps(rows, indent=1).encode(),
        "rows.csv": table_text(rows).encode(),
        "rows.tsv": table_text(rows, "\t").encode(),
        "feed.rss": FEED.encode(),
        "feed.xml": FEED.encode(),
        "feed.atom": ATOM.encode(),
        "messages.txt": MUC.encode(),
        "crawl.warc": warc_bytes({"https://nehirpost.example/karsu": page}, packed=False),
        "crawl.warc.gz": warc_bytes({f"https://nehirpost.example/{i}": page for i in range(3)}),
    }


def write_seeds(folder: Path) -> list[Path]:
    """Writes the seed files into ``folder``; returns their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seed_files().items():
        (folder / name).write_bytes(data)
    return sorted(folder / name for name in seed_files())
