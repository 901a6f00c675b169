"""The ``veridical corpus`` commands: check, count, split, export, import and compare reports that carry their gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from veridical.corpus import Story

DONE, FAULTY = 0, 2

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_TARGET = click.Path(file_okay=False, path_type=Path)
_folder = click.argument("folder", type=_FOLDER, default=Path("corpus"), metavar="[FOLDER]")
_part = click.option("--split", "part", type=click.Choice(["train", "dev", "test"]), help="Only this part; all by default.")


@click.group()
def corpus() -> None:
    """Work with a corpus of reports that carry their gold as inline markup.

    FOLDER holds stories: folders with a story.toml and one XML file a report. By default it is corpus.
    """


@corpus.command("check")
@_folder
@click.option(
    "--hints", "hinting", is_flag=True, help="Also list where a mark may have been forgotten; line and column are of the text."
)
def check(folder: Path, hinting: bool) -> int:
    """Say every fault of the markup of FOLDER, with file, line and column, or that there is none."""
    from veridical.corpus import read_stories
    from veridical.corpus.hints import hints

    stories, faults = read_stories(folder)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(faults)} faults in {len({f.file for f in faults})} files.", err=True)
        return FAULTY
    for hint in hints([d for s in stories for d in s.documents]) if hinting else ():
        click.echo(str(hint))
    click.echo(f"{folder}: {len(stories)} stories, {sum(len(s.documents) for s in stories)} reports, no fault.")
    return DONE


@corpus.command("stats")
@_folder
@_part
def stats(folder: Path, part: str | None) -> int:
    """Count what FOLDER holds: reports, words, stages, types, source kinds, chains, countries, and how varied the texts are.

    Where the stories have been split, train, dev and test stand beside the whole.
    """
    from veridical.corpus.counting import Tally
    from veridical.corpus.splits import SHARES, read_splits, select
    from veridical.corpus.variety import Variety, texts_of

    stories, parts = _stories(folder, part), read_splits(folder)
    sets = {"all": stories} if part or not parts else {"all": stories, **{p: select(stories, parts, p) for p in SHARES}}
    tallies = [Tally(held) for held in sets.values()]
    _row("", sets)
    for name in tallies[0].totals:
        _row(name, (f"{t.totals[name]:,}" for t in tallies))
    measures = [Variety(texts_of(held)).measures for held in sets.values()]
    click.echo("\nVariety")
    for name in measures[0]:
        _row(f"  {name}", (f"{m[name]:,.3f}" for m in measures))
    for title, table in tallies[0].tables.items():
        click.echo(f"\n{title}")
        for value, _ in sorted(table.items(), key=lambda item: (-item[1], item[0])):
            _row(f"  {value}", (f"{t.tables[title][value]:,}" for t in tallies))
    return DONE


@corpus.command("split")
@_folder
def split(folder: Path) -> int:
    """Give each story of FOLDER that has none yet its part: train, dev or test. No story ever moves."""
    from veridical.corpus import load_corpus
    from veridical.corpus.splits import draw, read_splits, write_splits

    parts = draw(load_corpus(folder), read_splits(folder))
    (folder / "splits.toml").write_text(write_splits(parts), "utf-8", newline="\n")
    for name in ("train", "dev", "test"):
        click.echo(f"{name}: {sum(p == name for p in parts.values())} stories")
    return DONE


@corpus.command("export")
@_folder
@_part
@click.option(
    "--format",
    "form",
    type=click.Choice(["gold", "table", "brat", "cas", "plain"]),
    default="gold",
    show_default=True,
    help="gold: records and texts for scoring; table: one JSON Lines file with Croissant metadata; brat; cas: UIMA CAS for "
    "INCEpTION; plain: the markup files without marks, to be marked by another hand.",
)
@click.option("-o", "--output", type=_TARGET, required=True, metavar="FOLDER", help="The folder to write; it is made.")
def export(folder: Path, part: str | None, form: str, output: Path) -> int:
    """Write the reports of FOLDER in a form that others read."""
    from veridical.corpus.exporting import FORMATS, read_facts, rows_of, write_table
    from veridical.corpus.splits import read_splits

    rows = rows_of(_stories(folder, part))
    if form == "table":
        write_table(rows, output, read_splits(folder), read_facts(folder))
    else:
        FORMATS[form](rows, output)
    click.echo(f"{len(rows)} reports written to {output} ({form}).", err=True)
    return DONE


@corpus.command("import")
@click.argument("source", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["brat", "cas"]), required=True, help="The form of the files in SOURCE.")
@click.option("-o", "--output", type=_TARGET, required=True, metavar="FOLDER", help="The folder to write; it is made.")
def import_(source: Path, form: str, output: Path) -> int:
    """Write the markup files of reports that were marked in brat or INCEpTION, and say what is wrong with them."""
    from veridical.corpus import check_document
    from veridical.corpus.importing import READERS
    from veridical.corpus.writing import write_markup
    from veridical.errors import CorpusError, Fault

    output.mkdir(parents=True, exist_ok=True)
    written, faults = 0, list[Fault]()
    for read in READERS[form](source):
        try:
            document = read()
        except CorpusError as error:
            faults.extend(error.faults)
            continue
        faults.extend(check_document(document))
        (output / f"{document.id}.xml").write_text(write_markup(document), "utf-8", newline="\n")
        written += 1
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{written} reports written to {output}, {len(faults)} faults.", err=True)
    return FAULTY if faults else DONE


@corpus.command("agreement")
@click.argument("first", type=_FOLDER)
@click.argument("second", type=_FOLDER)
@click.option(
    "--show", is_flag=True, help="Also list what differs, report by report: < only in FIRST, > only in SECOND, ~ in both."
)
def agreement(first: Path, second: Path, show: bool) -> int:
    """Compare two markings of the same reports: span F by layer, events, kappa of stages, chains of sources.

    FIRST and SECOND are folders of markup files; the reports that both hold are compared.
    """
    from veridical.corpus.agreement import Agreement
    from veridical.corpus.differences import differences
    from veridical.corpus.importing import read_loose
    from veridical.corpus.views import view_of_document
    from veridical.errors import CorpusError, Fault

    mine, other = read_loose(first), read_loose(second)
    result = Agreement()
    for key in sorted(mine.keys() & other.keys()):
        a, b = view_of_document(mine[key]), view_of_document(other[key])
        if a.text != b.text:
            raise CorpusError.of(
                [Fault(other[key].name, 1, 1, f"the text of {key} is not the same in both folders: mark one text")]
            )
        result.add(a, b)
        for line in differences(a, b) if show else ():
            click.echo(f"{key}  {line}")
    click.echo(f"{len(mine.keys() & other.keys())} reports marked twice\n")
    for name, value in result.lines():
        _row(name, [value])
    return DONE


def _stories(folder: Path, part: str | None) -> Sequence[Story]:
    from veridical.corpus import load_corpus
    from veridical.corpus.splits import read_splits, select

    stories = load_corpus(folder)
    return select(stories, read_splits(folder), part) if part else stories


def _row(name: str, values: Iterable[str]) -> None:
    click.echo(f"{name:<48}{''.join(f'{value:>10}' for value in values)}".rstrip())
