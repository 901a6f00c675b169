"""The far end of a pipe: one process that sets its work up once and then answers shard after shard."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

from veridical.errors import VeridicalError

READY, VALUE, END, ERROR, BROKEN = range(5)
"""Kinds of message to the parent: set up; one result; shard done; shard raised; set-up raised."""


def serve(pipe: Connection, work: bytes) -> None:
    """Runs until the parent closes the pipe, is killed, or sends ``None``."""
    # Ctrl-C reaches the whole process group: the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run = _set_up(pipe, work)
        while run is not None and (shard := pipe.recv()) is not None:
            _answer(pipe, run, shard[0])
    except (EOFError, OSError):
        # The parent is gone. Nothing here is worth keeping, and no library's exit hook should delay the end.
        os._exit(0)


def _set_up(pipe: Connection, work: bytes) -> Callable[[Any], Iterable[Any]] | None:
    try:
        run: Callable[[Any], Iterable[Any]] = pickle.loads(work)()
    except VeridicalError as error:
        pipe.send((BROKEN, error))
        return None
    except Exception:
        pipe.send((BROKEN, RuntimeError(f"a worker could not be set up:\n{traceback.format_exc()}")))
        return None
    pipe.send((READY, None))
    return run


def _answer(pipe: Connection, run: Callable[[Any], Iterable[Any]], shard: Any) -> None:
    try:
        for value in run(shard):
            pipe.send((VALUE, value))
    except (EOFError, OSError) as error:
        if isinstance(error, BrokenPipeError | ConnectionError):
            raise
        pipe.send((ERROR, describe(error)))
    except Exception as error:
        pipe.send((ERROR, describe(error)))
    else:
        pipe.send((END, None))


def describe(error: BaseException) -> str:
    """An unexpected error in one line, with the place it came from, for the table of refusals."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}{where}{': ' if text else ''}{text[:200]}: an error of Veridical's, please report it"
