"""Refunds that the card does not take: given back by the operator's own bank transfer, by two persons where wanted."""

from datetime import datetime

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.text import TEXT_LENGTH_MAX, tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import require
from nakadachi.money.ledger import book
from nakadachi.money.payments import journals, policy, queries
from nakadachi.money.payments.actions.refunding import lock
from nakadachi.money.payments.lifecycle import REFUND
from nakadachi.money.payments.models import Refund


@transaction.atomic
def order_transfer(*, refund: Refund, note: str, by: Actor, at: datetime) -> Refund:
    """Write down why and to where, for a colleague to carry out. Refused while an order waits already."""
    refund = lock(refund)
    is_disputed, ordered_by = queries.is_disputed(refund.payment), _ordered_by(refund)
    require(policy.can_retry(by, refund, is_disputed=is_disputed, ordered_by=ordered_by))
    note = _note(note)
    record("refund.transfer_ordered", refund, by=by, at=at, note=note)
    return refund


@transaction.atomic
def drop_transfer(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """Take the order back: the refund waits for a decision as before."""
    refund = lock(refund)
    require(policy.can_drop(by, refund, ordered_by=_ordered_by(refund)))
    record("refund.transfer_dropped", refund, by=by, at=at)
    return refund


@transaction.atomic
def transfer_refund(*, refund: Refund, note: str = "", by: Actor, at: datetime) -> Refund:
    """Mark a refused refund as sent by bank transfer; why and to where stays written: here, or in the order."""
    refund = lock(refund)
    ordered = queries.ordered_transfer(refund)
    is_disputed = queries.is_disputed(refund.payment)
    require(policy.can_transfer(by, refund, is_disputed=is_disputed, ordered_by=ordered.actor_id if ordered else None))
    note = _note(ordered.data["note"] if ordered else note)
    move(refund, REFUND, "transfer", by=by, at=at, event={"note": note}, note=note, settled_at=at)
    draft = journals.refund_transfer(refund_id=refund.pk, amount_yen=refund.amount_yen, on=jst_date(at))
    book.post(draft, key=key_for("refund.transfer", refund.pk))
    return refund


def _ordered_by(refund: Refund) -> int | None:
    ordered = queries.ordered_transfer(refund)
    return ordered.actor_id if ordered else None


def _note(text: str) -> str:
    note = tidy_text(text)
    require(policy.note_refusal(note, TEXT_LENGTH_MAX))
    return note
