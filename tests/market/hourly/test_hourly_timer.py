"""The timer: one at a time, the server's clock, stopped by rule; times by hand and their trace."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import EntryTrace, TimeEntry
from tests import cast, hours
from tests.cast import by
from tests.hours import moment
from tests.market.state import fingerprint

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(act) -> str:
    """The code of the refusal; nothing may have changed."""
    before = fingerprint()
    with pytest.raises(Refused) as problem:
        act()
    assert fingerprint() == before
    return problem.value.refusal.code


def test_a_second_timer_and_the_same_form_again() -> None:
    one = hours.funded()
    key, worker = uuid4(), hours.worker_of(one)
    begin = {"engagement": one.engagement, "by": worker, "at": moment(9)}
    first = hourly.start(request_key=key, **begin)
    assert hourly.start(request_key=key, **begin).pk == first.pk
    assert refused(lambda: hourly.start(request_key=uuid4(), **begin)) == "timer_runs"
    stopped = hourly.stop(entry=first, by=worker, at=moment(9, 10))
    assert hourly.stop(entry=first, by=worker, at=moment(9, 12)).ended_at == stopped.ended_at == moment(9, 10)


def test_left_running_for_three_days_it_stops_after_ten_hours_and_says_so() -> None:
    one = hours.funded(hours=40)
    entry = hours.started(one.engagement, moment(9, 20))
    hours.let_pass(moment(12, 20))
    pieces = hours.lines(one)
    assert [(line.started_at, line.ended_at) for line in pieces] == [
        (moment(9, 20), moment(10, 0)),
        (moment(10, 0), moment(10, 6)),
    ]
    assert {line.cut for line in pieces} == {"forgotten"}
    assert refused(lambda: hourly.still_working(entry=entry, by=hours.worker_of(one), at=moment(12, 20))) == (
        "timer_stopped"
    )


def test_a_sign_keeps_it_running_and_the_limit_stops_it_to_the_minute() -> None:
    one = hours.funded()
    entry = hours.started(one.engagement, moment(9, 9, 0, second=30))
    hourly.still_working(entry=entry, by=hours.worker_of(one), at=moment(9, 16))
    hours.let_pass(moment(10, 12))
    (line,) = hours.lines(one)
    assert (line.ended_at, line.cut, line.minutes_at(moment(10))) == (moment(9, 17), "limit", 480)
    assert refused(lambda: hours.started(one.engagement, moment(10, 9))) == "week_full"


def test_ten_hours_are_counted_from_the_last_sign_and_not_from_the_start() -> None:
    one = hours.funded(hours=40)
    entry = hours.started(one.engagement, moment(9, 9))
    hourly.still_working(entry=entry, by=hours.worker_of(one), at=moment(9, 18))
    hours.let_pass(moment(9, 20))
    assert TimeEntry.objects.get().is_running
    hours.let_pass(moment(10, 4))
    assert [(line.ended_at, line.cut) for line in hours.lines(one)] == [
        (moment(10, 0), "forgotten"),
        (moment(10, 4), "forgotten"),
    ]


def test_a_time_by_hand_over_midnight_is_a_line_for_each_day_entered_or_changed() -> None:
    """A line lies within one day, so that every minute belongs to one day, one week, one month and one rate."""
    one = hours.funded()
    hours.entered(one, moment(9, 22, 30), moment(10, 1, 15), at=moment(10, 2))
    assert [(line.started_at, line.ended_at) for line in hours.lines(one)] == [
        (moment(9, 22, 30), moment(10, 0)),
        (moment(10, 0), moment(10, 1, 15)),
    ]
    first = hours.lines(one)[0]
    hourly.delete(entry=hours.lines(one)[1], by=hours.worker_of(one), at=moment(10, 2))
    times = {"started_at": moment(9, 23), "ended_at": moment(10, 0, 30), "memo": "", "at": moment(10, 3)}
    hourly.edit(entry=first, by=hours.worker_of(one), **times)
    kept = [line for line in hours.lines(one) if line.counts]
    assert [line.minutes_at(moment(11)) for line in kept] == [60, 30]
    assert {line.source for line in kept} == {"manual"}


def test_over_the_end_of_the_week_it_goes_on_in_the_next_that_is_paid_in() -> None:
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), at=moment(10))
    hours.started(one.engagement, moment(15, 22))
    hours.let_pass(moment(16, 1))
    running = TimeEntry.objects.get(ended_at=None)
    assert (running.started_at, running.week.monday) == (moment(16, 0), moment(16).date())
    (line,) = hours.lines(one)
    assert (line.ended_at, line.cut) == (moment(16, 0), "week")


@pytest.mark.parametrize("has_clock_come", [True, False])
def test_stopped_after_midnight_from_a_page_that_was_opened_before_it(has_clock_come: bool) -> None:
    """The page names the time of the old week: what runs on in the new one is meant, and not a minute is lost."""
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.pay(hours.week(one.engagement, 2), at=moment(10))
    done = hours.worked(one, moment(14, 9), moment(14, 10))
    shown, worker = hours.started(one.engagement, moment(15, 23)), hours.worker_of(one)
    if has_clock_come:
        hours.let_pass(moment(16, 0))
    hourly.still_working(entry=shown, by=worker, at=moment(16, 0, 20))
    hourly.stop(entry=done, by=worker, at=moment(16, 0, 25))
    assert TimeEntry.objects.filter(ended_at=None).count() == 1, "another line of that week stops nothing"
    for minute in (30, 31):
        stopped = hourly.stop(entry=shown, by=worker, at=moment(16, 0, minute))
    assert not TimeEntry.objects.filter(ended_at=None).exists()
    hours.let_pass(moment(16, 5))
    (line,) = hours.lines(hours.week(one.engagement, 2))
    assert (line.started_at, line.ended_at, line.cut) == (moment(16, 0), moment(16, 0, 30), "")
    assert [one.minutes_at(moment(16, 1)) for one in hours.lines(one)] == [60, 60]
    assert stopped.ended_at <= moment(16, 0, 30)


def test_stopped_late_where_the_next_week_is_not_paid_in_it_ends_with_the_week() -> None:
    one = hours.funded()
    entry = hours.started(one.engagement, moment(15, 23))
    stopped = hourly.stop(entry=entry, by=hours.worker_of(one), at=moment(16, 0, 30))
    assert (stopped.ended_at, stopped.cut) == (moment(16, 0), "week")
    assert TimeEntry.objects.count() == 1
    assert refused(lambda: hourly.still_working(entry=entry, by=hours.worker_of(one), at=moment(16, 0, 31))) == (
        "timer_stopped"
    )


@pytest.mark.parametrize(
    ("start", "end", "at", "code"),
    [
        (moment(9, 9), moment(9, 9), moment(9, 12), "ends_before"),
        (moment(9, 9), moment(9, 13), moment(9, 12), "in_future"),
        (moment(8, 23), moment(9, 1), moment(9, 12), "outside_week"),
        (moment(9, 0), moment(9, 9), moment(9, 12), "week_too_much"),
        (moment(9, 10), moment(9, 12), moment(9, 12), "time_overlaps"),
    ],
)
def test_times_that_cannot_be(start, end, at, code: str) -> None:
    one = hours.funded()
    hours.entered(one, moment(9, 11), moment(9, 11, 30), at=moment(9, 11, 30))
    assert refused(lambda: hours.entered(one, start, end, at=at)) == code


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (moment(9, 10), moment(9, 12), "time_overlaps"),
        (moment(9, 20), moment(9, 23), "in_future"),
        (moment(8, 23), moment(9, 1), "outside_week"),
        (moment(9, 10), moment(9, 9), "ends_before"),
    ],
)
def test_a_change_is_held_to_the_same_and_leaves_no_trace_when_refused(start, end, code: str) -> None:
    one = hours.funded()
    line = hours.entered(one, moment(9, 9), moment(9, 10))
    hours.entered(one, moment(9, 11), moment(9, 12))
    change = {"started_at": start, "ended_at": end, "memo": "直し", "by": hours.worker_of(one)}
    assert refused(lambda: hourly.edit(entry=line, at=moment(9, 22), **change)) == code
    assert not EntryTrace.objects.exists()


def test_a_week_is_told_from_its_first_moment_to_its_last() -> None:
    one = hours.funded()
    with pytest.raises(Refused) as caught:
        hours.entered(one, moment(8, 23), moment(9, 1), at=moment(9, 12))
    assert dict(caught.value.refusal.params) == {"first": "11/9 0:00", "last": "11/15 24:00"}


def test_time_under_a_running_timer_is_taken_for_every_contract_of_the_worker() -> None:
    one, other = hours.funded(), hours.funded(client=cast.sakura())
    hours.started(one.engagement, moment(9, 9))
    clash = (moment(9, 9, 10), moment(9, 9, 20))
    for week in (one, other):
        assert refused(lambda week=week: hours.entered(week, *clash, at=moment(9, 10))) == "time_overlaps"
    hours.entered(other, moment(9, 8), moment(9, 9), at=moment(9, 10))
    assert refused(lambda: hours.started(other.engagement, moment(9, 10))) == "timer_runs"


def test_without_money_nothing_starts() -> None:
    one = hours.week(hours.agreed())
    assert refused(lambda: hours.started(one.engagement, moment(9))) == "week_not_funded"
    assert refused(lambda: hours.entered(one, moment(9, 9), moment(9, 10))) == "week_not_funded"


def test_a_change_leaves_what_stood_there_and_counts_as_by_hand() -> None:
    one = hours.five_hours(hours.funded())
    line = hours.lines(one)[0]
    change = {"started_at": moment(9, 9), "ended_at": moment(9, 10), "memo": "半分", "by": hours.worker_of(one)}
    hourly.edit(entry=line, at=moment(9, 20), **change)
    hourly.edit(entry=line, at=moment(9, 21), **change)
    trace = EntryTrace.objects.get(entry=line)
    assert (trace.started_at, trace.ended_at, trace.memo) == (moment(9, 9), moment(9, 11), "商品登録")
    changed = TimeEntry.objects.get(pk=line.pk)
    assert (changed.source, changed.is_edited) == ("manual", True)
    hourly.delete(entry=line, by=hours.worker_of(one), at=moment(9, 22))
    hourly.delete(entry=line, by=hours.worker_of(one), at=moment(9, 23))
    assert EntryTrace.objects.filter(entry=line).count() == 2


def test_only_the_worker_records_and_strangers_see_nothing() -> None:
    one = hours.five_hours(hours.funded())
    line = hours.lines(one)[0]
    sakura, minato = by(cast.sakura()), hours.client_of(one)
    with pytest.raises(NotVisible):
        hourly.delete(entry=line, by=sakura, at=moment(10))
    with pytest.raises(NotVisible):
        hourly.delete(entry=line, by=minato, at=moment(10))
    start = {"engagement": one.engagement, "request_key": uuid4(), "at": moment(11)}
    assert refused(lambda: hourly.start(by=minato, **start)) == "hourly_not_worker"


def test_after_the_report_nothing_is_changed_and_it_is_reported_once() -> None:
    one = hours.reported()
    line, worker = hours.lines(one)[0], hours.worker_of(one)
    assert refused(lambda: hourly.delete(entry=line, by=worker, at=moment(15, 21))) == "week_closed"
    assert refused(lambda: hourly.report(week=one, by=worker, at=moment(15, 21))) == "week_not_open"
    assert refused(lambda: hours.entered(one, moment(11, 9), moment(11, 10), at=moment(15, 21))) == "week_closed"


def test_what_can_and_cannot_be_sent_back() -> None:
    one = hours.reported()
    line, client = hours.lines(one)[0], hours.client_of(one)

    now = moment(16, 10)

    def review(returned, at=now, actor=client):
        return lambda: hourly.review(week=one, returned=returned, by=actor, at=at)

    assert refused(review({line.pk: "  "})) == "return_reason_missing"
    assert refused(review({999_999: "理由"})) == "line_unknown"
    assert refused(review({line.pk: "理由"}, at=moment(23, 0))) == "review_over"
    assert refused(review({}, actor=hours.worker_of(one))) == "hourly_not_client"


def test_an_answered_line_cannot_be_sent_back_again() -> None:
    one = hours.answered()
    line = hours.lines(one)[1]
    again = {"week": one, "returned": {line.pk: "まだ長いです。"}, "by": hours.client_of(one), "at": moment(18)}
    assert refused(lambda: hourly.review(**again)) == "last_round"
    hourly.review(week=one, by=hours.client_of(one), at=moment(18))
    assert hours.week(one.engagement).approved_yen == 6_750


def test_ending_in_the_middle_of_a_week_pays_what_was_recorded_and_gives_the_rest_back() -> None:
    one = hours.five_hours(hours.funded())
    hours.started(one.engagement, moment(11, 9))
    worker = hours.worker_of(one)
    hourly.finish(engagement=one.engagement, reason="体調のため", by=worker, at=moment(11, 10))
    assert refused(lambda: hours.started(one.engagement, moment(11, 11))) == "hourly_stopped"
    again = {"engagement": one.engagement, "reason": "もう一度", "by": worker, "at": moment(11, 11)}
    assert refused(lambda: hourly.finish(**again)) == "hourly_stopped"
    hours.let_pass(moment(30))
    one = hours.week(one.engagement)
    assert (one.status, one.approved_minutes, one.hold.status, one.hold.balance_yen) == ("approved", 360, "split", 0)
    assert one.engagement.contract.status == "completed"
