"""App registration."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Table `mail_mail`."""

    name = "nakadachi.infra.mail"
    label = "mail"
