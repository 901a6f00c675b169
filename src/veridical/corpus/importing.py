"""Reads marked reports from where others left them: brat folders, UIMA CAS files, loose markup files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from veridical.corpus.brat import BratFiles, from_brat
from veridical.corpus.document import Document
from veridical.corpus.markup import read_file
from veridical.corpus.stories import read_documents
from veridical.errors import CorpusError


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
    documents, faults = read_documents(sorted(folder.glob("**/*.xml")))
    if faults:
        raise CorpusError.of(faults)
    return {document.id: document for document in documents}
