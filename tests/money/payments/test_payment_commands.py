"""The commands of payments, and what the audit says about corrupted rows."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from nakadachi.infra import clock
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks
from nakadachi.money.payments.gateways.sandbox import models as sandbox
from nakadachi.money.payments.models import Payment, Refund, Settlement
from tests.money.conftest import Deal, assert_clean


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_float_books_the_operators_money_once_per_key(deal: Deal) -> None:
    key = str(uuid4())
    assert "¥50,000" in run("float", "５０，０００円", "--key", key)
    run("float", "50000", "--key", key)
    assert deal.balances() == {"bank_client_money": -50_000, "operator_capital": 50_000}


@pytest.mark.parametrize("amount", ["0", "1.5", "x", "1000000000000"])
def test_float_refuses_what_is_no_amount(deal: Deal, amount: str) -> None:
    with pytest.raises(CommandError):
        run("float", amount)
    assert deal.balances() == {}


def test_settle_and_reconcile(deal: Deal) -> None:
    deal.pay()
    sandbox.Charge.objects.update(made_at=clock.now())
    assert run("payments", "settle").strip() == "1"
    assert deal.balances() == {"bank_client_money": -10_170, "hold": 10_550, "psp_fee_expense": -380}
    assert run("payments", "reconcile").strip() == "0"
    assert_clean()


def test_the_periodic_jobs_run(deal: Deal) -> None:
    from nakadachi.money.payments import background
    from nakadachi.money.payments.gateways.sandbox import background as provider

    deal.pay()
    provider.pay_out(0)
    background.collect_settlements(0)
    background.reconcile(0)
    assert deal.balances() == {"bank_client_money": -10_170, "hold": 10_550, "psp_fee_expense": -380}


CORRUPTIONS = {
    "a hold that says it is released": (
        lambda: Hold.objects.update(status="released", settled_yen=10_550, released_yen=10_000, closed_at=clock.now()),
        {"holds", "escrow_liability"},
    ),
    "a hold that says less came in": (
        lambda: Hold.objects.update(client_pays_yen=10_549, funded_yen=10_549),
        {"holds", "escrow_liability"},
    ),
    "a payment that says it was declined": (
        lambda: Payment.objects.update(status="declined"),
        {"clearing", "provider"},
    ),
    "a payment of another amount": (lambda: Payment.objects.update(amount_yen=10_551), {"clearing", "provider"}),
    "a refund nobody booked": (
        lambda: Refund.objects.create(
            payment=Payment.objects.get(), amount_yen=1, key=uuid4(), sent_key=uuid4(), requested_at=clock.now()
        ),
        {"clearing"},
    ),
    "a settlement nobody booked": (
        lambda: Settlement.objects.create(
            gateway="sandbox",
            ref="st_0",
            settled_on=clock.now().date(),
            gross_yen=5,
            fee_yen=0,
            recorded_at=clock.now(),
        ),
        {"clearing", "provider"},
    ),
    "the provider lost a charge": (lambda: sandbox.Charge.objects.all().delete(), {"provider"}),
    "the provider took a yen more": (lambda: sandbox.Charge.objects.update(amount_yen=10_551), {"provider"}),
}


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_the_audit_finds(deal: Deal, what: str) -> None:
    deal.pay()
    assert_clean()
    corrupt, expected = CORRUPTIONS[what]
    corrupt()
    assert {offender.check for offender in checks.run()} == expected


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE escrow_hold SET released_yen = amount_yen + 1",
        "UPDATE escrow_hold SET refunded_yen = funded_yen + 1",
        "UPDATE escrow_hold SET status = 'released', closed_at = now()",
        "UPDATE escrow_hold SET status = 'unfunded'",
        "UPDATE escrow_hold SET payee_id = payer_id",
        "UPDATE payments_payment SET refunded_yen = amount_yen + 1",
        "UPDATE payments_payment SET amount_yen = 0",
        "UPDATE payments_payment SET gateway_ref = ''",
        "UPDATE sandbox_charge SET refunded_yen = amount_yen + 1",
        "DELETE FROM payments_hookreceipt",
    ],
)
def test_the_database_itself_refuses(deal: Deal, change: str) -> None:
    from django.db import DatabaseError, transaction

    deal.pay()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
