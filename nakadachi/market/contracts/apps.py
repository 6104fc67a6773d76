"""App registration."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Tables `contracts_*`."""

    name = "nakadachi.market.contracts"
    label = "contracts"
