"""Minutes and money by the clock: cutting, counting, rounding; pure, so by many random cases."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.minutes import RateFrom, count, full_at, pay, rate_on

moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)).map(lambda one: one.replace(tzinfo=JST))
spans = st.tuples(moments, st.timedeltas(timedelta(0), timedelta(days=3)))


@given(spans)
def test_the_pieces_of_a_span_count_as_much_as_the_whole(span) -> None:
    start, length = span
    pieces = list(weeks.cut_at_midnights(start, start + length))
    assert sum(count(*piece) for piece in pieces) == count(start, start + length)
    assert all(jst_date(first) == jst_date(last - timedelta(microseconds=1)) for first, last in pieces)
    assert all(one[1] == other[0] for one, other in pairwise(pieces))


@given(moments, st.integers(1, 3_000))
def test_the_limit_is_reached_at_the_first_moment_that_counts_so_much(start: datetime, minutes: int) -> None:
    full = full_at(start, minutes)
    assert count(start, full) == minutes
    assert count(start, full - timedelta(microseconds=1)) == minutes - 1


@given(st.lists(st.tuples(st.integers(100, 20_000), st.integers(0, 3_000)), max_size=8))
def test_a_week_is_rounded_once_and_never_by_more_than_half_a_yen(worked: list[tuple[int, int]]) -> None:
    exact = sum(rate * minutes for rate, minutes in worked)
    assert abs(60 * pay(worked) - exact) <= 30


@pytest.mark.parametrize(
    ("rate_yen", "minutes", "expected_yen"), [(1_500, 300, 7_500), (1_500, 1, 25), (1_001, 30, 501), (1_000, 1, 17)]
)
def test_rate_times_minutes(rate_yen: int, minutes: int, expected_yen: int) -> None:
    assert pay([(rate_yen, minutes)]) == expected_yen


@pytest.mark.parametrize("last", [date(2027, 2, 28), date(2028, 2, 29), date(2026, 11, 30), date(2026, 12, 31)])
def test_across_the_end_of_a_month_every_minute_is_counted_once(last: date) -> None:
    start = datetime(last.year, last.month, last.day, 23, 30, 15, tzinfo=JST)
    before, after = weeks.cut_at_midnights(start, start + timedelta(hours=1))
    assert (count(*before), count(*after)) == (30, 30)
    assert jst_date(before[0]) == last
    assert jst_date(after[0]) == last + timedelta(days=1)


@given(moments)
def test_every_moment_lies_in_its_week(moment: datetime) -> None:
    monday = weeks.monday_at(moment)
    assert monday.weekday() == 0
    assert weeks.begins_at(monday) <= moment < weeks.ends_at(monday)


def test_the_rate_of_a_day_is_the_last_that_has_begun() -> None:
    steps = [RateFrom(date(2026, 11, 9), 1_500), RateFrom(date(2026, 12, 7), 1_800)]
    days = [date(2026, 11, 9), date(2026, 12, 6), date(2026, 12, 7)]
    assert [rate_on(steps, day) for day in days] == [1_500, 1_500, 1_800]
