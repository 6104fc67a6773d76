"""App registration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Tables `people_*`."""

    name = "nakadachi.people"
    label = "people"
