"""Ordering again, notice, and answers to a change at the same moment: exactly one effect."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Terms, TermsChange
from nakadachi.market.monthly import actions
from nakadachi.money.payments.models import Refund
from tests import monthly, walk
from tests.cast import by
from tests.races.test_market_races import assert_clean
from tests.together import at_once

pytestmark = pytest.mark.races
LATER = walk.START + timedelta(days=60)


def test_two_presses_at_once_make_one_offer(committed_db: str) -> None:
    walk.accepted()
    before = Contract.objects.latest("pk")
    client = by(before.client)
    done = at_once(
        *[lambda: contracts.reorder(contract=before, request_key=uuid4(), by=client, at=LATER) for _ in range(2)]
    )
    assert sum(isinstance(one, Contract) for one in done) == 1
    assert "reorder_waits" in done
    assert Contract.objects.filter(reorder_of=before).count() == 1


def test_a_lower_price_agreed_twice_at_once_goes_back_once(committed_db: str) -> None:
    one = walk.funded()
    client, worker = by(one.contract.client), by(one.contract.worker)
    change = contracts.propose_change(
        contract=one.contract, prices={one.pk: 6_000}, reason="減", request_key=uuid4(), by=client, at=walk.START
    )
    at_once(*[lambda: contracts.accept_change(change=change, by=worker, at=walk.START) for _ in range(3)])
    assert list(Refund.objects.values_list("amount_yen", flat=True)) == [4_220]
    assert Terms.objects.count() == 2
    assert_clean()


def test_proposals_of_both_sides_at_once_leave_one_to_answer(committed_db: str) -> None:
    one = walk.funded()
    sides = [by(one.contract.client), by(one.contract.worker)]

    def propose(number: int) -> object:
        return contracts.propose_change(
            contract=one.contract,
            prices={one.pk: 6_000 + number},
            reason="相談",
            request_key=uuid4(),
            by=sides[number],
            at=walk.START,
        )

    done = at_once(lambda: propose(0), lambda: propose(1))
    assert sum(isinstance(made, TermsChange) for made in done) == 1
    assert "change_open" in done


def test_notice_of_both_sides_at_once_is_one(committed_db: str) -> None:
    contract = monthly.funded(starts_on=date(2026, 12, 15))
    at = walk.START + timedelta(days=48)
    givers = [by(contract.client), by(contract.worker)]
    done = at_once(
        *[
            lambda giver=giver: actions.give_notice(contract=contract, reason="終了", by=giver, at=at)
            for giver in givers
        ]
    )
    assert done.count("monthly_notice_given") == 1
    assert Refund.objects.count() == 1
    assert_clean()


def test_a_month_written_down_by_two_workers_at_once_is_one(committed_db: str) -> None:
    contract = monthly.funded(starts_on=date(2026, 12, 15))
    at = monthly.plan_of(contract).next_at
    done = at_once(*[lambda: actions.open_month(contract_id=contract.pk, at=at) for _ in range(3)])
    assert sorted(done) == [False, False, True]
    assert len(monthly.months_of(contract)) == 2
