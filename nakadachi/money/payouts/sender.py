"""The operator's own side of a transfer file, from the settings: bank account, ten-digit code, line ends."""

from typing import cast

from django.conf import settings

from nakadachi.money.payouts.zengin import Account, DepositKind, LineEnd, Sender
from nakadachi.people import banks
from nakadachi.people.kana import BadKana, zengin_form


class BadSender(ValueError):
    """The settings name no usable account; `place` and `code` say what to mend."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.place = "PAYOUT_SENDER"
        self.code = code


def current() -> Sender:
    """The sender of `settings.PAYOUT_SENDER`, with the names of the real bank list."""
    given = settings.PAYOUT_SENDER
    bank = banks.bank(given["bank_code"])
    branch = banks.branch(given["bank_code"], given["branch_code"])
    if bank is None or branch is None:
        raise BadSender("bank_code" if bank is None else "branch_code")
    try:
        name, kind = zengin_form(given["name"]), DepositKind(given["kind"])
    except (BadKana, ValueError) as problem:
        raise BadSender("name" if isinstance(problem, BadKana) else "kind") from problem
    account = Account(bank.code, bank.kana, branch.code, branch.kana, kind, given["number"])
    return Sender(given["code"], name, account)


def line_end() -> LineEnd:
    """Nothing, or CRLF, as the operator's bank wants it."""
    return cast(LineEnd, {"none": "", "crlf": "\r\n"}[settings.PAYOUT_LINE_END])
