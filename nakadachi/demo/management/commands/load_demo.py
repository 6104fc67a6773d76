"""`load_demo`: fills an empty market with members, jobs and work; does nothing once that is complete."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nakadachi.demo import loading, logins, operator_code
from nakadachi.infra import clock


class Command(BaseCommand):
    """Safe to run at every start, and after an interrupted one."""

    help = "Load the demo market (once; an interrupted load is finished)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the clock once, play what is missing, write the logins."""
        if not loading.is_complete():
            try:
                loading.load(at=clock.now())
            except loading.ContentChanged as problem:
                raise CommandError(f"The demo cannot be finished ({problem}). Start over: bin/run --fresh") from None
        operator_code.give_who_has_none()
        logins.write(settings.DATA)
