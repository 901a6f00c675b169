"""Marked reports for the tests of the corpus room: the worked example of the guidelines, and random ones."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

from veridical.corpus import Document, Mark, read_markup
from veridical.corpus.document import Place, Row
from veridical.corpus.writing import nested

CORPUS = Path(__file__).parent.parent / "corpus"


def example_source() -> str:
    """The marked report that the guidelines show."""
    found = re.search(r"```xml\n(.*?)```", (CORPUS / "GUIDELINES.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def example() -> Document:
    """The same, read."""
    return read_markup(example_source(), "example.xml")


def content_of(document: Document) -> tuple[object, ...]:
    """What must survive a conversion: everything but places in files and the order of roles."""

    def held(mark: Mark) -> dict[str, object]:
        return {**mark.attributes, "as": sorted((mark.get("as") or "").split())}

    return (
        dict(document.header),
        {k: dict(r.attributes) for k, r in document.entities.items()},
        {k: dict(r.attributes) for k, r in document.events.items()},
        document.title,
        document.text,
        [(m.tag, m.start, m.end, held(m), m.parent) for m in document.marks],
    )


WORDS = ("bomb", "«é»", "a & b", "<police>", "said", "naïve", "12", "the", "𝒩", "O'Neill", '"so"')


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Random texts with marks that nest, over whole words, with and without a title."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14))
    starts, text = [], ""
    for word in words:
        starts.append((len(text), len(text) + len(word)))
        text += f"{word} "
    title = draw(st.sampled_from([None, "A title & more"]))
    shift = len(title) + 2 if title else 0
    marks: list[Mark] = []
    for n in range(draw(st.integers(0, 7))):
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first, len(words) - 1))
        start, end = starts[first][0] + shift, starts[last][1] + shift
        if any(m.start < start < m.end < end or start < m.start < end < m.end for m in marks):
            continue
        tag, held = draw(st.sampled_from(_MARKS))
        attributes = {k: f"a{n}" if v == "#" else v for k, v in held.items()}
        marks.append(Mark(tag, start, end, attributes, None, Place(1, 1)))
    full = (f"{title}\n\n" if title else "") + text.strip()
    used = {m.attributes["e"] for m in marks if m.tag == "m"}
    entities = {e: Row(e, {"id": e, "kind": "person"}, Place(1, 1)) for e in ("p1", "p2") if e in used}
    has_event = any(m.tag == "v" or m.get("as") for m in marks)
    events = {"e1": Row("e1", {"id": "e1", "type": "raid", "incident": "x"}, Place(1, 1))} if has_event else {}
    if has_event and not any(m.tag == "v" for m in marks):
        return draw(documents())
    ordered = nested(full, sorted(marks, key=lambda m: (m.start, -m.end)), "random")
    return Document("random", {"id": "r-1", "form": "brief", "publisher": "A & B"}, entities, events, title, full, ordered)


_MARKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("m", {"e": "p1"}),
    ("m", {"e": "p2", "as": "e1:subject", "status": "charged"}),
    ("v", {"e": "e1", "f": "PS+"}),
    ("t", {"v": "2015-10", "as": "e1"}),
    ("c", {"n": "3,-,-", "as": "e1:arrested", "of": 'the "young" & old'}),
    ("w", {"as": "e1:reason"}),
    ("q", {"a": "#", "kind": "official"}),
    ("noise", {}),
)
