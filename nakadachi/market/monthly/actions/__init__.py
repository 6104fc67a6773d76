"""The verbs of work by the month: offer, write a month down, give notice, leave an unpaid month out."""

from nakadachi.market.monthly.actions.leaving import give_notice, not_begun
from nakadachi.market.monthly.actions.offering import offer
from nakadachi.market.monthly.actions.opening import open_month
from nakadachi.market.monthly.actions.sweeping import TIMERS
from nakadachi.market.monthly.drafts import PlanDraft

__all__ = ["TIMERS", "PlanDraft", "give_notice", "not_begun", "offer", "open_month"]
