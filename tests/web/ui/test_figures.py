"""Figures read the same everywhere: yen, days and times in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from nakadachi.web.ui import figures

SUNDAY = date(2026, 11, 22)
JUST_BEFORE_MIDNIGHT_UTC = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount_yen", "written"),
    [(0, "¥0"), (1_234, "¥1,234"), (-4_950, "−¥4,950"), (100_000_000, "¥100,000,000"), (None, "")],
)
def test_yen(amount_yen: int | None, written: str) -> None:
    assert figures.yen(amount_yen) == written


@pytest.mark.parametrize(("rate_bps", "written"), [(1650, "16.5%"), (550, "5.5%"), (1000, "10%"), (1021, "10.21%")])
def test_percent(rate_bps: int, written: str) -> None:
    assert figures.percent(rate_bps) == written


def test_days_in_japanese() -> None:
    with override("ja"):
        assert figures.long_day(SUNDAY) == "2026年11月22日(日)"
        assert figures.short_day(SUNDAY) == "11月22日(日)"
        assert figures.day_and_time(JUST_BEFORE_MIDNIGHT_UTC) == "2026年11月22日(日) 08:30"


def test_days_in_english() -> None:
    with override("en"):
        assert figures.long_day(SUNDAY) == "Sun 22 Nov 2026"
        assert figures.short_day(SUNDAY) == "Sun 22 Nov"
        assert figures.day_and_time(JUST_BEFORE_MIDNIGHT_UTC) == "Sun 22 Nov 2026 08:30"


def test_nothing_is_written_for_nothing() -> None:
    assert figures.long_day(None) == figures.short_day(None) == figures.day_and_time(None) == ""


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 27), "残り5日"),
        (date(2026, 11, 22), "本日まで"),
        (date(2026, 11, 21), "募集終了"),
    ],
)
def test_days_left_are_japanese_days(day: date, written: str) -> None:
    with override("ja"):
        assert figures.days_left(day, JUST_BEFORE_MIDNIGHT_UTC) == written


@pytest.mark.parametrize(("size_bytes", "written"), [(0, "0 B"), (48_200, "48 KB"), (18_400_000, "18.4 MB")])
def test_sizes(size_bytes: int, written: str) -> None:
    assert figures.size(size_bytes) == written
