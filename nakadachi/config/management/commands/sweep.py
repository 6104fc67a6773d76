"""`sweep [--at TIME]`: let time pass up to a moment one may choose, and do all that comes due on the way."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.config import sweeping
from nakadachi.infra.clock import now
from nakadachi.kernel.calendar import JST


class Command(BaseCommand):
    """Prints what was done, one line each kind."""

    help = "Run the timers that are due: automatic acceptance, lapsed offers, closing runs, interrupted payments."

    def add_arguments(self, parser: CommandParser) -> None:
        """When."""
        parser.add_argument("--at", default="", help="ISO date or time in Japan, e.g. 2026-12-01T09:00 (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the moment, sweep, report."""
        since = at = now()
        if text := options["at"]:
            try:
                at = datetime.fromisoformat(text)
            except ValueError:
                raise CommandError(f"--at {text} is not an ISO date or time, e.g. 2026-12-01T09:00.") from None
            at = at if at.tzinfo else at.replace(tzinfo=JST)
        for what, count in sweeping.sweep(at=at, since=since).items():
            self.stdout.write(f"{what}: {count}")
