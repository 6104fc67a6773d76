"""The price of a unit on a day: what was agreed first, and from a day on what was agreed since."""

from collections.abc import Sequence
from datetime import date, datetime

from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.models import Contract, UnitPrice
from nakadachi.market.jobs.models import Job

PRICED = (Job.Format.HOURLY, Job.Format.MONTHLY)
"""The formats with a price of a unit, which can change from a day on."""


def agree(contract: Contract, *, from_on: date, amount_yen: Yen, at: datetime) -> UnitPrice:
    """From that day on a unit costs so much. The contract is locked; its own price is the newest."""
    made = UnitPrice.objects.create(contract=contract, from_on=from_on, amount_yen=amount_yen, agreed_at=at)
    if contract.amount_yen != amount_yen:
        contract.amount_yen = amount_yen
        contract.save(update_fields=["amount_yen"])
    return made


def of(contract: Contract) -> list[UnitPrice]:
    """All of them, the oldest agreement first."""
    return list(UnitPrice.objects.filter(contract=contract).order_by("pk"))


def on(contract: Contract, day: date) -> Yen:
    """What a unit costs on a day: the last agreed that holds then; before the first, the contract's own price."""
    standing = UnitPrice.objects.filter(contract=contract, from_on__lte=day).order_by("-pk").first()
    return standing.amount_yen if standing else contract.amount_yen


def now_of(contracts: Sequence[Contract], today: date) -> dict[int, Yen]:
    """What a unit costs now in each of several contracts that come with their milestones, in one query at most: what
    was agreed first, until another price holds. A month that has begun keeps its price to its end."""
    days = {one.pk: _begun_on(one, today) for one in contracts if one.format in PRICED}
    agreed = UnitPrice.objects.filter(contract__in=days).order_by("pk") if days else ()
    found: dict[int, Yen] = {}
    for one in agreed:
        if one.contract_id not in found or one.from_on <= days[one.contract_id]:
            found[one.contract_id] = one.amount_yen
    return {one.pk: found.get(one.pk, one.amount_yen) for one in contracts}


def _begun_on(contract: Contract, today: date) -> date:
    """The first day of the month that runs; of work without months, today."""
    begun = [one.period_from for one in contract.milestones.all() if one.period_from and one.period_from <= today]
    return max(begun, default=today)
