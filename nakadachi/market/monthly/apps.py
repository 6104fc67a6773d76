"""App registration."""

from django.apps import AppConfig


class MonthlyConfig(AppConfig):
    """Tables `monthly_*`."""

    name = "nakadachi.market.monthly"
    label = "monthly"
