"""Where reports lie: paths found, files opened and unpacked, their bytes read under a limit."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO

from veridical.errors import NoText, ReadError, TooLarge

HEAD = 8192
"""Bytes that are looked at to tell a format."""


@dataclass(frozen=True, slots=True)
class Source:
    """An open source: its name as given, a binary stream at its start, its first bytes, its suffix."""

    name: str
    stream: BinaryIO
    head: bytes
    suffix: str
    """Lower case with the dot, without ``.gz`` when the bytes were packed; empty for a stream without a name."""


class _Prefixed(io.RawIOBase):
    """A stream with bytes already taken from it put back in front; closing it leaves the stream open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._head[: len(view)] if self._head else _read_some(self._rest, len(view))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)


def discover(paths: Sequence[str], *, hidden: bool = False) -> Iterator[Path]:
    """The files that ``paths`` name, each once: files as they are, folders with all below them, sorted, globs.

    ``-`` comes back as ``Path("-")``: the caller reads standard input for it. A path that does not exist
    also comes back, so that reading it says so. Names that begin with a dot are left out of
    folders unless ``hidden``. Links to folders are followed, each real folder once.
    """
    seen: set[str] = set()
    for given in paths:
        if given == "-":
            found: Iterator[Path] = iter([Path("-")])
        elif os.path.isdir(given):
            found = _below(Path(given), hidden, set())
        elif has_magic(given) and not os.path.lexists(given):
            found = _matches(given, hidden)
        else:
            found = iter([Path(given)])
        for path in found:
            if str(path) not in seen:
                seen.add(str(path))
                yield path


def _matches(pattern: str, hidden: bool) -> Iterator[Path]:
    matched = sorted(glob(pattern, recursive=True, include_hidden=hidden))
    if not matched:
        yield Path(pattern)
    for name in matched:
        if not os.path.isdir(name):
            yield Path(name)
        elif not pattern.endswith("**"):
            yield from _below(Path(name), hidden, set())


def _below(folder: Path, hidden: bool, visited: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in visited:
        return
    visited.add(real)
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        yield folder  # reading it says why it cannot be listed
        return
    for entry in entries:
        if entry.startswith(".") and not hidden:
            continue
        path = folder / entry
        if os.path.isdir(path):
            yield from _below(path, hidden, visited)
        else:
            yield path


def name_of(source: str | Path | BinaryIO) -> str:
    """The path as given, or a stream's own name, or ``-``; bytes that are no UTF-8 are shown as U+FFFD."""
    name = source if isinstance(source, (str, Path)) else getattr(source, "name", "-")
    if not isinstance(name, (str, Path)) or str(name) in ("<stdin>", ""):
        return "-"
    return os.fsencode(str(name)).decode("utf-8", "replace") if _is_path_text(str(name)) else ascii(str(name))


def _is_path_text(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def open_source(source: str | Path | BinaryIO) -> Iterator[Source]:
    """Opens ``source`` and unpacks gzip; a stream that was passed in stays open.

    Raises ReadError for what is no readable file and NoText for an empty one.
    """
    name = name_of(source)
    if not isinstance(source, (str, Path)):
        yield _peeked(name, source)
        return
    try:
        _refuse_special(source)
        stream = open(source, "rb")  # noqa: SIM115 (closed below, whatever happens)
    except (OSError, ValueError) as error:
        raise ReadError(_explain(error)) from error
    with stream:
        yield _peeked(name, stream)


def _refuse_special(path: str | Path) -> None:
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise ReadError("it is a folder: give the folder to the command or to discover(), which list its files")
    if not stat.S_ISREG(mode):
        raise ReadError("it is a device or a pipe, no file: pass it as standard input with -")


def _explain(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file: check the path"
    if isinstance(error, PermissionError):
        return "it may not be opened: give yourself the right to read it"
    if isinstance(error, OSError):
        return f"it cannot be opened ({error.strerror or error}): check the path"
    return f"it cannot be opened ({error}): check the path"


def _peeked(name: str, stream: BinaryIO) -> Source:
    suffixes = [s.lower() for s in Path(name).suffixes[-2:]] if name != "-" else []
    head = _take(stream)
    if head.startswith(b"\x1f\x8b"):
        unpacked = gzip.GzipFile(fileobj=io.BufferedReader(_Prefixed(head, stream)))
        head, stream = _take(unpacked), unpacked  # type: ignore[assignment]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    elif suffixes[-1:] == [".tgz"] or suffixes[:1] == [".tar"]:
        raise ReadError("it is a packed folder: unpack it and give the folder")
    if not head:
        raise NoText("the file is empty: nothing to read")
    return Source(name, io.BufferedReader(_Prefixed(head, stream), 1 << 16), head, suffixes[-1] if suffixes else "")


def _read_some(stream: BinaryIO | gzip.GzipFile, size: int) -> bytes:
    """Up to ``size`` bytes in one step, so that what came before a break in a packed file is not lost."""
    step: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return step(size)


def _take(stream: BinaryIO | gzip.GzipFile) -> bytes:
    head = b""
    try:
        while len(head) < HEAD:
            more = _read_some(stream, HEAD - len(head))
            if not isinstance(more, bytes):
                raise ReadError("the stream gives text: open it in binary mode")
            if not more:
                break
            head += more
    except (OSError, EOFError, zlib.error) as error:
        if not head:
            raise broken(error) from error
    return head


def broken(error: Exception) -> ReadError:
    """What a failure in the middle of reading amounts to."""
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return ReadError(f"the packed file is cut off or damaged ({error}): fetch it again")
    return ReadError(f"reading failed ({error}): fetch the file again")


def read_limited(stream: BinaryIO, limit: int) -> bytes:
    """All bytes of ``stream``; raises TooLarge over ``limit``, having read no more than that."""
    parts: list[bytes] = []
    size = 0
    try:
        while size <= limit:
            part = stream.read(min(1 << 20, limit + 1 - size))
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)
    except (OSError, EOFError, zlib.error) as error:
        raise broken(error) from error
    raise TooLarge(f"over the limit of {limit:,} bytes: raise the setting max_file_bytes, or split the file")


def read_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """(line number from 1, line without its end); ``None`` for one over ``limit`` bytes, which is never held.

    Raises ReadError where the stream breaks off.
    """
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(limit + 2)
            whole = line.endswith(b"\n") or len(line) <= limit
            if not line:
                return
            while not whole:
                rest = stream.readline(1 << 20)
                whole = not rest or rest.endswith(b"\n")
        except (OSError, EOFError, zlib.error) as error:
            raise broken(error) from error
        text = line.rstrip(b"\r\n")
        yield number, text if len(text) <= limit else None
