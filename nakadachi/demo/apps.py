"""App registration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No tables."""

    name = "nakadachi.demo"
    label = "demo"
