"""App registration."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables in the database schema `ledger`."""

    name = "nakadachi.money.ledger"
    label = "ledger"
