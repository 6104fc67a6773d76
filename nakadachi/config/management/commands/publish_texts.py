"""`publish_texts`: publish the texts that come with the program where they are missing or read differently now."""

from typing import Any

from django.core.management.base import BaseCommand

from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import jst_date
from nakadachi.people.agreements.actions import publish_defaults
from nakadachi.web.pages.texts.values import values_on


class Command(BaseCommand):
    """Idempotent; texts that staff published are left alone."""

    help = "Publish the terms of use and the other texts that come with the program."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish what is needed and say so."""
        at = now()
        for text in publish_defaults(values=values_on(jst_date(at)), at=at):
            self.stdout.write(f"{text.kind}: version {text.version} from {text.takes_effect_on}")
