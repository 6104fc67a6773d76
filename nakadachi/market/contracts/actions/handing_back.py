"""The worker gives a funded milestone up, alone and at any time."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts import policy
from nakadachi.market.contracts.actions.closing import close_if_done
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import lock_milestone
from nakadachi.market.contracts.models import Milestone
from nakadachi.money.escrow import actions as escrow


@transaction.atomic
def hand_back(*, milestone: Milestone, by: Actor, at: datetime) -> Milestone:
    """Everything that was set aside goes back to the client, the client's fee included."""
    milestone = lock_milestone(milestone, by)
    require(policy.can_hand_back(by, milestone))
    assert milestone.hold is not None
    columns = {"closed_at": at, "auto_accept_at": None}
    move(milestone, MILESTONE, "hand_back", by=by, at=at, event={"hold_id": milestone.hold.pk}, **columns)
    milestone.hold = escrow.refund(hold=milestone.hold, by=by, at=at)
    close_if_done(milestone.contract, by=by, at=at)
    return milestone
