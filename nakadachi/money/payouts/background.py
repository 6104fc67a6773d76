"""The timer of the payout calendar, and mails to members whose money did not arrive."""

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.payouts import notices
from nakadachi.money.payouts.due import close_due
from nakadachi.money.payouts.models import Payout, Skip


@every("*/10 * * * *")
@task("payouts.close_due", lock="payouts.close", queueing_lock="payouts.close_due")
def close_runs(timestamp: int) -> None:
    """Close the closing day that is over, if nobody has."""
    close_due(at=clock.now())


@task("payouts.tell_skipped", queue="mail")
def tell_skipped(skip_id: int) -> None:
    """Tell a member why a run passed them over."""
    notices.skipped(Skip.objects.select_related("member", "run").defer("run__file").get(pk=skip_id)).send()


@task("payouts.tell_returned", queue="mail")
def tell_returned(payout_id: int) -> None:
    """Tell a member that a transfer came back, and why."""
    notices.returned(Payout.objects.select_related("member").get(pk=payout_id)).send()
