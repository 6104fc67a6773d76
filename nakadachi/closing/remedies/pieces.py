"""Accepting, handing back, and every way in which a contract of pieces comes to its end."""

from uuid import uuid4

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from nakadachi.closing.remedies.deed import Deed, Press, client, side, worker
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import policy
from nakadachi.market.contracts.models import Contract, EndProposal, Milestone, TermsChange
from nakadachi.market.contracts.queries import milestones_of
from nakadachi.market.monthly import actions as monthly

PENDING = (Milestone.Status.OPEN, Milestone.Status.DELIVERED)
_ACTIVE = Q(status=Contract.Status.ACTIVE)
_END = EndProposal.objects.filter(contract=OuterRef("pk"), status=EndProposal.Status.OPEN)
_WAITS = Q(status=EndProposal.Status.OPEN)


def reason() -> str:
    """What the other side reads."""
    return _("I am closing my account.")


def fair_settlement(contract: Contract) -> dict[int, Yen]:
    """What is delivered is paid whole, what is not goes back: as when a contract ends by rule."""
    held = policy.held(milestones_of(contract))
    return {one.pk: one.amount_yen if one.status == Milestone.Status.DELIVERED else 0 for one in held}


def _propose_end(contract: Contract, press: Press) -> object:
    settlement = fair_settlement(contract)
    return contracts.propose_end(
        contract=contract, settlement=settlement, reason=reason(), request_key=uuid4(), by=press.by, at=press.at
    )


DEEDS = {
    "accept_delivery": Deed(
        Milestone,
        client("contract__"),
        Q(status=Milestone.Status.DELIVERED),
        lambda one, press: contracts.accept(milestone=one, by=press.by, at=press.at),
    ),
    "hand_back": Deed(
        Milestone,
        worker("contract__"),
        Q(status__in=PENDING, contract__status=Contract.Status.ACTIVE),
        lambda one, press: contracts.hand_back(milestone=one, by=press.by, at=press.at),
    ),
    "propose_end": Deed(Contract, side(), _ACTIVE & ~Exists(_END), _propose_end),
    "end_contract": Deed(
        Contract,
        side(),
        _ACTIVE,
        lambda contract, press: contracts.end_alone(contract=contract, reason=reason(), by=press.by, at=press.at),
    ),
    "give_notice": Deed(
        Contract,
        side(),
        _ACTIVE & Q(monthly_plan__status="running"),
        lambda contract, press: monthly.give_notice(contract=contract, reason=reason(), by=press.by, at=press.at),
    ),
    "accept_end": Deed(
        EndProposal,
        lambda member: side("contract__")(member) & ~Q(proposed_by=member),
        _WAITS,
        lambda end, press: contracts.accept_end(end=end, by=press.by, at=press.at),
    ),
    "withdraw_end": Deed(
        EndProposal,
        lambda member: Q(proposed_by=member),
        _WAITS,
        lambda end, press: contracts.withdraw_end(end=end, by=press.by, at=press.at),
    ),
    "withdraw_change": Deed(
        TermsChange,
        lambda member: Q(proposed_by=member),
        Q(status=TermsChange.Status.OPEN),
        lambda change, press: contracts.withdraw_change(change=change, by=press.by, at=press.at),
    ),
    "decline_change": Deed(
        TermsChange,
        lambda member: side("contract__")(member) & ~Q(proposed_by=member),
        Q(status=TermsChange.Status.OPEN),
        lambda change, press: contracts.decline_change(change=change, by=press.by, at=press.at),
    ),
    "drop_change": Deed(
        TermsChange,
        side("contract__"),
        Q(status=TermsChange.Status.AGREED),
        lambda change, press: contracts.drop_change(change=change, by=press.by, at=press.at),
    ),
}
