"""A time limit on parsers that may loop on hostile files, from within the same thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from veridical.errors import ReadError

SECONDS = 8.0
"""Per file or page. A report takes a fraction of a second; only a damaged or hostile file comes near."""


class _Overdue(BaseException):
    """Thrown into the parser's thread; no ``Exception``, so that a parser's own catch-all lets it pass."""


@contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Runs the block; raises ReadError when it takes longer than ``seconds``.

    Works in any thread and on any system, but only between Python instructions: a single call
    into C is waited for, which is why inputs are limited in size and depth first.
    """
    lock = threading.Lock()
    state = {"over": False, "thrown": False}
    thread = threading.get_ident()

    def throw() -> None:
        with lock:
            if not state["over"]:
                state["thrown"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Overdue))

    timer = threading.Timer(seconds, throw)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            with lock:
                state["over"] = True
            timer.cancel()
        if state["thrown"]:
            _await_throw()
    except _Overdue:
        raise ReadError(
            f"reading it took longer than {seconds:g} s: the file is damaged or built to stall, save its text as .txt"
        ) from None


def _await_throw() -> None:
    """The exception is under way: let it arrive here rather than in the caller's code."""
    for _ in range(10_000):
        threading.Event().wait(0)
