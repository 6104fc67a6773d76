"""`ledger check`, asked again and again: one process that stays warm, so that a story can ask after every step.

Reads one word a line: `check` answers with what `bin/nakadachi ledger check --json` prints, `payments` finishes
interrupted payments, as the periodic job does it a quarter of an hour from now, `sweep` does what is due by the clock
of its market, as the job of every minute does, `hour EMAIL` lets an hour pass for
what that member's sessions know of passwords and codes.
"""

import contextlib
import io
import json
import sys
from datetime import timedelta

import django

django.setup()

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402  after the settings are read
from django.db import connection  # noqa: E402

from nakadachi.config.sweeping import sweep  # noqa: E402
from nakadachi.infra import clock  # noqa: E402
from nakadachi.money.payments import actions  # noqa: E402
from nakadachi.people.access.models import Session  # noqa: E402
from nakadachi.people.access.store import SessionStore  # noqa: E402

HOUR_SECONDS = 3_600


def answer(word: str) -> dict[str, object]:
    """One question, one answer; a database that is down is an answer too."""
    connection.close()
    printed = io.StringIO()
    if word == "payments":
        return {"ok": True, "touched": actions.reconcile(at=clock.now() + timedelta(minutes=16))}
    if word == "sweep":
        return {"ok": True, "touched": sum(sweep(at=clock.now()).values())}
    if word.startswith("hour "):
        return {"ok": True, "touched": an_hour_passes(word.split()[1])}
    with contextlib.suppress(SystemExit):
        call_command("ledger", "check", "--json", stdout=printed)
    return dict(json.loads(printed.getvalue()))


def an_hour_passes(email: str) -> int:
    """Proofs of who it is become an hour older."""
    rows = Session.objects.filter(member__email=email)
    for row in rows:
        session = SessionStore(row.session_key)
        proofs = session[AUTHENTICATION_METHODS_SESSION_KEY]
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [one | {"at": one["at"] - HOUR_SECONDS} for one in proofs]
        session.save()
    return len(rows)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)
