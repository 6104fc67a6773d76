"""The test database: a template cluster kept per schema version, copied and started for each run.

Imported by conftest before Django's settings. Each xdist worker gets a database of its own, served by the same lesser
role as in production; `committed_db` (conftest) makes further ones for tests with real threads.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from nakadachi.infra.cluster import Cluster
from nakadachi.infra.cluster.server import APP_ROLE, DATABASE, OWNER_ROLE, SETTINGS_FOR_TESTS

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = (
    "nakadachi/**/migrations/*.py",
    "nakadachi/**/*.sql",
    "nakadachi/**/privileges.py",
    "nakadachi/**/texts/*.txt",
    "uv.lock",
)


def schema_version() -> str:
    digest = hashlib.sha256(os.environ.get("NAKADACHI_PG_BIN", "").encode())
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def admin(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(cluster.url(role="postgres", database="postgres"), autocommit=True)


def make_template(kept: Path) -> None:
    cluster = Cluster(kept, settings=SETTINGS_FOR_TESTS)
    cluster.start()
    try:
        environment = os.environ | {
            "DATABASE_URL": cluster.url(role=OWNER_ROLE),
            "NAKADACHI_DATA": str(kept),
            "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings",
        }
        for command in (["prepare_database", "--grant-to", APP_ROLE], ["publish_texts"]):
            made = subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if made.returncode:
                sys.exit(f"the test database could not be made:\n{made.stdout}\n{made.stderr}")
        with psycopg.connect(cluster.url(role="postgres", database=DATABASE), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("TRUNCATE events_event")  # tests begin with an empty history
    finally:
        cluster.stop()
    (kept / "complete").touch()


def start_for_run() -> None:
    kept = ROOT / "var" / "tests" / schema_version()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "complete").exists():
            shutil.rmtree(kept, ignore_errors=True)
            make_template(kept)
    folder = Path(tempfile.mkdtemp(prefix="nakadachi-test-"))
    shutil.copytree(kept / "data", folder / "data")
    cluster = Cluster(folder, settings=SETTINGS_FOR_TESTS)
    cluster.start()

    def clean_up() -> None:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clean_up)
    os.environ["NAKADACHI_TEST_CLUSTER"] = str(folder)


def running_cluster() -> Cluster:
    return Cluster(Path(os.environ["NAKADACHI_TEST_CLUSTER"]), settings=SETTINGS_FOR_TESTS)


def new_database(name: str, *, template: str = DATABASE) -> None:
    with admin(running_cluster()) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER_ROLE}')


def drop_database(name: str) -> None:
    with admin(running_cluster()) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Within it Django's connection, of this thread and of new ones, is to another database."""
    from django.conf import settings
    from django.db import connections

    connection = connections["default"]
    usual = connection.settings_dict["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = usual


def owner_connection(name: str) -> psycopg.Connection:
    """For tests that corrupt what the serving role cannot touch (superuser: may disable triggers)."""
    return psycopg.connect(running_cluster().url(role="postgres", database=name), autocommit=True)


if "NAKADACHI_TEST_CLUSTER" not in os.environ:
    start_for_run()

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_name = f"test_{WORKER}_{os.getpid()}"
new_database(_name)
_data = Path(os.environ["NAKADACHI_TEST_CLUSTER"]) / f"data-of-{WORKER}"
_data.mkdir(exist_ok=True)
os.environ |= {
    "PAGES_KEPT_SECONDS": "0",  # tests/web/ui/test_kept_pages.py has them on
    "DATABASE_URL": running_cluster().url(database=_name),
    "NAKADACHI_DATA": str(_data),
    "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings",
    "SECRET_KEY": "tests-only",
    "NAKADACHI_DEMO": "1",
}
for _variable in ("NAKADACHI_POOL_MAX", "DATABASE_OWNER_URL", "SITE_URL", "PORT", "SMTP_HOST"):
    os.environ.pop(_variable, None)

from nakadachi.config.messages import compile_messages  # noqa: E402

compile_messages(ROOT / "nakadachi" / "locale", _data / "locale")
