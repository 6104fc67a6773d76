"""Taking hold of a case: first what its money belongs to (contract, milestones, holds), then the case."""

from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts.models import Contract
from nakadachi.money.escrow.purposes import OnClaimed, on_claimed
from nakadachi.trust.mediation.models import Case
from nakadachi.trust.mediation.policy import may_see


def lock_case(case_id: int, by: Actor) -> Case:
    """The case as it is now, with its contract and hold, all locked; `NotVisible` for anybody who has no part in it."""
    found = Case.objects.select_related("contract", "hold").filter(pk=case_id).first()
    if found is None or not may_see(by, found):
        raise NotVisible
    hold = owner_of(found).lock(hold_id=found.hold_id)
    case = locked(Case, id=case_id)[0]
    case.hold, case.contract = hold, Contract.objects.get(pk=found.contract_id)
    return case


def owner_of(case: Case) -> OnClaimed:
    """Whoever answers for the money of a case."""
    return on_claimed[case.hold.purpose]
