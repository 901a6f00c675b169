"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from veridical.errors import ExportError


def replace_file(target: Path, content: bytes) -> None:
    """Puts ``content`` at ``target``: written beside it, synced, then renamed over it. Raises ExportError, naming the mend."""
    if target.is_dir():
        raise ExportError(f"{target} is a folder: name a file in it")
    if not target.parent.is_dir():
        raise ExportError(f"{target.parent} does not exist: make the folder first")
    made: str | None = None
    try:
        handle, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private; an export is as readable as any file its owner writes, or as the one it replaces.
        os.chmod(made, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(made, target)
        made = None
    except OSError as error:
        reason = error.strerror or error
        raise ExportError(f"{target} cannot be written ({reason}): check the path, its rights and the free space") from error
    finally:
        if made is not None and os.path.exists(made):
            os.unlink(made)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
