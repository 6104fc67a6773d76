"""`erase_again LIST`: erases whom a restored backup still knows, from the `erased.jsonl` that was kept beside it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.closing.erasing import ledger_of_erasures, replaying
from nakadachi.infra.clock import now


class Command(BaseCommand):
    """Run before the restored market is opened. Safe to repeat, and after having been interrupted."""

    help = "Erase again everybody on LIST (erased.jsonl), and whoever is due. Exit 1 when somebody needs a decision."

    def add_arguments(self, parser: CommandParser) -> None:
        """The list."""
        parser.add_argument("list", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and say by numbers what was done."""
        try:
            lines = list(ledger_of_erasures.read(options["list"]))
        except OSError as problem:
            raise CommandError(f"The list cannot be read: {problem}.") from problem
        done = replaying.replay(lines, at=now())
        self.stdout.write(f"Erased again: {len(done.erased)}. Erased already, or not known here: {len(done.known)}.")
        if done.undecided:
            numbers = ", ".join(map(str, done.undecided))
            raise CommandError(
                f"Not erased, since something is open for them in the market as it was then: {numbers}."
                " Settle it (bin/nakadachi obstacles NUMBER), then run this again."
            )
