"""A payment form that was opened and left: over by itself, once, and never under a card that is being charged."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.market.contracts import actions as contracts
from nakadachi.money.payments import actions, policy
from nakadachi.money.payments.actions.leaving import LEFT_AFTER
from nakadachi.money.payments.gateways.sandbox.cards import BY_NAME, SUCCESS
from nakadachi.money.payments.models import Payment
from tests import walk
from tests.cast import by

pytestmark = pytest.mark.usefixtures("committed_db")

NAME = "payment forms left"
SECOND = timedelta(seconds=1)


def opened() -> Payment:
    one = walk.milestone(walk.agreed())
    return contracts.start_funding(milestone=one, request_key=uuid4(), by=by(one.contract.client), at=walk.START)


def test_after_some_days_the_attempt_is_over_and_another_can_be_made():
    payment = opened()
    due_at = payment.created_at + LEFT_AFTER
    assert timers.play(until=due_at - SECOND)[NAME] == 0
    assert timers.play(until=due_at)[NAME] == 1
    assert timers.play(until=due_at)[NAME] == 0
    payment.refresh_from_db()
    assert (payment.status, policy.decline_of(payment).code) == ("expired", "card_not_confirmed")
    assert Event.objects.get(kind="payment.lapse", subject_id=payment.pk).at == due_at


def test_the_form_that_lay_open_charges_nothing_any_more():
    payment = opened()
    timers.play(until=payment.created_at + LEFT_AFTER)
    payer = by(payment.payer)
    late = payment.created_at + LEFT_AFTER + SECOND
    assert actions.charge(payment_id=payment.pk, card_token=SUCCESS, by=payer, at=late).status == "expired"


@pytest.mark.parametrize("card", ["success", "challenge_days", "delayed_days"])
def test_a_card_that_was_asked_is_never_left(card: str):
    payment = opened()
    actions.charge(payment_id=payment.pk, card_token=BY_NAME[card].number, by=by(payment.payer), at=payment.created_at)
    status = Payment.objects.get(pk=payment.pk).status
    assert not actions.lapse(payment_id=payment.pk, at=payment.created_at + 2 * LEFT_AFTER)
    assert Payment.objects.get(pk=payment.pk).status == status
