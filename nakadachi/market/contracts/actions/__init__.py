"""The verbs of contracts, a file per group. Each locks what it decides on, asks the policy, moves, posts, records."""

from nakadachi.market.contracts.actions.changing import (
    accept_change,
    decline_change,
    drop_change,
    propose_change,
    start_top_up,
    withdraw_change,
)
from nakadachi.market.contracts.actions.claiming import MilestoneClaims
from nakadachi.market.contracts.actions.continuing import reorder
from nakadachi.market.contracts.actions.delivering import deliver, withdraw_delivery
from nakadachi.market.contracts.actions.disputing import MilestoneDisputes
from nakadachi.market.contracts.actions.ending import (
    accept_end,
    decline_end,
    end_alone,
    propose_end,
    withdraw_end,
)
from nakadachi.market.contracts.actions.expiring import expire
from nakadachi.market.contracts.actions.funding import money_arrived, start_funding
from nakadachi.market.contracts.actions.handing_back import hand_back
from nakadachi.market.contracts.actions.hearing import heard
from nakadachi.market.contracts.actions.inspecting import accept, request_revision
from nakadachi.market.contracts.actions.lapsing import lapse_change, lapse_end
from nakadachi.market.contracts.actions.nudging import carry_out, nudge
from nakadachi.market.contracts.actions.offering import confirm, decline, lapse, offer, open_offer, withdraw_offer
from nakadachi.market.contracts.actions.prompting import prompt
from nakadachi.market.contracts.actions.sweeping import LAPSED_OFFER, SILENT_ACCEPTANCE, TIMERS
from nakadachi.market.contracts.drafts import MilestoneDraft, RateDraft

__all__ = [
    "LAPSED_OFFER",
    "SILENT_ACCEPTANCE",
    "TIMERS",
    "MilestoneClaims",
    "MilestoneDisputes",
    "MilestoneDraft",
    "RateDraft",
    "accept",
    "accept_change",
    "accept_end",
    "carry_out",
    "confirm",
    "decline",
    "decline_change",
    "decline_end",
    "deliver",
    "drop_change",
    "end_alone",
    "expire",
    "hand_back",
    "heard",
    "lapse",
    "lapse_change",
    "lapse_end",
    "money_arrived",
    "nudge",
    "offer",
    "open_offer",
    "prompt",
    "propose_change",
    "propose_end",
    "reorder",
    "request_revision",
    "start_funding",
    "start_top_up",
    "withdraw_change",
    "withdraw_delivery",
    "withdraw_end",
    "withdraw_offer",
]
