"""`restore FILE`: fills an empty place from a backup, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.config.backup.restoring import CannotRestore, restore


class Command(BaseCommand):
    """Refuses a market that has a member or a journal already."""

    help = "Fill an empty market from FILE, which `backup` wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--erased", type=Path, help="the erased.jsonl of the market: whom to erase again at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say what was."""
        try:
            manifest = restore(options["file"])
        except CannotRestore as problem:
            raise CommandError(f"Nothing was restored: {problem}.") from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"Restored the market of {manifest['taken_at']}: {rows} rows. The ledger's audit is clean.")
        if options["erased"]:
            call_command("erase_again", str(options["erased"]), stdout=self.stdout)
