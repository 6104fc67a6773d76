"""App registration."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    """Tables `closing_*`."""

    name = "nakadachi.closing"
    label = "closing"
