"""`staff add EMAIL`: make somebody an operator, with an account of their own if there is none."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from nakadachi.infra.clock import now
from nakadachi.people.staff import make_operator


class Command(BaseCommand):
    """Says what was done; a new account's one-time password is printed once and stored nowhere."""

    help = "Make a member an operator, or register a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and for whom."""
        parser.add_argument("what", choices=["add"])
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create or promote."""
        email = options["email"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not a mail address.") from None
        password = secrets.token_urlsafe(12)
        member, is_new = make_operator(email=email, password=password, at=now())
        if is_new:
            self.stdout.write(f"{member.email} is an operator now. Password for the first login: {password}")
        else:
            self.stdout.write(f"{member.email} is an operator now, with the password they have.")
