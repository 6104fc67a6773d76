"""App registration."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """Tables `sandbox_*`."""

    name = "nakadachi.money.payments.gateways.sandbox"
    label = "sandbox"
