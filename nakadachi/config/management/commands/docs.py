"""`docs [--check]`: write the pages under docs/ that are made from the code, or only compare them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from nakadachi.closing import register_page
from nakadachi.closing.export import handbook as export
from nakadachi.config import cards, lifecycles, variables
from nakadachi.money.ledger import handbook

PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("docs/export.md", export.render),
    ("docs/ledger.md", handbook.render),
    ("docs/lifecycles.md", lifecycles.render),
    ("docs/operations/kept.md", register_page.render),
    ("docs/operations/settings.md", variables.render),
    ("docs/test-cards.md", cards.render),
)


class Command(BaseCommand):
    """Every generated page has one line in `PAGES`: where it stands and what makes it."""

    help = "Write the generated pages of docs/, or with --check exit 1 when one is stale."

    def add_arguments(self, parser: CommandParser) -> None:
        """Compare only, for CI."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 and name the stale pages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what differs, or name it."""
        root = Path(settings.ROOT)
        stale = [(root / place, text) for place, make in PAGES if _read(root / place) != (text := make())]
        for path, text in stale:
            if options["check"]:
                self.stderr.write(f"{path.relative_to(root)} is stale: run `bin/nakadachi docs`")
                continue
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{path.relative_to(root)} written")
        if stale and options["check"]:
            sys.exit(1)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
