"""App registration."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Tables `tasks_*`."""

    name = "nakadachi.market.tasks"
    label = "tasks"
