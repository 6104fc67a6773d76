"""`float AMOUNT`: the operator puts own money into the client-money account."""

from typing import Any
from uuid import UUID, uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nakadachi.infra import clock
from nakadachi.kernel.money import BadYen, format_yen, parse_yen
from nakadachi.money.payments import actions


class Command(BaseCommand):
    """One journal, `operator.float`."""

    help = (
        "Book the operator's own money into the client-money account, so that provider fees never touch members' money."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The amount, and a key for scripts that may run twice."""
        parser.add_argument("amount", help="whole yen, e.g. 50000")
        parser.add_argument("--key", type=UUID, help="a UUID: the same key books once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Book it and say so."""
        try:
            amount_yen = parse_yen(options["amount"])
        except BadYen as problem:
            raise CommandError(_("Please give the amount in whole yen, 1 or more (e.g. 50000).")) from problem
        journal_id = actions.add_float(amount_yen=amount_yen, key=options["key"] or uuid4(), at=clock.now())
        message = _("%(amount)s of the operator's own money are now in the client-money account (journal %(journal)s).")
        self.stdout.write(message % {"amount": format_yen(amount_yen), "journal": journal_id})
