"""Starts the parts in order, restarts one that falls over, stops them in the reverse order."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from nakadachi.config.environment import ROOT, Urls, embedded_urls, given_urls
from nakadachi.config.messages import compile_messages
from nakadachi.infra.cluster import Cluster, ClusterError
from nakadachi.infra.cluster.process import spawn

_STOP_SECONDS_MAX = 10
_FIRST_PAGE_SECONDS_MAX = 60
_WEB_WORKERS = 2
_THREADS_PER_WORKER = 8


class Keeper:
    """One running marketplace over one data folder."""

    def __init__(self, *, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.urls: Urls | None = given_urls()
        self.cluster = Cluster(folder)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def take_lock(self) -> None:
        """Only one start per data folder; a killed predecessor gets a moment to finish its clean shutdown."""
        if not self.cluster.take_lock(wait_seconds=15):
            raise ClusterError(f"A marketplace already runs on {self.folder}.")

    def ask_to_stop(self) -> None:
        """From a signal: end the loop soon."""
        self._stopping = True

    def run(self) -> int:
        """Everything from nothing to serving, then watch until asked to stop."""
        if self.urls is None:
            self.cluster.start()
            self.urls = embedded_urls(self.cluster)
        steps = (
            lambda: self._manage("prepare_database", "--grant-to", self._urls.role, as_owner=True),
            lambda: compile_messages(ROOT / "nakadachi" / "locale", self.folder / "locale"),
            lambda: self._manage("prepare_contents"),
        )
        for step in steps:
            if self._stopping:
                return 0
            step()
        self._start_web()
        if self._wait_for_first_page():
            self._announce()
        if not self._stopping:
            self._start_worker()  # after the first page, which is what people wait for
        self._watch()
        return 0

    @property
    def _urls(self) -> Urls:
        assert self.urls is not None
        return self.urls

    def _environment(self, **extra: str) -> dict[str, str]:
        return self._urls.environment() | {
            "NAKADACHI_DATA": str(self.folder),
            "NAKADACHI_DEMO": os.environ.get("NAKADACHI_DEMO", "1"),
            "NAKADACHI_SUPERVISED": "1",
            "PORT": str(self.port),
            **extra,
        }

    def _manage(self, *arguments: str, as_owner: bool = False) -> None:
        """Run a command to its end; it dies with us, and a request to stop ends it."""
        environment = self._environment()
        if as_owner:
            environment = environment | self._urls.environment(as_owner=True)
            environment.pop("NAKADACHI_SET_ROLE", None)
        child = subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
        )
        while child.poll() is None:
            if self._stopping:
                child.terminate()
            time.sleep(0.02)
        if child.returncode and not self._stopping:
            raise ClusterError(f"`{arguments[0]}` failed; see above.")

    def _start_web(self) -> None:
        command = [
            str(Path(sys.executable).parent / "granian"), "--interface", "wsgi",
            "--host", os.environ.get("HOST", "127.0.0.1"), "--port", str(self.port),
            "--workers", str(_WEB_WORKERS), "--blocking-threads", str(_THREADS_PER_WORKER),
            "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning",
            "nakadachi.config.wsgi:application",
        ]  # fmt: skip
        figures = self.folder / "metrics"
        shutil.rmtree(figures, ignore_errors=True)
        figures.mkdir()
        self._spawn("web", command, NAKADACHI_POOL_MAX=str(_THREADS_PER_WORKER), PROMETHEUS_MULTIPROC_DIR=str(figures))

    def _start_worker(self) -> None:
        self._spawn("worker", [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "4"])

    def _spawn(self, name: str, command: list[str], **extra: str) -> None:
        log = self.folder / "logs" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        self.parts[name] = spawn(
            command, on_parent_death=signal.SIGKILL, env=self._environment(**extra), log=log, cwd=ROOT
        )

    def _wait_for_first_page(self) -> bool:
        until = time.monotonic() + _FIRST_PAGE_SECONDS_MAX
        while time.monotonic() < until and not self._stopping:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
                return True
            except urllib.error.HTTPError as error:
                raise ClusterError(f"The first page answers {error.code}; see {self.folder}/logs/web.log") from error
            except OSError:
                self._restart_fallen()
                time.sleep(0.05)
        return False

    def _announce(self) -> None:
        print(f"\n  仲立ち  http://localhost:{self.port}/\n", flush=True)
        logins = self.folder / "demo-logins.txt"
        if self._environment()["NAKADACHI_DEMO"] == "1" and logins.exists():
            print(logins.read_text(encoding="utf-8"), flush=True)

    def _watch(self) -> None:
        while not self._stopping:
            time.sleep(0.3)
            self._restart_fallen()

    def _restart_fallen(self) -> None:
        if self.cluster.was_started and self.cluster.pid is None and not self._stopping:
            print("The database ended unexpectedly; starting it again.", file=sys.stderr, flush=True)
            self.cluster.start()
            if "worker" in self.parts:
                self.parts["worker"].kill()  # it would wait half a minute for connections that are gone
                self.parts["worker"].wait()
        starters: dict[str, Callable[[], None]] = {"web": self._start_web, "worker": self._start_worker}
        for name, start in starters.items():
            part = self.parts.get(name)
            if part is not None and part.poll() is not None and not self._stopping:
                print(f"{name} ended unexpectedly; starting it again.", file=sys.stderr, flush=True)
                time.sleep(0.3)
                start()

    def stop(self) -> None:
        """Web first (no new work), then the worker, then the database."""
        for part in self.parts.values():
            if part.poll() is None:
                part.terminate()
        until = time.monotonic() + _STOP_SECONDS_MAX
        for part in self.parts.values():
            try:
                part.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(part.pid, signal.SIGKILL)
                part.wait()
        self.cluster.stop()
