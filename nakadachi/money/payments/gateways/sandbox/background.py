"""Jobs of the provider: delivering webhooks, what happens by itself, and its nightly closing."""

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.payments.gateways.sandbox import clockwork, payouts, webhooks


@task(webhooks.DELIVER, queue="hooks")
def deliver_event(event_id: int) -> None:
    """Tell the merchant."""
    webhooks.deliver(event_id=event_id, at=clock.now())


@every("* * * * * */10")
@task("sandbox.clockwork", lock="sandbox.clockwork", queueing_lock="sandbox.clockwork")
def run_clockwork(timestamp: int) -> None:
    """What test cards do after a while."""
    clockwork.run(at=clock.now())


@every("0 16 * * *")
@task("sandbox.pay_out")
def pay_out(timestamp: int) -> None:
    """01:00 JST: what was held yesterday goes to the bank."""
    payouts.pay_out(at=clock.now())
