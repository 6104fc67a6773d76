"""The verbs of cases, a file per group: open and withdraw, say and offer, rule and appeal, what the clock does."""

from nakadachi.trust.mediation.actions.disclosing import disclose
from nakadachi.trust.mediation.actions.opening import open_case, withdraw
from nakadachi.trust.mediation.actions.ruling import accept_ruling, appeal, rule
from nakadachi.trust.mediation.actions.sweeping import STAGE_OVER, TIMERS
from nakadachi.trust.mediation.actions.talking import offer, state

__all__ = [
    "STAGE_OVER",
    "TIMERS",
    "accept_ruling",
    "appeal",
    "disclose",
    "offer",
    "open_case",
    "rule",
    "state",
    "withdraw",
]
