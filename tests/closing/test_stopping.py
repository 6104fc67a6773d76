"""Reserving to leave stops what renews itself; what runs goes on to its end, and the contracts close with it."""

from datetime import timedelta

import pytest

from nakadachi.closing.obstacles import obstacles_of
from nakadachi.closing.stopping import stop_renewals
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import WorkWeek
from nakadachi.money.ledger import checks
from tests import cast, hours, monthly
from tests.cast import by

pytestmark = pytest.mark.django_db


def stop(person, at):
    stop_renewals(member=person, by=by(person), at=at)


@pytest.mark.parametrize("side", ["client", "worker"])
def test_notice_is_given_of_months_that_run_and_only_once(side):
    contract = monthly.agreed()
    one = monthly.worked(contract, monthly.month(contract))
    at = one.accepted_at + timedelta(hours=1)
    person = getattr(contract, side)
    stop(person, at)
    plan = monthly.plan_of(contract)
    assert (plan.status in {"leaving", "stopped"}, plan.notice_by) == (True, person)
    stop(person, at + timedelta(days=1))
    assert monthly.plan_of(contract).notice_at == at


@pytest.mark.parametrize("side", ["client", "worker"])
def test_paid_weeks_go_on_no_week_follows_and_the_contract_ends_with_the_last(side):
    one = hours.five_hours(hours.funded())
    hours.let_pass(hours.moment(11, 9))
    of = hours.engagement(one.engagement.contract)
    assert WorkWeek.objects.filter(engagement=of).count() == 2
    stop(getattr(of.contract, side), hours.moment(11, 10))
    assert [week.status for week in WorkWeek.objects.filter(engagement=of).order_by("monday")] == ["open", "settled"]
    hours.worked(hours.week(of), hours.moment(12, 9), hours.moment(12, 10))
    hours.let_pass(hours.moment(30, 9))
    of = hours.engagement(of.contract)
    week = hours.week(of)
    assert (of.contract.status, week.status, week.approved_minutes) == ("completed", "approved", 360)
    assert week.hold.balance_yen == 0
    assert WorkWeek.objects.filter(engagement=of).count() == 2
    assert checks.run() == []


def test_work_by_the_hour_that_has_not_begun_ends_at_once():
    of = hours.agreed()
    stop(of.contract.client, hours.moment(3))
    assert hours.engagement(of.contract).contract.status == "ended"
    assert obstacles_of(of.contract.client, hours.moment(3)) == []


def test_no_further_week_twice_is_refused_and_others_may_not():
    one = hours.five_hours(hours.funded())
    of = one.engagement
    with pytest.raises(NotVisible):
        hourly.end_renewal(engagement=of, by=by(cast.sakura()), at=hours.moment(11))
    assert hours.engagement(of.contract).goes_on
    hourly.end_renewal(engagement=of, by=hours.client_of(one), at=hours.moment(11))
    with pytest.raises(Refused):
        hourly.end_renewal(engagement=of, by=hours.client_of(one), at=hours.moment(11))


def test_where_nothing_is_held_the_running_week_is_reported_and_owed():
    of = hours.agreed(holds_money=False)
    hours.five_hours(hours.week(of))
    stop(of.contract.worker, hours.moment(11))
    hours.let_pass(hours.moment(30))
    week = hours.week(of)
    assert (week.status, week.approved_minutes) == ("approved", 300)
