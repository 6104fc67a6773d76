"""Who may do what with hourly work and when. Pages ask the same functions to show their buttons."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from nakadachi.infra.days import long_day
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import end_of_day, jst, jst_date, start_of_day
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, Refusal
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.policy import is_party
from nakadachi.market.contracts.refusals import NOT_PARTY
from nakadachi.market.hourly import refusals as no
from nakadachi.market.hourly import weeks
from nakadachi.market.hourly.billing import minutes_of
from nakadachi.market.hourly.minutes import HOUR, count, whole_minute
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.market.jobs.models import HOURS_PER_WEEK_MAX
from nakadachi.money.escrow.policy import FROZEN

START_WITHIN_DAYS = 180


def hours_refusal(hours: int, most: int = HOURS_PER_WEEK_MAX) -> Refusal | None:
    """Whole hours a week, within bounds."""
    return None if 1 <= hours <= most else no.HOURS_OUTSIDE.with_params(most=most)


def start_refusal(starts_on: date, today: date) -> Refusal | None:
    """The first day lies ahead, or is today."""
    if starts_on < today:
        return no.START_PAST
    is_near = starts_on <= today + timedelta(days=START_WITHIN_DAYS)
    return None if is_near else no.START_TOO_LATE.with_params(days=START_WITHIN_DAYS)


def worker_refusal(actor: Actor, contract: Contract) -> Refusal | None:
    """Only the worker."""
    return None if actor.is_member(contract.worker_id) else no.NOT_WORKER


def client_refusal(actor: Actor, contract: Contract) -> Refusal | None:
    """Only the client."""
    return None if actor.is_member(contract.client_id) else no.NOT_CLIENT


# Recording. `week.engagement.contract` and `week.hold` are loaded.


def can_record(actor: Actor, week: WorkWeek | None, engagement: Engagement) -> Refusal | None:
    """The worker, in a week that is paid in and not reported."""
    contract = engagement.contract
    if refusal := worker_refusal(actor, contract):
        return refusal
    if contract.status != Contract.Status.ACTIVE:
        return no.NOT_ACTIVE
    if week is None:
        return _not_yet(engagement)
    if week.status == WorkWeek.Status.SKIPPED:
        return no.WEEK_NOT_BEGUN
    if week.status != WorkWeek.Status.OPEN:
        return no.WEEK_CLOSED
    if week.is_frozen:
        return FROZEN
    return None if week.is_funded or not engagement.holds_money else no.WEEK_NOT_FUNDED


def _not_yet(engagement: Engagement) -> Refusal:
    return no.WEEK_NOT_YET.with_params(day=long_day(engagement.starts_on))


def can_start(
    actor: Actor, week: WorkWeek | None, engagement: Engagement, entries: Iterable[TimeEntry], at: datetime
) -> Refusal | None:
    """As `can_record`, now, while hours are left."""
    if refusal := worker_refusal(actor, engagement.contract):
        return refusal
    if engagement.stops_at is not None and at >= engagement.stops_at:
        return no.STOPPED
    if at < start_of_day(engagement.starts_on):
        return _not_yet(engagement)
    if refusal := can_record(actor, week, engagement):
        return refusal
    assert week is not None
    is_full = minutes_of(entries, at) >= week.minutes_max
    return no.WEEK_FULL.with_params(hours=hours_words(week.minutes_max)) if is_full else None


def first_moment(week: WorkWeek) -> datetime:
    """From when on time can be recorded: the week's first day, and never before its money was there."""
    funded_at = week.hold.funded_at if week.engagement.holds_money and week.hold is not None else None
    return max(week.starts_at, whole_minute(funded_at)) if funded_at else week.starts_at


def times_refusal(
    week: WorkWeek, start: datetime, end: datetime, others: Iterable[TimeEntry], at: datetime
) -> Refusal | None:
    """What speaks against a time that is entered by hand; `others` are the week's other lines."""
    if count(start, end) <= 0:
        return no.ENDS_BEFORE
    if end > at:
        return no.IN_FUTURE
    if start < week.starts_at or end > week.ends_at:
        return no.OUTSIDE_WEEK.with_params(first=moment_words(week.starts_at), last=end_words(week.ends_at))
    if start < first_moment(week):
        return no.BEFORE_MONEY.with_params(moment=moment_words(first_moment(week)))
    left = week.minutes_max - minutes_of(others, at)
    if count(start, end) > left:
        return no.WEEK_TOO_MUCH.with_params(left=hours_words(max(0, left)))
    return None


def correction_refusal(entry: TimeEntry, start: datetime, end: datetime) -> Refusal | None:
    """A line that was sent back stays within its day, and grows no longer: lines go back once, and silence approves."""
    day = jst_date(entry.started_at)
    first, last = start_of_day(day), end_of_day(day)
    if not (first <= start and end <= last):
        return no.OUTSIDE_DAY.with_params(first=moment_words(first), last=end_words(last))
    return no.CORRECTED_LONGER if count(start, end) > entry.minutes_at(end) else None


def can_change(actor: Actor, entry: TimeEntry) -> Refusal | None:
    """The worker, until the week is reported."""
    week = entry.week
    if refusal := worker_refusal(actor, week.engagement.contract):
        return refusal
    if entry.deleted_at is not None:
        return MOVE_NOT_ALLOWED
    if week.status != WorkWeek.Status.OPEN:
        return no.WEEK_CLOSED
    return no.RUNNING_EDIT if entry.is_running else None


def hours_words(minutes: int) -> str:
    """`7:05`: hours and minutes."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def moment_words(moment: datetime) -> str:
    """`11/8 9:30` on a Japanese clock."""
    local = jst(moment)
    return f"{local.month}/{local.day} {local.hour}:{local.minute:02d}"


def end_words(moment: datetime) -> str:
    """As `moment_words`, for the end of something: midnight is the 24:00 of the day that it ends."""
    if moment != start_of_day(jst_date(moment)):
        return moment_words(moment)
    day = jst_date(moment) - timedelta(days=1)
    return f"{day.month}/{day.day} 24:00"


# The cycle


def can_fund(actor: Actor, week: WorkWeek, at: datetime) -> Refusal | None:
    """The client, once, until the week begins."""
    if refusal := client_refusal(actor, week.engagement.contract):
        return refusal
    if not week.engagement.holds_money:
        return no.NOTHING_HELD
    if week.is_frozen:
        return FROZEN
    if week.is_funded:
        return no.ALREADY_FUNDED
    if week.status != WorkWeek.Status.OPEN or (week.fund_by is not None and at >= week.fund_by):
        return no.FUND_TOO_LATE
    return None if week.engagement.contract.status == Contract.Status.ACTIVE else no.NOT_ACTIVE


def can_pay(actor: Actor, week: WorkWeek) -> Refusal | None:
    """The client, for what was approved where nothing is held."""
    if refusal := client_refusal(actor, week.engagement.contract):
        return refusal
    return None if week.is_owed else no.NOTHING_OWED


def can_report(actor: Actor, week: WorkWeek, entries: Iterable[TimeEntry], at: datetime) -> Refusal | None:
    """The worker once the week has begun; the system when the time is over."""
    if not (actor.is_system or actor.is_member(week.engagement.contract.worker_id)):
        return no.NOT_WORKER
    if week.status != WorkWeek.Status.OPEN:
        return no.NOT_OPEN
    if actor.is_system:
        return None if week.act_by is not None and at >= week.act_by else no.REPORT_TOO_EARLY
    if week.is_frozen:
        return FROZEN
    if week.engagement.holds_money and not week.is_funded:
        return no.WEEK_NOT_FUNDED
    if at < week.starts_at:
        return no.REPORT_TOO_EARLY
    return no.RUNNING_FIRST if any(entry.is_running for entry in entries) else None


def can_review(actor: Actor, week: WorkWeek, at: datetime) -> Refusal | None:
    """The client while it waits; the system when silence has approved."""
    if not (actor.is_system or actor.is_member(week.engagement.contract.client_id)):
        return no.NOT_CLIENT
    if week.status not in WorkWeek.TO_INSPECT:
        return no.NOT_REPORTED
    if week.is_frozen:
        return FROZEN
    is_over = week.act_by is not None and at >= week.act_by
    return no.REPORT_TOO_EARLY if actor.is_system and not is_over else None


def can_send_back(actor: Actor, week: WorkWeek, at: datetime) -> Refusal | None:
    """The client, once, until silence has approved."""
    if refusal := can_review(actor, week, at):
        return refusal
    if week.status == WorkWeek.Status.ANSWERED:
        return no.LAST_ROUND
    return no.REVIEW_OVER if week.act_by is not None and at >= week.act_by else None


def can_answer(actor: Actor, week: WorkWeek, at: datetime) -> Refusal | None:
    """The worker in time; the system after it."""
    if not (actor.is_system or actor.is_member(week.engagement.contract.worker_id)):
        return no.NOT_WORKER
    if week.status != WorkWeek.Status.RETURNED:
        return no.NOT_RETURNED
    if week.is_frozen:
        return FROZEN
    is_over = week.act_by is not None and at >= week.act_by
    if actor.is_system:
        return None if is_over else no.REPORT_TOO_EARLY
    return no.ANSWER_OVER if is_over else None


def can_claim(actor: Actor, week: WorkWeek) -> Refusal | None:
    """Either side, about a week that was reported, while its money is held and not decided."""
    if not is_party(actor, week.engagement.contract):
        return NOT_PARTY
    if week.status not in {WorkWeek.Status.REPORTED, WorkWeek.Status.RETURNED, WorkWeek.Status.ANSWERED}:
        return no.NOT_REPORTED
    return None if week.is_funded else no.WEEK_NOT_FUNDED


def rate_refusal(engagement: Engagement, from_on: date) -> Refusal | None:
    """A Monday, after every week that is set aside already; earlier weeks keep their price."""
    if engagement.stops_at is not None:
        return no.STOPPED
    is_taken = WorkWeek.objects.filter(
        engagement=engagement, hold__isnull=False, monday__gt=from_on - timedelta(days=weeks.DAYS)
    ).exists()
    return no.RATE_DAY if from_on != weeks.monday_of(from_on) or is_taken else None


def can_finish(actor: Actor, engagement: Engagement) -> Refusal | None:
    """Either side at any time: what was recorded is reported, approved and paid, everything else goes back."""
    contract = engagement.contract
    if not (actor.is_system or is_party(actor, contract)):
        return NOT_PARTY
    if contract.status != Contract.Status.ACTIVE:
        return no.NOT_ACTIVE
    return no.STOPPED if engagement.stops_at is not None else None


def can_end_renewal(actor: Actor, engagement: Engagement) -> Refusal | None:
    """As `can_finish`, while further weeks follow."""
    if refusal := can_finish(actor, engagement):
        return refusal
    return None if engagement.goes_on else no.STOPPED
