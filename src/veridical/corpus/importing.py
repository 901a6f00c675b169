"""Reads marked reports from where others left them: brat folders, UIMA CAS files, loose markup files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from veridical.corpus.brat import BratFiles, from_brat
from veridical.corpus.checking import check_document
from veridical.corpus.document import Document
from veridical.corpus.markup import read_file, read_markup
from veridical.errors import CorpusError, Fault


def brat_documents(folder: Path) -> Iterator[Callable[[], Document]]:
    """A reader for each ``.ann`` file of a folder; calling it may raise CorpusError."""
    return (partial(_read_brat, path) for path in sorted(folder.glob("*.ann")))


def _read_brat(path: Path) -> Document:
    files = BratFiles(*(read_file(path.with_suffix(ending)) for ending in (".txt", ".ann", ".json")))
    return from_brat(files, str(path))


def cas_documents(folder: Path) -> Iterator[Callable[[], Document]]:
    """A reader for each ``.json`` or ``.xmi`` file of a folder; calling it may raise CorpusError."""
    return (partial(_read_cas, path) for path in sorted([*folder.glob("*.json"), *folder.glob("*.xmi")]))


def _read_cas(path: Path) -> Document:
    from veridical.corpus.cas import from_cas, load_cas

    return from_cas(load_cas(path), str(path))


READERS: Mapping[str, Callable[[Path], Iterator[Callable[[], Document]]]] = {"brat": brat_documents, "cas": cas_documents}


def read_loose(folder: Path) -> dict[str, Document]:
    """The markup files below a folder by report id, stories or not; raises CorpusError with every fault."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("**/*.xml")):
        try:
            document = read_markup(read_file(path), str(path))
        except CorpusError as error:
            faults.extend(error.faults)
            continue
        faults.extend(check_document(document))
        documents[document.id] = document
    if faults:
        raise CorpusError.of(faults)
    return documents
