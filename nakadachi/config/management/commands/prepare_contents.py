"""`prepare_contents`: what a market needs to have in it before it opens, in one process."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Idempotent; run after every `prepare_database`."""

    help = "Publish the legal texts, and load the demo where there is to be one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Texts first: the people of the demo agree to them."""
        call_command("publish_texts", stdout=self.stdout)
        if settings.DEMO:
            call_command("load_demo", stdout=self.stdout)
