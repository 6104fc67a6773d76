"""Reading cases: one's own, and the operator's queue."""

from collections.abc import Iterable

from django.db.models import Q

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may
from nakadachi.trust.mediation import policy
from nakadachi.trust.mediation.models import OPEN, Case, SealedOffer


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


def queue(actor: Actor, *, is_open: bool = True, after: str = "") -> Page[Case]:
    """The operator's queue: what must be ruled on first comes first; what is over, the newest first."""
    if not may(actor, areas.MEDIATION):
        raise NotVisible
    rows = Case.objects.select_related("contract__client", "contract__worker", "hold")
    if is_open:
        return page_of(rows.filter(status__in=OPEN), order=("due_at", "id"), after=after)
    return page_of(rows.filter(status=Case.Status.CLOSED), order=("-closed_at", "-id"), after=after)
