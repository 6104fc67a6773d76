"""App registration."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Tables `payments_*`."""

    name = "nakadachi.money.payments"
    label = "payments"
