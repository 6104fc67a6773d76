"""The one place where upper packages are hooked into the registries of lower ones. Nothing imports it but `apps.py`."""

from nakadachi.infra.events.record import subscribe
from nakadachi.money import payments
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import checks as escrow_checks
from nakadachi.money.ledger import checks as ledger_checks
from nakadachi.money.payments import checks as payment_checks

_SHOWS_A_JOB = ("job.open", "job.close", "job.edit")


def connect() -> None:
    """Called once at start."""
    payments.on_captured[escrow.PURPOSE] = escrow.fund_from_payment

    ledger_checks.register("holds", escrow_checks.holds)
    ledger_checks.register("escrow_liability", escrow_checks.escrow_liability)
    ledger_checks.register("clearing", payment_checks.clearing)
    ledger_checks.register("provider", payment_checks.provider)

    for kind in _SHOWS_A_JOB:
        subscribe(kind, "search.index_job")
