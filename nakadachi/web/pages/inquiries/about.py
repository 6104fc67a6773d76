"""What an inquiry refers to, as `contract-12` in addresses and forms, and in words on pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.jobs import queries as jobs
from nakadachi.money.payments import queries as payments
from nakadachi.money.payments.models import Payment
from nakadachi.money.payouts import queries as payouts
from nakadachi.web.ui import figures

_DIGITS_MAX = 18


@dataclass(frozen=True)
class About:
    """The thing itself: kind and number, its title, and its page."""

    kind: str
    id: int
    title: str
    href: str

    @property
    def key(self) -> str:
        """What the form carries."""
        return f"{self.kind}-{self.id}"


def about_of(actor: Actor, key: str) -> About | None:
    """What a key names, if the actor may see it; raises `NotVisible` for what is not there."""
    kind, _, number = key.partition("-")
    if not key:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS_MAX):
        raise NotVisible
    return thing(actor, kind, int(number))


def thing(actor: Actor, kind: str, thing_id: int | None) -> About | None:
    """The same by kind and number; only what the actor may see."""
    if not kind or thing_id is None:
        return None
    if kind == "contract":
        title = contracts.contract_for(actor, thing_id).title
        return About(kind, thing_id, title, reverse("contracts:detail", args=[thing_id]))
    if kind == "job":
        return About(kind, thing_id, jobs.job_for(actor, thing_id).title, reverse("jobs:detail", args=[thing_id]))
    if kind == "payment":
        return _payment(payments.payment_for(actor, thing_id))
    if kind == "payout":
        payout = payouts.payout_for(actor, thing_id)
        title = gettext("Payout of %(amount)s") % {"amount": figures.yen(payout.pays_yen)}
        return About(kind, thing_id, title, reverse("earnings:payouts:detail", args=[thing_id]))
    raise NotVisible


def _payment(payment: Payment) -> About:
    """Its page while it is under way, then the entries of what it was for."""
    title = gettext("Payment of %(amount)s") % {"amount": figures.yen(payment.amount_yen)}
    milestone = contracts.milestones_of_holds([payment.purpose_id]).get(payment.purpose_id)
    href = reverse("earnings:contract", args=[milestone.contract_id]) if milestone else reverse("earnings:paid")
    return About("payment", payment.pk, title, href)
