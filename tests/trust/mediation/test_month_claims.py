"""Mediation about a month of a monthly contract: only that month stands still, the others go on by their dates."""

from datetime import date, datetime, timedelta

import pytest

from nakadachi.infra import timers
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.monthly import actions as monthly_actions
from nakadachi.money.escrow.models import HELD, Hold
from nakadachi.trust.mediation import actions
from nakadachi.trust.mediation.models import Case
from tests import cast, monthly, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint
from tests.trust.mediation import stages

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)


def noon(day: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=JST)


def month_of(case: Case) -> Milestone:
    return Milestone.objects.select_related("hold", "contract").get(hold=case.hold)


def held_yen() -> int:
    return sum(hold.rest_yen for hold in Hold.objects.filter(status__in=HELD))


def claimed(*, delivered: bool) -> tuple[Contract, Case]:
    """December is paid in, perhaps delivered, and then the client asks for a mediation."""
    contract = monthly.funded(starts_on=FIRST)
    if delivered:
        walk.deliver(monthly.month(contract), at=noon(20))
    return contract, stages.claim(monthly.month(contract), at=noon(21))


def test_the_next_month_is_prepared_paid_and_worked_meanwhile() -> None:
    contract, case = claimed(delivered=True)
    case = stages.offer(case, cast.minato(), 30_001, at=noon(21))
    january = monthly.next_month(contract)
    walk.pay(january, at=noon(22))
    case = stages.offer(case, cast.hanako(), 20_000, at=noon(23))
    assert case.status == "closed"
    assert month_of(case).hold.released_yen == 25_000, "the middle, and of the odd yen nothing is made"
    monthly.worked(contract, monthly.month(contract, 2))
    contract.refresh_from_db()
    assert contract.status == "active", "a month that was divided ends none of the others"
    assert_clean()


def test_silence_about_what_was_delivered_pays_it() -> None:
    contract, case = claimed(delivered=True)
    timers.play(until=noon(31, 12, 2027))
    assert month_of(case).hold.released_yen == 50_000
    contract.refresh_from_db()
    assert (contract.is_over, held_yen()) == (True, 0)
    assert_clean()


def test_silence_about_what_was_not_delivered_gives_it_back() -> None:
    contract, case = claimed(delivered=False)
    timers.play(until=noon(31, 12, 2027))
    hold = month_of(case).hold
    assert (hold.status, hold.released_yen, hold.refunded_yen) == ("refunded", 0, 52_750)
    contract.refresh_from_db()
    assert (contract.is_over, held_yen()) == (True, 0)
    assert_clean()


@pytest.mark.parametrize("delivered", [False, True])
def test_a_notice_leaves_the_month_that_stands_still_as_it_is(*, delivered: bool) -> None:
    contract, case = claimed(delivered=delivered)
    monthly_actions.give_notice(contract=contract, reason="学業のため", by=by(cast.hanako()), at=noon(22))
    month = month_of(case)
    assert (month.amount_yen, month.is_frozen, month.hold.rest_yen) == (50_000, True, 50_000)
    case = stages.decided(case, worker_amount_yen=12_345)
    timers.play(until=noon(31, 12, 2027))
    assert month_of(case).hold.released_yen == 12_345
    contract.refresh_from_db()
    assert (contract.is_over, held_yen()) == (True, 0)
    assert_clean()


def test_neither_side_accepts_hands_back_or_claims_twice_meanwhile() -> None:
    _, case = claimed(delivered=True)
    month, client, worker, at = month_of(case), by(cast.minato()), by(cast.hanako()), noon(22)
    before = fingerprint()
    for act in (
        lambda: contracts.accept(milestone=month, by=client, at=at),
        lambda: contracts.hand_back(milestone=month, by=worker, at=at),
        lambda: stages.claim(month, who=cast.hanako(), at=at),
    ):
        with pytest.raises(Refused):
            act()
        assert fingerprint() == before


def test_a_claim_that_is_taken_back_lets_the_month_go_on() -> None:
    contract, case = claimed(delivered=True)
    actions.withdraw(case=case, by=by(cast.minato()), at=noon(23))
    month = month_of(case)
    assert (month.status, month.is_frozen) == ("delivered", False)
    timers.play(until=month.auto_accept_at + timedelta(minutes=1))
    assert month_of(case).hold.released_yen == 50_000
    assert_clean()
    contract.refresh_from_db()
    assert contract.status == "active"
