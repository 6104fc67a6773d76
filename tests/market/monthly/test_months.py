"""The calendar of months: no gap, no overlap, no drift, and every part adds up, for every anchor from 2025 to 2032."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakadachi.kernel.calendar import end_of_month, months_later
from nakadachi.market.monthly import months
from nakadachi.market.monthly.months import Period

DAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))
ANCHORS = st.integers(1, 31)
DAY = timedelta(days=1)
MONTH_ENDS = sorted({end_of_month(date(2025, 1, 1) + timedelta(days=n)) for n in range(8 * 366)})


def follow(starts_on: date, anchor_day: int, count: int, ends_on: date | None = None) -> list[Period]:
    found: list[Period] = []
    from_on = starts_on
    while len(found) < count and (ends_on is None or from_on <= ends_on):
        found.append(months.month_from(from_on, anchor_day, ends_on))
        from_on = found[-1].to_on + DAY
    return found


@pytest.mark.parametrize("anchor_day", [28, 29, 30, 31])
@pytest.mark.parametrize("month_end", MONTH_ENDS)
def test_around_every_month_end_months_begin_on_their_anchor_or_the_last_day(month_end, anchor_day):
    begins = months.begins_on_or_before(month_end, anchor_day)
    assert begins == month_end.replace(day=min(anchor_day, month_end.day))
    following = months.begins_after(month_end, anchor_day)
    assert following.day == min(anchor_day, end_of_month(following).day)
    assert (following.year * 12 + following.month) - (begins.year * 12 + begins.month) == 1


@given(starts_on=DAYS, anchor_day=ANCHORS)
def test_months_follow_each_other_without_gap_and_never_drift(starts_on, anchor_day):
    found = follow(starts_on, anchor_day, 30)
    assert found[0].from_on == starts_on
    for earlier, later in pairwise(found):
        assert later.from_on == earlier.to_on + DAY
        assert later.from_on.day == min(anchor_day, end_of_month(later.from_on).day)
    assert all(28 <= period.days <= 31 for period in found[1:])
    assert 1 <= found[0].days <= 31
    assert months.anchored(found[-1].from_on.year, found[-1].from_on.month, anchor_day) == found[-1].from_on


@given(starts_on=DAYS, anchor_day=ANCHORS, length=st.integers(0, 400))
def test_the_last_month_ends_on_the_last_day_and_nothing_comes_after(starts_on, anchor_day, length):
    ends_on = starts_on + timedelta(days=length)
    found = follow(starts_on, anchor_day, 1_000, ends_on)
    assert sum(period.days for period in found) == length + 1
    assert found[-1].to_on == ends_on


@given(day=DAYS, anchor_day=ANCHORS, month_yen=st.integers(3_100, 10_000_000), data=st.data())
def test_the_parts_of_a_month_add_up_to_its_sum(day, anchor_day, month_yen, data):
    whole = months.whole_month(day, anchor_day)
    cuts = data.draw(st.sets(st.integers(1, whole.days - 1), max_size=6))
    edges = [0, *sorted(cuts), whole.days]
    parts = [
        Period(whole.from_on + timedelta(days=low), whole.from_on + timedelta(days=high - 1))
        for low, high in pairwise(edges)
    ]
    shares = [months.pro_rata_yen(month_yen, part, anchor_day) for part in parts]
    assert sum(shares) == month_yen
    for part, share_yen in zip(parts, shares, strict=True):
        assert share_yen > 0
        assert abs(share_yen - month_yen * part.days / whole.days) <= 1


@given(day=DAYS, anchor_day=ANCHORS, month_yen=st.integers(3_100, 10_000_000))
def test_a_month_cut_short_costs_what_a_part_from_its_beginning_costs(day, anchor_day, month_yen):
    whole = months.whole_month(day, anchor_day)
    part = Period(whole.from_on, day)
    assert months.share_yen(month_yen, part, whole) == months.pro_rata_yen(month_yen, part, anchor_day)


@given(starts_on=DAYS, count=st.integers(0, 60))
def test_so_many_months_later_is_that_many_calendar_months_later(starts_on, count):
    later = months_later(starts_on, count)
    assert (later.year * 12 + later.month) - (starts_on.year * 12 + starts_on.month) == count
    assert later.day == min(starts_on.day, end_of_month(later).day)


@pytest.mark.parametrize(
    ("starts_on", "anchor_day", "expected"),
    [
        (date(2027, 1, 31), 31, ["0131-0227", "0228-0330", "0331-0429", "0430-0530", "0531-0629"]),
        (date(2028, 1, 30), 30, ["0130-0228", "0229-0329", "0330-0429"]),
        (date(2026, 11, 15), 1, ["1115-1130", "1201-1231", "0101-0131"]),
        (date(2026, 12, 15), 15, ["1215-0114", "0115-0214"]),
    ],
)
def test_examples(starts_on, anchor_day, expected):
    found = follow(starts_on, anchor_day, len(expected))
    assert [f"{period.from_on:%m%d}-{period.to_on:%m%d}" for period in found] == expected


def test_a_part_month_of_the_worked_example():
    part = Period(date(2026, 11, 15), date(2026, 11, 30))
    assert months.pro_rata_yen(50_000, part, 1) == 26_667
    rest = Period(date(2026, 11, 1), date(2026, 11, 14))
    assert months.pro_rata_yen(50_000, rest, 1) == 23_333


@pytest.mark.parametrize(
    ("notice_on", "agreed_days", "days"),
    [
        (date(2027, 6, 14), 14, 14),
        (date(2027, 6, 15), 14, 30),
        (date(2027, 6, 15), 45, 45),
        (date(2029, 1, 1), 1, 30),
        (date(2026, 12, 20), 45, 45),
    ],
)
def test_notice_is_thirty_days_from_six_months_on(notice_on, agreed_days, days):
    starts_on = date(2026, 12, 15)
    found = months.notice_days(starts_on, notice_on, agreed_days=agreed_days, long_after_months=6, long_days=30)
    assert found == days
