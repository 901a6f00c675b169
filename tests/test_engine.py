"""Every engine gives the same outcomes; the local one survives crashes, hangs and broken set-ups."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from veridical.engine import Done, Engine, Failed, LocalEngine, Result, SerialEngine
from veridical.errors import SettingsError


@dataclass(frozen=True)
class Spell:
    """Work that yields a shard's letters and obeys a few words."""

    set_up: str = "fine"

    def __call__(self) -> Callable[[str], Iterator[str]]:
        if self.set_up == "refuse":
            raise SettingsError("no model: install one")
        if self.set_up == "die":
            os._exit(7)
        return spell


def spell(shard: str) -> Iterator[str]:
    for letter in shard:
        if letter == "!":
            raise ValueError("an unexpected mark")
        if letter == "#":
            os.kill(os.getpid(), signal.SIGKILL)
        if letter == "~":
            time.sleep(60)
        yield letter * 50_000 if letter.isupper() else letter


def outcomes(engine: Engine, shards: list[str], work: Spell | None = None) -> tuple[dict[str, str], Counter[str]]:
    """What each shard spelt, and how the shards ended."""
    spelt: dict[str, str] = {}
    ends: Counter[str] = Counter()
    for outcome in engine.map(work or Spell(), iter(shards)):
        if isinstance(outcome, Result):
            spelt[outcome.shard] = spelt.get(outcome.shard, "") + outcome.value[0]
        else:
            ends[f"{outcome.shard}:{outcome.reason}:{outcome.after}" if isinstance(outcome, Failed) else outcome.shard] += 1
    return spelt, ends


@pytest.mark.parametrize("engine", [SerialEngine(), LocalEngine(1), LocalEngine(3)], ids=["serial", "one", "three"])
def test_every_shard_is_spelt_once_and_ends_once(engine: Engine) -> None:
    shards = [f"shard{chr(97 + i)}" for i in range(20)]
    spelt, ends = outcomes(engine, [*shards, "", "bad!x"])
    assert {k: v for k, v in spelt.items() if k != "bad!x"} == {s: s for s in shards}
    assert spelt["bad!x"] == "bad"
    assert ends == Counter([*shards, "", "bad!x:crashed:3"])


def test_a_killed_worker_costs_its_shard_only() -> None:
    shards = ["aa", "b#c", "dd", "#", "ee", "ff"]
    spelt, ends = outcomes(LocalEngine(2), shards)
    assert {s: spelt[s] for s in ("aa", "dd", "ee", "ff")} == {s: s for s in ("aa", "dd", "ee", "ff")}
    assert ends == Counter(["aa", "b#c:crashed:1", "dd", "#:crashed:0", "ee", "ff"])


def test_a_hanging_shard_is_given_up_in_time() -> None:
    start = time.monotonic()
    spelt, ends = outcomes(LocalEngine(2, seconds=1.0), ["ab", "c~", "de", "fg"])
    assert ends == Counter(["ab", "c~:too slow:1", "de", "fg"])
    assert spelt["fg"] == "fg"
    assert time.monotonic() - start < 20


def test_large_shards_and_results_do_not_block_each_other() -> None:
    shards = [chr(65 + i) * 100 + "x" * 300_000 for i in range(3)]
    finished = [o.shard[0] for o in LocalEngine(1, seconds=30).map(Long(), iter(shards)) if isinstance(o, Done)]
    assert sorted(finished) == ["A", "B", "C"]


@dataclass(frozen=True)
class Long:
    """Work that answers a large shard by a larger result."""

    def __call__(self) -> Callable[[str], list[str]]:
        return double


def double(shard: str) -> list[str]:
    return [shard * 2]


def test_a_slow_consumer_is_not_taken_for_a_slow_worker() -> None:
    spelt = ""
    for outcome in LocalEngine(1, seconds=0.5).map(Spell(), iter(["abc"])):
        if isinstance(outcome, Result):
            spelt += outcome.value
            time.sleep(0.8)
        else:
            assert isinstance(outcome, Done)
    assert spelt == "abc"


def test_a_set_up_that_refuses_or_dies_stops_the_map() -> None:
    with pytest.raises(SettingsError, match="no model"):
        outcomes(LocalEngine(1), ["a"], Spell("refuse"))
    with pytest.raises(SettingsError, match="exit code 7"):
        outcomes(LocalEngine(1), ["a"], Spell("die"))


def test_shards_are_taken_only_as_needed_and_closed_early() -> None:
    taken = []

    def endless() -> Iterator[str]:
        try:
            for i in range(10_000):
                taken.append(i)
                yield "ab"
        finally:
            taken.append(-1)

    outcome = LocalEngine(2).map(Spell(), endless())
    next(outcome)
    outcome.close()  # type: ignore[attr-defined]
    assert taken[-1] == -1
    assert len(taken) < 12


def test_workers_end_when_their_parent_is_killed() -> None:
    code = textwrap.dedent("""
        import os
        from tests.test_engine import Pids
        from veridical.engine import LocalEngine
        for outcome in LocalEngine(2, seconds=100).map(Pids(), iter(range(50))):
            print(outcome.value, flush=True)
    """)
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(os.path.dirname(__file__))
    )
    assert parent.stdout
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 15
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{worker}")


@dataclass(frozen=True)
class Pids:
    """Work that tells its worker's process id, slowly."""

    def __call__(self) -> Callable[[int], Iterator[int]]:
        return tell_pid


def tell_pid(shard: int) -> Iterator[int]:
    yield os.getpid()
    time.sleep(0.2)
