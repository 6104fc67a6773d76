"""When things of a week happen by themselves, by the rulebook in force. Half-open: `at < deadline` is in time."""

from datetime import date, datetime, timedelta

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.timers import last_minute
from nakadachi.market.hourly import weeks
from nakadachi.money import rulebook


def report_by(monday: date) -> datetime:
    """What is recorded by then is reported by itself: the Monday after, 06:00."""
    return weeks.ends_at(monday) + timedelta(hours=rulebook.current().hourly.report_hours)


def review_by(monday: date, reported_at: datetime) -> datetime:
    """Silence approves: the second Sunday, 24:00; a report that was held up leaves nearly as long."""
    days = rulebook.current().hourly.review_days
    return max(weeks.ends_at(monday) + timedelta(days=days), reported_at + timedelta(days=days - 1))


def answer_by(at: datetime) -> datetime:
    """A line that was sent back at `at` and is not answered by then is taken out."""
    return last_minute(jst_date(at) + timedelta(days=rulebook.current().hourly.answer_days))


def last_review_by(at: datetime) -> datetime:
    """Silence approves what was answered at `at`."""
    return last_minute(jst_date(at) + timedelta(days=rulebook.current().hourly.last_review_days))


def pay_by(at: datetime) -> datetime:
    """Where nothing is held, what was approved at `at` is paid by then."""
    return last_minute(jst_date(at) + timedelta(days=rulebook.current().hourly.pay_days))


def timer_stops_at(seen_at: datetime) -> datetime:
    """A timer whose worker was last seen then is stopped."""
    return seen_at + timedelta(hours=rulebook.current().hourly.timer_hours_max)


def asks_at(seen_at: datetime) -> datetime:
    """From then on the page asks whether the work still goes on."""
    return seen_at + timedelta(hours=rulebook.current().hourly.question_hours)
