"""The verbs of tasks, a file per group: write, fund and open, claim and answer, decide, object, end, by the clock."""

from nakadachi.market.tasks.actions.appealing import accept_rejection, appeal, decide
from nakadachi.market.tasks.actions.claiming import claim, give_back, lapse, submit
from nakadachi.market.tasks.actions.deciding import approve, approve_all, reject
from nakadachi.market.tasks.actions.disputing import TaskDisputes
from nakadachi.market.tasks.actions.finishing import close
from nakadachi.market.tasks.actions.funding import money_arrived, open_task, start_funding
from nakadachi.market.tasks.actions.sweeping import TIMERS
from nakadachi.market.tasks.actions.writing import (
    add_question,
    change,
    change_question,
    discard,
    raise_question,
    remove_question,
    write,
)

__all__ = [
    "TIMERS",
    "TaskDisputes",
    "accept_rejection",
    "add_question",
    "appeal",
    "approve",
    "approve_all",
    "change",
    "change_question",
    "claim",
    "close",
    "decide",
    "discard",
    "give_back",
    "lapse",
    "money_arrived",
    "open_task",
    "raise_question",
    "reject",
    "remove_question",
    "start_funding",
    "submit",
    "write",
]
