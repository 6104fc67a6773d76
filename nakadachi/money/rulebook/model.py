"""The shapes of a rulebook. Values only: they are read by `loading`, used by `quoting`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nakadachi.kernel.money import BPS_WHOLE, Bps, Rounding, Yen, divide, tax_inside
from nakadachi.money.rulebook.calendar import PayoutCalendar

Base = Literal["with_tax", "without_tax"]


class BadRulebook(ValueError):
    """A rulebook file is wrong; the message names the place and what would be right."""


class NoRule(LookupError):
    """Nothing is recorded for that service, format or date."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate for the part of an amount up to `up_to_yen`; None: for all that is above the tier before."""

    up_to_yen: Yen | None
    rate_bps: Bps


Tiers = tuple[Tier, ...]


def marginal(amount_yen: Yen, tiers: Tiers, rounding: Rounding) -> Yen:
    """Each slice of the amount at its own rate, the sum rounded once."""
    numerator = 0
    floor_yen = 0
    for tier in tiers:
        ceiling_yen = amount_yen if tier.up_to_yen is None else min(amount_yen, tier.up_to_yen)
        numerator += max(0, ceiling_yen - floor_yen) * tier.rate_bps
        floor_yen = max(floor_yen, ceiling_yen)
    return divide(numerator, BPS_WHOLE, rounding)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; None: open."""

    from_on: date | None
    until_on: date | None

    def __contains__(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)

    def overlaps(self, other: "Period") -> bool:
        """True when some day lies in both."""
        return (self.from_on or date.min) <= (other.until_on or date.max) and (other.from_on or date.min) <= (
            self.until_on or date.max
        )


@dataclass(frozen=True, slots=True)
class FormatFees:
    """The fees of one format: of which base, by which tiers, rounded how. Rates and fees are tax-included."""

    base: Base
    rounding: Rounding
    worker: Tiers
    client: Tiers


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """The fees of all formats during one period, and where it was published."""

    id: str
    period: Period
    source: str
    formats: dict[str, FormatFees]


@dataclass(frozen=True, slots=True)
class Timers:
    """Waiting times that end in an effect."""

    auto_accept_days: int
    offer_answer_days: int
    change_answer_days: int
    end_answer_days: int
    proposal_answer_days: int


@dataclass(frozen=True, slots=True)
class TaskRules:
    """First-come work. An answer is approved by silence `approve_days` after the last day of its task, and at the
    latest `answer_approve_days` after it came; of what is done, `rejections_bps` may be rejected, at least
    `rejections_min`. A rejection is final after `appeal_days`; an appeal is decided within `decision_days`, else the
    worker is paid. A place is kept for `reservation_factor` times the estimated time, within two bounds."""

    approve_days: int
    answer_approve_days: int
    appeal_days: int
    decision_days: int
    rejections_min: int
    rejections_bps: Bps
    reservation_factor: int
    reservation_minutes_min: int
    reservation_minutes_max: int


@dataclass(frozen=True, slots=True)
class HourlyRules:
    """Work by the hour, in weeks. A week is reported so many hours after it ends and approved so many days after;
    what was sent back is answered, and looked at once more, within further days. Where nothing is held, the client pays
    within `pay_days` of the approval. After `skips_max` unpaid or idle weeks in a row the contract ends. A timer
    without a sign of its worker asks after `question_hours` and stops after `timer_hours_max`."""

    report_hours: int
    review_days: int
    answer_days: int
    last_review_days: int
    pay_days: int
    skips_max: int
    timer_hours_max: int
    question_hours: int

    @property
    def longest_days(self) -> int:
        """From the end of a week until its last line is decided, whoever is silent."""
        return self.review_days + self.answer_days + self.last_review_days


@dataclass(frozen=True, slots=True)
class MonthlyRules:
    """Work by the month: written down `ahead_days` before it begins; not begun when unpaid `start_days` after that.

    Notice is as agreed (`notice_days` unless they say otherwise), and once it has run for so many months at least
    `long_notice_days`.
    """

    ahead_days: int
    start_days: int
    notice_days: int
    long_after_months: int
    long_notice_days: int


@dataclass(frozen=True, slots=True)
class Reminders:
    """How many days before a date, or after a beginning, members are reminded."""

    inspection_days: int
    offer_days: int
    funding_days: int
    month_days: int


@dataclass(frozen=True, slots=True)
class Deal:
    """取引期限: a contract at which nothing happens ends `years` after its agreement. Every step that takes the work on
    keeps `event_months` ahead of it; both sides are told `notice_months` before, and no agreed day lies behind that.
    """

    years: int
    event_months: int
    notice_months: int


@dataclass(frozen=True, slots=True)
class Silence:
    """After how many days without a word a sign of life is asked for, and how long the other side has for it; after
    how many days of waiting a friendly word can be sent, and how many days apart."""

    nudge_after_days: int
    nudge_hours: int
    prompt_after_days: int
    prompt_again_days: int


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages: how long one can write after the work, when unread ones are mailed, how long one can be taken back."""

    open_days: int
    tell_minutes: int
    take_back_minutes: int


@dataclass(frozen=True, slots=True)
class Mediation:
    """How many days each stage of a mediation lasts, and how many sealed offers each side has."""

    talk_days: int
    ruling_days: int
    appeal_days: int
    second_ruling_days: int
    offers_max: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """退会: so many days after an account has closed its member can undo it; then personal data is erased."""

    undo_days: int


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One row of a tax table, valid until the next row."""

    from_on: date
    tiers: Tiers
    source: str


@dataclass(frozen=True, slots=True)
class TaxTables:
    """The country's tables: consumption tax, and withholding on rewards."""

    consumption_tax: tuple[DatedRate, ...]
    withholding: tuple[DatedRate, ...]

    def tax_bps(self, on: date) -> Bps:
        """The standard rate of consumption tax on a day."""
        return _row(self.consumption_tax, on, "consumption tax").tiers[0].rate_bps

    def withholding_tiers(self, on: date) -> Tiers:
        """The marginal rates of withholding on a day."""
        return _row(self.withholding, on, "withholding").tiers


def _row(rows: tuple[DatedRate, ...], on: date, what: str) -> DatedRate:
    for row in reversed(rows):
        if row.from_on <= on:
            return row
    raise NoRule(f"no {what} rate is recorded for {on.isoformat()}")


def base_of(amount_yen: Yen, base: Base, tax_bps: Bps) -> Yen:
    """The amount itself, or the amount without the consumption tax in it."""
    return amount_yen if base == "with_tax" else amount_yen - tax_inside(amount_yen, tax_bps)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All decisions for one service."""

    service: str
    name: str
    amount_minimum_yen: Yen
    revisions_max: int
    timers: Timers
    tasks: TaskRules
    hourly: HourlyRules
    monthly: MonthlyRules
    reminders: Reminders
    talk: Talk
    silence: Silence
    deal: Deal
    mediation: Mediation
    leaving: Leaving
    payout: PayoutCalendar
    fees: tuple[FeeSchedule, ...]
    taxes: TaxTables

    def schedule(self, on: date) -> FeeSchedule:
        """The fee schedule of a day."""
        for schedule in self.fees:
            if on in schedule.period:
                return schedule
        raise NoRule(f"no fee schedule of {self.service} is recorded for {on.isoformat()}")

    @property
    def formats(self) -> tuple[str, ...]:
        """Every format that some schedule prices, in the order of the file."""
        return tuple(dict.fromkeys(name for schedule in self.fees for name in schedule.formats))
