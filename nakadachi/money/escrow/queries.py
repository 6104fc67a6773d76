"""Reads of holds."""

from django.db.models import Q, QuerySet

from nakadachi.infra.prepared import Param, Prepared
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.escrow.models import HELD, Hold
from nakadachi.money.payments.models import Payment

_BEHIND = """
WITH RECURSIVE behind AS (
    SELECT %s::bigint AS id
    UNION SELECT hold.id FROM escrow_hold hold JOIN behind ON hold.rolled_into_id = behind.id
)
SELECT payment.* FROM payments_payment payment
WHERE payment.purpose = 'hold' AND payment.purpose_id IN (SELECT id FROM behind) AND payment.status = 'captured'
ORDER BY payment.captured_at DESC, payment.id DESC
"""

_FUNDED = Prepared(lambda: Hold.objects.filter(payee=Param("payee"), status__in=HELD).order_by("funded_at", "pk"))


def hold_for(actor: Actor, hold_id: int) -> Hold:
    """A hold that the actor is a side of; staff see all."""
    hold = Hold.objects.filter(pk=hold_id).first()
    if hold is None or not (
        actor.is_staff or actor.is_system or actor.is_member(hold.payer_id) or actor.is_member(hold.payee_id)
    ):
        raise NotVisible
    return hold


def payments_behind(hold: Hold, *, locked: bool = False) -> list[Payment]:
    """What was taken for a hold and for those that rolled into it, the newest first."""
    return list(Payment.objects.raw(_BEHIND + (" FOR UPDATE OF payment" if locked else ""), [hold.pk]))


def is_behind(payment: Payment, hold: Hold) -> bool:
    """True when the payment's money came into the hold, directly or by rolling on."""
    return payment.purpose_id == hold.pk or any(payment.pk == one.pk for one in payments_behind(hold))


def where_it_went(hold_id: int) -> int:
    """The hold in which what is left of a hold stands now: itself, or the last it rolled on into."""
    while into_id := Hold.objects.filter(pk=hold_id).values_list("rolled_into_id", flat=True).first():
        hold_id = into_id
    return hold_id


def funded_for_payee(member_id: int) -> list[Hold]:
    """Money set aside for a worker, not yet confirmed, oldest first."""
    return _FUNDED(payee=member_id)


def open_of(member_id: int) -> QuerySet[Hold]:
    """Every hold with money in it that a member is a side of."""
    return Hold.objects.filter(Q(payer_id=member_id) | Q(payee_id=member_id), status__in=HELD).order_by("pk")


def paid_by(member_id: int) -> QuerySet[Hold]:
    """Everything a client ever paid in, for keyset pages by `-funded_at, -pk`."""
    return Hold.objects.filter(payer_id=member_id, funded_at__isnull=False)
