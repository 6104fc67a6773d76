"""取引期限 on the contract's page: from the first day on, what happens by itself and when."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import deal
from nakadachi.market.contracts.models import Contract
from nakadachi.market.contracts.queries import ContractView
from nakadachi.money import rulebook
from nakadachi.web.pages.contracts.calls import Call
from nakadachi.web.pages.contracts.pieces import may_change
from nakadachi.web.ui import figures


@dataclass(frozen=True)
class Deadline:
    """When, what then, what moves it, and the way to agree on a later day."""

    ends_at: datetime
    rule: str
    moves: str
    href: str


def deadline_of(view: ContractView, actor: Actor) -> Deadline | None:
    """That of a contract in progress."""
    contract = view.contract
    if contract.deal_ends_at is None or contract.status != Contract.Status.ACTIVE:
        return None
    moves = _(
        "Money set aside, a delivery, an acceptance, a change of the terms or a request for a sign of life keeps at"
        " least %(months)s months from that day on."
    )
    return Deadline(
        ends_at=contract.deal_ends_at,
        rule=_rule(view, contract.deal_ends_at),
        moves=moves % {"months": rulebook.current().deal.event_months},
        href=_way_on(view, actor),
    )


def deadline_calls(view: ContractView, actor: Actor, *, now: datetime) -> list[Call]:
    """A callout once both sides are told."""
    contract = view.contract
    is_running = contract.status == Contract.Status.ACTIVE
    if contract.deal_ends_at is None or not is_running or not deal.is_near(contract, now):
        return []
    day = {"day": figures.short_day(contract.deal_ends_at)}
    title = _("The deal deadline is near: %(day)s") % day
    href = _way_on(view, actor)
    label = _("Propose a later deadline") if href else ""
    return [Call("warn", title, _rule(view, contract.deal_ends_at), href, label)]


def _rule(view: ContractView, ends_at: datetime) -> str:
    if any(milestone.is_frozen for milestone in view.milestones):
        return _(
            "The money that stands still waits for its decision. If nobody does anything until %(moment)s, the contract"
            " ends by itself after that: what is delivered is paid, everything else goes back to the client."
        ) % {"moment": figures.day_and_time(ends_at)}
    return _(
        "If nobody does anything until %(moment)s, the contract ends by itself: what is delivered is paid, everything"
        " else that is set aside goes back to the client."
    ) % {"moment": figures.day_and_time(ends_at)}


def _way_on(view: ContractView, actor: Actor) -> str:
    """The form of a change, with this part open."""
    if not may_change(view, actor):
        return ""
    return reverse("contracts:change_new", args=[view.contract.pk], query={"milestone": "deadline"})
