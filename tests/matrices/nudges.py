"""連絡催促: a sign of life is asked for, and what becomes of it."""

from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.lifecycle import NUDGE
from nakadachi.market.contracts.models import Nudge
from nakadachi.trust.messaging import actions as messaging
from tests import cast, walk
from tests.cast import by
from tests.matrices.table import NOW, THE_CLOCK, Act, Table, who

ASKED = NOW + timedelta(days=7)
SOON = ASKED + timedelta(days=1)


def asked() -> Nudge:
    """The client has not heard of the worker, who has the money to work for."""
    contract = walk.funded().contract
    return contracts.nudge(contract=contract, request_key=uuid4(), by=by(cast.minato()), at=ASKED)


def heard() -> Nudge:
    """The worker has delivered since; the nudge waits for its time."""
    nudge = asked()
    walk.deliver(walk.milestone(nudge.contract), at=SOON)
    return nudge


def without_contract() -> Nudge:
    """The worker has handed the money back: the contract is over before the nudge."""
    nudge = asked()
    contracts.hand_back(milestone=walk.milestone(nudge.contract), by=by(cast.hanako()), at=SOON)
    return nudge


def when_due(nudge: Nudge) -> Nudge:
    contracts.carry_out(nudge_id=nudge.pk, at=nudge.due_at)
    return nudge


def write(nudge: Nudge, actor: Actor, at: datetime) -> object:
    contract = nudge.contract
    return messaging.begin(
        job=contract.job, worker=contract.worker, text="進めています。", request_key=uuid4(), by=actor, at=at
    )


def carry_out(nudge: Nudge, actor: Actor, at: datetime) -> object:
    return contracts.carry_out(nudge_id=nudge.pk, at=nudge.due_at)


def carry_out_now(nudge: Nudge, actor: Actor, at: datetime) -> object:
    return contracts.carry_out(nudge_id=nudge.pk, at=at)


NUDGES = Table(
    NUDGE,
    Nudge,
    states={
        "open": asked,
        "open:heard": heard,
        "open:over": without_contract,
        "answered": lambda: when_due(heard()),
        "carried_out": lambda: when_due(asked()),
        "overtaken": lambda: when_due(without_contract()),
    },
    acts={
        "answer": Act(
            write,
            who("worker"),
            at=SOON,
            only_in=who("open", "open:heard"),
            not_in=who("open:over", "answered", "carried_out", "overtaken"),  # there is writing, and no nudge
            tried_by=who("worker", "stranger", "staff", "system"),  # the asker's own words answer nothing
            may_repeat=True,
        ),
        "answer:at_its_time": Act(
            carry_out,
            THE_CLOCK,
            only_in=who("open:heard"),
            not_in=who("open", "open:over"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "carry_out": Act(
            carry_out,
            THE_CLOCK,
            only_in=who("open"),
            not_in=who("open:heard", "open:over"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "carry_out:early": Act(carry_out_now, who(), at=SOON, tried_by=THE_CLOCK, is_quiet=True),
        "overtake": Act(
            carry_out,
            THE_CLOCK,
            only_in=who("open:over"),
            not_in=who("open", "open:heard"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
)
TABLES = (NUDGES,)
