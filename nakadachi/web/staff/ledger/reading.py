"""Journals with real account names and links to whom they belong."""

from dataclasses import dataclass

from django.urls import reverse

from nakadachi.money.ledger.queries import JournalView
from nakadachi.web.pages.earnings import words


@dataclass(frozen=True)
class Line:
    """One line of a journal: the account by its name in the ledger and in words."""

    account: str
    words: str
    href: str
    amount_yen: int


def lines_of(journal: JournalView) -> list[Line]:
    """The lines with a link to the member whose account it is."""
    return [
        Line(
            line.account,
            words.line_of(line, viewer_id=0, hold=None).account,
            _href(line.account),
            line.amount_yen,
        )
        for line in journal.lines
    ]


def _href(account: str) -> str:
    kind, _, owner = account.partition(":")
    return reverse("staff:members:statement", args=[int(owner)]) if kind == "member" else ""
