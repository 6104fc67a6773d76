"""App registration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Tables `jobs_*`."""

    name = "nakadachi.market.jobs"
    label = "jobs"
