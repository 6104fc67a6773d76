"""App registration."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """Standing and blocks live in `standing_*`."""

    name = "nakadachi.people.standing"
    label = "standing"
