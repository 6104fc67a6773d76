"""Reads of payments."""

from collections.abc import Iterable
from typing import Literal

from django.db.models import F, Q, QuerySet, Sum

from nakadachi.infra.events.models import Event
from nakadachi.infra.events.queries import page_about
from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.payments.lifecycle import PENDING
from nakadachi.money.payments.models import Dispute, Payment, Refund, Settlement
from nakadachi.people.roles import areas
from nakadachi.people.roles.queries import may

UNFINISHED = ("requested", "pending", "refused")
"""Refunds whose money has left the hold and not reached the client."""


def payment_for(actor: Actor, payment_id: int) -> Payment:
    """A payment of the member's own; the operator's people for refunds see all."""
    payment = Payment.objects.filter(pk=payment_id).first()
    is_seen = payment is not None and (actor.is_system or actor.is_member(payment.payer_id))
    if payment is None or not (is_seen or may(actor, areas.REFUNDS)):
        raise NotVisible
    return payment


def captured(purpose: str, purpose_id: int) -> QuerySet[Payment]:
    """What was taken for a purpose, oldest first."""
    return Payment.objects.filter(purpose=purpose, purpose_id=purpose_id, status="captured").order_by(
        "captured_at", "pk"
    )


def last_attempt(purpose: str, purpose_id: int) -> Payment | None:
    """The newest attempt for a purpose, whatever became of it."""
    return Payment.objects.filter(purpose=purpose, purpose_id=purpose_id).order_by("-pk").first()


def pending_for(purpose: str, purpose_id: int | None) -> Payment | None:
    """The attempt of which nobody knows yet what becomes of it, if there is one."""
    return Payment.objects.filter(purpose=purpose, purpose_id=purpose_id, status__in=PENDING).first()


def open_disputes(purpose: str, purpose_ids: Iterable[int]) -> dict[int, Dispute]:
    """The undecided dispute of each of several purposes that has one, by purpose id."""
    found = Dispute.objects.filter(
        status="open", payment__purpose=purpose, payment__purpose_id__in=list(purpose_ids)
    ).select_related("payment")
    return {dispute.payment.purpose_id: dispute for dispute in found}


def disputes_about(purpose: str, purpose_ids: Iterable[int]) -> dict[int, Dispute]:
    """The newest dispute, decided or not, of each of several purposes that has one, by purpose id."""
    found = Dispute.objects.filter(payment__purpose=purpose, payment__purpose_id__in=list(purpose_ids))
    return {dispute.payment.purpose_id: dispute for dispute in found.select_related("payment").order_by("pk")}


def parts_of(purpose: str, purpose_ids: Iterable[int]) -> list[tuple[str, int, int]]:
    """The refunds and disputes of several purposes as (`refund` or `dispute`, its id, the purpose's id)."""
    ids = {"payment__purpose": purpose, "payment__purpose_id__in": list(purpose_ids)}
    refunds = Refund.objects.filter(**ids).values_list("pk", "payment__purpose_id")
    disputes = Dispute.objects.filter(**ids).values_list("pk", "payment__purpose_id")
    return [("refund", *row) for row in refunds] + [("dispute", *row) for row in disputes]


def purpose_of(ref_type: str, ref_id: int | None) -> tuple[str, int] | None:
    """What the payment behind a refund or dispute was for."""
    model = {"refund": Refund, "dispute": Dispute}.get(ref_type)
    if model is None:
        return None
    return model._default_manager.filter(pk=ref_id).values_list("payment__purpose", "payment__purpose_id").first()


def with_open_refunds(purpose: str, purpose_ids: Iterable[int]) -> set[int]:
    """Those of several purposes whose refunds have not all reached the card yet."""
    waiting = Refund.objects.filter(status__in=UNFINISHED).filter(
        payment__purpose=purpose, payment__purpose_id__in=list(purpose_ids)
    )
    return set(waiting.values_list("payment__purpose_id", flat=True))


RefundTab = Literal["waiting", "moving", "done"]
_TABS: dict[str, tuple[str, ...]] = {
    "waiting": ("refused",),
    "moving": ("requested", "pending"),
    "done": ("settled", "transferred", "charged_back"),
}


def refused_refunds() -> QuerySet[Refund]:
    """What the operator must look at: refunds that the provider does not give back, oldest first."""
    return Refund.objects.filter(status="refused").select_related("payment__payer").order_by("requested_at")


def refunds(actor: Actor, tab: RefundTab, after: str = "") -> Page[Refund]:
    """For the operator: what waits longest first, what is done the newest first."""
    _staff_only(actor)
    found = Refund.objects.filter(status__in=_TABS[tab]).select_related("payment__payer")
    return page_of(found, order=("-requested_at", "-pk") if tab == "done" else ("requested_at", "pk"), after=after)


def refund_for(actor: Actor, refund_id: int) -> Refund:
    """One refund with its payment and payer, for the operator."""
    _staff_only(actor)
    refund = Refund.objects.select_related("payment__payer").filter(pk=refund_id).first()
    if refund is None:
        raise NotVisible
    return refund


def captured_by(payer_id: int) -> QuerySet[Payment]:
    """What was taken from a client, oldest first."""
    return Payment.objects.filter(payer_id=payer_id, status="captured").order_by("captured_at", "pk")


def refunds_of(payer_id: int) -> QuerySet[Refund]:
    """What a client gets or got back, for keyset pages by `-requested_at, -pk`."""
    return Refund.objects.filter(payment__payer_id=payer_id).select_related("payment")


def disputes(actor: Actor, *, is_open: bool, after: str = "") -> Page[Dispute]:
    """For the operator: undecided ones by their deadline, decided ones the newest first."""
    _staff_only(actor)
    found = Dispute.objects.select_related("payment__payer")
    if is_open:
        return page_of(found.filter(status="open"), order=("answer_by", "pk"), after=after)
    return page_of(found.exclude(status="open"), order=("-decided_at", "-pk"), after=after)


def dispute_for(actor: Actor, dispute_id: int) -> Dispute:
    """One dispute with its payment and payer, for the operator."""
    _staff_only(actor)
    dispute = Dispute.objects.select_related("payment__payer").filter(pk=dispute_id).first()
    if dispute is None:
        raise NotVisible
    return dispute


def dispute_of(payment: Payment) -> Dispute | None:
    """The newest dispute about a payment, if there was one."""
    return Dispute.objects.filter(payment=payment).order_by("-pk").first()


def is_disputed(payment: Payment) -> bool:
    """True while the card company decides."""
    return Dispute.objects.filter(payment=payment, status="open").exists()


def unanswered_disputes() -> QuerySet[Dispute]:
    """Undecided disputes without evidence, the next deadline first."""
    return Dispute.objects.filter(status="open", evidence_at=None).order_by("answer_by")


def ordered_transfer(refund: Refund) -> Event | None:
    """Who ordered the bank transfer of a refused refund, and with which words, while it waits for a second person."""
    if refund.status != "refused":
        return None
    kinds = ("refund.transfer_ordered", "refund.transfer_dropped", "refund.retry")
    last = page_about({"payments.refund": [refund.pk]}, kinds=kinds, limit=1).rows[:1]
    return last[0] if last and last[0].kind == "refund.transfer_ordered" else None


def undecided_disputes() -> QuerySet[Dispute]:
    """The disputes that wait for a decision."""
    return Dispute.objects.filter(status="open")


def _staff_only(actor: Actor) -> None:
    if not may(actor, areas.REFUNDS):
        raise NotVisible


def expected_clearing_yen() -> Yen:
    """What the provider should hold by our own records: captured − refunded − settled − disputed (with fees) + won."""
    captured_yen = Payment.objects.filter(status="captured").aggregate(sum=Sum("amount_yen"))["sum"] or 0
    refunded_yen = Refund.objects.filter(status="settled").aggregate(sum=Sum("amount_yen"))["sum"] or 0
    settled_yen = Settlement.objects.aggregate(sum=Sum("gross_yen"))["sum"] or 0
    disputes = Dispute.objects.aggregate(
        taken=Sum(F("amount_yen") + F("fee_yen")), won=Sum("amount_yen", filter=Q(status="won"))
    )
    return captured_yen - refunded_yen - settled_yen - (disputes["taken"] or 0) + (disputes["won"] or 0)


def expected_receivable_yen() -> Yen:
    """What the provider has taken for disputes that are not decided."""
    return Dispute.objects.filter(status="open").aggregate(sum=Sum("amount_yen"))["sum"] or 0


def expected_transit_yen() -> Yen:
    """Refunds that have left their holds and not yet through the provider, refused ones included."""
    return Refund.objects.filter(status__in=UNFINISHED).aggregate(sum=Sum("amount_yen"))["sum"] or 0
