"""The groups of notices that a member decides about, and what each channel does without a decision."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """As the settings and the filter of the page name them."""

    PROPOSALS = "proposals", _("Jobs and proposals")
    MESSAGES = "messages", _("Messages")
    CONTRACTS = "contracts", _("Contracts")
    DELIVERIES = "deliveries", _("Deliveries and inspection")
    MONEY = "money", _("Money")
    ACCOUNT = "account", _("Account and security")


@dataclass(frozen=True, slots=True)
class Channels:
    """What happens without a decision, and whether there is one to take."""

    site_fixed: bool
    mail_fixed: bool
    site: bool = True
    mail: bool = True


CHANNELS: dict[str, Channels] = {
    Group.PROPOSALS: Channels(site_fixed=False, mail_fixed=False),
    Group.MESSAGES: Channels(site_fixed=False, mail_fixed=False, site=False),
    Group.CONTRACTS: Channels(site_fixed=True, mail_fixed=False),
    Group.DELIVERIES: Channels(site_fixed=True, mail_fixed=False),
    Group.MONEY: Channels(site_fixed=True, mail_fixed=True),
    Group.ACCOUNT: Channels(site_fixed=True, mail_fixed=True),
}
"""Money and security are always told. On the site so is everything that may carry a date to keep. Messages are
counted beside their own icon, so that the list of notices need not repeat them."""
