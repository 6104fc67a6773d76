"""App registration."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """What was shown lives in `verification_evidence`."""

    name = "nakadachi.people.verification"
    label = "verification"
