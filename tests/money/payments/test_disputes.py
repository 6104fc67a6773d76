"""Chargebacks: worked journals to the yen, who bears what, and news in any order."""

from datetime import timedelta
from itertools import permutations

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks, queries
from nakadachi.money.payments import actions, gateways
from nakadachi.money.payments.gateways.sandbox import clockwork, payouts
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Dispute, Payment, Refund
from nakadachi.money.payments.port import Disputed
from tests.jobs import run_jobs
from tests.money.conftest import AT, Deal, assert_clean, member, new_deal
from tests.money.payments import played

LATER = AT + timedelta(minutes=1)
MUCH_LATER = AT + timedelta(minutes=10)


def disputed(deal: Deal, card: str = "dispute", *, before: object = None) -> Payment:
    """Paid, then disputed at the provider; our side knows by a webhook."""
    payment = played.pay(deal, card)
    if callable(before):
        before()
    clockwork.run(at=LATER)
    played.deliver_all()
    deal.hold.refresh_from_db()
    return Payment.objects.get(pk=payment.pk)


def decided(deal: Deal, *, won: bool) -> Dispute:
    clockwork.decide(ref=sandbox.Dispute.objects.latest("pk").ref, won=won, at=MUCH_LATER)
    played.deliver_all()
    deal.hold.refresh_from_db()
    return Dispute.objects.latest("pk")


def lines(kind: str) -> dict[str, int]:
    about_disputes = queries.journals_of("dispute", Dispute.objects.values_list("pk", flat=True))
    about_holds = queries.journals_of("hold", Hold.objects.values_list("pk", flat=True))
    rows = [*about_disputes.values(), *about_holds.values()]
    (journal,) = [head for heads in rows for head in heads if head.kind == kind]
    by_journal = queries.lines_of([journal.journal_id])
    return {line.account.partition(":")[0]: line.amount_yen for line in by_journal[journal.journal_id]}


OPENED = {"psp_clearing": 1_500, "psp_fee_expense": -1_500, "chargeback_receivable": -10_550, "hold": 10_550}


def test_opened_the_hold_freezes(deal: Deal) -> None:
    payment = disputed(deal)
    assert (deal.hold.status, payment.disputed_yen, payment.refundable_yen) == ("frozen", 10_550, 0)
    assert deal.balances() == OPENED
    assert_clean()
    for act in (
        lambda: escrow.release(hold=deal.hold, by=deal.by_client, at=LATER),
        lambda: escrow.refund(hold=deal.hold, by=deal.by_worker, at=LATER),
        lambda: escrow.split(hold=deal.hold, worker_amount_yen=4_000, by=SYSTEM, at=LATER),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "hold_frozen"
    assert deal.balances() == OPENED


def test_won_everything_goes_on(deal: Deal) -> None:
    disputed(deal)
    dispute = decided(deal, won=True)
    assert (dispute.status, dispute.loss_yen, deal.hold.status) == ("won", 0, "funded")
    assert deal.balances() == {"psp_clearing": -9_050, "psp_fee_expense": -1_500, "hold": 10_550}
    escrow.release(hold=deal.hold, by=deal.by_client, at=MUCH_LATER)
    assert deal.balances()["member"] == 8_350
    assert_clean()


def test_lost_undelivered_the_hold_gives_it(deal: Deal) -> None:
    disputed(deal)
    dispute = decided(deal, won=False)
    assert (dispute.from_hold_yen, dispute.from_refunds_yen, dispute.loss_yen) == (10_550, 0, 0)
    assert (deal.hold.status, deal.hold.balance_yen) == ("charged_back", 0)
    assert lines("dispute.lost") == {"chargeback_receivable": 10_550, "hold": -10_550}
    assert deal.balances() == {"psp_clearing": 1_500, "psp_fee_expense": -1_500}
    assert_clean()


def test_lost_after_release_the_operator_bears_it_and_the_worker_nothing(deal: Deal) -> None:
    payment = played.pay(deal, "dispute")
    escrow.release(hold=deal.hold, by=deal.by_client, at=AT)
    clockwork.run(at=LATER)
    played.deliver_all()
    dispute = decided(deal, won=False)
    assert (dispute.payment_id, dispute.loss_yen, deal.hold.status) == (payment.pk, 10_550, "released")
    assert lines("dispute.lost") == {"chargeback_receivable": 10_550, "chargeback_loss": -10_550}
    assert deal.balances() == {
        "psp_clearing": 1_500, "psp_fee_expense": -1_500, "chargeback_loss": -10_550, "member": 8_350,
        "fee_revenue_worker": 1_500, "fee_revenue_client": 500, "consumption_tax_payable": 200,
    }  # fmt: skip
    assert_clean()


def test_released_in_part_each_part_by_its_own_column(deal: Deal) -> None:
    disputed(deal, before=lambda: escrow.release(hold=deal.hold, amount_yen=4_000, by=deal.by_client, at=AT))
    dispute = decided(deal, won=False)
    assert (dispute.from_hold_yen, dispute.loss_yen) == (6_330, 4_220)
    assert (deal.hold.status, deal.balances()["member"]) == ("charged_back", 3_340)
    assert_clean()


class TestWithRefunds:
    """A refund and a chargeback on the same payment never give more than was paid."""

    def test_a_refund_that_waits_ends_with_a_lost_dispute(self, deal: Deal) -> None:
        disputed(deal, before=lambda: escrow.refund(hold=deal.hold, by=deal.by_worker, at=AT))
        refund = Refund.objects.get()
        assert actions.send_refund(refund_id=refund.pk, at=LATER).status == "requested", "nothing is sent meanwhile"
        dispute = decided(deal, won=False)
        refund.refresh_from_db()
        assert (dispute.from_refunds_yen, dispute.loss_yen, refund.status) == (10_550, 0, "charged_back")
        assert lines("dispute.lost") == {"chargeback_receivable": 10_550, "refunds_in_transit": -10_550}
        assert deal.balances() == {"psp_clearing": 1_500, "psp_fee_expense": -1_500}
        actions.reconcile(at=MUCH_LATER)
        assert sandbox.Refund.objects.count() == 0
        assert_clean()

    def test_a_refund_that_waits_is_sent_after_a_won_one(self, deal: Deal) -> None:
        disputed(deal, before=lambda: escrow.refund(hold=deal.hold, by=deal.by_worker, at=AT))
        decided(deal, won=True)
        run_jobs("payments.send_refund")
        assert Refund.objects.get().status == "settled"
        assert deal.balances() == {"psp_clearing": 1_500, "psp_fee_expense": -1_500}
        assert_clean()

    def test_a_refund_refused_since_it_is_disputed_and_we_did_not_know(self, deal: Deal) -> None:
        played.pay(deal, "dispute")
        clockwork.run(at=LATER)
        escrow.refund(hold=deal.hold, by=deal.by_worker, at=LATER)
        refund = actions.send_refund(refund_id=Refund.objects.get().pk, at=LATER)
        assert (refund.status, refund.refuse_code) == ("refused", "charge_disputed")
        played.deliver_all()
        staff = Actor.staff(member("staff").pk)
        with pytest.raises(Refused) as refused:
            actions.retry_refund(refund=refund, by=staff, at=LATER)
        assert refused.value.refusal.code == "refund_disputed"
        dispute = decided(deal, won=False)
        assert (dispute.from_refunds_yen, dispute.loss_yen) == (10_550, 0)
        assert_clean()

    def test_what_the_provider_has_given_back_is_not_disputed(self, deal: Deal) -> None:
        def give_a_part_back() -> None:
            escrow.split(hold=deal.hold, worker_amount_yen=4_000, by=SYSTEM, at=AT)
            actions.send_refund(refund_id=Refund.objects.get().pk, at=AT)

        payment = disputed(deal, before=give_a_part_back)
        assert (payment.refunded_yen, payment.disputed_yen) == (6_330, 4_220)
        dispute = decided(deal, won=False)
        assert (dispute.amount_yen, dispute.loss_yen) == (4_220, 4_220)
        assert_clean()


@pytest.mark.parametrize("card", ["dispute_won", "dispute_lost"])
def test_any_order_of_webhooks_and_none_at_all_end_the_same(db: None, card: str) -> None:
    ends = set()
    for order in [(), *permutations(range(3))]:
        deal = new_deal()
        last = sandbox.Event.objects.order_by("-pk").first()
        payment = played.pay(deal, card)
        Payment.objects.filter(pk=payment.pk, status="captured")
        clockwork.run(at=LATER)
        clockwork.run(at=MUCH_LATER)
        events = list(sandbox.Event.objects.filter(pk__gt=last.pk if last else 0).order_by("pk"))
        assert [event.kind.partition(".")[0] for event in events] == ["charge", "dispute", "dispute"]
        for place in order * 2:
            assert played.deliver(events[place])[0] == 200
        actions.reconcile(at=MUCH_LATER)
        deal.hold.refresh_from_db()
        dispute = Dispute.objects.get(payment=payment)
        ends.add((dispute.status, dispute.from_hold_yen, dispute.loss_yen, deal.hold.status, deal.hold.balance_yen))
        played.deliver_all()
    assert len(ends) == 1
    assert_clean()


def test_a_dispute_may_be_heard_of_before_the_payment(deal: Deal) -> None:
    payment = played.pay(deal, "dispute_lost")
    with_card = sandbox.Charge.objects.get(key=payment.key)
    second = new_deal()
    lost = second.start()
    Payment.objects.filter(pk=lost.pk).update(status="processing", processing_at=AT)
    gateways.default().charge(key=lost.key, amount_yen=10_550, card_token=played.number("dispute"), at=AT)
    clockwork.run(at=LATER)
    event = sandbox.Event.objects.filter(key=lost.key, kind="dispute.opened").get()
    assert played.deliver(event) == [200]
    second.hold.refresh_from_db()
    assert (Payment.objects.get(pk=lost.pk).status, second.hold.status) == ("captured", "frozen")
    assert with_card.outcome == "captured"
    actions.reconcile(at=LATER)
    assert_clean()


def test_a_decision_never_turns(deal: Deal) -> None:
    payment = disputed(deal)
    decided(deal, won=False)
    ours = Dispute.objects.get()
    turned = Disputed(
        ref=ours.gateway_ref, charge_key=payment.key, amount_yen=10_550, fee_yen=1_500, outcome="won", reason="",
        opened_at=AT, answer_by=AT,
    )  # fmt: skip
    before = deal.balances()
    for _ in range(2):
        assert actions.record_dispute(payment=payment, answer=turned, at=MUCH_LATER).status == "lost"
    assert deal.balances() == before
    assert Event.objects.filter(kind="dispute.mismatch").count() == 1


def test_more_than_was_paid_is_not_believed(deal: Deal) -> None:
    payment = played.pay(deal, "success")
    asked = Disputed(
        ref="dp_x", charge_key=payment.key, amount_yen=10_551, fee_yen=0, outcome="open", reason="", opened_at=AT,
        answer_by=AT,
    )  # fmt: skip
    assert actions.take_note(gateway=gateways.default(), answer=asked, at=AT) is None
    assert (Dispute.objects.count(), Event.objects.filter(kind="payment.dispute_mismatch").count()) == (0, 1)


def test_settlements_carry_disputes(deal: Deal) -> None:
    disputed(deal)
    payouts.pay_out(at=MUCH_LATER)
    decided(deal, won=True)
    payouts.pay_out(at=MUCH_LATER + timedelta(days=1))
    assert actions.collect_settlements(at=MUCH_LATER) == 2
    assert deal.balances() == {"hold": 10_550, "bank_client_money": -8_670, "psp_fee_expense": -1_880}
    assert_clean()


def test_the_audit_sees_a_dispute_that_was_tampered_with(deal: Deal) -> None:
    disputed(deal)
    Dispute.objects.update(amount_yen=10_549)
    assert {offender.what for offender in checks.run()} >= {"psp_clearing", "chargeback_receivable"}


class TestEvidence:
    """What the operator says for the payment reaches the provider once, and only while it is open."""

    def test_written_down_and_sent(self, deal: Deal) -> None:
        disputed(deal)
        staff = Actor.staff(member("staff").pk)
        actions.give_evidence(dispute=Dispute.objects.get(), text=" 納品の記録があります。 ", by=staff, at=LATER)
        run_jobs("payments.send_evidence")
        ours, theirs = Dispute.objects.get(), sandbox.Dispute.objects.get()
        assert ours.evidence == theirs.evidence == "納品の記録があります。"
        assert ours.evidence_sent_at is not None
        assert actions.send_evidence(dispute_id=ours.pk, at=LATER) is False

    @pytest.mark.parametrize(("text", "code"), [("  ", "evidence_missing"), ("長" * 20_001, "evidence_too_long")])
    def test_refused(self, deal: Deal, text: str, code: str) -> None:
        disputed(deal)
        with pytest.raises(Refused) as refused:
            actions.give_evidence(
                dispute=Dispute.objects.get(), text=text, by=Actor.staff(member("staff").pk), at=LATER
            )
        assert (refused.value.refusal.code, Dispute.objects.get().evidence) == (code, "")

    def test_not_by_members_and_not_too_late(self, deal: Deal) -> None:
        disputed(deal)
        dispute = Dispute.objects.get()
        with pytest.raises(Refused) as refused:
            actions.give_evidence(dispute=dispute, text="x", by=deal.by_client, at=LATER)
        assert refused.value.refusal.code == "payments_not_staff"
        decided(deal, won=False)
        with pytest.raises(Refused) as refused:
            actions.give_evidence(dispute=dispute, text="x", by=Actor.staff(member("staff").pk), at=LATER)
        assert refused.value.refusal.code == "dispute_decided"


@pytest.mark.parametrize(("evidence", "outcome"), [("", "lost"), ("受領の返信があります。", "won")])
def test_what_nobody_decides_is_decided_by_the_evidence(deal: Deal, evidence: str, outcome: str) -> None:
    disputed(deal)
    made = sandbox.Dispute.objects.get()
    if evidence:
        gateways.default().send_evidence(ref=made.ref, text=evidence, at=LATER)
    clockwork.run(at=LATER + clockwork.ANSWER_WITHIN - timedelta(seconds=1))
    assert sandbox.Dispute.objects.get().outcome == "open"
    clockwork.run(at=LATER + clockwork.ANSWER_WITHIN)
    played.deliver_all()
    assert Dispute.objects.get().status == outcome
    assert_clean()
