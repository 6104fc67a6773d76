"""App registration."""

from django.apps import AppConfig


class EscrowConfig(AppConfig):
    """Tables `escrow_*`."""

    name = "nakadachi.money.escrow"
    label = "escrow"
