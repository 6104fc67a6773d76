"""How work by the month comes to its end: by notice, and by a month that nobody paid for."""

from datetime import date, datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import required_text
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts.actions.closing import close_if_done, overtake_end
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.refusals import REASON_TOO_LONG
from nakadachi.market.monthly import months, policy
from nakadachi.market.monthly import refusals as no
from nakadachi.market.monthly.actions.opening import stop, title_of
from nakadachi.market.monthly.lifecycle import PLAN
from nakadachi.market.monthly.locking import lock_plan
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import adjusting
from nakadachi.money.escrow.paying import is_being_paid


@transaction.atomic
def give_notice(*, contract: Contract, reason: str, by: Actor, at: datetime) -> MonthlyPlan:
    """End the work after the notice that was agreed, or that the law asks for. Days after its last are not paid.

    The month in which the last day lies is cut to its share; what was set aside for more goes back to the client.
    """
    contract = lock_contract(contract.pk, by)
    plan = lock_plan(contract)
    require(policy.can_give_notice(by, contract, plan, at))
    reason = required_text(reason, missing=no.REASON_MISSING, too_long=REASON_TOO_LONG)
    milestones = lock_milestones(contract)
    last_on = policy.last_day(plan, jst_date(at))
    giver = contract.client if by.is_member(contract.client_id) else contract.worker
    event = {"contract_id": contract.pk, "last_on": last_on.isoformat()}
    columns = {"notice_by": giver, "notice_at": at, "notice_reason": reason, "ends_on": last_on}
    move(plan, PLAN, "give_notice", by=by, at=at, event=event, **columns)
    record("contract.give_notice", contract, by=by, at=at, last_on=last_on.isoformat())
    for milestone in milestones:
        if milestone.is_pending and milestone.period_from is not None:
            _fit(milestone, last_on, at)
    if plan.next_from is not None and plan.next_from > last_on:
        stop(plan, by=SYSTEM, at=at)
    overtake_end(contract, at=at)
    close_if_done(contract, by=SYSTEM, at=at)
    return plan


def _fit(month: Milestone, last_on: date, at: datetime) -> None:
    """Bring one month that is written down already within the last day. What was delivered stays as it is."""
    assert month.period_from is not None
    assert month.period_to is not None
    if month.period_to <= last_on or not policy.can_be_cut(month):
        return
    if month.period_from > last_on:
        _drop(month, at, "after_notice")
        return
    whole = months.Period(month.period_from, month.period_to)
    part = months.Period(month.period_from, last_on)
    _shorten(month, part, months.share_yen(month.amount_yen, part, whole), at)


def _shorten(month: Milestone, part: months.Period, amount_yen: int, at: datetime) -> None:
    if month.hold is not None and month.hold.status == "funded":
        month.hold = adjusting.lower(hold=month.hold, amount_yen=amount_yen, by=SYSTEM, at=at)
    elif month.hold is not None:
        month.hold = adjusting.reprice_unpaid(hold=month.hold, amount_yen=amount_yen, by=SYSTEM, at=at)
    month.title, month.amount_yen = title_of(part), amount_yen
    month.period_to = month.due_on = part.to_on
    month.save(update_fields=["title", "amount_yen", "period_to", "due_on"])


def _drop(month: Milestone, at: datetime, why: str) -> None:
    """A month that does not come about: what was set aside for it goes back."""
    event = {"dropped": True, "why": why, "contract_id": month.contract_id}
    move(month, MILESTONE, "settle", by=SYSTEM, at=at, event=event, closed_at=at)
    if month.hold is not None and month.hold.status == "funded":
        month.hold = escrow.refund(hold=month.hold, by=SYSTEM, at=at)


@transaction.atomic
def not_begun(*, milestone_id: int, at: datetime) -> bool:
    """A month that is not paid for in time does not begin, and none follows; earlier ones go on to their end.

    False when it was paid meanwhile, or is being paid right now.
    """
    found = Milestone.objects.get(pk=milestone_id)
    contract = lock_contract(found.contract_id, SYSTEM)
    plan = lock_plan(contract)
    milestones = lock_milestones(contract)
    month = next(one for one in milestones if one.pk == milestone_id)
    assert month.fund_by is not None
    assert month.period_from is not None
    paid = month.hold is not None and (month.hold.status != "unfunded" or is_being_paid(month.hold))
    if contract.status != Contract.Status.ACTIVE or not month.is_pending or paid or at < month.fund_by:
        return False
    later = [one for one in milestones if one.period_from and one.period_from >= month.period_from]
    for one in later:
        if one.is_pending and one.status != Milestone.Status.DELIVERED and not one.is_frozen:
            _drop(one, at, "unfunded")
    stop(plan, by=SYSTEM, at=at, ends_on=month.period_from - months.DAY)
    close_if_done(contract, by=SYSTEM, at=at)
    return True
