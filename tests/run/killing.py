"""Killing one part of a running market, or all of it, at a place of our choice (`infra/crash_points.py`)."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.run.market import Market, wait_until

KINDS = ("process", "database", "web", "worker", "keeper", "everything")
BACK_SECONDS_MAX = 30
REACHED_SECONDS_MAX = 60
_WORDS = {"web": "granian", "worker": "procrastinate", "database": "postgres"}


def kill_pid(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill(market: Market, kind: str, at_the_points: list[int]) -> float:
    """kill -9, and wait until the market answers again; returns the seconds that took.

    Only when the keeper dies has somebody to start the market again: the service manager of the machine.
    """
    victims = victims_of(market, kind, at_the_points)
    assert victims, (kind, market.processes())
    begun = time.monotonic()
    for pid in victims:
        kill_pid(pid)
    assert wait_until(lambda: not any(map(is_alive, victims)), 10), (kind, victims)
    if kind in {"keeper", "everything"}:
        assert market.front is not None
        market.front.wait(20)
        assert wait_until(lambda: not market.processes(), 20), market.processes()
        market.start()
    assert wait_until(lambda: market.answers("/readyz"), BACK_SECONDS_MAX), kind
    return time.monotonic() - begun


def victims_of(market: Market, kind: str, at_the_points: list[int]) -> list[int]:
    """Who dies. A database server dies with all its children: their command lines do not name the market."""
    if kind == "process":
        return at_the_points
    if kind == "keeper":
        assert market.front is not None
        return _children(market.front.pid)
    servers = market.pids_of(_WORDS["database"])
    backends = [child for pid in servers for child in _children(pid)]
    if kind == "database":
        return servers + backends
    return [*market.processes(), *backends] if kind == "everything" else market.pids_of(_WORDS[kind])


def is_alive(pid: int) -> bool:
    """False too for one that is dead and only waits to be counted by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@dataclass
class Points:
    """The folder in which places are named where somebody shall stand still."""

    folder: Path

    def arm(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).touch()

    def who_stands_at(self, name: str) -> int:
        """The process that has reached it, or 0."""
        return next((int(path.suffix[1:]) for path in self.folder.glob(f"{name}.*") if path.suffix[1:].isdigit()), 0)

    def release(self) -> None:
        for path in self.folder.iterdir():
            path.unlink(missing_ok=True)

    def wait_for(self, name: str, seconds: float = REACHED_SECONDS_MAX) -> int:
        wait_until(lambda: self.who_stands_at(name), seconds)
        return self.who_stands_at(name)


@contextlib.contextmanager
def stopped(pids: list[int]) -> Iterator[None]:
    """These processes stand still inside; who was killed meanwhile stays dead."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
