"""Both agreed on a higher price, and before the difference is set aside the money stands still, in a mediation or with
the card company: nothing is charged for a change that cannot take effect, and its time still ends."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.infra import timers
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Milestone, TermsChange
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.trust.mediation import actions as mediation
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.market.test_price_changes import agree, fresh, propose
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, key_in, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db
AT = walk.START


def claimed(one: Milestone) -> None:
    worker = by(one.contract.worker)
    mediation.open_case(hold=one.hold, reason="範囲の外です。", request_key=uuid4(), by=worker, at=AT)


def raised_and_claimed() -> TermsChange:
    change = walk.raised()
    claimed(walk.milestone(change.contract))
    return fresh(change)


def test_nothing_is_charged_while_a_mediation_is_on() -> None:
    change = raised_and_claimed()
    before = fingerprint()
    with pytest.raises(Refused) as found:
        contracts.start_top_up(change=change, request_key=uuid4(), by=by(change.contract.client), at=AT)
    assert found.value.refusal.code == "hold_claimed"
    assert fingerprint() == before


def test_the_page_says_why_before_and_after_the_button(page_clock: PageClock) -> None:
    change = walk.raised()
    page_clock.now = AT
    client = at_browser(cast.minato())
    address = reverse("contracts:change_funding", args=[change.contract_id, change.pk])
    typed = {"request_key": key_in(client.get(address)), "card_number": cards.SUCCESS}
    claimed(walk.milestone(change.contract))
    before = fingerprint()
    for answer in (client.post(address, typed), client.get(address)):
        assert (answer.status_code, "仲介" in text_of(answer)) == (409, True)
    assert fingerprint() == before


def test_its_time_ends_all_the_same() -> None:
    change = raised_and_claimed()
    assert timers.run(at=change.answer_by)["changes nobody answered"] == 1
    assert fresh(change).status == "lapsed"
    assert_clean()


def test_a_payment_on_its_way_goes_back_when_other_money_of_the_change_stands_still_meanwhile() -> None:
    """One price goes up, another down: the second stands still when the difference for the first comes in."""
    contract = two_pieces()
    first, second = Milestone.objects.filter(contract=contract).select_related("hold").order_by("position")
    agree(propose(contract, prices={first.pk: 8_000, second.pk: 3_500}))
    change = TermsChange.objects.select_related("contract__client", "contract__worker").get()
    client = by(contract.client)
    payment = contracts.start_top_up(change=change, request_key=uuid4(), by=client, at=AT)
    claimed(Milestone.objects.select_related("hold", "contract__worker").get(pk=second.pk))
    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=AT + timedelta(hours=1))
    assert Payment.objects.get(pk=payment.pk).refundable_yen == 0
    assert Refund.objects.get().amount_yen == payment.amount_yen
    assert list(Milestone.objects.order_by("position").values_list("amount_yen", flat=True)) == [6_000, 4_000]
    assert fresh(change).status == "agreed"
    assert_clean()


def two_pieces() -> Contract:
    """¥6,000 and ¥4,000, both set aside."""
    contract = walk.agreed((6_000, 4_000))
    for one in Milestone.objects.filter(contract=contract).select_related("contract__client", "contract__worker"):
        walk.pay(one)
    return contract


def test_the_contract_shows_what_waits_beside_what_stands_still(page_clock: PageClock) -> None:
    change = raised_and_claimed()
    page_clock.now = AT
    page = text_of(at_browser(cast.hanako()).get(reverse("contracts:detail", args=[change.contract_id])))
    assert "仲介中" in page
    assert "増額に合意しています" in page
