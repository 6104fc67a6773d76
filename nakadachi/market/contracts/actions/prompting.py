"""確認のお願い: one press sends the side whose turn it is a friendly word."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible, Refused, require
from nakadachi.market.contracts import prompting
from nakadachi.market.contracts.locking import lock_contract, lock_milestones
from nakadachi.market.contracts.models import Contract, Prompt
from nakadachi.market.jobs.policy import KEY_REUSED
from nakadachi.money.escrow.paying import is_being_paid


@transaction.atomic
def prompt(*, contract: Contract, request_key: UUID, by: Actor, at: datetime) -> Prompt:
    """Ask the other side to look at what waits for it. The same form again is the same word.

    Refused while nothing waits, while it waits only shortly, and while the last word is fresh. Whoever's own turn it is
    has no such thing: `NotVisible`.
    """
    contract = lock_contract(contract.pk, by)
    known = Prompt.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.contract_id == contract.pk else KEY_REUSED)
        return known
    milestones = lock_milestones(contract)
    paying = [one.pk for one in milestones if one.hold is not None and is_being_paid(one.hold)]
    waiting = prompting.waiting_of(contract, milestones, paying, at=at)
    if waiting is None:
        raise Refused(prompting.NOTHING_WAITS)
    if not by.is_member(waiting.asker_id):
        raise NotVisible
    require(prompting.refusal_of(waiting, prompting.last_of(contract, waiting.asker_id), at))
    asked = Prompt.objects.create(
        contract=contract,
        milestone=waiting.milestone,
        what=waiting.what,
        asked_by_id=waiting.asker_id,
        asked_at=at,
        request_key=request_key,
    )
    record("prompt.ask", asked, by=by, at=at, contract_id=contract.pk, what=waiting.what)
    return asked
