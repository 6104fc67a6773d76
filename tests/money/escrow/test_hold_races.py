"""Eight real threads at the same hold, payment or refund: one effect, no half one."""

import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import journals
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.gateways.sandbox.gateway import SandboxGateway
from nakadachi.money.payments.models import Payment, Refund
from tests.money.conftest import AT, ON, Deal, assert_clean, new_deal

pytestmark = pytest.mark.races

RACERS = 8


@pytest.fixture
def real(committed_db: str) -> Iterator[Deal]:
    yield new_deal()


def race(*works: Callable[[], object]) -> list[object]:
    """Run all works at the same moment, each in a thread with its own connection; their results or refusals."""
    start = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = work()
        except Refused as refused:
            results[number] = refused.refusal.code
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def won(results: list[object]) -> list[object]:
    """Those that did something; the others must have been refused, not have failed."""
    assert not [result for result in results if isinstance(result, Exception)], results
    return [result for result in results if not isinstance(result, str)]


def releases(deal: Deal) -> int:
    return len(ledger.journals_about("hold", deal.hold.pk))


def test_without_the_row_lock_many_would_release(real: Deal) -> None:
    """The control: the same check without the lock lets everybody through; then the ledger is the last wall."""
    real.pay()
    all_have_looked = threading.Barrier(RACERS)
    part = real.hold.terms.whole

    def naive() -> str:
        with transaction.atomic():
            status = Hold.objects.get(pk=real.hold.pk).status
            all_have_looked.wait()
            member_id = book.open_account("member", "member", real.worker.pk)
            accounts = journals.Accounts(hold_id=real.hold.account_id or 0, member_id=member_id)
            book.post(journals.release(hold_id=real.hold.pk, accounts=accounts, part=part, calc={}, on=ON), key=uuid4())
            return f"saw it {status}"

    results = race(*[naive] * RACERS)
    assert sorted(str(result) for result in results) == ["overdraft"] * 7 + ["saw it funded"]


def test_everybody_releases(real: Deal) -> None:
    real.pay()
    results = race(*[lambda: escrow.release(hold=real.hold, by=SYSTEM, at=AT)] * RACERS)
    assert len(won(results)) == 1
    assert releases(real) == 2
    assert real.balances()["member"] == 8_350
    assert_clean()


def test_release_against_refund_against_split(real: Deal) -> None:
    for _ in range(5):
        deal = new_deal()
        deal.pay()
        works = [
            lambda deal=deal: escrow.release(hold=deal.hold, by=deal.by_client, at=AT),
            lambda deal=deal: escrow.refund(hold=deal.hold, by=deal.by_worker, at=AT),
            lambda deal=deal: escrow.split(hold=deal.hold, worker_amount_yen=4_000, by=deal.by_client, at=AT),
            lambda deal=deal: escrow.release(hold=deal.hold, by=SYSTEM, at=AT),
        ]
        assert len(won(race(*works, *works))) == 1
        deal.hold.refresh_from_db()
        assert deal.hold.status in {"released", "refunded", "split"}
        assert_clean()


def test_parts_at_the_same_time_never_exceed_the_whole(real: Deal) -> None:
    real.pay()
    part = 3_000
    results = race(*[lambda: escrow.release(hold=real.hold, amount_yen=part, by=real.by_client, at=AT)] * RACERS)
    assert len(won(results)) == 3
    real.hold.refresh_from_db()
    assert (real.hold.released_yen, real.hold.status) == (9_000, "funded")
    assert_clean()


def test_the_same_card_form_from_eight_tabs(real: Deal) -> None:
    form = uuid4()

    def pay() -> Payment:
        payment = real.start(form)
        return payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=real.by_client, at=AT)

    assert len(won(race(*[pay] * RACERS))) == RACERS
    assert (Payment.objects.count(), sandbox.Charge.objects.count()) == (1, 1)
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_eight_forms_for_the_same_hold(real: Deal) -> None:
    def pay() -> Payment:
        payment = real.start()
        return payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=real.by_client, at=AT)

    won(race(*[pay] * RACERS))
    for refund in Refund.objects.all():
        payments.send_refund(refund_id=refund.pk, at=AT)
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_the_call_the_webhook_and_the_reconciliation_bring_the_same_news(real: Deal) -> None:
    payment = real.start()
    Payment.objects.filter(pk=payment.pk).update(status="processing", processing_at=AT)
    answer = SandboxGateway().charge(key=payment.key, amount_yen=10_550, card_token=SUCCESS, at=AT)
    tell = lambda: payments.record_charge(payment_id=payment.pk, answer=answer, by=SYSTEM, at=AT)  # noqa: E731
    assert len(won(race(*[tell] * RACERS))) == RACERS
    assert real.balances() == {"psp_clearing": -10_550, "hold": 10_550}
    assert_clean()


def test_a_refund_sent_by_eight_jobs_goes_back_once(real: Deal) -> None:
    real.pay()
    escrow.refund(hold=real.hold, by=real.by_worker, at=AT)
    refund = Refund.objects.get()
    sent = won(race(*[lambda: payments.send_refund(refund_id=refund.pk, at=AT)] * RACERS))
    assert [row.status for row in sent] == ["settled"] * RACERS  # type: ignore[attr-defined]
    assert (sandbox.Refund.objects.count(), real.balances()) == (1, {})
    assert_clean()


def test_eight_open_the_same_hold(real: Deal) -> None:
    again = {
        "purpose": "milestone",
        "purpose_id": 77,
        "payer": real.client,
        "payee": real.worker,
        "quote": real.hold.terms,
        "by": real.by_client,
        "at": AT,
    }
    opened = won(race(*[lambda: escrow.open_hold(**again).pk] * RACERS))  # type: ignore[arg-type]
    assert len(opened) == RACERS
    assert len(set(opened)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger.account WHERE kind = 'hold'")
        assert cursor.fetchone() == (2,)
