"""The client offers hourly work: the proposal's price is the rate; hours a week and a first day are agreed with it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts.actions import open_offer
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import policy
from nakadachi.market.hourly.minutes import HOUR
from nakadachi.market.hourly.models import Engagement
from nakadachi.market.sourcing.models import Proposal


@transaction.atomic
def offer(
    *,
    proposal: Proposal,
    scope: str,
    hours: int,
    starts_on: date,
    holds_money: bool = True,
    request_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Contract:
    """Choose a proposal and offer its worker `hours` a week from a day on. The same form again gives the offer it made.

    Without `holds_money` nothing is set aside: both sides read so wherever the contract is shown.
    """

    def check(_proposal: Proposal) -> Refusal | None:
        """Hours and first day are possible."""
        return policy.hours_refusal(hours) or policy.start_refusal(starts_on, jst_date(at))

    contract, is_new = open_offer(
        proposal=proposal, scope=scope, check=check, revisions_max=0, request_key=request_key, by=by, at=at
    )
    if is_new:
        Engagement.objects.create(
            contract=contract, weekly_minutes=hours * HOUR, starts_on=starts_on, holds_money=holds_money
        )
    return contract
