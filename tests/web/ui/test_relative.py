"""Time in words with the exact minute, in both languages, at the seconds around a deadline."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from nakadachi.kernel.calendar import JST
from nakadachi.web.ui import relative

DUE = datetime(2026, 11, 25, 23, 59, tzinfo=JST)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "japanese", "english"),
    [
        (DUE - timedelta(days=3), "あと3日(11月25日(水) 23:59まで)", "3 days left (until Wed 25 Nov 23:59)"),
        (DUE - timedelta(days=1), "あと1日(11月25日(水) 23:59まで)", "1 day left (until Wed 25 Nov 23:59)"),
        (DUE - SECOND, "今日まで(11月25日(水) 23:59)", "today (until Wed 25 Nov 23:59)"),
        (DUE, "1日過ぎています(11月25日(水) 23:59まで)", "1 day over (was Wed 25 Nov 23:59)"),
        (DUE + SECOND, "1日過ぎています(11月25日(水) 23:59まで)", "1 day over (was Wed 25 Nov 23:59)"),
        (DUE + timedelta(days=2), "2日過ぎています(11月25日(水) 23:59まで)", "2 days over (was Wed 25 Nov 23:59)"),
    ],
)
def test_how_long_still(now: datetime, japanese: str, english: str) -> None:
    with override("ja"):
        assert relative.until(DUE, now) == japanese
    with override("en"):
        assert relative.until(DUE, now) == english


@pytest.mark.parametrize(
    ("days", "japanese", "english"),
    [
        (0, "今日 23:59", "today 23:59"),
        (1, "昨日(11月25日(水) 23:59)", "yesterday (Wed 25 Nov 23:59)"),
        (2, "2日前(11月25日(水) 23:59)", "2 days ago (Wed 25 Nov 23:59)"),
        (60, "60日前(2026年11月25日(水) 23:59)", "60 days ago (Wed 25 Nov 2026 23:59)"),
    ],
)
def test_how_long_ago(days: int, japanese: str, english: str) -> None:
    now = DUE + timedelta(days=days)
    with override("ja"):
        assert relative.ago(DUE, now) == japanese
    with override("en"):
        assert relative.ago(DUE, now) == english


def test_a_day_of_another_year_carries_it() -> None:
    with override("ja"):
        assert relative.near_day(DUE, DUE) == "11月25日(水)"
        assert relative.near_day(DUE, DUE + timedelta(days=60)) == "2026年11月25日(水)"
        assert (relative.near_day(None, DUE), relative.until(None, DUE), relative.ago(None, DUE)) == ("", "", "")
