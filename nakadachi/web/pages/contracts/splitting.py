"""What a proposed ending means to the yen, milestone by milestone, computed by the same quote that will divide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nakadachi.market.contracts.actions.ending import settlement_of
from nakadachi.market.contracts.models import EndProposal, Milestone
from nakadachi.money.escrow.models import Hold


@dataclass(frozen=True)
class Share:
    """How one milestone is divided. `figures` is False while the amount cannot be read or does not fit."""

    title: str
    amount_yen: int
    paid_in_yen: int
    worker_amount_yen: int = 0
    worker_receives_yen: int = 0
    fees_yen: int = 0
    client_back_yen: int = 0
    fits: bool = False


def shares_of(milestones: Sequence[Milestone], settlement: Mapping[int, int]) -> list[Share]:
    """One share for each milestone with money set aside; what is not named is not divided yet."""
    return [_share(milestone, settlement.get(milestone.pk)) for milestone in milestones]


def shares_of_end(end: EndProposal, milestones: Sequence[Milestone]) -> list[Share]:
    """The shares of a proposal that was made."""
    settlement = settlement_of(end)
    return shares_of([milestone for milestone in milestones if milestone.pk in settlement], settlement)


def share_of(title: str, hold: Hold, worker_amount_yen: int | None) -> Share:
    """The same for any money that is set aside."""
    plain = Share(title, hold.rest_yen, hold.funded_yen)
    if worker_amount_yen is None or not 0 <= worker_amount_yen <= hold.rest_yen:
        return plain
    part = hold.next_part(worker_amount_yen)
    return Share(
        title=title,
        amount_yen=hold.rest_yen,
        paid_in_yen=hold.balance_yen,
        worker_amount_yen=worker_amount_yen,
        worker_receives_yen=part.worker_receives_yen,
        fees_yen=part.worker_fee_yen + part.client_fee_yen,
        client_back_yen=hold.balance_yen - part.client_pays_yen,
        fits=True,
    )


def _share(milestone: Milestone, worker_amount_yen: int | None) -> Share:
    hold = milestone.hold
    assert hold is not None, "only money that is set aside is divided"
    return share_of(milestone.title, hold, worker_amount_yen)
