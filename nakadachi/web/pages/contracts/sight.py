"""Everything the one page of a contract shows, put together from a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import formats, policy, prompting, queries, silence
from nakadachi.market.contracts.models import Contract, Milestone, Nudge
from nakadachi.market.contracts.queries import ContractView
from nakadachi.market.contracts.turn import Station, current_milestone, steps, turn_of
from nakadachi.market.jobs.models import Job
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments import queries as payments
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.models import Member
from nakadachi.people.standing.queries import loaded
from nakadachi.trust.mediation import queries as mediation
from nakadachi.web.pages.contracts.calls import (
    Call,
    call_of,
    change_call,
    closing_call,
    end_call,
    frozen_call,
    mediation_call,
    nudge_call,
)
from nakadachi.web.pages.contracts.deadline import Deadline, deadline_calls, deadline_of
from nakadachi.web.pages.contracts.history import history_of
from nakadachi.web.pages.contracts.money import PayDay, Totals, pay_day, quote_of, totals_of
from nakadachi.web.pages.contracts.offers import one_turn
from nakadachi.web.pages.contracts.pieces import Eye, Pieces, may_change, pieces_of
from nakadachi.web.pages.contracts.prompts import with_prompt
from nakadachi.web.pages.contracts.ways import Card, card_of
from nakadachi.web.ui import figures
from nakadachi.web.ui.parts import Happening, Step

REASON_SHOWN = 80


@dataclass(frozen=True)
class ContractSight:
    """The page."""

    contract: Contract
    side: str
    other: Member
    steps: list[Step]
    calls: list[Call]
    pieces: Pieces
    count: int
    totals: Totals
    pay: PayDay | None
    terms_version: int
    happenings: list[Happening]
    has_more: bool
    change_href: str
    is_other_suspended: bool
    end_href: str
    end_label: str
    card: Card | None
    reorder_key: UUID | None
    deadline: Deadline | None


def sight_for(member: Member, contract_id: int, *, now: datetime) -> ContractSight | None:
    """The contract as this member sees it; raises `NotVisible`. None for hourly work, which has a page of its own."""
    actor = Actor.member(member.pk)
    view = queries.view_for(actor, contract_id)
    contract, milestones = view.contract, view.milestones
    if contract.format == Job.Format.HOURLY:
        return None
    current = current_milestone(contract, milestones, view.paying, at=now)
    pay = pay_day(contract, current, member=member, now=now)
    totals = totals_of(contract, milestones, now=now)
    end_href, end_label = _end_way(actor, view)
    calls = _calls(view, member=member, now=now, pay=pay, totals=totals)
    taken = frozenset(href for call in calls for href in (call.href, call.more_href))
    happenings, has_more = history_of(view, viewer_id=member.pk)
    return ContractSight(
        contract=contract,
        side="client" if contract.client_id == member.pk else "worker",
        other=contract.other_side(member.pk),
        steps=_steps(view, current, member, now),
        calls=calls,
        pieces=pieces_of(view, Eye(actor, now, taken)),
        count=len(milestones),
        totals=totals,
        pay=pay,
        terms_version=view.terms[-1].version if view.terms else 0,
        happenings=happenings,
        has_more=has_more,
        change_href=reverse("contracts:change_new", args=[contract.pk]) if may_change(view, actor) else "",
        is_other_suspended=_is_other_suspended(contract, member),
        end_href=end_href,
        end_label=end_label,
        card=card_of(contract, actor, now),
        reorder_key=uuid4() if _may_reorder(contract, actor) else None,
        deadline=deadline_of(view, actor),
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
    if not turn.action and contract.status == Contract.Status.ACTIVE:
        turn = formats.of(contract).turns([contract], now).get(contract.pk, [turn])[0]
    if turn.who == "nobody" and turn.action == "later":
        main = Call("info", _("Nothing to do at the moment"), str(turn.what))
    elif not turn.action:
        is_worker = contract.worker_id == member.pk
        main = closing_call(contract, is_worker=is_worker, pay=pay, receives_yen=totals.worker_receives_yen)
    else:
        about = turn.milestone or view.milestones[0]
        quote = quote_of(about, now=now)
        reason = _last_wish(about) if turn.action == "deliver" else ""
        main = call_of(turn, contract, viewer_id=member.pk, now=now, quote=quote, reason=reason)
        main = _prompted(main, view, viewer_id=member.pk, now=now)
    frozen = _frozen(view, viewer_id=member.pk)
    waiting = [end_call(view.open_end, viewer_id=member.pk)] if view.open_end else []
    waiting += [change_call(view.open_change, viewer_id=member.pk)] if view.open_change else []
    waiting += _nudged(view, viewer_id=member.pk)
    waiting += deadline_calls(view, Actor.member(member.pk), now=now)
    if frozen:
        return one_turn([*([] if turn.action in {"", "frozen"} else [main]), *frozen, *waiting])
    asked = [call for call in waiting if call.tone == "turn"]
    if asked:
        others = [call for call in [main, *waiting] if call is not asked[0]]
        return [asked[0], *(replace(call, tone="info") if call.tone == "turn" else call for call in others)]
    return [main, *waiting]


def _prompted(main: Call, view: ContractView, *, viewer_id: int, now: datetime) -> Call:
    """For the side that waits: the other can be asked to look."""
    waiting = prompting.waiting_of(view.contract, view.milestones, view.paying, at=now)
    if waiting is None or waiting.asker_id != viewer_id:
        return main
    own = [one for one in view.prompts if one.asked_by_id == viewer_id]
    return with_prompt(main, view.contract, waiting, own[-1] if own else None, now=now)


def _nudged(view: ContractView, *, viewer_id: int) -> list[Call]:
    """A sign of life that is asked for and has not come."""
    waiting = next((one for one in view.nudges if one.status == Nudge.Status.OPEN), None)
    if waiting is None:
        return []
    waiting.contract = view.contract
    return [] if silence.is_answered(waiting) else [nudge_call(waiting, viewer_id=viewer_id)]


def _frozen(view: ContractView, *, viewer_id: int) -> list[Call]:
    """What stands still because the card company decides or a mediation is on, asked for only when something does."""
    disputed = {one.hold_id or 0: one for one in view.milestones if one.is_disputed}
    disputes = payments.open_disputes(PURPOSE, list(disputed)) if disputed else {}
    claimed = {one.hold_id or 0: one for one in view.milestones if one.is_claimed}
    cases = mediation.open_by_hold(claimed) if claimed else {}
    return [
        *(mediation_call(case, claimed[hold_id].title) for hold_id, case in cases.items()),
        *(frozen_call(one, disputes.get(hold_id), viewer_id=viewer_id) for hold_id, one in disputed.items()),
    ]


def _is_other_suspended(contract: Contract, member: Member) -> bool:
    if contract.status != Contract.Status.ACTIVE:
        return False
    return loaded(contract.other_side(member.pk)).suspended_at is not None


def _last_wish(milestone: Milestone) -> str:
    deliveries = [row for row in milestone.deliveries.all() if row.revision_reason]
    return Truncator(deliveries[-1].revision_reason).chars(REASON_SHOWN) if deliveries else ""


def _may_reorder(contract: Contract, actor: Actor) -> bool:
    """Asked only of the client of something that is over."""
    if not contract.is_over or not actor.is_member(contract.client_id):
        return False
    waiting = queries.reorder_waits(contract)
    return policy.can_reorder(actor, contract, waiting=waiting) is None


def _end_way(actor: Actor, view: ContractView) -> tuple[str, str]:
    if policy.can_end_alone(actor, view.contract, view.milestones) is None:
        return reverse("contracts:end_alone", args=[view.contract.pk]), _("End this contract")
    if policy.can_propose_end(actor, view.contract, view.milestones, view.open_end) is None:
        return reverse("contracts:end_new", args=[view.contract.pk]), _("Propose to end this contract")
    return "", ""
