"""App registration."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    """Tables `mediation_*`."""

    name = "nakadachi.trust.mediation"
    label = "mediation"
