"""The price of a unit on a day: what was agreed first, and from a day on what was agreed since."""

from datetime import date, datetime

from nakadachi.kernel.money import Yen
from nakadachi.market.contracts.models import Contract, UnitPrice


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
