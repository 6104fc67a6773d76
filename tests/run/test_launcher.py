"""One command starts everything, and whatever ends it leaves nothing behind."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.run.market import ROOT, Market, wait_until

pytestmark = pytest.mark.xdist_group("market")
WARM_SECONDS_MAX = 15
"""The promise is six on a quiet machine; the tests share two cores with other tests."""


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    market = Market(tmp_path / "data", demo=False)
    yield market
    market.stop()


def ends_without_a_trace(market: Market) -> bool:
    return wait_until(lambda: not market.processes())


def is_back(market: Market, word: str, victims: list[int]) -> bool:
    return not set(market.pids_of(word)) <= set(victims) and market.answers("/readyz")


def run_with(market: Market, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "bin" / "run")],
        env=market.environment() | extra,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_one_clear_line(market: Market) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", market.port))
        taken.listen()
        ended = run_with(market)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"Port {market.port} is taken" in ended.stderr


def test_an_unwritable_folder_is_one_clear_line(market: Market, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = run_with(market, NAKADACHI_DATA=str(tmp_path / "file" / "data"))
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "cannot be written" in ended.stderr


def test_it_ends_clean_however_it_is_ended_and_goes_on_where_it_was(market: Market) -> None:
    market.start()
    assert market.answers("/readyz")
    kept = (market.folder / "secret_key").read_text()
    second = run_with(market, PORT=str(market.port + 1))
    assert "already runs" in second.stderr or "taken" in second.stderr

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        market.signal(number)
        assert ends_without_a_trace(market), market.processes()
        begun = time.monotonic()
        market.start()
        assert time.monotonic() - begun < WARM_SECONDS_MAX
        assert (market.folder / "secret_key").read_text() == kept


def test_what_falls_is_started_again(market: Market) -> None:
    market.start()
    for word in ("granian", "procrastinate", "postgres"):
        victims = market.pids_of(word)
        assert victims, market.processes()
        os.kill(min(victims), signal.SIGKILL)
        assert wait_until(partial(is_back, market, word, victims), 40), word
    market.stop()
    assert ends_without_a_trace(market), market.processes()
