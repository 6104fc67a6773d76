"""A scratch PostgreSQL with the product's settings, and pgbench: found on the machine, or installed on Debian."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from nakadachi.infra.cluster import Cluster
from nakadachi.infra.cluster.server import APP_ROLE, OWNER_ROLE

ROOT = Path(__file__).resolve().parent.parent
ANCHOR_DATABASE = "anchor"


class BenchError(RuntimeError):
    """Measuring is not possible; the text is one line for a person."""


def find_pgbench(cluster: Cluster) -> Path:
    """Beside the server's own programs, on the PATH, or in Debian's folders; as root on Debian it is installed."""
    for _ in range(2):
        beside = cluster.bin / "pgbench"
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)
        on_path = shutil.which("pgbench")
        for candidate in (beside, *debian, *([Path(on_path)] if on_path else [])):
            if os.access(candidate, os.X_OK):
                return candidate
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            break
        print("• installing pgbench (Debian package postgresql)", file=sys.stderr)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], check=False, **quiet
        )
    raise BenchError("pgbench is missing: please install it (Debian: apt-get install postgresql) and run again.")


class Server:
    """One scratch cluster with the TPC-B tables in a database of their own."""

    def __init__(self, cluster: Cluster, *, scale: int) -> None:
        self.cluster = cluster
        self.pgbench = find_pgbench(cluster)
        self.scale = scale
        self.environment = os.environ | {"PGHOST": str(cluster.socket_folder), "PGUSER": "postgres"}

    def connect(self, database: str, *, role: str = "postgres") -> psycopg.Connection:
        """A raw connection in autocommit."""
        return psycopg.connect(self.cluster.url(role=role, database=database), autocommit=True)

    def make_anchor(self) -> None:
        """The tables of TPC-B, once."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {ANCHOR_DATABASE}")
        self._pgbench("-i", "-q", "-s", str(self.scale), ANCHOR_DATABASE)

    def make_database(self, name: str) -> str:
        """A migrated, empty database as the product has it; its URL for the serving role."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE}")
        command = [sys.executable, "manage.py", "prepare_database", "--grant-to", APP_ROLE]
        url = self.cluster.url(role=OWNER_ROLE, database=name)
        environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings",
            "NAKADACHI_DATA": str(self.cluster.folder),
        }
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise BenchError(f"the schema could not be made: {made.stderr.strip().splitlines()[-1:]}")
        return self.cluster.url(database=name)

    def tpcb(self, clients: int, seconds: float) -> float:
        """Transactions per second of the anchor."""
        return self._tps("-M", "prepared", *self._load(clients, seconds), "-b", "tpcb-like", ANCHOR_DATABASE)

    def script(self, path: Path, database: str, clients: int, seconds: float, **variables: int) -> float:
        """Transactions per second of a pgbench script, as the serving role."""
        given = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
        load = self._load(clients, seconds)
        return self._tps("-M", "prepared", "-n", *load, *given, "-U", APP_ROLE, "-f", str(path), database)

    def script_of(
        self, path: Path, database: str, clients: int, times: int, *, warm: int, **variables: int
    ) -> tuple[float, float]:
        """The same, each client so many times after its first `warm` ones, which do not count: a connection of a server
        that runs has its plans. The seconds it took, and the milliseconds in which 95 of 100 were done."""
        given = [
            word for name, value in {"n": 0, "warm": warm, **variables}.items() for word in ("-D", f"{name}={value}")
        ]
        log = self.cluster.folder / "pgbench_log"
        load = ["-c", str(clients), "-j", str(min(clients, 2)), "-t", str(warm + times)]
        logged = ["-l", f"--log-prefix={log}"]
        self._tps("-M", "prepared", "-n", *load, *logged, *given, "-U", APP_ROLE, "-f", str(path), database)
        counted: list[tuple[int, int]] = []
        for written in self.cluster.folder.glob("pgbench_log.*"):
            lines = [line.split() for line in written.read_text(encoding="ascii").splitlines()]
            counted += [
                (int(sec) * 1_000_000 + int(us), int(took)) for _, nth, took, _, sec, us in lines if int(nth) > warm
            ]
            written.unlink()
        seconds = (max(end for end, _ in counted) - min(end - took for end, took in counted)) / 1_000_000
        return seconds, sorted(took for _, took in counted)[len(counted) * 95 // 100] / 1_000

    def settle(self, database: str) -> None:
        """Statistics and visibility as autovacuum would leave them after a while; then a checkpoint."""
        with self.connect(database) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    @staticmethod
    def _load(clients: int, seconds: float) -> list[str]:
        return ["-c", str(clients), "-j", str(min(clients, 2)), "-T", str(max(1, round(seconds)))]

    def _tps(self, *arguments: str) -> float:
        said = self._pgbench(*arguments)
        failed = re.search(r"number of failed transactions: ([1-9]\d*)", said)
        found = re.search(r"^tps = ([0-9.]+)", said, re.MULTILINE)
        if found is None or failed:
            raise BenchError(f"pgbench {' '.join(arguments)}: {said.strip().splitlines()[-1:]}")
        return float(found.group(1))

    def _pgbench(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.pgbench), *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            words = [line for line in done.stderr.splitlines() if "error" in line.lower()]
            raise BenchError(f"pgbench failed: {words[:1]}")
        return done.stdout


@contextmanager
def scratch_server(*, scale: int) -> Iterator[Server]:
    """A cluster in a temporary folder; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="nakadachi-bench-"))
    cluster = Cluster(folder)
    try:
        cluster.start()
        server = Server(cluster, scale=scale)
        server.make_anchor()
        yield server
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
