"""The milestones of a contract as its page shows them: a few in full, the many as one line each, in groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import changes, policy
from nakadachi.market.contracts.lateness import days_late, work_until
from nakadachi.market.contracts.models import Contract, Delivery, Milestone
from nakadachi.market.contracts.queries import ContractView
from nakadachi.market.jobs.models import Job
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments import queries as payments
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.ui.parts import FileLink, Link
from nakadachi.web.ui.relative import near_day

FULL_MAX = 8
"""So many milestones are shown with everything; the others as a line that opens their own page."""


@dataclass(frozen=True)
class DeliverySight:
    """One delivery with its files, and those the client put beside a request to change it."""

    delivery: Delivery
    files: list[FileLink]
    wish_files: list[FileLink]


@dataclass(frozen=True)
class MilestoneSight:
    """One milestone with what can be done with it now, and what was delivered so far, the newest first."""

    milestone: Milestone
    is_paying: bool
    is_refunding: bool
    ways: list[Link]
    deliveries: list[DeliverySight]
    days_late: int
    until: datetime | None


@dataclass(frozen=True)
class Line:
    """One milestone in a line, in words and figures."""

    href: str
    title: str
    status: str
    funded: bool
    frozen: bool
    claimed: bool
    is_paying: bool
    days_late: int
    due: str
    amount_yen: int


@dataclass(frozen=True)
class Pieces:
    """`full` are what goes on now (or all, when they are few); the others wait in `coming` or are `finished`."""

    full: list[MilestoneSight]
    coming: list[Line] = field(default_factory=list)
    finished: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Eye:
    """Who looks, when, and what is already offered above: those ways are not repeated."""

    actor: Actor
    now: datetime
    taken: frozenset[str] = frozenset()


def pieces_of(view: ContractView, eye: Eye) -> Pieces:
    """All milestones in the order of the terms; when they are many, what goes on comes first. Of months that go on,
    those that are over are lines."""
    milestones = view.milestones
    refunding = _refunding(milestones)
    if view.contract.format == Job.Format.MONTHLY and (months := [one for one in milestones if one.is_pending]):
        return Pieces(
            full=[milestone_sight(month, view, eye, refunding) for month in months],
            finished=[_line(one, view, eye) for one in milestones if not one.is_pending],
        )
    if len(milestones) <= FULL_MAX:
        return Pieces([milestone_sight(milestone, view, eye, refunding) for milestone in milestones])
    moving = [one for one in milestones if one.is_pending and (one.is_funded or one.is_frozen or one.pk in view.paying)]
    moving.sort(key=lambda one: (one.status != Milestone.Status.DELIVERED, one.due_on, one.position))
    shown = {one.pk for one in moving[:FULL_MAX]}
    rest = [one for one in milestones if one.pk not in shown]
    return Pieces(
        full=[milestone_sight(milestone, view, eye, refunding) for milestone in moving[:FULL_MAX]],
        coming=[_line(one, view, eye) for one in rest if one.is_pending],
        finished=[_line(one, view, eye) for one in rest if not one.is_pending],
    )


def _line(milestone: Milestone, view: ContractView, eye: Eye) -> Line:
    return Line(
        href=reverse("contracts:milestone", args=[milestone.contract_id, milestone.pk]),
        title=f"{milestone.position}. {milestone.title}",
        status=milestone.status,
        funded=milestone.is_funded,
        frozen=milestone.is_frozen,
        claimed=milestone.is_claimed,
        is_paying=milestone.pk in view.paying,
        days_late=days_late(milestone, eye.now) if milestone.is_pending else 0,
        due=near_day(milestone.due_on, eye.now),
        amount_yen=milestone.amount_yen,
    )


def _refunding(milestones: Sequence[Milestone]) -> set[int]:
    """Holds whose refund has not reached the client's card yet."""
    returned = [one.hold_id for one in milestones if one.hold is not None and one.hold.refunded_yen]
    return payments.with_open_refunds(PURPOSE, returned) if returned else set()


def one_piece(milestone: Milestone, view: ContractView, eye: Eye) -> MilestoneSight:
    """A milestone on a page of its own."""
    return milestone_sight(milestone, view, eye, _refunding([milestone]))


def milestone_sight(milestone: Milestone, view: ContractView, eye: Eye, refunding: set[int]) -> MilestoneSight:
    """One milestone in full."""
    deliveries = [
        DeliverySight(
            delivery, links_of(view.files.get(delivery.pk, ())), links_of(view.wish_files.get(delivery.pk, ()))
        )
        for delivery in milestone.deliveries.all()
    ]
    is_worked_on = milestone.status == Milestone.Status.OPEN and milestone.is_funded
    return MilestoneSight(
        milestone=milestone,
        is_paying=milestone.pk in view.paying,
        is_refunding=milestone.hold_id in refunding,
        ways=[way for way in _ways(milestone, view, eye) if way.href not in eye.taken],
        deliveries=deliveries[::-1],
        days_late=days_late(milestone, eye.now),
        until=work_until(milestone, eye.now) if is_worked_on else None,
    )


def _ways(milestone: Milestone, view: ContractView, eye: Eye) -> list[Link]:
    """What this member may do with the milestone now: the buttons ask the same policy as the actions."""
    actor, now = eye.actor, eye.now
    address = [milestone.contract_id, milestone.pk]
    allowed = [
        ("contracts:funding", _fund_label(milestone, view), policy.can_fund(actor, milestone)),
        ("contracts:delivery", _("Deliver"), policy.can_deliver(actor, milestone)),
        ("contracts:acceptance", _("Accept the delivery"), policy.can_accept(actor, milestone, now)),
        ("contracts:revision", _("Ask for a revision"), policy.can_request_revision(actor, milestone, now)),
        ("contracts:delivery_withdrawal", _("Withdraw the delivery"), policy.can_withdraw_delivery(actor, milestone)),
        ("contracts:handback", _("Hand back with refund"), policy.can_hand_back(actor, milestone)),
    ]
    ways = [Link(label, reverse(name, args=address)) for name, label, refusal in allowed if refusal is None]
    if milestone.status == Milestone.Status.OPEN and may_change(view, actor):
        ways.append(Link(_("Propose another date"), change_href(view.contract, milestone)))
    if milestone.is_claimed:
        ways.append(Link(_("To the mediation"), reverse("mediation:new", args=[milestone.hold_id])))
    elif policy.can_claim(actor, milestone) is None:
        ways.append(Link(_("Ask the operator to mediate"), reverse("mediation:new", args=[milestone.hold_id])))
    return ways


def _fund_label(milestone: Milestone, view: ContractView) -> str:
    return _("See the payment") if milestone.pk in view.paying else _("Set the money aside")


def may_change(view: ContractView, actor: Actor) -> bool:
    """True while a change of the terms can be proposed."""
    return changes.can_propose(actor, view.contract, view.open_change) is None


def change_href(contract: Contract, milestone: Milestone) -> str:
    """The form for a change, opened at this milestone."""
    return reverse("contracts:change_new", args=[contract.pk], query={"milestone": milestone.pk})
