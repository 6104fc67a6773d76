"""App registration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """One table, `demo_load`."""

    name = "nakadachi.demo"
    label = "demo"
