"""`bin/nakadachi reindex`: brings the search index up to date with the open jobs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nakadachi.search import indexing


class Command(BaseCommand):
    """Makes missing and stale rows; with `--all` every row."""

    help = "Bring the search index up to date with the open jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--all` makes every row anew."""
        parser.add_argument("--all", action="store_true", help="make every row anew, not only missing and stale ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many rows were written and dropped."""
        written, dropped = indexing.reindex(everything=options["all"])
        self.stdout.write(f"{written} written, {dropped} dropped")
