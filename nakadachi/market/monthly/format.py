"""Work by the month as contracts see it (`contracts.formats.Format`)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts import formats
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import Turn
from nakadachi.market.monthly import policy, refusals, terms
from nakadachi.market.monthly.actions.offering import reoffer
from nakadachi.market.monthly.actions.opening import begin, reprice, stop
from nakadachi.market.monthly.locking import lock_plan
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.money.escrow.models import Hold


class Monthly:
    """Months are milestones; the plan says whether further ones follow."""

    can_reoffer = True
    waits_for_signs = True

    def reoffered(self, made: Contract, before: Contract, *, at: datetime) -> None:
        """The same plan from the day after the answer is due."""
        reoffer(made, MonthlyPlan.objects.get(contract=before))

    def terms_of(self, contract: Contract) -> dict[str, Any]:
        """The sum, what it is for, when months begin, and notice."""
        return terms.of_plan(contract, MonthlyPlan.objects.get(contract=contract))

    def confirm_refusal(self, contract: Contract, at: datetime) -> Refusal | None:
        """The first day has not passed."""
        starts_on = MonthlyPlan.objects.values_list("starts_on", flat=True).get(contract=contract)
        return refusals.START_PASSED if starts_on < jst_date(at) else None

    def agreed(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The first month is written down."""
        begin(contract, by=by, at=at)

    def goes_on(self, contract: Contract) -> bool:
        """Until the plan is stopped."""
        return MonthlyPlan.objects.filter(contract=contract, next_from__isnull=False).exists()

    def held(self, contract: Contract) -> Sequence[Hold]:
        """Only the months hold money."""
        return ()

    def end_refusal(self, contract: Contract, actor: Actor) -> Refusal | None:
        """A client whom the worker has come to count on gives notice."""
        return policy.end_refusal(actor, contract)

    def settle(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """No month follows."""
        stop(lock_plan(contract), by=by, at=at, ends_on=jst_date(at))

    def rate_refusal(self, contract: Contract, from_on: date) -> Refusal | None:
        """No month that begins from then on is set aside already."""
        return policy.rate_refusal(contract, from_on)

    def repriced(self, contract: Contract, from_on: date, *, at: datetime) -> None:
        """Months that are written down and not paid yet cost the new sum."""
        reprice(lock_plan(contract), from_on, at=at)

    def turns(self, contracts: Sequence[Contract], at: datetime) -> dict[int, list[Turn]]:
        """Between two months nobody has to do anything."""
        plans = MonthlyPlan.objects.filter(contract__in=contracts).values_list("contract_id", "next_at")
        words = _("The next month is prepared in time, and you are told.")
        return {contract_id: [Turn("nobody", "later", words, next_at)] for contract_id, next_at in plans}

    def to_inspect(self) -> Q:
        """Its months are milestones."""
        return formats.NOTHING
