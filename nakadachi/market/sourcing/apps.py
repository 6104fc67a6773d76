"""App registration."""

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    """Tables `sourcing_*`."""

    name = "nakadachi.market.sourcing"
    label = "sourcing"
