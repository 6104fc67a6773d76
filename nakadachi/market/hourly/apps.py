"""App registration."""

from django.apps import AppConfig


class HourlyConfig(AppConfig):
    """Tables `hourly_*`."""

    name = "nakadachi.market.hourly"
    label = "hourly"
