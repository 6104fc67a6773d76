"""App registration."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """Tables `payouts_*`."""

    name = "nakadachi.money.payouts"
    label = "payouts"
