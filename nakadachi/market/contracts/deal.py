"""取引期限, the deal deadline: a contract at which nothing happens ends by itself on a published day. Pure.

A project has a year from its agreement. Whatever takes the work on keeps at least some months ahead, and no agreed day
of delivery lies later than a month before. Work by the month has only the latter two: its months follow each other.
Work by the hour has none: its weeks decide themselves, and unpaid ones end it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from nakadachi.kernel.calendar import jst_date, months_later
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.timers import last_minute
from nakadachi.market.jobs.models import Job
from nakadachi.money import rulebook


def first(job_format: str, due_days: Iterable[date], at: datetime) -> datetime | None:
    """The deadline of a contract that is agreed now; None for work by the hour."""
    if job_format == Job.Format.HOURLY:
        return None
    years = rulebook.current().deal.years if job_format == Job.Format.PROJECT else 0
    return max(last_minute(months_later(jst_date(at), 12 * years)), at_least(due_days, at))


def at_least(due_days: Iterable[date], at: datetime) -> datetime:
    """Before this moment nothing ends by itself when something happens at `at`; `due_days` are agreed, not yet over."""
    rules = rulebook.current().deal
    days = [months_later(due_on, rules.notice_months) for due_on in due_days]
    return last_minute(max([months_later(jst_date(at), rules.event_months), *days]))


def told_on(ends_at: datetime) -> date:
    """The day on which both sides are told of a deadline."""
    return months_later(jst_date(ends_at), -rulebook.current().deal.notice_months)


def is_near(contract: Contract, at: datetime) -> bool:
    """True from the day on which both sides are told."""
    return contract.deal_ends_at is not None and jst_date(at) >= told_on(contract.deal_ends_at)
