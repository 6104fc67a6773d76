"""Jobs of the provider: delivering webhooks, and its nightly closing."""

from nakadachi.infra import clock
from nakadachi.infra.queue import every, task
from nakadachi.money.payments.gateways.sandbox import payouts, webhooks


@task(webhooks.DELIVER, queue="hooks")
def deliver_event(event_id: int) -> None:
    """Tell the merchant."""
    webhooks.deliver(event_id=event_id, at=clock.now())


@every("0 16 * * *")
@task("sandbox.pay_out")
def pay_out(timestamp: int) -> None:
    """01:00 JST: what was held yesterday goes to the bank."""
    payouts.pay_out(at=clock.now())
