"""`doctor [--json]`: is this installation fit for money? Exit 1 when something is at fault."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from nakadachi.config.doctor import database, machine, work
from nakadachi.config.doctor.finding import Finding, Look, fault
from nakadachi.infra.clock import now

LOOKS: tuple[Look, ...] = (
    work.reachable, database.server, database.roles, database.schema, machine.choices, machine.disk,
    machine.certificate, work.mail, work.jobs, work.money, work.backup,
)  # fmt: skip
SIGNS = {"ok": "  ", "warning": "! ", "fault": "✗ "}


class Command(BaseCommand):
    """Only reads; a look that cannot be finished is a fault, not an error."""

    help = "Check this installation and say in plain words what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """For programs."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding, faults marked."""
        found = [finding for look in LOOKS for finding in _looked(look)]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(f"{SIGNS[one.level]}{one.about}: {one.sentence}")
        if any(one.level == "fault" for one in found):
            sys.exit(1)


def _looked(look: Look) -> list[Finding]:
    try:
        return list(look(now()))
    except Error as problem:
        first_line = str(problem).strip().splitlines()[0]
        return [fault(look.__name__, f"the database does not answer this: {first_line}")]
