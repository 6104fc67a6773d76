"""`ledger check`, asked again and again: one process that stays warm, so that a story can ask after every step.

Reads one word a line: `check` answers with what `bin/nakadachi ledger check --json` prints, `payments` finishes
interrupted payments first (what the periodic job does).
"""

import contextlib
import io
import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after the settings are read
from django.db import connection  # noqa: E402


def answer(word: str) -> dict[str, object]:
    """One question, one answer; a database that is down is an answer too."""
    connection.close()
    printed = io.StringIO()
    if word == "payments":
        call_command("payments", "reconcile", stdout=printed)
        return {"ok": True, "touched": int(printed.getvalue())}
    with contextlib.suppress(SystemExit):
        call_command("ledger", "check", "--json", stdout=printed)
    return dict(json.loads(printed.getvalue()))


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)
