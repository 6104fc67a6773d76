"""`staff add EMAIL --role ROLE`, `staff list`, `staff remove EMAIL`: who works in the console, and with which role."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from nakadachi.infra.clock import now
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.roles import queries as roles
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.staff import end_operator, make_operator


class Command(BaseCommand):
    """Says what was done; a new account's one-time password is printed once and stored nowhere."""

    help = "Make a member an operator with a role (or register a new one), list operators, or end it."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, for whom, and with which role."""
        parser.add_argument("what", choices=["add", "list", "remove"])
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--role", choices=StaffRole.Role.values, default=StaffRole.Role.ADMIN.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatch."""
        if options["what"] == "list":
            for member, role in roles.staff():
                self.stdout.write(f"{role.value:8} {member.email}  {member.display_name}")
            return
        email = options["email"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not a mail address.") from None
        if options["what"] == "remove":
            self._remove(email)
        else:
            self._add(email, StaffRole.Role(options["role"]))

    def _add(self, email: str, role: StaffRole.Role) -> None:
        password = secrets.token_urlsafe(12)
        member, is_new = make_operator(email=email, password=password, at=now(), role=role)
        if is_new:
            words = f"{member.email} is an operator now ({role.value}). Password for the first login: {password}"
        else:
            words = f"{member.email} is an operator now ({role.value}), with the password they have."
        self.stdout.write(words)

    def _remove(self, email: str) -> None:
        try:
            member = end_operator(email=email, at=now())
        except NotVisible:
            raise CommandError(f"{email} is not an operator.") from None
        self.stdout.write(f"{member.email} is no longer an operator.")
