"""Callouts of an offer that is not answered, or of a contract that is over, for formats without milestones."""

from datetime import datetime

from nakadachi.market.contracts import prompting
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.turn import OFFER, Turn
from nakadachi.web.pages.contracts.calls import Call, closing_call, confirm_call
from nakadachi.web.pages.contracts.prompts import with_prompt


def offer_calls(contract: Contract, *, viewer_id: int, now: datetime) -> list[Call]:
    """What to do with the offer; what it ended in; nothing while the contract is in progress."""
    if contract.status == Contract.Status.OFFERED:
        turn = Turn("worker", "confirm", OFFER, contract.answer_by)
        call = confirm_call(turn, contract, viewer_id=viewer_id)
        waiting = prompting.waiting_of(contract, (), at=now) if viewer_id == contract.client_id else None
        last = prompting.last_of(contract, viewer_id) if contract.has_prompts else None
        return [with_prompt(call, contract, waiting, last, now=now)]
    if contract.is_over:
        return [closing_call(contract, is_worker=contract.worker_id == viewer_id, pay=None, receives_yen=0)]
    return []
