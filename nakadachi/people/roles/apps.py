"""App registration."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles live in `roles_*`."""

    name = "nakadachi.people.roles"
    label = "roles"
