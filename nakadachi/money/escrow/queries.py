"""Reads of holds."""

from django.db.models import Q, QuerySet

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.escrow.models import CLOSED, HELD, Hold


def hold_for(actor: Actor, hold_id: int) -> Hold:
    """A hold that the actor is a side of; staff see all."""
    hold = Hold.objects.filter(pk=hold_id).first()
    if hold is None or not (
        actor.is_staff or actor.is_system or actor.is_member(hold.payer_id) or actor.is_member(hold.payee_id)
    ):
        raise NotVisible
    return hold


def funded_for_payee(member_id: int) -> QuerySet[Hold]:
    """Money set aside for a worker, not yet confirmed, oldest first."""
    return Hold.objects.filter(payee_id=member_id, status__in=HELD).order_by("funded_at", "pk")


def open_of(member_id: int) -> QuerySet[Hold]:
    """Every hold with money in it that a member is a side of."""
    return Hold.objects.filter(Q(payer_id=member_id) | Q(payee_id=member_id), status__in=HELD).order_by("pk")


def closed_of_payee(member_id: int) -> QuerySet[Hold]:
    """What a worker's holds ended in, newest first."""
    return Hold.objects.filter(payee_id=member_id, status__in=CLOSED).order_by("-closed_at", "-pk")


def paid_by(member_id: int) -> QuerySet[Hold]:
    """Everything a client ever paid in, for keyset pages by `-funded_at, -pk`."""
    return Hold.objects.filter(payer_id=member_id, funded_at__isnull=False)
