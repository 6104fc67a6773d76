"""The schema and the money also hold on a PostgreSQL that is not the embedded one (15 is the oldest we promise)."""

import os
import subprocess
import sys
from pathlib import Path

from tests.database import ROOT

CHOSEN = ["tests/money/ledger/test_worked_journals.py", "tests/search/test_find.py"]


def other_bin() -> Path:
    """Debian's oldest installed server, or `OTHER_PG_BIN`."""
    if given := os.environ.get("OTHER_PG_BIN"):
        return Path(given)
    return sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))[0].parent


def test_ledger_and_search_on_another_server() -> None:
    own = ("NAKADACHI_TEST_CLUSTER", "DATABASE_URL", "NAKADACHI_DATA", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")
    environment = {key: value for key, value in os.environ.items() if key not in own}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *CHOSEN],
        cwd=ROOT, env=environment | {"NAKADACHI_PG_BIN": str(other_bin())}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
