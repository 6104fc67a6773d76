"""A real marketplace in processes of its own, started by `bin/run` as a person would."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nakadachi.config.environment import embedded_urls
from nakadachi.infra.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS_MAX = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Market:
    """`start()` waits for the announced address; `front` is the process of bin/run itself."""

    folder: Path
    demo: bool = True
    port: int = field(default_factory=free_port)
    front: subprocess.Popen[str] | None = None
    log: Path | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "PYTHON"}}
        return kept | {
            "NAKADACHI_DATA": str(self.folder),
            "PORT": str(self.port),
            "NAKADACHI_DEMO": str(int(self.demo)),
            **self.extra,
        }

    def start(self, *arguments: str) -> "Market":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "run.log"
        with self.log.open("a") as log:
            self.front = subprocess.Popen(
                [str(ROOT / "bin" / "run"), *arguments], env=self.environment(), stdout=log, stderr=log, text=True
            )
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until:
            assert self.front.poll() is None, self.log.read_text()
            if f"localhost:{self.port}/" in self.log.read_text() and self.answers():
                return self
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def answers(self, path: str = "/") -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ROOT / "bin" / "nakadachi"), *arguments],
            env=self.environment(), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    @contextlib.contextmanager
    def auditor(self) -> "Iterator[Auditor]":
        """A warm process that answers `ledger check` about this market."""
        serving = embedded_urls(Cluster(self.folder)).environment()
        kept = {key: serving[key] for key in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        auditor = Auditor(self.environment() | kept)
        try:
            yield auditor
        finally:
            auditor.close()

    def processes(self) -> dict[int, str]:
        """Every living process that carries this market's data folder in its environment or arguments."""
        found: dict[int, str] = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
                line, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            except OSError:
                continue
            if state != "Z" and str(self.folder).encode() in line + environment:
                found[int(entry.name)] = line[:200].replace(b"\0", b" ").decode(errors="replace")
        return found

    def pids_of(self, word: str) -> list[int]:
        return [pid for pid, line in self.processes().items() if word in line]

    def signal(self, number: int) -> None:
        assert self.front is not None
        self.front.send_signal(number)
        self.front.wait(30)

    def stop(self) -> None:
        if self.front is not None and self.front.poll() is None:
            self.signal(signal.SIGTERM)


class Auditor:
    """`is_clean()` after a step; the answer is that of `bin/nakadachi ledger check`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.run.auditor"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, word: str) -> dict[str, object]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return dict(json.loads(self.process.stdout.readline()))

    def assert_clean(self, after: str) -> None:
        answer = self.ask("check")
        assert answer["ok"], (after, answer["offenders"])

    def sweep(self) -> None:
        """What is due by now is done now, not within the minute."""
        assert self.ask("sweep")["ok"]

    def let_an_hour_pass(self, email: str) -> None:
        """For the proofs of who this member is: what asks for a fresh one asks now."""
        assert self.ask(f"hour {email}")["touched"], email

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def wait_until(holds, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False
