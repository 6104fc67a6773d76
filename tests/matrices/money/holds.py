"""Holds, by themselves: what each side, the operator's people and the clock may do to money that is set aside."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.money.escrow import actions, freezing, rolling
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import Hold
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment
from tests import cast
from tests.cast import by
from tests.matrices.table import BOTH, NOW, THE_CLOCK, WITH_OFFICES, Act, Table, who
from tests.money.conftest import price

SOON = NOW + timedelta(minutes=5)
LATE = NOW + timedelta(days=4)
OFFICE = who("staff", "finance", "system")
CLAIM_ID = 1
FUNDED = who("funded", "funded:part")
FROZEN = who("frozen:disputed", "frozen:claimed", "frozen:both")


def opened(amount_yen: int = 10_000, purpose_id: int = 1) -> Hold:
    return actions.open_hold(
        purpose="test",
        purpose_id=purpose_id,
        payer=cast.minato(),
        payee=cast.hanako(),
        quote=price(amount_yen),
        by=by(cast.minato()),
        at=NOW,
    )


def pay(hold: Hold, actor: Actor, at: datetime, card: str = cards.SUCCESS) -> object:
    """The client pays; the news of it may come again."""
    payment = Payment.objects.filter(purpose=actions.PURPOSE, purpose_id=hold.pk).first()
    if payment is None:
        client = by(cast.minato())
        payment = payments.start(
            purpose=actions.PURPOSE,
            purpose_id=hold.pk,
            payer=cast.minato(),
            amount_yen=hold.client_pays_yen,
            request_key=uuid4(),
            by=client,
            at=at,
        )
        payment = payments.charge(payment_id=payment.pk, card_token=card, by=client, at=at)
    return actions.fund(hold=hold, payment=payment, by=actor, at=at)


def funded(card: str = cards.SUCCESS) -> Hold:
    hold = opened()
    pay(hold, SYSTEM, NOW, card)
    return Hold.objects.get(pk=hold.pk)


def partly_released() -> Hold:
    return actions.release(hold=funded(), amount_yen=4_000, by=by(cast.minato()), at=NOW)


def disputed() -> Hold:
    hold = funded(cards.BY_NAME["dispute"].number)
    clockwork.run(at=SOON)
    payments.reconcile(at=SOON)
    return Hold.objects.get(pk=hold.pk)


def claim(hold: Hold, actor: Actor, at: datetime) -> object:
    return freezing.claim(hold=hold, claim_id=CLAIM_ID, by=actor, at=at)


def claimed(hold: Hold) -> Hold:
    claim(hold, by(cast.minato()), NOW)
    return hold


def charged_back() -> Hold:
    hold = disputed()
    decide(won=False)(hold, SYSTEM, LATE)
    return hold


def rolled() -> Hold:
    hold = funded()
    roll(hold, SYSTEM, NOW)
    return hold


def rollable(reach: Callable[[], Hold]) -> Callable[[], Hold]:
    """Beside it the next hold of the two waits for money."""

    def both() -> Hold:
        hold = reach()
        opened(3_000, 2)
        return hold

    return both


def roll(hold: Hold, actor: Actor, at: datetime) -> object:
    into = Hold.objects.filter(purpose="test", purpose_id=2).first() or opened(3_000, 2)
    return rolling.fund(hold=into, payment=None, rests=[hold], by=actor, at=at)


def unclaim(hold: Hold, actor: Actor, at: datetime) -> object:
    return freezing.unclaim(hold=hold, claim_id=CLAIM_ID, by=actor, at=at)


def complain(hold: Hold, actor: Actor, at: datetime) -> object:
    """The card's owner complains, once; the provider tells."""
    sandbox.Charge.objects.filter(changes_at=None, dispute=None).update(card="dispute", changes_at=at)
    clockwork.run(at=at)
    return payments.reconcile(at=at)


def decide(*, won: bool) -> Callable[[Hold, Actor, datetime], object]:
    def call(hold: Hold, actor: Actor, at: datetime) -> object:
        clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=won, at=at)
        return payments.reconcile(at=at)

    return call


def from_provider(call: Callable[[Hold, Actor, datetime], object], *states: str, at: datetime = SOON) -> Act:
    """Only where the provider could say so."""
    others = frozenset(HOLDS_STATES) - frozenset(states)
    return Act(call, THE_CLOCK, at=at, not_in=others, tried_by=THE_CLOCK, is_quiet=True)


HOLDS_STATES: dict[str, Callable[[], Hold]] = {
    "unfunded": opened,
    "funded": funded,
    "funded:part": partly_released,
    "frozen:disputed": disputed,
    "frozen:claimed": lambda: claimed(funded()),
    "frozen:both": lambda: claimed(disputed()),
    "released": lambda: actions.release(hold=funded(), by=by(cast.minato()), at=NOW),
    "refunded": lambda: actions.refund(hold=funded(), by=by(cast.hanako()), at=NOW),
    "split": lambda: actions.split(hold=funded(), worker_amount_yen=4_000, by=by(cast.minato()), at=NOW),
    "rolled": rolled,
    "charged_back": charged_back,
}
HOLDS = Table(
    HOLD,
    Hold,
    roles=WITH_OFFICES,
    states={name: rollable(reach) for name, reach in HOLDS_STATES.items()},
    acts={
        "fund": Act(pay, THE_CLOCK, tried_by=THE_CLOCK, is_quiet=True),
        "release_part": Act(
            lambda hold, actor, at: actions.release(hold=hold, amount_yen=1_000, by=actor, at=at), OFFICE | {"client"}
        ),
        "release": Act(lambda hold, actor, at: actions.release(hold=hold, by=actor, at=at), OFFICE | {"client"}),
        "refund": Act(
            lambda hold, actor, at: actions.refund(hold=hold, by=actor, at=at),
            OFFICE | {"worker"},
            not_in=who("funded:part"),
        ),
        "split": Act(
            lambda hold, actor, at: actions.split(hold=hold, worker_amount_yen=3_000, by=actor, at=at), OFFICE | BOTH
        ),
        "split:rest_goes_back": Act(
            lambda hold, actor, at: actions.refund(hold=hold, by=actor, at=at),
            OFFICE | {"worker"},
            not_in=who("funded"),
        ),
        "freeze": from_provider(complain, "funded", "funded:part"),
        "freeze:claim": Act(claim, BOTH, not_in=who("frozen:disputed")),
        "freeze_also": from_provider(complain, "frozen:claimed"),
        "freeze_also:claim": Act(claim, BOTH, only_in=who("frozen:disputed"), not_in=FUNDED),
        "unfreeze": from_provider(decide(won=True), "frozen:disputed", at=LATE),
        "unfreeze:claim_over": Act(
            unclaim,
            THE_CLOCK,
            only_in=who("frozen:claimed"),
            not_in=who("frozen:both"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "unfreeze_part": from_provider(decide(won=True), "frozen:both", at=LATE),
        "unfreeze_part:claim_over": Act(
            unclaim,
            THE_CLOCK,
            only_in=who("frozen:both"),
            not_in=who("frozen:claimed"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "charge_back": from_provider(decide(won=False), "frozen:disputed", "frozen:both", at=LATE),
        "roll": Act(roll, THE_CLOCK, not_in=who("unfunded"), tried_by=THE_CLOCK, is_quiet=True),
    },
)
TABLES = (HOLDS,)
