"""Writes a corpus for others: gold records with plain texts, one table of reports, brat folders, UIMA CAS."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from veridical.corpus.brat import brat_configuration, to_brat
from veridical.corpus.croissant import FACTS, describe
from veridical.corpus.document import Document
from veridical.corpus.records import records_of
from veridical.corpus.stories import Story
from veridical.corpus.writing import write_plain
from veridical.errors import CorpusError, Fault

Rows = Sequence[tuple[str, Document]]
"""Each report with its story's id."""


def rows_of(stories: Iterable[Story]) -> Rows:
    """The reports of stories in order, each with its story's id."""
    return [(s.id, d) for s in stories for d in s.documents]


def read_facts(folder: Path) -> dict[str, str]:
    """What ``corpus.toml`` says of the release: name, version, day, licence, description; CorpusError where it lacks one."""
    path = folder / "corpus.toml"
    try:
        facts = {key: str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CorpusError.of([Fault(str(path), 1, 1, f"{error}: write {', '.join(FACTS)} there")]) from error
    if lacking := [key for key in FACTS if key not in facts]:
        raise CorpusError.of([Fault(str(path), 1, 1, f"{', '.join(lacking)} is not told: add it")])
    return facts


def write_gold(rows: Rows, target: Path) -> None:
    """``gold.jsonl`` and ``reports/ID.txt``: the form that the scorer of incident records reads."""
    (target / "reports").mkdir(parents=True, exist_ok=True)
    with (target / "gold.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for story, document in rows:
            header = document.header
            row = {
                "id": document.id,
                "story": story,
                "publisher": header.get("publisher"),
                "published": header.get("published"),
                "incidents": records_of(document),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            (target / "reports" / f"{document.id}.txt").write_text(document.text + "\n", "utf-8", newline="\n")


def write_table(rows: Rows, target: Path, parts: Mapping[str, str], facts: Mapping[str, str]) -> None:
    """``reports.jsonl``, one report a line, and ``croissant.json``, made with `read_facts`."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / "reports.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for story, document in rows:
            header = document.header
            row = {"id": document.id, "story": story, "split": parts.get(story, "")}
            row |= {key: header.get(key) or "" for key in ("publisher", "published", "form")}
            row |= {"text": document.text, "incidents": json.dumps(records_of(document), ensure_ascii=False)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    (target / "croissant.json").write_text(describe(path, facts), "utf-8", newline="\n")


def write_brat(rows: Rows, target: Path) -> None:
    """A folder that brat serves: ``.txt``, ``.ann`` and ``.json`` of each report, and the configuration."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "annotation.conf").write_text(brat_configuration(), "utf-8", newline="\n")
    for _, document in rows:
        files = to_brat(document)
        for ending, content in (("txt", files.text), ("ann", files.annotations), ("json", files.facts)):
            (target / f"{document.id}.{ending}").write_text(content, "utf-8", newline="\n")


def write_cas(rows: Rows, target: Path) -> None:
    """One UIMA CAS in JSON a report, and the type system for INCEpTION's import of layers."""
    from veridical.corpus.cas import to_cas, type_system

    target.mkdir(parents=True, exist_ok=True)
    type_system().to_xml(target / "typesystem.xml")
    for _, document in rows:
        to_cas(document).to_json(target / f"{document.id}.json")


def write_bare(rows: Rows, target: Path) -> None:
    """The markup files without their marks, for whoever marks the reports without having seen the first marks."""
    target.mkdir(parents=True, exist_ok=True)
    for _, document in rows:
        (target / f"{document.id}.xml").write_text(write_plain(document), "utf-8", newline="\n")


FORMATS: Mapping[str, Callable[[Rows, Path], None]] = {
    "gold": write_gold,
    "brat": write_brat,
    "cas": write_cas,
    "plain": write_bare,
}
"""The formats that need nothing but the reports; the table needs the split as well."""
