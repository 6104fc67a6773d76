"""App registration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events live in `events_event`."""

    name = "nakadachi.infra.events"
    label = "events"
