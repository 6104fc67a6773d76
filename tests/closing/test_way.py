"""The way out: the latest date on the critical path, down to the day on which the last reward reaches the bank."""

from datetime import date, timedelta

import pytest

from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.way import way_of
from nakadachi.kernel.calendar import jst_date
from nakadachi.money import rulebook
from tests import cast, earners, hours, walk
from tests.closing.states import AT, LATER, disputed

pytestmark = pytest.mark.django_db


def way(member, at=LATER):
    return way_of(obstacles_of(member, at), at)


def test_with_nothing_in_the_way_it_is_over_today():
    assert way(cast.sakura()).steps == ()
    assert way(cast.sakura()).over_on == jst_date(LATER)


def test_what_is_ones_own_turn_is_reckoned_as_done_today():
    sent = walk.proposal()
    found = way(sent.worker)
    assert [(step.code, step.who, step.on, step.count) for step in found.steps] == [
        ("proposal.open", "you", jst_date(LATER), 1)
    ]
    assert found.over_on == jst_date(LATER)


def test_a_delivery_then_the_run_that_takes_the_reward_then_its_pay_day():
    one = walk.delivered()
    accepted_on = jst_date(one.auto_accept_at)
    _closes_on, pays_on = rulebook.payout_dates(accepted_on)
    found = way(one.contract.worker)
    assert [(step.code, step.who, step.on) for step in found.steps] == [
        ("delivery.waiting", "other", accepted_on),
        ("payout.arrives", "bank", pays_on),
    ]
    assert found.over_on == pays_on > accepted_on
    assert way(one.contract.client).over_on == jst_date(LATER)


def test_a_balance_of_any_size_goes_with_the_next_run():
    one = walk.accepted((1_000,))
    worker = one.contract.worker
    earners.with_account(worker, at=AT)
    found = way(worker)
    pays_on = rulebook.payout_dates(jst_date(LATER))[1]
    assert [(step.code, step.on, step.amount_yen) for step in found.steps][-1] == ("payout.arrives", pays_on, 835)
    assert found.over_on == pays_on


def test_several_of_a_kind_are_one_step_with_the_last_day_and_the_sum():
    client = cast.minato()
    for _ in range(2):
        walk.funded()
    later = walk.funded(at=AT + timedelta(days=40))
    step = way(client, AT + timedelta(days=41)).steps[-1]
    assert (step.code, step.count, step.amount_yen) == ("escrow.idle", 3, 30_000)
    assert step.on == jst_date(later.contract.deal_ends_at)


def test_unknown_only_while_something_truly_has_no_day():
    contract = disputed()
    found = way(contract.worker)
    assert (found.over_on, [step.code for step in found.unknown]) == (None, ["escrow.frozen"])


def test_a_working_week_is_over_when_silence_approves_and_the_reward_has_arrived():
    one = hours.reported()
    at = hours.moment(16, 9)
    found = way(one.engagement.contract.worker, at)
    week = hours.week(one.engagement)
    approved_on = jst_date(week.act_by)
    assert date(2026, 11, 16) < approved_on
    assert found.over_on == rulebook.payout_dates(approved_on)[1]
