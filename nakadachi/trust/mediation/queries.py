"""Reading cases: one's own, and the operator's queue."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from nakadachi.infra.events.queries import about
from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import NotVisible, Refusal
from nakadachi.money.escrow import policy as escrow
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.purposes import on_claimed
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.trust.mediation import deadlines, policy, refusals
from nakadachi.trust.mediation.locking import owner_of
from nakadachi.trust.mediation.models import OPEN, Case, Ruling, SealedOffer, Statement

TO_RULE = (Case.Status.DECIDING, Case.Status.APPEALED)
"""Stages in which the operator has to do something."""


def case_for(actor: Actor, case_id: int) -> Case:
    """A case of a contract one is a side of; the operator's people for mediation see all."""
    found = (
        Case.objects.select_related("contract__client", "contract__worker", "hold", "opened_by", "appealed_by")
        .filter(pk=case_id)
        .first()
    )
    if found is None or not policy.may_see(actor, found):
        raise NotVisible
    return found


def hold_for(actor: Actor, hold_id: int) -> Hold:
    """Money that is set aside between the actor and somebody else, about which the operator may be asked."""
    hold = Hold.objects.filter(pk=hold_id, purpose__in=list(on_claimed)).select_related("payer", "payee").first()
    if hold is None or not (actor.is_member(hold.payer_id) or actor.is_member(hold.payee_id)):
        raise NotVisible
    return hold


def ask_refusal(actor: Actor, hold: Hold) -> Refusal | None:
    """Why the operator cannot be asked about this money, for the page before the form."""
    if hold.is_claimed:
        return refusals.ALREADY_OPEN
    return escrow.can_claim(actor, hold)


def offer_refusal(actor: Actor, case: Case, worker_amount_yen: Yen, at: datetime) -> Refusal | None:
    """Why this offer cannot be made, for the page that asks once more."""
    own, side = own_offers(actor, case), case.side_of(actor.id)
    if refusal := policy.can_offer(actor, case, own, at):
        return refusal
    return policy.amount_refusal(case, side, own, worker_amount_yen) if side else None


def rule_refusal(actor: Actor, case: Case, at: datetime) -> Refusal | None:
    """Why this operator cannot rule on it now."""
    return policy.can_rule(actor, case, Ruling.objects.filter(case=case, number=1).first(), at)


def statements_of(case: Case) -> list[Statement]:
    """What was written down, the oldest first."""
    return list(Statement.objects.filter(case=case).select_related("author").order_by("pk"))


def rulings_of(case: Case) -> list[Ruling]:
    """The first and the second."""
    return list(Ruling.objects.filter(case=case).select_related("by").order_by("number"))


def appealed_at(case: Case) -> datetime | None:
    """When a side appealed against the ruling."""
    found = [event.at for event in about({Case._meta.label_lower: [case.pk]}) if event.kind == "case.appeal"]
    return found[0] if found else None


def by_rule_yen(case: Case) -> Yen:
    """What silence of the operator pays the worker of the rest."""
    return owner_of(case).by_rule_yen(hold=case.hold)


def statement_for(actor: Actor, statement_id: int) -> Statement:
    """A statement of a case the actor may see (and with it, its files)."""
    found = Statement.objects.select_related("case__contract").filter(pk=statement_id).first()
    if found is None or not policy.may_see(actor, found.case):
        raise NotVisible
    return found


def own_offers(actor: Actor, case: Case) -> list[SealedOffer]:
    """What one's own side has offered; nobody sees the other side's."""
    side = case.side_of(actor.id) if actor.kind == "member" else None
    return list(SealedOffer.objects.filter(case=case, side=side).order_by("number")) if side else []


def open_by_hold(hold_ids: Iterable[int]) -> dict[int, Case]:
    """The open case of each of several holds that has one."""
    return {case.hold_id: case for case in Case.objects.filter(hold_id__in=list(hold_ids), status__in=OPEN)}


def of_member(member_id: int) -> list[Case]:
    """The open cases a member is a side of, what ends first first."""
    sides = Q(contract__client_id=member_id) | Q(contract__worker_id=member_id)
    rows = Case.objects.filter(sides, status__in=OPEN).select_related("contract__client", "contract__worker", "hold")
    return list(rows.order_by("due_at", "pk"))


def mine_page(actor: Actor, after: str = "") -> Page[Case]:
    """All cases the member is or was a side of, the newest first."""
    member_id = actor.id if actor.kind == "member" else None
    sides = Q(contract__client_id=member_id) | Q(contract__worker_id=member_id)
    rows = Case.objects.filter(sides).select_related("contract__client", "contract__worker", "hold")
    return page_of(rows, order=("-id",), after=after)


def over_by(case: Case) -> datetime | None:
    """When an open case is over at the latest, if nobody does anything any more."""
    if case.due_at is None or case.status != Case.Status.TALKING:
        return case.due_at
    return deadlines.ruling_until(case.due_at)


def waiting() -> QuerySet[Case]:
    """What the operator has to rule on, what is due first first."""
    return Case.objects.filter(status__in=TO_RULE).order_by("due_at", "pk")


def queue(actor: Actor, *, is_open: bool = True, after: str = "") -> Page[Case]:
    """The operator's queue: what must be ruled on first comes first; what is over, the newest first."""
    if not may(actor, areas.MEDIATION):
        raise NotVisible
    rows = Case.objects.select_related("contract__client", "contract__worker", "hold")
    if is_open:
        return page_of(rows.filter(status__in=OPEN), order=("due_at", "id"), after=after)
    return page_of(rows.filter(status=Case.Status.CLOSED), order=("-closed_at", "-id"), after=after)
