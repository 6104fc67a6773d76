"""退会: an account that closes, comes back, opens again by itself, or is erased."""

from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.closing import actions
from nakadachi.closing.actions import erasing
from nakadachi.closing.lifecycle import CLOSING
from nakadachi.closing.models import Closing
from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from tests import cast, earners, walk
from tests.cast import by
from tests.matrices.table import NOW, THE_CLOCK, Act, Table, who

NEXT_DAY = NOW + timedelta(days=1)
LATE = NOW + timedelta(days=60)
RESERVED = who("reserved", "reserved:free")
CLOSED = who("closed", "closed:money_back")


def reserve() -> Closing:
    hanako = cast.hanako()
    return actions.reserve(
        member=hanako,
        reason="other",
        reason_text="",
        consents=True,
        leaves_remainder=False,
        request_key=uuid4(),
        by=by(hanako),
        at=NOW,
    )


def reserved() -> Closing:
    """A contract stands in the way."""
    walk.funded()
    return reserve()


def free() -> Closing:
    """Nothing stands in the way any more, and nobody has looked yet."""
    one = walk.funded()
    closing = reserve()
    contracts.hand_back(milestone=one, by=by(cast.hanako()), at=NOW)
    return closing


def money_back() -> Closing:
    """Closed with the last payout, which the bank then sent back."""
    walk.accepted()
    earners.with_account(cast.hanako())
    closing = reserve()
    finance = by(cast.offices()["finance"])
    run = payouts.close_extra(request_key=uuid4(), by=finance, at=NOW)
    payouts.make_file(run=run, by=finance, at=NOW)
    payouts.mark_sent(run=run, bank_charge_yen=0, by=finance, at=NOW)
    actions.look(closing=closing, at=NOW)
    payouts.mark_returned(payout=Payout.objects.get(), reason="口座なし", by=finance, at=NOW)
    return closing


def begun() -> Closing:
    return erasing.begin_erasing(closing=reserve(), at=LATE)


def look(closing: Closing, actor: Actor, at: datetime) -> object:
    return actions.look(closing=closing, at=at)


def undo(closing: Closing, actor: Actor, at: datetime) -> object:
    return actions.undo(closing=closing, by=actor, at=at)


CLOSINGS = Table(
    CLOSING,
    Closing,
    states={
        "reserved": reserved,
        "reserved:free": free,
        "closed": reserve,
        "closed:money_back": money_back,
        "erasing": begun,
        "erased": lambda: erasing.finish(closing=begun(), at=LATE),
        "undone": lambda: actions.undo(closing=reserve(), by=by(cast.hanako()), at=NOW),
    },
    acts={
        "close": Act(
            look,
            THE_CLOCK,
            at=NEXT_DAY,
            not_in=CLOSED | {"reserved"},  # there a look notes what it found
            tried_by=THE_CLOCK,
            is_quiet=True,
            may_repeat=True,
        ),
        "open_again": Act(
            look,
            THE_CLOCK,
            at=NEXT_DAY,
            not_in=RESERVED | {"closed"},
            tried_by=THE_CLOCK,
            is_quiet=True,
            may_repeat=True,
        ),
        "undo": Act(undo, who("worker"), at=NEXT_DAY),
        "undo:late": Act(undo, who(), at=LATE, not_in=RESERVED),  # while it is reserved there is no late
        "begin_erasing": Act(
            lambda closing, actor, at: erasing.begin_erasing(closing=closing, at=at),
            THE_CLOCK,
            at=LATE,
            tried_by=THE_CLOCK,
        ),
        "finish": Act(
            lambda closing, actor, at: erasing.finish(closing=closing, at=at),
            THE_CLOCK,
            at=LATE,
            not_in=RESERVED | {"undone"},  # `erase` finishes only what has closed
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
    },
)
TABLES = (CLOSINGS,)
