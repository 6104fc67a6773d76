"""Taking hold of a plan: after its contract, before its milestones."""

from nakadachi.infra.locks import locked
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly.models import MonthlyPlan


def lock_plan(contract: Contract) -> MonthlyPlan:
    """The plan of a locked contract, as it is now."""
    plan = locked(MonthlyPlan, contract_id=contract.pk)[0]
    plan.contract = contract
    return plan
