"""What renews itself stops renewing once somebody has reserved to leave; running work goes on to its agreed end."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly.actions import end_renewal
from nakadachi.market.hourly.models import Engagement
from nakadachi.market.monthly import actions as monthly
from nakadachi.people.models import Member


def stop_renewals(*, member: Member, by: Actor, at: datetime) -> None:
    """Give notice of work by the month, and let no further week of work by the hour follow.

    Months up to the last day of the notice and weeks that are written down already go on. What cannot be stopped now,
    as a month that has not begun, stays an obstacle with a button of its own. Safe to repeat.
    """
    running = Contract.objects.filter(_side(member), status=Contract.Status.ACTIVE)
    begun = running.filter(monthly_plan__status="running", monthly_plan__starts_on__lte=jst_date(at))
    for contract in begun.order_by("pk"):
        _each(monthly.give_notice, contract=contract, reason=_("I am closing my account."), by=by, at=at)
    renewing = Engagement.objects.filter(contract__in=running, next_week_at__isnull=False)
    for engagement in renewing.order_by("pk"):
        _each(end_renewal, engagement=engagement, by=by, at=at)


def _each(action: object, **arguments: object) -> None:
    """One refusal, as of somebody who was faster, does not keep the others from stopping."""
    try:
        with transaction.atomic():
            action(**arguments)  # type: ignore[operator]
    except Refused:
        return


def _side(member: Member) -> Q:
    return Q(client=member) | Q(worker=member)
