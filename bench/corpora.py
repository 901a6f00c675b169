"""The reports of every corpus in a ``--data`` folder, for measuring only: no text of any corpus is in the project.

``iter_reports(data, corpus)`` gives reports; corpora that are stored as text, rows or feeds go through
``veridical.readers`` (and yield its refusals), the annotated ones (CoNLL-U, CoNLL coreference, TimeML, MEANTIME, tokens)
are put back into running text first. ``python bench/corpora.py DATA`` prints what is read and refused, by corpus.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from veridical.errors import ReadError
from veridical.model import Report
from veridical.readers import Refusal, read
from veridical.readers.dates import iso_date
from veridical.readers.drafts import Draft, finish
from veridical.readers.muc import dateline_of
from veridical.settings import Settings

Read = Report | Refusal
SETTINGS = Settings()
_NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}’”]|'s$|n't$|'(?:re|ve|ll|d|m)$|'')")
_NO_SPACE_AFTER = re.compile(r"[(\[{$“‘`]$|``$")


def _finish(draft: Draft, corpus: str) -> Read:
    try:
        return finish(draft, SETTINGS)
    except ReadError as error:
        return Refusal.of(corpus, draft.name, error)


def _detokenized(tokens: list[str]) -> str:
    out = ""
    for token in tokens:
        joined = not out or out.endswith(("\n", " ")) or _NO_SPACE_BEFORE.match(token) or _NO_SPACE_AFTER.search(out)
        out += token if joined else f" {token}"
    return out


def _muc4(data: Path) -> Iterator[Read]:
    for path in sorted((data / "muc4/full").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            yield _finish(Draft(row["docid"], row["text"], published=dateline_of(row["text"])), "muc4")


def _rows(pattern: str) -> Callable[[Path], Iterator[Read]]:
    def iterate(data: Path) -> Iterator[Read]:
        for path in sorted(data.glob(pattern)):
            yield from read(path, SETTINGS)

    return iterate


def _wikievents(data: Path) -> Iterator[Read]:
    for path in sorted((data / "wikievents").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            text = row.get("text") or _detokenized(row["tokens"])
            yield _finish(Draft(row["doc_id"], text), "wikievents")


def _gvc_mentions(data: Path) -> Iterator[Read]:
    for path in sorted((data / "gvc").glob("mentions_*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            day, *sentences = (_detokenized(s) for s in row["sentences"])
            yield _finish(Draft(row["doc_id"], "\n".join(sentences), published=iso_date(day)), "gvc-mentions")


def _meantime(data: Path) -> Iterator[Read]:
    for path in sorted((data / "meantime").glob("corpus_*/[!.]*.xml")):
        root = ET.parse(path).getroot()
        sentences: dict[str, list[str]] = {}
        for token in root.iter("token"):
            sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
        lines = [_detokenized(s) for s in sentences.values()]
        stated = next((iso_date(line) for line in lines[1:3] if iso_date(line)), None)
        yield _finish(
            Draft(str(path.relative_to(data)), "\n".join(lines), url=root.get("url"), publisher="Wikinews", published=stated),
            "meantime",
        )


def _tempeval3(data: Path) -> Iterator[Read]:
    for path in sorted((data / "tempeval3").glob("**/[!.]*.tml")):
        root = ET.parse(path).getroot()
        text = root.find(".//TEXT")
        day = root.find(".//DCT/TIMEX3")
        body = "".join(text.itertext()) if text is not None else ""
        yield _finish(Draft(path.stem, body, published=iso_date(day.get("value")) if day is not None else None), "tempeval3")


def _polnear(data: Path) -> Iterator[Read]:
    for path in sorted((data / "polnear").glob("*/text/[!.]*.txt")):
        publisher, day, *_ = path.stem.split("_")
        yield from read(path, Settings(publisher=publisher, published=day))


def _lgl(data: Path) -> Iterator[Read]:
    for path in sorted((data / "geo").glob("*.xml")):
        for number, article in enumerate(ET.parse(path).getroot().iter("article")):
            name = article.get("docid") or article.get("file") or str(number)
            yield _finish(
                Draft(
                    f"{path.stem}/{name}",
                    article.findtext("text") or "",
                    title=article.findtext("title"),
                    publisher=article.findtext("domain"),
                    url=article.findtext("url") or article.findtext("link"),
                    titled=(article.findtext("text") or "").startswith(article.findtext("title") or "\0"),
                ),
                "geo",
            )


def _petrarch(data: Path) -> Iterator[Read]:
    for path in sorted((data / "petrarch").glob("*.xml")):
        text = path.read_text("utf-8")
        for found in re.finditer(r"<Sentence\b([^>]*)>\s*(?:<!--.*?-->\s*)?<Text>(.*?)</Text>", text, re.S):
            about = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', found[1]))
            yield _finish(
                Draft(
                    f"{path.stem}/{about.get('id')}",
                    " ".join(found[2].split()),
                    publisher=about.get("source"),
                    published=iso_date(about.get("date")),
                ),
                "petrarch",
            )


def _conllu(folder: str) -> Callable[[Path], Iterator[Read]]:
    def iterate(data: Path) -> Iterator[Read]:
        for path in sorted((data / folder).glob("*.conllu")):
            name, parts = "", list[str]()
            for line in path.open(encoding="utf-8"):
                if line.startswith("# newdoc id = "):
                    if parts:
                        yield _finish(Draft(name, "".join(parts).strip()), folder)
                    name, parts = line[14:].strip(), []
                elif line.startswith("# newpar"):
                    parts.append("\n\n")
                elif line.startswith("# text = "):
                    parts.append(line[9:].rstrip("\n") + " ")
            yield _finish(Draft(name, "".join(parts).strip()), folder)

    return iterate


def _conll_coreference(data: Path) -> Iterator[Read]:
    """GUM's two coreference renderings: tokens in column 4 (ontogum) or after ``# text`` lines."""
    for path in sorted((data / "gum/coref").glob("*/[!.]*.conll*")):
        sentences, tokens = list[str](), list[str]()
        for line in [*path.open(encoding="utf-8"), "\n"]:
            cells = line.split("\t") if "\t" in line else line.split()
            if line.startswith("#"):
                continue
            if not cells or not line.strip():
                sentences, tokens = ([*sentences, _detokenized(tokens)] if tokens else sentences), []
            else:
                tokens.append(cells[3] if len(cells) > 6 else cells[1])
        text = "\n".join([*sentences, _detokenized(tokens)]).strip()
        yield _finish(Draft(f"{path.parent.name}/{path.stem}", text), "gum-coref")


def _wikievents_coreference(data: Path) -> Iterator[Read]:
    """No text stands in these files: their documents are those of wikievents."""
    yield from ()


CORPORA: dict[str, Callable[[Path], Iterator[Read]]] = {
    "muc4": _muc4,
    "muc4-gtt": _rows("muc4/gtt/*.json"),
    "gvc": _rows("gvc/[dt]*.jsonl"),
    "gvc-mentions": _gvc_mentions,
    "semeval2018-5": _rows("semeval2018-5/*.jsonl"),
    "wikievents": _wikievents,
    "meantime": _meantime,
    "tempeval3": _tempeval3,
    "polnear": _polnear,
    "geo": _lgl,
    "geo-brat": _rows("geo/GeoWebNews-brat/[!.]*.txt"),
    "re3d": _rows("re3d/*/documents.json"),
    "petrarch": _petrarch,
    "ud-ewt": _conllu("ud-ewt"),
    "gum": _conllu("gum"),
    "gum-coref": _conll_coreference,
    "uds-ih2": _rows("uds-ih2/*.jsonl"),
}
"""uds-ih2, petrarch: single sentences, each as a report; muc4-gtt, gum-coref, gvc-mentions: other renderings of texts."""


def iter_reports(data: Path, corpus: str, refused: list[Refusal] | None = None) -> Iterator[Report]:
    """The reports of one corpus of ``CORPORA`` in the folder ``data``; refusals are added to ``refused``."""
    for found in CORPORA[corpus](data):
        if isinstance(found, Report):
            yield found
        elif refused is not None:
            refused.append(found)


def main() -> int:
    """Prints a table of read and refused reports by corpus; returns 1 when any was refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--corpus", choices=sorted(CORPORA), action="append")
    parser.add_argument("--show", action="store_true", help="list each refusal")
    options = parser.parse_args()
    total, all_refused = 0, list[Refusal]()
    for corpus in options.corpus or CORPORA:
        began, refused = time.perf_counter(), list[Refusal]()
        reports = list(iter_reports(options.data, corpus, refused))
        marked = sum(bool(report.boilerplate) for report in reports)
        reasons = ", ".join(f"{n} {reason}" for reason, n in Counter(r.reason for r in refused).most_common())
        print(
            f"{corpus:15} {len(reports):6} read  {len(refused):4} refused  {marked:5} with boilerplate  "
            f"{time.perf_counter() - began:6.1f} s  {reasons}"
        )
        total += len(reports)
        all_refused += refused
    print(f"{'all':15} {total:6} read  {len(all_refused):4} refused")
    if options.show:
        for one in all_refused:
            print(f"{one.source}\t{one.name}\t{one.reason}\t{one.message}")
    return 1 if all_refused else 0


if __name__ == "__main__":
    sys.exit(main())
