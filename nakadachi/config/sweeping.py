"""Every timer of the program, played up to a moment: what the worker does bit by bit, in one go."""

from collections import Counter
from datetime import datetime, timedelta

from nakadachi.infra import timers
from nakadachi.infra.files import uploads
from nakadachi.kernel.calendar import end_of_day, jst_date
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import clockwork
from nakadachi.money.payments.gateways.sandbox import payouts as provider
from nakadachi.money.payouts.due import close_due
from nakadachi.notifications.reminding import remind

AFTER_MIDNIGHT = timedelta(minutes=5)


def sweep(*, at: datetime, since: datetime | None = None) -> dict[str, int]:
    """Do what is due up to `at`; returns how much of each kind was done. Safe to repeat.

    Rows that are due are done at their own moments, in order. The rounds of every night (the sandbox, payments, closing
    days, reminders) are made after each midnight since `since`, and at `at`.
    """
    done: Counter[str] = Counter()
    for moment in [*_nights(since, at), at]:
        done.update(timers.play(until=moment))
        done.update(_round(moment))
    return dict(done)


def _nights(since: datetime | None, at: datetime) -> list[datetime]:
    nights = []
    night = end_of_day(jst_date(since)) + AFTER_MIDNIGHT if since else at
    while night < at:
        nights.append(night)
        night += timedelta(days=1)
    return nights


def _round(at: datetime) -> dict[str, int]:
    """In this order: the provider of a demo goes first, as it does beside a worker; then what is fetched from it."""
    return {
        "things that the sandbox does by itself": clockwork.run(at=at) + int(provider.pay_out(at=at) is not None),
        "reminders": remind(at=at),
        "interrupted payments finished": payments.reconcile(at=at),
        "settlements posted": payments.collect_settlements(at=at),
        "closing days that are over and closed": int(close_due(at=at) is not None),
        "uploads that nobody took": uploads.sweep(at=at),
    }
