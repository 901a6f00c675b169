"""Where records go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from veridical.errors import ExportError


@contextmanager
def replacing(target: Path | None) -> Iterator[IO[str]]:
    """A text stream in UTF-8 for ``target``, or standard output; ExportError when it cannot be written."""
    if target is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as stream:  # A device or a pipe cannot be replaced.
            yield stream
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written ({error.strerror}): name a file in a folder that exists and may be written to"
        ) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
