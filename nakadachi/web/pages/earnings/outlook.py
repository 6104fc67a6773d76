"""What happens with the balance next, in words: how much is paid out on which day, or what stands in the way."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from nakadachi.money import rulebook
from nakadachi.money.payouts import queries as payouts
from nakadachi.money.payouts.queries import Offer
from nakadachi.people.models import Member
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Outlook:
    """A callout: `tone` as in the kit; a button when there is something to do."""

    tone: str
    title: str
    text: str
    href: str = ""
    label: str = ""


def outlook_of(member: Member, *, now: datetime) -> tuple[Outlook, int]:
    """The next payout of a member in one callout, and the balance it speaks of."""
    offer = payouts.offer_for(member.pk, now)
    return _outlook(member, offer, offer.refusal.code if offer.refusal else ""), offer.balance_yen


def _outlook(member: Member, offer: Offer, refused: str) -> Outlook:
    facts = {
        "closes": figures.short_day(offer.closes_on),
        "pays": figures.short_day(offer.pays_on),
        "balance": figures.yen(offer.balance_yen),
        "amount": figures.yen(offer.pays_yen),
        "bank": offer.account.bank_name if offer.account else "",
        "minimum": figures.yen(rulebook.current().payout.minimum_yen),
    }
    if refused == "already_requested":
        return Outlook(
            "good",
            gettext("Your payout goes with the transfer on %(pays)s") % facts,
            gettext("It is closed on %(closes)s. Until then you can take the request back.") % facts,
            reverse("earnings:payouts:list"),
            gettext("See your payouts"),
        )
    if offer.balance_yen == 0:
        return Outlook(
            "info",
            gettext("There is no reward to pay out at the moment"),
            gettext("What is confirmed by %(closes)s is paid to your bank account on %(pays)s.") % facts,
        )
    if refused == "below_minimum":
        return Outlook(
            "info",
            gettext("%(balance)s is carried over") % facts,
            gettext("Payouts start at %(minimum)s. The balance stays yours and adds up until then.") % facts,
        )
    if refused == "payouts_held" and offer.rest is not None:
        return Outlook(
            "warn",
            gettext("Payouts rest until %(until)s") % {"until": figures.day_and_time(offer.rest.until)},
            gettext(
                "Your mail address or bank account has just been changed, or your password was reset."
                " %(balance)s stays on your balance."
            )
            % facts,
            reverse("earnings:payouts:list"),
            gettext("See your payouts"),
        )
    if refused:
        return Outlook(
            "warn",
            gettext("Please register the bank account for your reward")
            if offer.account is None
            else gettext("Please check the bank account for your reward"),
            gettext("Without it, %(balance)s cannot be transferred on %(pays)s. The reward stays safe on your balance.")
            % facts,
            reverse("settings:bank"),
            gettext("To the bank account"),
        )
    if member.payout_mode == Member.PayoutMode.ON_REQUEST:
        return Outlook(
            "turn",
            gettext("You can have %(amount)s paid out") % facts,
            gettext("Ask for it by %(closes)s, and it arrives at %(bank)s on %(pays)s.") % facts,
            reverse("earnings:payouts:new"),
            gettext("Ask for the payout"),
        )
    return Outlook(
        "good",
        gettext("We transfer %(amount)s on %(pays)s") % facts,
        gettext("Closing day is %(closes)s; it goes to your account at %(bank)s. You need not do anything.") % facts,
    )
