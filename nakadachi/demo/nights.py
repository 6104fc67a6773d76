"""What happens by itself: silence, expiry, and what the card provider pays out."""

from collections.abc import Iterator
from datetime import datetime

from nakadachi.demo.content import people
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.infra import timers
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import payouts as provider
from nakadachi.money.payments.models import Refund

FLOAT_YEN = 300_000
LAST_MINUTE_HOUR = 23 + 59 / 60


def steps(past: Past) -> Iterator[Step]:
    """Each evening the timers of contracts, after midnight those of jobs, then the provider."""
    first = max(someone.joined_days for someone in people())
    yield Step(past.moment(first, 9.5), _put_float)
    for days in range(first, -1, -1):
        yield Step(past.moment(days, 0.1), _time_passes)
        yield Step(past.moment(days, 1), _settle, alone=True)
        yield Step(past.moment(days, LAST_MINUTE_HOUR), _time_passes)


def _put_float(stage: Stage, at: datetime) -> None:
    payments.add_float(amount_yen=FLOAT_YEN, key=demo_key("float"), at=at)


def _time_passes(stage: Stage, at: datetime) -> None:
    timers.run(at=at)


def _settle(stage: Stage, at: datetime) -> None:
    for refund_id in Refund.objects.filter(status="requested").order_by("pk").values_list("pk", flat=True):
        payments.send_refund(refund_id=refund_id, at=at)
    if provider.pay_out(at=at) is not None:
        payments.collect_settlements(at=at)
