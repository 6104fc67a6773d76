"""Lost time is given back in whole days, a begun one included."""

from datetime import datetime, timedelta

import pytest

from nakadachi.kernel.calendar import JST, begun_days

SINCE = datetime(2026, 11, 2, 10, 30, tzinfo=JST)


@pytest.mark.parametrize(
    ("lost", "days"),
    [
        (timedelta(), 0),
        (timedelta(seconds=1), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=30, hours=23), 31),
    ],
)
def test_a_begun_day_is_a_day(lost: timedelta, days: int) -> None:
    assert begun_days(SINCE, SINCE + lost) == timedelta(days=days)
