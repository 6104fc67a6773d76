"""Hourly work as `contracts` sees it; entered in `contracts.formats.registry` by `config/wiring.py`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refusal
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import Turn
from nakadachi.market.hourly import actions, policy, queries, refusals, terms, turn
from nakadachi.market.hourly.models import Engagement, WorkWeek
from nakadachi.money.escrow.models import HELD, Hold


class Hourly:
    """See `contracts.formats.Format`."""

    can_reoffer = False
    waits_for_signs = False

    def reoffered(self, made: Contract, before: Contract, *, at: datetime) -> None:
        """Never asked: hours and limits are agreed anew each time, which `can_reoffer` says before anything is made."""

    def terms_of(self, contract: Contract) -> dict[str, Any]:
        """Rate, hours a week, first day, the weekly cycle, and whether anything is held."""
        return terms.of(_engagement(contract))

    def confirm_refusal(self, contract: Contract, at: datetime) -> Refusal | None:
        """The first day must not have passed."""
        return refusals.START_PASSED if _engagement(contract).starts_on < jst_date(at) else None

    def agreed(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """The first rate and the first week."""
        actions.begin(contract=contract, by=by, at=at)

    def goes_on(self, contract: Contract) -> bool:
        """Until the work has stopped and every week is decided: `closing.close_if_over` sees to that."""
        return True

    def held(self, contract: Contract) -> Sequence[Hold]:
        """The money of its weeks."""
        return list(Hold.objects.filter(work_week__engagement__contract=contract, status__in=HELD).order_by("pk"))

    def settle(self, contract: Contract, *, by: Actor, at: datetime) -> None:
        """All weeks are closed now, what was recorded is paid."""
        actions.settle(contract, by=by, at=at)

    def end_refusal(self, contract: Contract, actor: Actor) -> Refusal | None:
        """Hourly work is ended by `finish`, which needs nobody's agreement; with nothing set aside, so may this."""
        return None

    def rate_refusal(self, contract: Contract, from_on: date) -> Refusal | None:
        """A week that is paid in, or can be, keeps its price: from a Monday on that lies after it."""
        return policy.rate_refusal(_engagement(contract), from_on)

    def repriced(self, contract: Contract, from_on: date, *, at: datetime) -> None:
        """From that day on an hour costs the new price."""
        actions.reprice(_engagement(contract), from_on, at=at)

    def turns(self, contracts: Sequence[Contract], at: datetime) -> dict[int, list[Turn]]:
        """What waits in the weeks of each."""
        weeks: dict[int, list[WorkWeek]] = {}
        for week in queries.waiting_in([contract.pk for contract in contracts]):
            weeks.setdefault(week.engagement.contract_id, []).append(week)
        turns = {contract_id: turn.waiting(own, at, _paying(own)) for contract_id, own in weeks.items()}
        return {contract_id: several for contract_id, several in turns.items() if several}

    def to_inspect(self) -> Q:
        """A week that was reported, or answered after lines were sent back."""
        weeks = WorkWeek.objects.filter(engagement__contract=OuterRef("pk"), status__in=WorkWeek.TO_INSPECT)
        return Q(Exists(weeks))


def _paying(weeks: Sequence[WorkWeek]) -> list[int]:
    return [week.pk for week in weeks if getattr(week, "is_paying", False)]


def _engagement(contract: Contract) -> Engagement:
    engagement = Engagement.objects.get(contract=contract)
    engagement.contract = contract
    return engagement
