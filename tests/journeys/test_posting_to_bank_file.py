"""One project all the way, day by day: posting, work, silence, closing, the bank's file, the bank's word.

Nobody presses anything that a timer does: the sweeper is run as it would be, and the ledger audited after each day.
"""

from datetime import date, datetime
from uuid import uuid4

import pytest

from nakadachi.config.sweeping import sweep
from nakadachi.kernel.calendar import JST
from nakadachi.market.contracts import queries as contracts
from nakadachi.money.ledger import checks, queries
from nakadachi.money.payments.actions import add_float
from nakadachi.money.payments.gateways.sandbox import payouts as provider
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import ClosingRun, Payout
from tests import cast, walk
from tests.cast import by
from tests.earners import with_account

pytestmark = pytest.mark.django_db


def day(month: int, number: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, number, hour, minute, tzinfo=JST)


def assert_clean() -> None:
    assert [str(offender) for offender in checks.run()] == []


def balances() -> dict[str, int]:
    return {row.account: row.balance_yen for row in queries.trial_balance() if row.balance_yen}


def test_from_posting_to_the_bank_file() -> None:
    hanako, minato, tanaka = cast.hanako(), cast.minato(), cast.tanaka()
    with_account(hanako)
    add_float(amount_yen=50_000, key=uuid4(), at=day(10, 1))

    contract = walk.agreed(at=day(10, 20))
    milestone = walk.milestone(contract)
    walk.pay(milestone, at=day(10, 21))
    assert_clean()
    hold = f"hold:{walk.milestone(contract).hold_id}"
    assert balances()[hold] == 10_550

    provider.pay_out(at=day(10, 23, 1))
    done = sweep(at=day(10, 23, 2))
    assert done["settlements posted"] == 1
    assert_clean()

    milestone = walk.deliver(walk.milestone(contract), files=[walk.upload()], at=day(10, 31))
    assert milestone.auto_accept_at == day(11, 14, 23, 59)
    sweep(at=day(11, 14, 23, 58))
    assert walk.milestone(contract).status == "delivered"
    done = sweep(at=day(11, 14, 23, 59))
    assert done["deliveries accepted after silence"] == 1
    assert contracts.contract_for(by(minato), contract.pk).status == "completed"
    assert balances()[f"member:{hanako.pk}"] == 8_350
    assert hold not in balances()
    assert_clean()

    done = sweep(at=day(11, 16, 0, 5))
    assert done["closing days that are over and closed"] == 1
    run = ClosingRun.objects.get(closes_on=date(2026, 11, 15))
    assert run.pays_on == date(2026, 11, 30)
    payout = Payout.objects.get()
    assert (payout.member_id, payout.amount_yen, payout.pays_yen) == (hanako.pk, 8_350, 8_350)
    assert_clean()

    staff = by(tanaka)
    run = payouts.make_file(run=run, by=staff, at=day(11, 27))
    text = payouts.file_bytes(run=run, by=staff).decode("cp932")
    assert "0000008350" in text
    payouts.mark_sent(run=run, bank_charge_yen=145, by=staff, at=day(11, 30))
    assert_clean()
    assert f"member:{hanako.pk}" not in balances()
    assert "payouts_in_transit" not in balances()
    assert Payout.objects.get().status == "sent"

    before = balances()
    sweep(at=day(11, 30, 12))
    assert balances() == before, "the same timers again add nothing"
    revenue = {name: before[name] for name in ("fee_revenue_worker", "fee_revenue_client", "consumption_tax_payable")}
    assert revenue == {"fee_revenue_worker": 1_500, "fee_revenue_client": 500, "consumption_tax_payable": 200}


def test_a_returned_transfer_comes_back_to_the_balance() -> None:
    hanako, staff = cast.hanako(), by(cast.tanaka())
    with_account(hanako)
    walk.accepted(at=day(11, 10))
    sweep(at=day(11, 16, 0, 5))
    run = ClosingRun.objects.latest("closes_on")
    run = payouts.make_file(run=run, by=staff, at=day(11, 27))
    payouts.mark_sent(run=run, bank_charge_yen=145, by=staff, at=day(11, 30))
    returned = payouts.mark_returned(payout=Payout.objects.get(), reason="口座番号の誤り", by=staff, at=day(12, 2))
    assert returned.status == "returned"
    assert balances()[f"member:{hanako.pk}"] == 8_350
    assert_clean()
