"""`backup FILE`: everything of the market in one tar, taken while it runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nakadachi.config.backup.taking import take
from nakadachi.infra.clock import now

LAST_TAKEN = "last-backup"
"""In the data folder: when the last backup was finished. `doctor` looks at it."""


class Command(BaseCommand):
    """Reads one snapshot; holds nobody up."""

    help = "Write the whole market (tables and files) to FILE, a .tar or .tar.gz."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, then say what is in it."""
        target: Path = options["file"].absolute()
        at = now()
        try:
            manifest = take(target, at)
        except OSError as problem:
            raise CommandError(f"{target} cannot be written: {problem.strerror}") from problem
        (settings.DATA / LAST_TAKEN).write_text(at.isoformat(), encoding="ascii")
        rows = sum(table["rows"] for table in manifest["tables"].values())
        files = sum(name.startswith("files/") for name in manifest["parts"])
        self.stdout.write(
            f"{target}: {len(manifest['tables'])} tables, {rows} rows, {files} files, {target.stat().st_size} bytes"
        )
