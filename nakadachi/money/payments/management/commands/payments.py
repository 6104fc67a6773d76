"""`payments reconcile | settle`: what the periodic jobs of payments do, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from nakadachi.infra import clock
from nakadachi.money.payments import actions
from nakadachi.money.payments.gateways.sandbox import payouts


class Command(BaseCommand):
    """For operators who do not want to wait for the clock."""

    help = "Finish interrupted payments and refunds, or fetch what the provider paid out."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand each."""
        parser.add_argument("command", choices=["reconcile", "settle"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it and print how many were touched."""
        at = clock.now()
        if options["command"] == "reconcile":
            self.stdout.write(str(actions.reconcile(at=at)))
            return
        if settings.PAYMENT_GATEWAY == "sandbox":
            payouts.pay_out(at=at)
        self.stdout.write(str(actions.collect_settlements(at=at)))
