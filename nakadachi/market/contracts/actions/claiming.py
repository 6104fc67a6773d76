"""What a mediation does to a milestone: its money and its clocks stand still, then it is divided or goes on."""

from dataclasses import dataclass
from datetime import datetime

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.market.contracts import policy
from nakadachi.market.contracts.actions.closing import close_if_done, overtake_end
from nakadachi.market.contracts.actions.prolonging import give_back
from nakadachi.market.contracts.lifecycle import MILESTONE
from nakadachi.market.contracts.locking import lock_milestone
from nakadachi.market.contracts.models import Delivery, Milestone
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import freezing
from nakadachi.money.escrow.models import Hold


@dataclass(frozen=True)
class MilestoneClaims:
    """For `escrow.purposes.on_claimed["milestone"]`; see `escrow.purposes.OnClaimed`."""

    def lock(self, *, hold_id: int) -> Hold:
        """Contract, milestones, holds."""
        return _hold(_locked(hold_id))

    def contract_id_of(self, *, hold: Hold) -> int:
        """That of the milestone."""
        return Milestone.objects.values_list("contract_id", flat=True).get(hold=hold)

    def by_rule_yen(self, *, hold: Hold) -> Yen:
        """All of it where something was handed in and not taken back."""
        is_delivered = Delivery.objects.filter(milestone__hold=hold, withdrawn_at=None).exists()
        return hold.rest_yen if is_delivered else 0

    def claimed(self, *, hold: Hold, claim_id: int, by: Actor, at: datetime) -> None:
        """Only this milestone stands still; the others of the contract go on."""
        milestone = _locked(hold.pk)
        require(policy.can_claim(by, milestone))
        freezing.claim(hold=_hold(milestone), claim_id=claim_id, by=by, at=at)
        overtake_end(milestone.contract, at=at)
        record("milestone.claim", milestone, by=by, at=at, hold_id=hold.pk, claim_id=claim_id)

    def dropped(self, *, hold: Hold, claim_id: int, since: datetime, by: Actor, at: datetime) -> None:
        """The time for inspection that was lost is given back, in whole days."""
        milestone = _locked(hold.pk)
        freezing.unclaim(hold=_hold(milestone), claim_id=claim_id, by=by, at=at)
        give_back(milestone, since=since, at=at)
        record("milestone.unclaim", milestone, by=by, at=at, hold_id=hold.pk, claim_id=claim_id)

    def decided(self, *, hold: Hold, claim_id: int, worker_amount_yen: Yen, by: Actor, at: datetime) -> None:
        """The milestone is closed with its money divided; the contract is over when it was the last."""
        milestone = _locked(hold.pk)
        freezing.unclaim(hold=_hold(milestone), claim_id=claim_id, by=by, at=at)
        event = {"hold_id": hold.pk, "claim_id": claim_id, "worker_amount_yen": worker_amount_yen}
        move(milestone, MILESTONE, "settle", by=by, at=at, event=event, closed_at=at, auto_accept_at=None)
        milestone.hold = escrow.split(hold=hold, worker_amount_yen=worker_amount_yen, by=by, at=at)
        close_if_done(milestone.contract, by=by, at=at)


def _locked(hold_id: int) -> Milestone:
    return lock_milestone(Milestone.objects.get(hold_id=hold_id), SYSTEM)


def _hold(milestone: Milestone) -> Hold:
    assert milestone.hold is not None
    return milestone.hold
