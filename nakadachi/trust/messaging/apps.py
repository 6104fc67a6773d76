"""App registration."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Tables `messaging_*`."""

    name = "nakadachi.trust.messaging"
    label = "messaging"
