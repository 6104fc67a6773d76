"""The verbs of jobs, a file per group: write and publish, edit what is published, close and open again."""

from nakadachi.market.jobs.actions.editing import edit
from nakadachi.market.jobs.actions.recruiting import TIMERS, close, expire, fill, reopen
from nakadachi.market.jobs.actions.showing import show, take_down
from nakadachi.market.jobs.actions.writing import change, discard, publish, write
from nakadachi.market.jobs.locking import locked

__all__ = [
    "TIMERS",
    "change",
    "close",
    "discard",
    "edit",
    "expire",
    "fill",
    "locked",
    "publish",
    "reopen",
    "show",
    "take_down",
    "write",
]
