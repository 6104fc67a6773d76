"""Runs the wiring once all apps are loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers who answers whom across layers (`config/wiring.py`)."""

    name = "nakadachi.config"

    def ready(self) -> None:
        """Fill the registries of the lower packages."""
        from nakadachi.config import wiring

        wiring.connect()
