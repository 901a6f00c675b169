"""Write the two example reports that are PDF files; the same bytes on every run.

Run from anywhere: `python examples/make_pdfs.py`. Needs reportlab and pypdf.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

FOLDER = Path(__file__).parent / "reports"


@dataclass(frozen=True)
class Page:
    """What one PDF says: its outlet and date stand in the file's metadata and in its head line."""

    name: str
    outlet: str
    published: str
    title: str
    byline: str
    body: str
    """Paragraphs between blank lines."""


REINA = """
ISTANBUL. Abdulkadir Masharipov, the Uzbek national who shot his way into the Reina nightclub in the first hours of 2017,
was sentenced on Monday, 7 September 2020, to 40 terms of aggravated life imprisonment: one for each of the 39 people he
murdered there, and one for attempting to overthrow the constitutional order.

The Istanbul court added 1,368 years for the attempted murder of 79 people who were wounded. That is ten more than the 69
whom officials had counted on the morning after.

Masharipov admitted the shooting when he was first questioned, but took it back in court and said that he was not the man
on the recordings. The trial began in December 2017.

A second defendant, found to have helped him, received more than 1,400 years. Islamic State claimed the attack the day
after it.
"""
TRIESTE = """
TRIESTE. Three men who are alleged to have planned a bombing of the covered fish market in Trieste at Easter were indicted
on Wednesday by the district prosecutor, Giacomo Furlan.

The indictment names them as Pavle Rusnak, Edin Softa and Marcello Tonon and describes them as followers of Black Anchor,
a network that has called in pamphlets for war on "the trading classes".

According to the document, Rusnak bought 14 kilograms of ammonium nitrate in two purchases, and Tonon measured the stalls
while posing as a buyer of sardines.

Nothing came of it. A steward on the night boat from Patras noticed a rucksack that smelled of diesel and told the
captain. When the ship docked at Ancona on 17 April 2019, border police were waiting, and Softa was led away with two
detonators sewn into his coat. The others were seized the same evening in Monfalcone.

Softa has told investigators, the indictment says, that a station in Ljubljana had been considered first and dropped
because it was always full of soldiers. His lawyer declined to comment.
"""
PAGES = (
    Page(
        "reina-verdict",
        "The Bosporus Register",
        "2020-09-07",
        "Life without parole for Reina gunman",
        "From our court correspondent",
        REINA,
    ),
    Page(
        "invented-trieste-plot",
        "Corriere dell'Altipiano",
        "2019-05-23",
        "Tip from a ferry steward undid plan to bomb Trieste fish market",
        "(invented report) By Livia Stancich",
        TRIESTE,
    ),
)


def body_font() -> str:
    """The name of a font that has the letters we need; reportlab carries Vera itself."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"


def write_page(page: Page) -> Path:
    """The path of the PDF written for ``page``, with title, author and day in its metadata."""
    font, buffer = body_font(), BytesIO()
    head = ParagraphStyle("head", fontName=font, fontSize=8, leading=11)
    title = ParagraphStyle("title", fontName=font, fontSize=17, leading=22, spaceBefore=6, spaceAfter=4)
    text = ParagraphStyle("text", fontName=font, fontSize=10, leading=15, spaceAfter=8)
    paragraphs = [" ".join(block.split()) for block in page.body.strip().split("\n\n")]
    story: list[Flowable] = [
        Paragraph(f"{page.outlet}, {page.published}", head),
        Paragraph(page.title, title),
        Paragraph(page.byline, head),
        Spacer(1, 6 * mm),
        *(Paragraph(paragraph, text) for paragraph in paragraphs),
    ]
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, leftMargin=32 * mm, rightMargin=32 * mm).build(story)
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(buffer))
    day = f"D:{page.published.replace('-', '')}120000Z"
    writer.add_metadata(
        {"/Title": page.title, "/Author": page.outlet, "/CreationDate": day, "/ModDate": day, "/Producer": "ReportLab"}
    )
    path = FOLDER / f"{page.name}.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    return path


if __name__ == "__main__":
    for example in PAGES:
        print(write_page(example))
