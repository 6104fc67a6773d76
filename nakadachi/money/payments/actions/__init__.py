"""The verbs of payments: start and charge, refund, receive what the provider says, finish what was interrupted."""

from nakadachi.money.payments.actions.asking import ask, give_up
from nakadachi.money.payments.actions.by_hand import drop_transfer, order_transfer, transfer_refund
from nakadachi.money.payments.actions.charging import charge, record_charge, start
from nakadachi.money.payments.actions.disputing import (
    give_evidence,
    look_at_dispute,
    record_dispute,
    send_evidence,
    take_note,
)
from nakadachi.money.payments.actions.hooks import receive_hook
from nakadachi.money.payments.actions.leaving import TIMERS, lapse
from nakadachi.money.payments.actions.recovery import reconcile
from nakadachi.money.payments.actions.refunding import request_refund, retry_refund, send_refund
from nakadachi.money.payments.actions.settling import add_float, collect_settlements

__all__ = [
    "TIMERS",
    "add_float",
    "ask",
    "charge",
    "collect_settlements",
    "drop_transfer",
    "give_evidence",
    "give_up",
    "lapse",
    "look_at_dispute",
    "order_transfer",
    "receive_hook",
    "reconcile",
    "record_charge",
    "record_dispute",
    "request_refund",
    "retry_refund",
    "send_evidence",
    "send_refund",
    "start",
    "take_note",
    "transfer_refund",
]
