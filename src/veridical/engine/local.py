"""This machine as an engine: in the same process, or in worker processes that may crash or hang without harm."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from veridical.engine.base import Done, Failed, Outcome, R, Result, S, Work
from veridical.engine.worker import BROKEN, END, READY, VALUE, describe, serve
from veridical.errors import SettingsError

AHEAD = 2
"""Shards a worker holds at once: the one in hand and the next, so that it never waits for the parent."""

SMALL = 32_768
"""Bytes that a busy worker's pipe takes without anyone reading; more could block parent and worker on each other."""

SET_UP_TRIES = 3
"""Workers in a row that may die while they set up before the engine gives up."""


@dataclass(frozen=True, slots=True)
class SerialEngine:
    """Runs everything in this process: for a few reports, and where processes are not to be had."""

    def map(self, work: Work[S, R], shards: Iterable[S]) -> Iterator[Outcome[S, R]]:
        """The outcomes in the order of the shards; an exception fails its shard, a crash is not survived."""
        run = work()
        for shard in shards:
            count = 0
            try:
                for value in run(shard):
                    yield Result(shard, value)
                    count += 1
            except Exception as error:
                yield Failed(shard, "crashed", describe(error), count)
            else:
                yield Done(shard)


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs work in ``workers`` processes; a result may take at most ``seconds`` before its shard is given up."""

    workers: int = 1
    seconds: float = 60.0

    def map(self, work: Work[S, R], shards: Iterable[S]) -> Iterator[Outcome[S, R]]:
        """The outcomes as they come; see `veridical.engine.base.Engine`."""
        pool = _Pool(pickle.dumps(work), iter(shards), max(1, self.workers), self.seconds)
        try:
            yield from pool.run()
        finally:
            pool.close()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    held: deque[Any] = field(default_factory=deque)
    unsent: deque[bytes] = field(default_factory=deque)
    """The pickled tail of ``held``."""
    count: int = 0
    since: float = field(default_factory=time.monotonic)


class _Pool:
    """The workers of one map: hands out shards, gathers results, replaces the dead."""

    def __init__(self, work: bytes, shards: Iterator[Any], size: int, seconds: float) -> None:
        self.work, self.shards, self.size, self.seconds = work, shards, size, seconds
        self.context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker] = []
        self.again: deque[Any] = deque()
        """Shards that a dead worker had not begun."""
        self.empty = False
        self.failed_starts = 0

    def run(self) -> Iterator[Outcome[Any, Any]]:
        while True:
            self._feed()
            if not any(w.held for w in self.workers):
                return
            yield from self._gather()

    def _feed(self) -> None:
        """Gives every worker its shards, the idle first; starts workers only while there is something to do."""
        for depth in range(AHEAD):
            for seat in range(self.size):
                if seat < len(self.workers) and len(self.workers[seat].held) > depth:
                    continue
                if not self._take():
                    return
                if seat >= len(self.workers):
                    self.workers.append(self._start())
                self._hand(self.workers[seat], self.again.popleft())

    def _take(self) -> bool:
        if not self.again and not self.empty:
            try:
                self.again.append(next(self.shards))
            except StopIteration:
                self.empty = True
        return bool(self.again)

    def _start(self) -> _Worker:
        if os.name == "posix":
            resource_tracker.ensure_running()  # Its own start would let Ctrl-C through again, to the worker behind it.
        here, there = self.context.Pipe()
        process = self.context.Process(target=serve, args=(there, self.work), daemon=True)
        with _no_interrupts():
            process.start()
        there.close()
        return _Worker(process, here)

    def _hand(self, worker: _Worker, shard: Any) -> None:
        worker.held.append(shard)
        worker.unsent.append(pickle.dumps((shard,)))
        self._push(worker)

    def _push(self, worker: _Worker) -> None:
        """Sends what can be sent without waiting: anything to an idle worker, something small to a busy one."""
        while worker.ready and worker.unsent:
            busy = len(worker.held) > len(worker.unsent)
            if busy and len(worker.unsent[0]) > SMALL:
                return
            if not busy:
                worker.since, worker.count = time.monotonic(), 0
            # A dead worker is noticed by its closed pipe when results are gathered.
            with suppress(BrokenPipeError, ConnectionError):
                worker.pipe.send_bytes(worker.unsent[0])
            worker.unsent.popleft()

    def _gather(self) -> Iterator[Outcome[Any, Any]]:
        now = time.monotonic()
        due = [w.since + self.seconds for w in self.workers if w.held and w.ready]
        readable = set(wait([w.pipe for w in self.workers], max(0.0, min(due) - now) if due else None))
        for worker in list(self.workers):
            if worker.pipe in readable:
                yield from self._read(worker)
            elif worker.held and worker.ready and time.monotonic() - worker.since >= self.seconds:
                yield from self._bury(worker, "too slow", f"it took longer than {self.seconds:g} s: split it, or raise the limit")

    def _read(self, worker: _Worker) -> Iterator[Outcome[Any, Any]]:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(
                worker,
                "crashed",
                "its worker process died while reading it (out of memory, or killed): try it alone, or leave it out",
            )
            return
        worker.since = time.monotonic()
        if kind == BROKEN:
            raise value
        if kind == READY:
            worker.ready, self.failed_starts = True, 0
        elif kind == VALUE:
            worker.count += 1
            yield Result(worker.held[0], value)
        else:
            shard, count, worker.count = worker.held.popleft(), worker.count, 0
            yield Done(shard) if kind == END else Failed(shard, "crashed", value, count)
        self._push(worker)

    def _bury(self, worker: _Worker, reason: str, message: str) -> Iterator[Outcome[Any, Any]]:
        """Ends a worker; the shard in its hands has failed, those behind it go to another."""
        self.workers.remove(worker)
        _end(worker)
        if worker.ready and worker.held:
            yield Failed(worker.held.popleft(), reason, message, worker.count)
        elif not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= SET_UP_TRIES:
                raise SettingsError(
                    f"{SET_UP_TRIES} worker processes in a row died while starting (exit code "
                    f"{worker.process.exitcode}): free some memory, or use fewer workers"
                )
        self.again.extendleft(reversed(worker.held))

    def close(self) -> None:
        """Ends all workers; what they hold is dropped."""
        for worker in self.workers:
            _end(worker)
        self.workers.clear()
        close = getattr(self.shards, "close", None)
        if close:
            close()


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Ctrl-C waits; a process started inside never feels it, from its first instruction on: its parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # Windows: workers ignore it as soon as they run.
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
