"""The verbs of proposals, a file per group. What the contract above does with them is in `following`."""

from nakadachi.market.sourcing.actions.answering import decline, decline_rest, keep, reconsider, unkeep
from nakadachi.market.sourcing.actions.countering import accept_counter, counter, decline_counter, withdraw_counter
from nakadachi.market.sourcing.actions.following import answer, choose, pass_over, release
from nakadachi.market.sourcing.actions.running_out import TIMERS, run_out
from nakadachi.market.sourcing.actions.sending import revise, send, stand_by, withdraw, withdraw_all
from nakadachi.market.sourcing.actions.templates import keep_template, remove_template
from nakadachi.market.sourcing.locking import locked

__all__ = [
    "TIMERS",
    "accept_counter",
    "answer",
    "choose",
    "counter",
    "decline",
    "decline_counter",
    "decline_rest",
    "keep",
    "keep_template",
    "locked",
    "pass_over",
    "reconsider",
    "release",
    "remove_template",
    "revise",
    "run_out",
    "send",
    "stand_by",
    "unkeep",
    "withdraw",
    "withdraw_all",
    "withdraw_counter",
]
