"""The component kit as a Django app, so that its tags, templates and messages are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Must stand before allauth in INSTALLED_APPS: its templates replace allauth's."""

    name = "nakadachi.web.ui"
    label = "ui"
