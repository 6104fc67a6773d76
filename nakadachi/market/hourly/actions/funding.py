"""Money for a week: set aside before it begins, or, where nothing is held, paid after the approval.

What is left of approved weeks rolls on into the week that is paid in next; the client pays the difference.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.market.hourly import policy
from nakadachi.market.hourly.actions.closing import close_if_over, refund_rests
from nakadachi.market.hourly.billing import highest_rate
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.locking import lock_week, lock_weeks
from nakadachi.market.hourly.minutes import HOUR, pay
from nakadachi.market.hourly.models import Engagement, WorkWeek
from nakadachi.money import rulebook
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import rolling
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.paying import start_payment
from nakadachi.money.payments import queries as payments
from nakadachi.money.payments.models import Payment

PURPOSE = "week"


def amount_of(week: WorkWeek) -> Yen:
    """What is set aside for all minutes of a week, at the highest rate of its days."""
    engagement = week.engagement
    return pay([(highest_rate(engagement.rates, week.monday, engagement.starts_on), week.minutes_max)])


def quote_of(week: WorkWeek, amount_yen: Yen) -> rulebook.Quote:
    """What an amount of a week costs both sides, under the rules of the week's first day."""
    contract = week.engagement.contract
    on: date = week.monday
    return rulebook.quote(service=contract.service, format=contract.format, amount_yen=amount_yen, on=on)


def rests_of(engagement: Engagement) -> list[Hold]:
    """The holds of approved weeks in which something is left, the oldest first, all locked with the engagement."""
    weeks = lock_weeks(engagement)
    return [week.hold for week in weeks if week.hold is not None and _has_rest(week)]


def _has_rest(week: WorkWeek) -> bool:
    return week.status == WorkWeek.Status.APPROVED and week.is_funded


@transaction.atomic
def start_funding(
    *, week: WorkWeek, hours: int | None = None, request_key: UUID, by: Actor, at: datetime
) -> Payment | None:
    """Open the week's hold and an attempt to pay the difference; None when what is left of earlier weeks is enough.

    `hours`: fewer than agreed for this week; fixed with the first attempt.
    """
    week = lock_week(week, by)
    require(policy.can_fund(by, week, at))
    if week.hold is None and hours is not None:
        require(policy.hours_refusal(hours, week.engagement.weekly_minutes // HOUR))
        week.minutes_max = hours * HOUR
        week.save(update_fields=["minutes_max"])
    rests = rests_of(week.engagement)
    hold = week.hold or _open_hold(week, amount_of(week), by, at)
    due_yen = hold.client_pays_yen - sum(rest.balance_yen for rest in rests)
    last = payments.last_attempt(escrow.PURPOSE, hold.pk)
    if last is not None and last.status == "created":
        return last
    if due_yen <= 0 and (last is None or not last.is_pending):
        _fund(week, None, rests, by, at)
        return None
    return start_payment(hold=hold, amount_yen=due_yen, request_key=request_key, by=by, at=at)


def _open_hold(week: WorkWeek, amount_yen: Yen, by: Actor, at: datetime) -> Hold:
    contract = week.engagement.contract
    week.hold = escrow.open_hold(
        purpose=PURPOSE,
        purpose_id=week.pk,
        payer=contract.client,
        payee=contract.worker,
        quote=quote_of(week, amount_yen),
        by=by,
        at=at,
    )
    week.save(update_fields=["hold"])
    return week.hold


def _fund(week: WorkWeek, payment: Payment | None, rests: list[Hold], by: Actor, at: datetime) -> None:
    assert week.hold is not None
    week.hold = rolling.fund(hold=week.hold, payment=payment, rests=rests, by=by, at=at)
    if week.hold.status != "funded":
        return
    if week.status != WorkWeek.Status.OPEN:
        escrow.refund(hold=week.hold, by=SYSTEM, at=at)
        return
    week.fund_by = None
    week.save(update_fields=["fund_by"])
    record("workweek.fund", week, by=by, at=at, hold_id=week.hold.pk, contract_id=week.engagement.contract_id)


@transaction.atomic
def start_paying(*, week: WorkWeek, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """Pay for an approved week of which nothing was held: what is captured is the worker's in the same moment."""
    week = lock_week(week, by)
    require(policy.can_pay(by, week))
    hold = week.hold or _open_hold(week, week.approved_yen, by, at)
    return start_payment(hold=hold, request_key=request_key, by=by, at=at)


@transaction.atomic
def money_arrived(*, payment: Payment, by: Actor, at: datetime) -> None:
    """A payment for a week was captured (`escrow.purposes.on_captured`)."""
    week = lock_week(WorkWeek.objects.get(hold_id=payment.purpose_id), SYSTEM)
    if week.engagement.holds_money:
        _fund(week, payment, rests_of(week.engagement), by, at)
        return
    assert week.hold is not None
    was_owed = week.is_owed
    week.hold = escrow.fund(hold=week.hold, payment=payment, by=by, at=at)
    if not was_owed or week.hold.funded_by_id != payment.pk:
        return
    week.hold = escrow.release(hold=week.hold, by=SYSTEM, at=at)
    week.pay_by = week.unpaid_at = None
    week.save(update_fields=["pay_by", "unpaid_at"])
    record("workweek.pay", week, by=by, at=at, hold_id=week.hold.pk, contract_id=week.engagement.contract_id)
    close_if_over(week.engagement, at=at)


@transaction.atomic
def skip(*, week: WorkWeek, at: datetime) -> bool:
    """Sunday is over and the week is not paid in: it does not begin, unless what is left of earlier weeks is enough.

    Otherwise what is left goes back: nobody's money waits without a purpose. A card that is being charged is waited
    for. Answers whether something was done.
    """
    week = lock_week(week, SYSTEM)
    if week.status != WorkWeek.Status.OPEN or week.fund_by is None or at < week.fund_by or week.is_frozen:
        return False
    last = payments.last_attempt(escrow.PURPOSE, week.hold.pk) if week.hold is not None else None
    if last is not None and last.is_pending:
        return False
    rests = rests_of(week.engagement)
    if sum(rest.balance_yen for rest in rests) >= quote_of(week, amount_of(week)).client_pays_yen:
        if week.hold is None:
            _open_hold(week, amount_of(week), SYSTEM, at)
        _fund(week, None, rests, SYSTEM, at)
        return True
    columns = {"act_by": None, "fund_by": None, "closed_at": at}
    contract_id = week.engagement.contract_id
    move(week, WORK_WEEK, "skip", by=SYSTEM, at=at, event={"contract_id": contract_id}, **columns)
    refund_rests(week.engagement, at=at)
    close_if_over(week.engagement, at=at)
    return True
