"""What a rulebook file may say, and the payout calendar with its legal limit."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from nakadachi.kernel.calendar import is_bank_day
from nakadachi.money.rulebook import BadRulebook, loading, payout_dates, preset

LANCERS = (Path(loading.__file__).parent / "presets" / "lancers.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    assert old in LANCERS
    return LANCERS.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (changed("[timers]", "[timers]\nauto_acept_days = 3"), "lancers.timers: unknown key auto_acept_days"),
        (changed('name = "', 'nome = "'), "lancers.name: a text is missing"),
        (changed("until = 2022-09-30", "until = 2022-10-01"), "lancers-tiers and lancers-2022-10 overlap"),
        (changed("until = 2022-09-30\n", ""), "overlap"),
        (changed('rounding = "half_up"', 'rounding = "nearest"'), "one of floor, half_up, ceil is expected"),
        (changed("rate_bps = 2000", "rate_bps = 20.0"), "a whole number is expected"),
        (changed("rate_bps = 2000", "rate_bps = 9000"), "a number from 0 to 5000 is expected"),
        (changed("up_to_yen = 100_000", "up_to_yen = 300_000"), "must rise"),
        (changed("{ rate_bps = 500 }", "{ up_to_yen = 900_000, rate_bps = 500 }"), "the last tier"),
        (changed("client = [{ rate_bps = 0 }]", "client = []"), "at least one row"),
        (
            changed(
                "closes_day = 15, pays_months_later = 0, pays_day = 31",
                "closes_day = 15, pays_months_later = 0, pays_day = 10",
            ),
            "after the closing",
        ),
        (changed("until = 2025-12-31", "until = 2026-01-01"), "overlap"),
        (changed("from = 2026-01-01", "from = 2026-01-01T00:00:00"), "a date without a time"),
        ("service = ", "not valid TOML"),
        (changed('id = "lancers-2022-10"', 'id = "lancers-tiers"'), "id of its own"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text: str, says: str) -> None:
    with pytest.raises(BadRulebook, match=says.replace("(", r"\(")):
        loading.parse(text, "lancers")


def test_the_longest_waiting_time_is_allowed_and_one_day_more_is_not() -> None:
    assert loading.parse(changed("auto_accept_days = 14", "auto_accept_days = 29"), "x").timers.auto_accept_days == 29
    with pytest.raises(BadRulebook, match="the longest allowed value is 29"):
        loading.parse(changed("auto_accept_days = 14", "auto_accept_days = 30"), "x")


def test_a_pay_day_that_moves_to_the_next_bank_day_shortens_the_waiting_time() -> None:
    later = changed('holiday_shift = "previous"', 'holiday_shift = "next"')
    calendar = loading.parse(later, "x").payout
    assert calendar.worst_lag_days == 36
    with pytest.raises(BadRulebook, match="the longest allowed value is 23"):
        loading.parse(later.replace("auto_accept_days = 14", "auto_accept_days = 24"), "x")


def test_closings_and_pay_days() -> None:
    assert payout_dates(date(2026, 11, 15)) == (date(2026, 11, 15), date(2026, 11, 30))
    assert payout_dates(date(2026, 11, 16)) == (date(2026, 11, 30), date(2026, 12, 15))
    assert payout_dates(date(2026, 12, 1)) == (date(2026, 12, 15), date(2026, 12, 30))
    assert payout_dates(date(2026, 12, 31)) == (date(2026, 12, 31), date(2027, 1, 15))
    assert payout_dates(date(2026, 1, 31)) == (date(2026, 1, 31), date(2026, 2, 13))


def test_over_years_every_pay_day_is_a_bank_day_within_thirty_days() -> None:
    first = date(2025, 1, 1)
    worst = 0
    for day in (first + timedelta(days=n) for n in range(1461)):
        closes_on, pays_on = payout_dates(day)
        assert day <= closes_on <= pays_on
        assert is_bank_day(pays_on)
        worst = max(worst, (pays_on - day).days)
    assert worst == preset("lancers").payout.worst_lag_days == 30


def test_silent_acceptance_still_pays_within_sixty_days_counting_the_day_of_receipt() -> None:
    timers, calendar = preset("lancers").timers, preset("lancers").payout
    for received_on in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        accepted_on = received_on + timedelta(days=timers.auto_accept_days)
        assert (calendar.dates(accepted_on)[1] - received_on).days + 1 <= 60


def test_the_operator_bears_the_transfer_fee_since_2026() -> None:
    calendar = preset("lancers").payout
    assert calendar.worker_fee_yen(date(2025, 12, 31), "0036") == 100
    assert calendar.worker_fee_yen(date(2025, 12, 31), "0001") == 500
    assert calendar.worker_fee_yen(date(2026, 1, 1), "0001") == 0


def test_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text(changed("auto_accept_days = 14", "auto_accept_days = 5"), encoding="utf-8")
    monkeypatch.setenv("NAKADACHI_RULEBOOK", str(own))
    assert loading.current().timers.auto_accept_days == 5
    monkeypatch.setenv("NAKADACHI_RULEBOOK", str(tmp_path / "none.toml"))
    with pytest.raises(BadRulebook, match="cannot be read"):
        loading.current()
