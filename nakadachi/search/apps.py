"""App registration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Tables `search_*`."""

    name = "nakadachi.search"
    label = "search"
