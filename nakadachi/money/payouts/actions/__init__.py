"""The verbs of payouts, one file per concern: requests of members, runs, transfer files, the bank's answers, and
the operator's earned fees."""

from nakadachi.money.payouts.actions.claiming import leave_behind, request_unclaimed
from nakadachi.money.payouts.actions.closing import close, close_extra
from nakadachi.money.payouts.actions.requesting import cancel, request
from nakadachi.money.payouts.actions.sweeping import sweep_fees
from nakadachi.money.payouts.actions.transferring import file_bytes, make_file, mark_returned, mark_sent

__all__ = [
    "cancel",
    "close",
    "close_extra",
    "file_bytes",
    "leave_behind",
    "make_file",
    "mark_returned",
    "mark_sent",
    "request",
    "request_unclaimed",
    "sweep_fees",
]
