"""G14: how fast pages are answered by granian with two workers, against TPC-B of the same server.

The market is the demo's: the jobs list with its twenty rows as a visitor and as a member, a contract and the rewards as
their worker sees them.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

from bench import visitors
from bench.ledger import attach_django
from bench.rounds import Plan, Result, against_tpcb
from bench.server import ROOT, BenchError, Server
from nakadachi.infra.cluster.process import spawn

DATABASE = "pages_bench"
PORT = 8931
CONNECTIONS = 8
START_SECONDS_MAX = 30
SLOW_MS_MAX = 150


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """The list as a visitor and as a member, a contract and the rewards as their worker: ratio, weight, slowness."""
    url = server.make_database(DATABASE)
    attach_django(url, server)
    load_demo()
    contract_path, cookie = a_contract_and_its_worker()
    subjects = {
        "list": ("/jobs/", "", 0.3),
        "list:member": ("/jobs/", cookie, None),
        "contract": (contract_path, cookie, None),
        "rewards": ("/earnings/", cookie, None),
    }
    with website(url, server):
        for name, (path, visitor, gate) in subjects.items():
            slow_ms: list[float] = []

            def visit(path: str = path, visitor: str = visitor, slow_ms: list[float] = slow_ms) -> float:
                seen = visitors.visit(PORT, path, visitor, connections=CONNECTIONS, seconds=plan.seconds)
                slow_ms.append(seen.p95_ms)
                return seen.per_second

            visit()
            slow_ms.clear()
            ratio = against_tpcb(server, plan, clients=CONNECTIONS, subject=visit)
            kb = round(weight_bytes(path, visitor) / 1_000, 1)
            yield Result(f"G14:{name}", ratio, "pages per transaction", f"TPC-B c{CONNECTIONS}", gate=gate, kb=kb)
            p95_ms = round(statistics.median(slow_ms), 1)
            yield Result(
                f"G14:{name}:p95", p95_ms, "ms", f"{CONNECTIONS} connections", gate=SLOW_MS_MAX, lower_is_better=True
            )


def weight_bytes(path: str, cookie: str) -> int:
    """A page with the stylesheet and script it asks for, each as small as a browser may have it."""
    page = fetch(path, cookie)
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:css|js))"', page.decode())
    return sum(len(brotli.compress(part, quality=5)) for part in [page, *(fetch(asset, "") for asset in assets)])


def fetch(path: str, cookie: str) -> bytes:
    """One answer as it is."""
    asked = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return bytes(answer.read())


def load_demo() -> None:
    """The demo market, in a process of its own."""
    environment = os.environ | {"NAKADACHI_DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"the demo could not be loaded: {done.stderr.strip().splitlines()[-1:]}")


def a_contract_and_its_worker() -> tuple[str, str]:
    """A contract with several milestones, and the session of its worker as a Cookie header."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db.models import Count

    from nakadachi.market.contracts.models import Contract
    from nakadachi.people.access.store import SessionStore

    busiest = Contract.objects.filter(status="active").annotate(pieces=Count("milestones")).order_by("-pieces", "pk")
    contract = busiest.select_related("worker")[0]
    session = SessionStore()
    session[SESSION_KEY] = str(contract.worker_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = contract.worker.get_session_auth_hash()
    session.save()
    return f"/contracts/{contract.pk}/", f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def website(url: str, server: Server) -> Iterator[None]:
    """granian as `bin/run` starts it."""
    threads = "8"
    environment = os.environ | {
        "DATABASE_URL": url,
        "NAKADACHI_POOL_MAX": threads,
        "NAKADACHI_SUPERVISED": "1",
        "NAKADACHI_DEMO": "1",
    }
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(PORT), "--workers", "2",
        "--blocking-threads", threads, "--no-ws", "--log-level", "warning", "nakadachi.config.wsgi:application",
    ]  # fmt: skip
    child = spawn(
        command, on_parent_death=signal.SIGKILL, env=environment, cwd=ROOT, log=server.cluster.folder / "web.log"
    )
    try:
        wait_for_first_page()
        yield
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_for_first_page() -> None:
    """Until the jobs list answers."""
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/jobs/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise BenchError("the pages did not start")
