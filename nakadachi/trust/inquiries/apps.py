"""App registration."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Inquiries live in `inquiries_*`."""

    name = "nakadachi.trust.inquiries"
    label = "inquiries"
