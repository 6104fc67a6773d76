"""Payouts and the closing runs that carry them."""

from datetime import datetime
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.ids import key_for
from nakadachi.money.payouts import actions
from nakadachi.money.payouts.lifecycle import PAYOUT, RUN
from nakadachi.money.payouts.models import ClosingRun, Payout
from tests import cast, earners, walk
from tests.cast import by
from tests.matrices.table import WITH_OFFICES, Act, Table, who

AT = earners.jst(2026, 11, 12)
LATER = earners.jst(2026, 11, 20)
PAYOUTS_PEOPLE = who("staff", "finance")
RUNNERS = PAYOUTS_PEOPLE | {"system"}


def finance() -> Actor:
    return by(cast.offices()["finance"])


def requested() -> Payout:
    """Hanako has earned something and asks for it."""
    walk.accepted()
    hanako = cast.hanako()
    earners.with_account(hanako)
    return actions.request(member=hanako, request_key=uuid4(), by=by(hanako), at=AT)


def batched() -> Payout:
    payout = requested()
    batch(payout, finance(), AT)
    return _again(payout)


def filed() -> Payout:
    payout = batched()
    actions.make_file(run=payout.run, by=finance(), at=AT)
    return _again(payout)


def sent() -> Payout:
    payout = filed()
    send(payout, finance(), AT)
    return _again(payout)


def returned() -> Payout:
    return actions.mark_returned(payout=sent(), reason="口座なし", by=finance(), at=AT)


def _again(payout: Payout) -> Payout:
    return Payout.objects.select_related("run").get(pk=payout.pk)


def batch(payout: Payout, actor: Actor, at: datetime) -> object:
    """The same run however often it is asked for."""
    return actions.close_extra(request_key=key_for("test.run", payout.pk), by=actor, at=at)


def send(payout: Payout, actor: Actor, at: datetime) -> object:
    return actions.mark_sent(run=payout.run, bank_charge_yen=0, by=actor, at=at)


PAYOUTS = Table(
    PAYOUT,
    Payout,
    roles=WITH_OFFICES,
    states={
        "requested": requested,
        "batched": batched,
        "batched:filed": filed,
        "sent": sent,
        "returned": returned,
        "cancelled": lambda: actions.cancel(payout=requested(), by=by(cast.hanako()), at=AT),
    },
    acts={
        "batch": Act(batch, RUNNERS, at=LATER, not_in=who("cancelled"), is_quiet=True),
        "cancel": Act(
            lambda payout, actor, at: actions.cancel(payout=payout, by=actor, at=at),
            PAYOUTS_PEOPLE | {"worker"},
            at=LATER,
        ),
        "send": Act(
            send,
            RUNNERS,
            at=LATER,
            only_in=who("batched:filed"),
            not_in=who("requested", "cancelled"),  # in no run that could be sent
            is_quiet=True,
        ),
        "return": Act(
            lambda payout, actor, at: actions.mark_returned(payout=payout, reason="口座なし", by=actor, at=at),
            RUNNERS,
            at=LATER,
        ),
    },
)
RUNS = Table(
    RUN,
    ClosingRun,
    roles=WITH_OFFICES,
    states={
        "open": lambda: batched().run,
        "filed": lambda: filed().run,
        "sent": lambda: sent().run,
    },
    acts={
        "file": Act(
            lambda run, actor, at: actions.make_file(run=run, by=actor, at=at), RUNNERS, at=LATER, is_quiet=True
        ),
        "send": Act(
            lambda run, actor, at: actions.mark_sent(run=run, bank_charge_yen=0, by=actor, at=at),
            RUNNERS,
            at=LATER,
            is_quiet=True,
        ),
    },
)
TABLES = (PAYOUTS, RUNS)
