"""Jobs of payments: sending refunds, finishing what was interrupted, fetching settlements."""

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.payments import actions
from nakadachi.money.payments.actions.disputing import SEND_EVIDENCE
from nakadachi.money.payments.actions.refunding import SEND


@task(SEND)
def send_refund(refund_id: int) -> None:
    """Ask the provider to give money back."""
    actions.send_refund(refund_id=refund_id, at=clock.now())


@task(SEND_EVIDENCE)
def send_evidence(dispute_id: int) -> None:
    """Hand the operator's words on a dispute to the provider."""
    actions.send_evidence(dispute_id=dispute_id, at=clock.now())


@every("* * * * * */10")
@task("payments.reconcile", lock="payments.reconcile", queueing_lock="payments.reconcile")
def reconcile(timestamp: int) -> None:
    """Finish what died between a call and its record."""
    actions.reconcile(at=clock.now())


@every("10 * * * *")
@task("payments.collect_settlements", lock="payments.settlements", queueing_lock="payments.settlements")
def collect_settlements(timestamp: int) -> None:
    """Post what the provider paid out."""
    actions.collect_settlements(at=clock.now())
