"""Everything the one page of a contract shows, put together from a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import policy, queries
from nakadachi.market.contracts.models import Contract, Delivery, Milestone
from nakadachi.market.contracts.queries import ContractView
from nakadachi.market.contracts.turn import Station, current_milestone, steps, turn_of
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments import queries as payments
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.models import Member
from nakadachi.web.pages.contracts.calls import Call, call_of, closing_call, end_call, frozen_call
from nakadachi.web.pages.contracts.history import history_of
from nakadachi.web.pages.contracts.money import PayDay, Totals, pay_day, quote_of, totals_of
from nakadachi.web.pages.files.links import links_of
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import FileLink, Happening, Link, Step

REASON_SHOWN = 80


@dataclass(frozen=True)
class DeliverySight:
    """One delivery with its files."""

    delivery: Delivery
    files: list[FileLink]


@dataclass(frozen=True)
class MilestoneSight:
    """One milestone with what can be done with it now, and what was delivered so far, the newest first."""

    milestone: Milestone
    is_paying: bool
    is_refunding: bool
    ways: list[Link]
    deliveries: list[DeliverySight]


@dataclass(frozen=True)
class ContractSight:
    """The page."""

    contract: Contract
    side: str
    other: Member
    steps: list[Step]
    calls: list[Call]
    milestones: list[MilestoneSight]
    totals: Totals
    pay: PayDay | None
    terms_version: int
    happenings: list[Happening]
    end_href: str
    end_label: str


def sight_for(member: Member, contract_id: int, *, now: datetime) -> ContractSight:
    """The contract as this member sees it; raises `NotVisible`."""
    actor = Actor.member(member.pk)
    view = queries.view_for(actor, contract_id)
    contract, milestones = view.contract, view.milestones
    ends = queries.ends_of(contract)
    current = current_milestone(contract, milestones, view.paying, at=now)
    pay = pay_day(contract, current, member=member, now=now)
    totals = totals_of(contract, milestones, now=now)
    end_href, end_label = _end_way(actor, view)
    calls = _calls(view, member=member, now=now, pay=pay, totals=totals)
    refunding = _refunding(milestones)
    taken = {href for call in calls for href in (call.href, call.more_href)}
    return ContractSight(
        contract=contract,
        side="client" if contract.client_id == member.pk else "worker",
        other=contract.other_side(member.pk),
        steps=_steps(view, current, member, now),
        calls=calls,
        milestones=[_milestone(milestone, view, actor, now, refunding, taken=taken) for milestone in milestones],
        totals=totals,
        pay=pay,
        terms_version=view.terms[-1].version if view.terms else 0,
        happenings=history_of(contract, milestones, ends, viewer_id=member.pk),
        end_href=end_href,
        end_label=end_label,
    )


def _steps(view: ContractView, current: Milestone, member: Member, now: datetime) -> list[Step]:
    """The stations as the kit draws them. Work that was broken off stands where it ended, and says so."""
    stations = _stations(view, current, now)
    steps = [_step(station, view.contract, member) for station in stations]
    open_at = next((at for at, station in enumerate(stations) if station.state != "done"), None)
    if open_at is not None and all(station.state != "now" for station in stations):
        steps[open_at] = Step(steps[open_at].label, "now", _("ended here"))
    return steps


def _stations(view: ContractView, current: Milestone, now: datetime) -> list[Station]:
    paid_out = False
    if current.accepted_at is not None:
        paid_out = payouts.is_paid_out(view.contract.worker_id, confirmed_at=current.accepted_at)
    is_paying = current.pk in view.paying
    return steps(view.contract, current, at=now, is_paying=is_paying, is_paid_out=paid_out)


def _step(station: Station, contract: Contract, member: Member) -> Step:
    return Step(str(station.label), station.state, _note(station, contract, member) if station.state == "now" else "")


def _note(station: Station, contract: Contract, member: Member) -> str:
    """Who must act by when, short enough for a station."""
    if station.on is not None and member.payout_mode == Member.PayoutMode.AUTO and contract.worker_id == member.pk:
        return figures.short_day(station.on)
    if station.who == "nobody":
        return ""
    whose = {"client": contract.client_id, "worker": contract.worker_id}[station.who]
    who = pgettext("turn", "You") if whose == member.pk else _role(station.who)
    if station.until is None:
        return who
    return _("%(who)s, by %(day)s") % {"who": who, "day": figures.short_day(station.until)}


def _role(who: str) -> str:
    return pgettext("contract", "Client") if who == "client" else pgettext("contract", "Worker")


def _calls(view: ContractView, *, member: Member, now: datetime, pay: PayDay | None, totals: Totals) -> list[Call]:
    contract = view.contract
    turn = turn_of(contract, view.milestones, view.paying, at=now)
    if not turn.action:
        is_worker = contract.worker_id == member.pk
        main = closing_call(contract, is_worker=is_worker, pay=pay, receives_yen=totals.worker_receives_yen)
    else:
        about = turn.milestone or view.milestones[0]
        quote = quote_of(about, now=now)
        reason = _last_wish(about) if turn.action == "deliver" else ""
        main = call_of(turn, contract, viewer_id=member.pk, now=now, quote=quote, reason=reason)
    frozen = _frozen(view, viewer_id=member.pk)
    if frozen:
        return frozen if turn.action in {"", "frozen"} else [main, *frozen]
    if view.open_end is None:
        return [main]
    ending = end_call(view.open_end, viewer_id=member.pk)
    if ending.tone == "turn":
        return [ending, replace(main, tone="info")]
    return [main, ending]


def _frozen(view: ContractView, *, viewer_id: int) -> list[Call]:
    """What stands still because the card company decides, asked for only when something does."""
    frozen = [one for one in view.milestones if one.is_frozen and one.hold_id is not None]
    disputes = payments.open_disputes(PURPOSE, [one.hold_id or 0 for one in frozen]) if frozen else {}
    return [frozen_call(one, disputes.get(one.hold_id or 0), viewer_id=viewer_id) for one in frozen]


def _refunding(milestones: Sequence[Milestone]) -> set[int]:
    """Holds whose refund has not reached the client's card yet."""
    returned = [one.hold_id for one in milestones if one.hold is not None and one.hold.refunded_yen]
    return payments.with_open_refunds(PURPOSE, returned) if returned else set()


def _last_wish(milestone: Milestone) -> str:
    deliveries = [row for row in milestone.deliveries.all() if row.revision_reason]
    return Truncator(deliveries[-1].revision_reason).chars(REASON_SHOWN) if deliveries else ""


def _milestone(
    milestone: Milestone, view: ContractView, actor: Actor, now: datetime, refunding: set[int], *, taken: set[str]
) -> MilestoneSight:
    deliveries = [
        DeliverySight(delivery, links_of(view.files.get(delivery.pk, ()))) for delivery in milestone.deliveries.all()
    ]
    return MilestoneSight(
        milestone=milestone,
        is_paying=milestone.pk in view.paying,
        is_refunding=milestone.hold_id in refunding,
        ways=[way for way in _ways(actor, milestone, now) if way.href not in taken],
        deliveries=deliveries[::-1],
    )


def _ways(actor: Actor, milestone: Milestone, now: datetime) -> list[Link]:
    """What this member may do with the milestone now: the buttons ask the same policy as the actions."""
    address = [milestone.contract_id, milestone.pk]
    allowed = [
        ("contracts:funding", _("Set the money aside"), policy.can_fund(actor, milestone)),
        ("contracts:delivery", _("Deliver"), policy.can_deliver(actor, milestone)),
        ("contracts:acceptance", _("Accept the delivery"), policy.can_accept(actor, milestone, now)),
        ("contracts:revision", _("Ask for a revision"), policy.can_request_revision(actor, milestone, now)),
        ("contracts:delivery_withdrawal", _("Withdraw the delivery"), policy.can_withdraw_delivery(actor, milestone)),
        ("contracts:handback", _("Hand back with refund"), policy.can_hand_back(actor, milestone)),
    ]
    return [Link(label, reverse(name, args=address)) for name, label, refusal in allowed if refusal is None]


def _end_way(actor: Actor, view: ContractView) -> tuple[str, str]:
    if policy.can_end_alone(actor, view.contract, view.milestones) is None:
        return reverse("contracts:end_alone", args=[view.contract.pk]), _("End this contract")
    if policy.can_propose_end(actor, view.contract, view.milestones, view.open_end) is None:
        return reverse("contracts:end_new", args=[view.contract.pk]), _("Propose to end this contract")
    return "", ""
