"""Whose turn it is, with what, and until when. Pure: looks only at what is handed in, with holds loaded.

The same answer feeds the stepper, the call to act on the contract's page, and 要対応.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts.lateness import work_until
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.timers import fund_until
from nakadachi.money import rulebook

Who = Literal["client", "worker", "nobody"]
State = Literal["done", "now", "todo"]
Text = str | Promise


@dataclass(frozen=True)
class Turn:
    """`who` must do `what` until `until`; `action` names the verb, `milestone` what it is about."""

    who: Who
    action: str
    what: Text
    until: datetime | None = None
    milestone: Milestone | None = None

    def is_for(self, contract: Contract, member_id: int | None) -> bool:
        """True when the viewer is the one who must act."""
        sides = {"client": contract.client_id, "worker": contract.worker_id, "nobody": None}
        return member_id is not None and member_id == sides[self.who]


@dataclass(frozen=True)
class Station:
    """One station of the stepper. `who` and `until` stand on the one that is now; `on` on the last, when known."""

    key: str
    label: Text
    state: State
    who: Who = "nobody"
    until: datetime | None = None
    on: date | None = None


STATIONS: tuple[tuple[str, Text], ...] = (
    ("proposal", _("Proposal")),
    ("agreement", _("Contract")),
    ("funding", _("Escrow")),
    ("work", _("Working")),
    ("delivery", _("Delivery")),
    ("inspection", _("Inspection")),
    ("reward", _("Reward confirmed")),
    ("payout", _("Payout")),
)
NOBODY = Turn("nobody", "", _("Nothing to do"))

_WHO_FUNDS = _("Set the money aside")
_WHO_PAYS = _("Your payment is being processed")
_WHO_DECIDES = _("The card company decides on a dispute")
_WHO_MEDIATES = _("Both sides and the operator, in a mediation")
_WHO_WORKS = _("Work and deliver")
_WHO_REVISES = _("Revise and deliver again")
_WHO_INSPECTS = _("Inspect what was delivered")
OFFER = _("Answer the offer")


def turn_of_milestone(contract: Contract, milestone: Milestone, *, at: datetime, is_paying: bool = False) -> Turn:
    """Whose turn it is with one milestone. `is_paying`: the provider is being asked right now."""
    if contract.status == Contract.Status.OFFERED:
        return _offered(contract)
    if contract.status != Contract.Status.ACTIVE or not milestone.is_pending:
        return NOBODY
    if milestone.is_frozen:
        what = _WHO_DECIDES if milestone.is_disputed else _WHO_MEDIATES
        return Turn("nobody", "frozen", what, None, milestone)
    if milestone.status == Milestone.Status.DELIVERED:
        return Turn("client", "accept", _WHO_INSPECTS, milestone.auto_accept_at, milestone)
    if milestone.is_funded:
        what = _WHO_REVISES if milestone.revisions_count else _WHO_WORKS
        return Turn("worker", "deliver", what, work_until(milestone, at), milestone)
    if is_paying:
        return Turn("nobody", "wait", _WHO_PAYS, None, milestone)
    return Turn("client", "fund", _WHO_FUNDS, fund_until(milestone), milestone)


def _offered(contract: Contract) -> Turn:
    return Turn("worker", "confirm", OFFER, contract.answer_by)


def turn_of(contract: Contract, milestones: Sequence[Milestone], paying: Collection[int] = (), *, at: datetime) -> Turn:
    """Whose turn it is with the whole contract: what waits for inspection first, then work, then funding.

    `paying` are the ids of milestones whose payment is being processed.
    """
    if contract.status == Contract.Status.OFFERED:
        return _offered(contract)
    turns = [turn_of_milestone(contract, one, at=at, is_paying=one.pk in paying) for one in milestones]
    order = ("accept", "deliver", "wait", "fund", "frozen")
    waiting = [turn for turn in turns if turn.action]
    return min(waiting, key=lambda turn: order.index(turn.action), default=NOBODY)


def current_milestone(
    contract: Contract, milestones: Sequence[Milestone], paying: Collection[int] = (), *, at: datetime
) -> Milestone:
    """The milestone the stepper shows: whose turn it is about, else the first that is pending, else the last."""
    turn = turn_of(contract, milestones, paying, at=at)
    if turn.milestone is not None:
        return turn.milestone
    pending = [milestone for milestone in milestones if milestone.is_pending]
    return pending[0] if pending else milestones[-1]


def steps(
    contract: Contract, milestone: Milestone, *, at: datetime, is_paying: bool = False, is_paid_out: bool = False
) -> list[Station]:
    """The way of one milestone from proposal to payout: what is done, where it stands, who must act until when."""
    turn = turn_of_milestone(contract, milestone, at=at, is_paying=is_paying)
    now = _position(contract, milestone, is_paid_out=is_paid_out)
    pays_on = rulebook.payout_dates(jst_date(milestone.accepted_at))[1] if milestone.accepted_at else None
    stations = []
    for index, (key, label) in enumerate(STATIONS):
        state: State = "done" if index < now else "now" if index == now else "todo"
        on = pays_on if key == "payout" else None
        if state == "now":
            stations.append(Station(key, label, state, turn.who, turn.until, on))
        else:
            stations.append(Station(key, label, state, on=on))
    if _is_broken_off(contract, milestone):
        return [Station(s.key, s.label, "todo" if s.state == "now" else s.state) for s in stations]
    return stations


def _position(contract: Contract, milestone: Milestone, *, is_paid_out: bool) -> int:
    """The index of the station that is now; one past the last when everything is done."""
    if contract.agreed_at is None:
        return 1
    if milestone.status == Milestone.Status.ACCEPTED:
        return len(STATIONS) if is_paid_out else 7
    is_settled_work = milestone.status == Milestone.Status.SETTLED and milestone.delivered_at is not None
    if milestone.status == Milestone.Status.DELIVERED or is_settled_work:
        return 5
    return 3 if milestone.hold is not None and milestone.hold.funded_at is not None else 2


def _is_broken_off(contract: Contract, milestone: Milestone) -> bool:
    """True when nothing follows: declined, lapsed, handed back, settled."""
    closed = {Contract.Status.DECLINED, Contract.Status.LAPSED, Contract.Status.WITHDRAWN}
    given_up = {Milestone.Status.HANDED_BACK, Milestone.Status.SETTLED}
    return contract.status in closed or milestone.status in given_up
