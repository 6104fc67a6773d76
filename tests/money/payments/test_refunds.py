"""Refunds that settle late, are refused, are asked for again, or are sent by the operator's own transfer."""

from datetime import timedelta

import pytest

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.payments import actions
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Refund
from tests import cast
from tests.cast import by
from tests.jobs import run_jobs
from tests.money.conftest import AT, Deal, assert_clean, member
from tests.money.payments import played

LATER = AT + timedelta(minutes=5)
IN_TRANSIT = {"psp_clearing": -10_550, "refunds_in_transit": 10_550}


def refunded(deal: Deal, card: str, worker_amount_yen: int = 0) -> Refund:
    """Paid with that card, then given back (a part of it)."""
    played.pay(deal, card)
    escrow.split(hold=deal.hold, worker_amount_yen=worker_amount_yen, by=SYSTEM, at=AT)
    return actions.send_refund(refund_id=Refund.objects.get().pk, at=AT)


@pytest.fixture
def staff(db: None) -> Actor:
    return Actor.staff(member("staff").pk)


@pytest.mark.parametrize("manner", [{"with_hooks": False}, {"with_reconcile": False}, {}])
def test_a_part_that_arrives_late(deal: Deal, manner: dict[str, bool]) -> None:
    refund = refunded(deal, "refund_late", 4_000)
    assert (refund.status, refund.amount_yen) == ("pending", 6_330)
    assert deal.balances()["refunds_in_transit"] == 6_330
    assert_clean()
    played.play(**manner)
    assert (Refund.objects.get().status, deal.balances()["psp_clearing"]) == ("settled", -4_220)
    assert deal.balances()["member"] == 3_340
    assert_clean()


@pytest.mark.parametrize(("card", "first"), [("refund_refused", "refused"), ("refund_late_refused", "pending")])
def test_refused_stays_in_sight_and_is_asked_for_again(deal: Deal, staff: Actor, card: str, first: str) -> None:
    assert refunded(deal, card).status == first
    played.play()
    refund = Refund.objects.get()
    assert (refund.status, refund.refuse_code, deal.balances()) == ("refused", "card_closed", IN_TRANSIT)
    assert_clean()
    sandbox.Charge.objects.update(card="success")
    actions.retry_refund(refund=refund, by=staff, at=LATER)
    run_jobs("payments.send_refund")
    refund.refresh_from_db()
    assert (refund.status, refund.attempt, deal.balances()) == ("settled", 2, {})
    assert_clean()


def test_old_news_of_an_earlier_attempt_changes_nothing(deal: Deal, staff: Actor) -> None:
    refunded(deal, "refund_late_refused")
    played.play(with_hooks=False)
    refund = Refund.objects.get()
    actions.retry_refund(refund=refund, by=staff, at=LATER)
    assert set(played.deliver_all()) == {200, 404}, "the first attempt is nobody's any more"
    refund.refresh_from_db()
    assert refund.status == "requested"
    assert_clean()


def test_sent_by_bank_transfer_instead(deal: Deal, staff: Actor) -> None:
    refund = refunded(deal, "refund_refused")
    actions.transfer_refund(refund=refund, note="カード解約のため、ご指定の口座へ振込", by=staff, at=LATER)
    refund.refresh_from_db()
    assert (refund.status, deal.balances()) == ("transferred", {"psp_clearing": -10_550, "bank_client_money": 10_550})
    assert_clean()
    for again in (
        lambda: actions.transfer_refund(refund=refund, note="もう一度", by=staff, at=LATER),
        lambda: actions.retry_refund(refund=refund, by=staff, at=LATER),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.refusal.code == "refund_not_refused"
    assert_clean()


@pytest.mark.parametrize(("note", "code"), [(" ", "refund_note_missing"), ("長" * 20_001, "refund_note_too_long")])
def test_a_transfer_needs_a_reason(deal: Deal, staff: Actor, note: str, code: str) -> None:
    refund = refunded(deal, "refund_refused")
    with pytest.raises(Refused) as refused:
        actions.transfer_refund(refund=refund, note=note, by=staff, at=LATER)
    assert (refused.value.refusal.code, Refund.objects.get().status) == (code, "refused")


def test_members_do_neither(deal: Deal) -> None:
    refund = refunded(deal, "refund_refused")
    for act in (
        lambda: actions.retry_refund(refund=refund, by=deal.by_client, at=LATER),
        lambda: actions.transfer_refund(refund=refund, note="x", by=deal.by_client, at=LATER),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "payments_not_staff"
    assert (Refund.objects.get().status, deal.balances()) == ("refused", IN_TRANSIT)


def refused(act: object) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.refusal.code


def test_two_persons_order_and_carry_out_when_the_market_wants_it(deal: Deal, staff: Actor, settings) -> None:
    settings.STAFF_TWO_PERSON = True
    refund, colleague = refunded(deal, "refund_refused"), Actor.staff(member("colleague").pk)
    transfer = lambda who: actions.transfer_refund(refund=refund, by=who, at=LATER)  # noqa: E731
    assert refused(lambda: transfer(staff)) == "refund_transfer_not_ordered"
    order = lambda: actions.order_transfer(refund=refund, note="ご指定の口座へ", by=staff, at=LATER)  # noqa: E731
    order()
    assert refused(order) == "refund_transfer_ordered"
    assert refused(lambda: transfer(staff)) == "refund_second_person"
    assert refused(lambda: actions.retry_refund(refund=refund, by=colleague, at=LATER)) == "refund_transfer_ordered"
    assert (Refund.objects.get().status, deal.balances()) == ("refused", IN_TRANSIT)
    transfer(colleague)
    assert (Refund.objects.get().status, Refund.objects.get().note) == ("transferred", "ご指定の口座へ")
    assert refused(lambda: transfer(colleague)) == "refund_not_refused"
    assert_clean()


def test_an_order_is_taken_back_and_the_card_asked_again(deal: Deal, staff: Actor, settings) -> None:
    settings.STAFF_TWO_PERSON = True
    refund = refunded(deal, "refund_refused")
    actions.order_transfer(refund=refund, note="口座へ", by=staff, at=LATER)
    actions.drop_transfer(refund=refund, by=staff, at=LATER)
    assert refused(lambda: actions.drop_transfer(refund=refund, by=staff, at=LATER)) == "refund_transfer_not_ordered"
    assert actions.retry_refund(refund=refund, by=staff, at=LATER).status == "requested"
    assert_clean()


def test_support_decides_nothing_about_money(deal: Deal) -> None:
    refund, support = refunded(deal, "refund_refused"), by(cast.offices()["support"])
    acts = (
        lambda: actions.retry_refund(refund=refund, by=support, at=LATER),
        lambda: actions.order_transfer(refund=refund, note="x", by=support, at=LATER),
        lambda: actions.drop_transfer(refund=refund, by=support, at=LATER),
        lambda: actions.transfer_refund(refund=refund, note="x", by=support, at=LATER),
    )
    assert {refused(act) for act in acts} == {"payments_not_staff"}
    assert (Refund.objects.get().status, deal.balances()) == ("refused", IN_TRANSIT)


def test_support_moves_no_hold_and_finance_does(deal: Deal) -> None:
    played.pay(deal, "success")
    offices = cast.offices()
    acts = (escrow.release, escrow.refund)
    for act, code in zip(acts, ("hold_not_payer", "hold_not_payee"), strict=True):
        assert refused(lambda act=act: act(hold=deal.hold, by=by(offices["support"]), at=AT)) == code
    assert deal.balances()["psp_clearing"] == -10_550
    escrow.refund(hold=deal.hold, by=by(offices["finance"]), at=AT)
    assert_clean()
