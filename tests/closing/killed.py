"""A program of its own on the test's database, killed with SIGKILL at a named place."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from tests import database

SECONDS_MAX = 60


def start(program: str, points: Path, *arguments: str) -> subprocess.Popen:
    """The program as Python text; it finds the test's database and waits at the places of the folder."""
    environment = os.environ | {
        "DATABASE_URL": database.running_cluster().url(database=connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "nakadachi.config.settings",
        "NAKADACHI_CRASH_POINTS": str(points),
    }
    return subprocess.Popen([sys.executable, "-c", program, *arguments], env=environment, cwd=database.ROOT)


def kill_at(place: str, program: str, points: Path, *arguments: str) -> None:
    """Start it, and end it where it stands still."""
    (points / place).touch()
    process = start(program, points, *arguments)
    until = time.monotonic() + SECONDS_MAX
    while not (points / f"{place}.{process.pid}").exists():
        assert process.poll() is None and time.monotonic() < until, f"{place} was not reached"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (points / f"{place}.{process.pid}").unlink()
