"""App registration."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables `ledger_*`."""

    name = "nakadachi.money.ledger"
    label = "ledger"
