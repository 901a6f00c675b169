"""What an engine does: it runs one piece of work over many shards and survives whatever a shard does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

S = TypeVar("S")
R = TypeVar("R")

Work: TypeAlias = Callable[[], Callable[[S], Iterable[R]]]
"""Called once per worker: it loads what is heavy and returns what turns a shard into results.

It must survive pickling (a function of a module, or a frozen dataclass with ``__call__``).
"""


@dataclass(frozen=True, slots=True)
class Result(Generic[S, R]):
    """One result of a shard; a shard may have many, or none."""

    shard: S
    value: R


@dataclass(frozen=True, slots=True)
class Done(Generic[S]):
    """All results of a shard have been handed out."""

    shard: S


@dataclass(frozen=True, slots=True)
class Failed(Generic[S]):
    """A shard that ended early: ``reason`` is "crashed" or "too slow", ``after`` how many results came before."""

    shard: S
    reason: str
    message: str
    after: int


Outcome: TypeAlias = Result[S, R] | Done[S] | Failed[S]


class Engine(Protocol):
    """Anything that can run work: processes of this machine, or a cluster."""

    def map(self, work: Work[S, R], shards: Iterable[S]) -> Iterator[Outcome[S, R]]:
        """The outcomes of all shards, in any order; each shard ends in exactly one `Done` or `Failed`.

        Shards are taken as they are needed, so that ``shards`` may be endless or the outcome of another map.
        Only a worker that cannot be set up raises (VeridicalError); closing the iterator ends the workers.
        """
