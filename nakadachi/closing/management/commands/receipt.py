"""`bin/nakadachi receipt verify FILE`: whether a receipt is ours, to the byte."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nakadachi.closing.receipt.papers import verdict_on


class Command(BaseCommand):
    """Ends with 0 for a genuine receipt, with 1 for anything else."""

    help = "verify FILE: is this receipt (PDF or JSON) signed by this market, with every byte in its place?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`verify` and the file."""
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """One line, and the exit code."""
        try:
            content = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from problem
        verdict = verdict_on(content)
        if not verdict.is_good:
            raise CommandError(f"{file}: not a receipt of this market, or changed since it was signed")
        self.stdout.write(f"{file}: genuine, signed with the key {verdict.key_id}")
