"""What the ledger refuses, as typed errors: one code per SQLSTATE that its functions raise."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from nakadachi.kernel.refusal import N_, Refusal, Refused

_INTERNAL = N_("This cannot be booked, and nothing was changed. Please tell the operator what you were doing.")
_BUSY = N_("The same money is being moved at this very moment. Please try again shortly.")

REFUSALS: dict[str, Refusal] = {
    "unbalanced": Refusal("unbalanced", _INTERNAL, 422),
    "overdraft": Refusal("overdraft", N_("The balance is too small for this. Please look at it and try again."), 409),
    "key_reused": Refusal(
        "key_reused", N_("This was sent before with other content. Please load the page again and start anew."), 422
    ),
    "unknown_account": Refusal("unknown_account", _INTERNAL, 422),
    "closed_account": Refusal("closed_account", N_("This account is closed; no more money can be moved on it."), 409),
    "bad_lines": Refusal("bad_lines", _INTERNAL, 422),
    "unknown_journal": Refusal("unknown_journal", _INTERNAL, 422),
    "already_reversed": Refusal("already_reversed", N_("This booking has already been taken back."), 409),
    "append_only": Refusal("append_only", _INTERNAL, 422),
    "not_empty": Refusal("not_empty", N_("There is still money on this account."), 409),
    "clock_behind": Refusal("clock_behind", _INTERNAL, 503),
    "unknown_kind": Refusal("unknown_kind", _INTERNAL, 422),
    "busy": Refusal("busy", _BUSY, 503),
}

SQLSTATES: dict[str, str] = {
    "NK001": "unbalanced",
    "NK002": "overdraft",
    "NK003": "key_reused",
    "NK004": "unknown_account",
    "NK005": "closed_account",
    "NK006": "bad_lines",
    "NK007": "unknown_journal",
    "NK008": "already_reversed",
    "NK009": "append_only",
    "NK010": "not_empty",
    "NK011": "clock_behind",
    "55P03": "busy",  # lock_timeout
    "40P01": "busy",  # deadlock, with locks outside the ledger
    "40001": "busy",  # serialization, if somebody raised the isolation level
}


class LedgerRefused(Refused):
    """The ledger did not post; nothing was written. Inside `atomic()` the whole transaction is lost with it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(REFUSALS[code])
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


@contextmanager
def typed() -> Iterator[None]:
    """Turn the database's word into `LedgerRefused`; anything else passes through unchanged."""
    try:
        yield
    except DatabaseError as error:
        code = SQLSTATES.get(getattr(error.__cause__, "sqlstate", None) or "")
        if code is None:
            raise
        raise LedgerRefused(code, str(error).splitlines()[0]) from error
