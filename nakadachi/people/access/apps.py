"""App registration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Sessions live in `access_session`."""

    name = "nakadachi.people.access"
    label = "access"

    def ready(self) -> None:
        """Listen to what allauth says has happened."""
        from nakadachi.people.access import hooks

        hooks.connect()
