"""Stories: one or more reports on the same incidents, and what is known of them; a corpus is a folder of stories."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veridical.corpus.checking import check_document
from veridical.corpus.document import Document
from veridical.corpus.markup import grammar, read_file, read_markup
from veridical.errors import CorpusError, Fault

BASES = ("real", "invented", "none")
"""Whether the incidents are on public record or made up; ``none`` where a story tells of no incident."""

_KEYS = {"title", "basis", "country", "year", "twin", "note", "incidents", "disagreements"}


@dataclass(frozen=True)
class Story:
    """Reports that belong together; ``incidents`` says in a sentence what each of their ids stands for."""

    id: str
    title: str
    basis: str
    country: str | None
    year: int | None
    twin: str | None
    note: str | None
    incidents: Mapping[str, str]
    disagreements: tuple[Mapping[str, Any], ...]
    documents: tuple[Document, ...]

    @property
    def is_cluster(self) -> bool:
        """Whether several reports tell of the same incident."""
        return len(self.documents) > 1


def load_corpus(folder: Path) -> tuple[Story, ...]:
    """All stories below ``folder/stories`` in the order of their ids; raises CorpusError with every fault of every file."""
    stories, faults = read_stories(folder)
    if faults:
        raise CorpusError.of(faults)
    return stories


def read_stories(folder: Path) -> tuple[tuple[Story, ...], tuple[Fault, ...]]:
    """The stories that can be read, and every fault of form and of meaning."""
    root = folder / "stories" if (folder / "stories").is_dir() else folder
    stories: list[Story] = []
    faults: list[Fault] = []
    for path in sorted(root.glob("**/story.toml")):
        story, found = read_story(path.parent)
        faults.extend(found)
        if story is not None:
            stories.append(story)
    if not stories and not faults:
        faults.append(Fault(str(root), 1, 1, "no story.toml below this folder: name a folder of stories"))
    return tuple(stories), (*faults, *_across(root, stories))


def read_story(folder: Path) -> tuple[Story | None, tuple[Fault, ...]]:
    """One story with its documents, or ``None`` where its own file cannot be read, and its faults."""
    path = folder / "story.toml"
    try:
        source = read_file(path)
        table = tomllib.loads(source)
    except CorpusError as error:
        return None, error.faults
    except tomllib.TOMLDecodeError as error:
        return None, (Fault(str(path), 1, 1, f"{error}: mend the TOML"),)
    if wrong := _shape(table):
        return None, (Fault(str(path), *_position(source, wrong), f"{wrong} has not the form that the guidelines show: mend it"),)
    files = sorted(folder.glob("*.xml"))
    documents, faults = read_documents(files)
    story = Story(
        folder.name,
        str(table.get("title", "")),
        str(table.get("basis", "")),
        table.get("country"),
        table.get("year"),
        table.get("twin"),
        table.get("note"),
        dict(table.get("incidents", {})),
        tuple(table.get("disagreements", ())),
        tuple(documents),
    )
    if len(documents) == len(files):  # What refers to a report that cannot be read is no further fault.
        faults.extend(Fault(str(path), *_position(source, word), what) for word, what in _problems(story, table))
    return story, tuple(faults)


def read_documents(files: Iterable[Path]) -> tuple[list[Document], list[Fault]]:
    """The reports of markup files that can be read, and every fault of form and of meaning."""
    documents: list[Document] = []
    faults: list[Fault] = []
    for file in files:
        try:
            document = read_markup(read_file(file), str(file))
        except CorpusError as error:
            faults.extend(error.faults)
            continue
        documents.append(document)
        faults.extend(check_document(document))
    return documents, faults


def _shape(table: Mapping[str, Any]) -> str | None:
    """The first key whose value has not the type that it needs."""
    texts = ("title", "basis", "country", "twin", "note")
    rows, incidents = table.get("disagreements", []), table.get("incidents", {})
    fine = {key: isinstance(table.get(key, ""), str) for key in texts} | {"year": isinstance(table.get("year", 0), int)}
    fine["incidents"] = isinstance(incidents, dict) and all(isinstance(v, str) for v in incidents.values())
    fine["disagreements"] = isinstance(rows, list) and all(
        isinstance(row, dict)
        and isinstance(row.get("values", []), list)
        and all(isinstance(v, dict) for v in row.get("values", []))
        for row in rows
    )
    return next((key for key, right in fine.items() if not right), None)


def _position(source: str, word: str) -> tuple[int, int]:
    """Line and column at which a word stands in a file, or its beginning."""
    at = source.find(word) if word else -1
    if at < 0:
        return 1, 1
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)


def _problems(story: Story, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a story, each with the word of its file at which to look."""
    for key in table:
        if key not in _KEYS:
            yield key, f"key {key!r} is not known: allowed are {', '.join(sorted(_KEYS))}"
    if story.basis not in BASES:
        yield "basis", f"basis must be one of {', '.join(BASES)}"
    if not story.title:
        yield "title", "the story has no title"
    if not story.documents:
        yield "", "the story has no readable report: add one"
    used = {e.get("incident") for d in story.documents for e in d.events.values()}
    for name in story.incidents:
        if name not in used:
            yield name, f"incident {name!r} is told by no event of the reports: remove it"
    for document in story.documents:
        for event in document.events.values():
            if event.get("incident") not in story.incidents:
                yield (
                    "[incidents]",
                    f"{document.id} tells of incident {event.get('incident')!r}, which the story does not declare",
                )
        for relation in grammar()["vocabularies"]["report_relations"]:
            other = document.header.get(relation)
            if other is not None and other not in {d.id for d in story.documents} - {document.id}:
                yield "", f"{document.id} {relation} {other!r}, which is no other report of the story"
        if not document.id.startswith(f"{story.id}-"):
            yield "", f"report id {document.id!r} must begin with {story.id!r} and a hyphen"
    yield from _quotes(story)


def _quotes(story: Story) -> Iterator[tuple[str, str]]:
    texts = {d.id: d.text for d in story.documents}
    for row in story.disagreements:
        if row.get("incident") not in story.incidents:
            yield str(row.get("incident")), f"a disagreement about {row.get('incident')!r}, which is not declared"
        for value in row.get("values", ()):
            report, quote = str(value.get("report")), str(value.get("quote"))
            if report not in texts:
                yield report, f"report {report!r} is not in this story"
            elif quote not in texts[report]:
                yield quote, f"the quote {quote!r} does not stand in {report}: copy the words of the report"


def _across(root: Path, stories: Sequence[Story]) -> Iterator[Fault]:
    seen: set[str] = set()
    by_id = {s.id: s for s in stories}
    for story in stories:
        twin = by_id.get(story.twin) if story.twin else None
        if story.twin and (twin is None or twin.twin != story.id):
            yield Fault(
                str(root / story.id / "story.toml"), 1, 1, f"twin {story.twin!r} is no story that names this one as its twin"
            )
        for document in story.documents:
            if document.id in seen:
                yield Fault(document.name, 1, 1, f"report id {document.id!r} is used twice: ids are unique in the corpus")
            seen.add(document.id)
