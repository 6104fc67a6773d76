"""Callouts of an offer that is not answered, or of a contract that is over, for formats without milestones."""

from datetime import datetime

from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import OFFER, Turn
from nakadachi.web.pages.contracts.calls import Call, closing_call, confirm_call


def offer_calls(contract: Contract, *, viewer_id: int, now: datetime) -> list[Call]:
    """What to do with the offer; what it ended in; nothing while the contract is in progress."""
    if contract.status == Contract.Status.OFFERED:
        turn = Turn("worker", "confirm", OFFER, contract.answer_by)
        return [confirm_call(turn, contract, viewer_id=viewer_id)]
    if contract.is_over:
        return [closing_call(contract, is_worker=contract.worker_id == viewer_id, pay=None, receives_yen=0)]
    return []
