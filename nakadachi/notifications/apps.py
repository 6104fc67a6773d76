"""App registration."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Tables `notifications_*`."""

    name = "nakadachi.notifications"
    label = "notifications"
