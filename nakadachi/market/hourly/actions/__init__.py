"""The verbs of hourly work, a file per group."""

from nakadachi.market.hourly.actions.answering import Answer, answer
from nakadachi.market.hourly.actions.beginning import begin, open_next_week, reprice
from nakadachi.market.hourly.actions.claiming import WeekClaims
from nakadachi.market.hourly.actions.disputing import WeekDisputes
from nakadachi.market.hourly.actions.editing import add, delete, edit
from nakadachi.market.hourly.actions.finishing import end_renewal, finish, settle
from nakadachi.market.hourly.actions.funding import money_arrived, skip, start_funding, start_paying
from nakadachi.market.hourly.actions.offering import offer
from nakadachi.market.hourly.actions.reporting import report
from nakadachi.market.hourly.actions.reviewing import review
from nakadachi.market.hourly.actions.sweeping import TIMERS
from nakadachi.market.hourly.actions.tracking import start, still_working, stop

__all__ = [
    "TIMERS",
    "Answer",
    "WeekClaims",
    "WeekDisputes",
    "add",
    "answer",
    "begin",
    "delete",
    "edit",
    "end_renewal",
    "finish",
    "money_arrived",
    "offer",
    "open_next_week",
    "report",
    "reprice",
    "review",
    "settle",
    "skip",
    "start",
    "start_funding",
    "start_paying",
    "still_working",
    "stop",
]
