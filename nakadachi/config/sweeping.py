"""Every timer of the program, run for one moment: what the worker does bit by bit, in one go."""

from datetime import datetime

from nakadachi.infra.files import uploads
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.jobs import actions as jobs
from nakadachi.money.payments import actions as payments
from nakadachi.money.payouts.due import close_due
from nakadachi.notifications.reminding import remind


def sweep(*, at: datetime) -> dict[str, int]:
    """Do what is due at `at`; returns how much of each kind was done. Safe to repeat."""
    swept = contracts.sweep(at=at)
    reminded = remind(at=at)
    return {
        "deliveries accepted after silence": swept.accepted,
        "offers lapsed": swept.lapsed,
        "reminders": reminded,
        "jobs closed": jobs.sweep(at=at),
        "interrupted payments finished": payments.reconcile(at=at),
        "settlements posted": payments.collect_settlements(at=at),
        "closing days that are over and closed": int(close_due(at=at) is not None),
        "uploads that nobody took": uploads.sweep(at=at),
    }
