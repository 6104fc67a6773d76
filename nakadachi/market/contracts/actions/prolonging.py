"""What takes the work on moves the deal deadline away; time that was lost in a dispute or a mediation is given back."""

from collections.abc import Iterable
from datetime import date, datetime

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import SYSTEM
from nakadachi.kernel.calendar import begun_days
from nakadachi.market.contracts import deal
from nakadachi.market.contracts.models import Contract, Milestone


def prolong(contract: Contract, due_days: Iterable[date] = (), *, at: datetime) -> None:
    """Something happened: the deadline is at least some months ahead, and behind these agreed days. Never earlier.

    The contract is locked. Does nothing to one that is over, or has no deadline.
    """
    if contract.deal_ends_at is not None and contract.status == Contract.Status.ACTIVE:
        put_off(contract, max(contract.deal_ends_at, deal.at_least(due_days, at)), at=at)


def put_off(contract: Contract, ends_at: datetime, *, at: datetime) -> None:
    """The deadline is that moment from now on. The contract is locked."""
    if contract.deal_ends_at is None or ends_at == contract.deal_ends_at:
        return
    before, contract.deal_ends_at = contract.deal_ends_at, ends_at
    contract.save(update_fields=["deal_ends_at"])
    days = {"before": before.isoformat(), "deal_ends_at": ends_at.isoformat()}
    record("contract.prolong", contract, by=SYSTEM, at=at, **days)


def give_back(milestone: Milestone, *, since: datetime, at: datetime) -> None:
    """Money stood still since then: inspection and deal have so many whole days more. Locked with its contract."""
    lost, contract = begun_days(since, at), milestone.contract
    if milestone.auto_accept_at is not None:
        milestone.auto_accept_at += lost
        milestone.save(update_fields=["auto_accept_at"])
    if contract.deal_ends_at is not None and contract.status == Contract.Status.ACTIVE:
        put_off(contract, contract.deal_ends_at + lost, at=at)
