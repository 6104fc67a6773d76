"""App registration."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Texts and agreements live in `agreements_*`."""

    name = "nakadachi.people.agreements"
    label = "agreements"
