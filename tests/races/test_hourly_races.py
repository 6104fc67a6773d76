"""Two tabs at the same moment: one timer, one report, one approval, every yen paid once."""

from functools import partial
from uuid import uuid4

import pytest

from nakadachi.kernel.actor import SYSTEM
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import EntryTrace, TimeEntry
from nakadachi.money.ledger import book, queries
from tests import hours
from tests.hours import moment
from tests.market.state import assert_clean
from tests.races.test_market_races import race

pytestmark = pytest.mark.races


def test_a_timer_started_in_eight_tabs_runs_once(committed_db: None) -> None:
    one = hours.funded()
    begin = partial(hourly.start, engagement=one.engagement, by=hours.worker_of(one), at=moment(9))
    outcomes = race(*[partial(begin, request_key=uuid4()) for _ in range(8)])
    assert outcomes == {"done": 1, "timer_runs": 7}
    assert TimeEntry.objects.filter(ended_at=None).count() == 1


def test_the_approval_and_silence_pay_once(committed_db: None) -> None:
    one = hours.reported()
    late = moment(23, 0)
    by_client = partial(hourly.review, week=one, by=hours.client_of(one), at=late)
    by_silence = partial(hourly.review, week=one, by=SYSTEM, at=late)
    outcomes = race(*[by_client, by_silence] * 4)
    assert outcomes == {"done": 1, "week_not_reported": 7}
    account = book.account_for("member", "member", one.engagement.contract.worker_id)
    assert queries.balance_yen(account) == 6_262
    assert_clean()


def test_a_report_and_a_change_do_not_mix(committed_db: None) -> None:
    one = hours.five_hours(hours.funded())
    line, worker = hours.lines(one)[0], hours.worker_of(one)
    at = moment(15, 20)
    times = {"started_at": moment(9, 9), "ended_at": moment(9, 10), "memo": "短く"}
    change = partial(hourly.edit, entry=line, by=worker, at=at, **times)
    report = partial(hourly.report, week=one, by=worker, at=at)
    outcomes = race(*[change, report] * 3)
    assert hours.week(one.engagement).status == "reported"
    was_first = EntryTrace.objects.filter(entry=line).exists()
    assert TimeEntry.objects.get(pk=line.pk).ended_at == (moment(9, 10) if was_first else moment(9, 11))
    assert sum(outcomes.values()) == 6
    assert outcomes["week_not_open"] == 2
