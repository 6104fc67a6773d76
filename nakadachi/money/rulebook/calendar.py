"""When confirmed rewards are closed and paid, and how long that can take at worst.

A run takes everything confirmed up to and including its closing day. Pay days that fall on a bank holiday move as the
operator decided; the worst lag counts that in, over a whole cycle of weekdays and leap years.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from nakadachi.kernel.calendar import bank_day_on_or_after, bank_day_on_or_before, end_of_month
from nakadachi.kernel.money import Yen

HolidayShift = Literal["previous", "next"]
Bearer = Literal["worker", "operator"]

PAY_WITHIN_DAYS = 60
"""Freelance Act Art. 4: paid within 60 days of receipt, the day of receipt counted as the first."""

_CYCLE_YEARS = range(2024, 2052)
"""28 years: every weekday meets every day of the year, leap days included."""


@dataclass(frozen=True, slots=True)
class Run:
    """One closing of each month; day 31 means the last day of the month."""

    closes_day: int
    pays_months_later: int
    pays_day: int

    def dates(self, year: int, month: int, shift: HolidayShift) -> tuple[date, date]:
        """Closing day and pay day of the run that closes in that month."""
        later = month - 1 + self.pays_months_later
        pays_on = _day(year + later // 12, later % 12 + 1, self.pays_day)
        moved_on = bank_day_on_or_before(pays_on) if shift == "previous" else bank_day_on_or_after(pays_on)
        return _day(year, month, self.closes_day), moved_on


def _day(year: int, month: int, day: int) -> date:
    last = end_of_month(date(year, month, 1))
    return last if day >= last.day else last.replace(day=day)


@dataclass(frozen=True, slots=True)
class TransferFee:
    """Who bears the bank's fee for a payout since a date, and what a worker who bears it is charged."""

    from_on: date | None
    until_on: date | None
    borne_by: Bearer
    reduced_bank_codes: tuple[str, ...]
    reduced_yen: Yen
    other_yen: Yen
    source: str


@dataclass(frozen=True, slots=True)
class PayoutCalendar:
    """Closings, pay days, the smallest payout, the fee for it, and how long payouts rest after a sensitive change."""

    minimum_yen: Yen
    hold_hours: int
    holiday_shift: HolidayShift
    runs: tuple[Run, ...]
    fees: tuple[TransferFee, ...]

    def dates(self, on: date) -> tuple[date, date]:
        """The closing that takes what is confirmed on that day, and the day it is paid."""
        following = end_of_month(on) + timedelta(days=1)
        months = ((on.year, on.month), (following.year, following.month))
        found = (run.dates(year, month, self.holiday_shift) for year, month in months for run in self.runs)
        return min(pair for pair in found if pair[0] >= on)

    def worker_fee_yen(self, on: date, bank_code: str) -> Yen:
        """What a payout to that bank costs the worker on that day: 0 while the operator bears it."""
        for fee in self.fees:
            if (fee.from_on or date.min) <= on <= (fee.until_on or date.max):
                return fee.reduced_yen if bank_code in fee.reduced_bank_codes else fee.other_yen
        return 0

    @property
    def worst_lag_days(self) -> int:
        """The longest time from a confirmation to its pay day: the day after a closing waits longest."""
        return _worst_lag_days(self)

    @property
    def auto_accept_days_max(self) -> int:
        """The longest waiting time after which silent acceptance still pays within the legal 60 days."""
        return PAY_WITHIN_DAYS - 1 - self.worst_lag_days


@lru_cache(maxsize=16)
def _worst_lag_days(calendar: PayoutCalendar) -> int:
    closings = sorted(_all_runs(calendar))
    return max((pays_on - (before_on + timedelta(days=1))).days for (before_on, _), (_, pays_on) in pairwise(closings))


def _all_runs(calendar: PayoutCalendar) -> Iterator[tuple[date, date]]:
    for year in _CYCLE_YEARS:
        for month in range(1, 13):
            for run in calendar.runs:
                yield run.dates(year, month, calendar.holiday_shift)
