"""Contracts, milestones, deliveries, terms, and proposals to change or to end."""

from nakadachi.market.contracts.models.agreeing import EndProposal, TermsChange
from nakadachi.market.contracts.models.contract import TITLE_LENGTH_MAX, Contract, Terms, UnitPrice
from nakadachi.market.contracts.models.milestone import MILESTONES_MAX, Delivery, Milestone, Revision
from nakadachi.market.contracts.models.nudge import Nudge
from nakadachi.market.contracts.models.prompt import Prompt

__all__ = [
    "MILESTONES_MAX",
    "TITLE_LENGTH_MAX",
    "Contract",
    "Delivery",
    "EndProposal",
    "Milestone",
    "Nudge",
    "Prompt",
    "Revision",
    "Terms",
    "TermsChange",
    "UnitPrice",
]
