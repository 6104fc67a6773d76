"""Another price for what is set aside: the whole is quoted anew under the frozen rule, and the difference is moved.

A lower price sends the difference back to the client at once; a higher one holds from the moment the client has paid
the difference in. The hold stays the same, so what was released, its account and its history stay as they are.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen, format_yen
from nakadachi.kernel.refusal import MOVE_NOT_ALLOWED, N_, Refusal, Refused, require
from nakadachi.money.escrow import journals, policy
from nakadachi.money.escrow.actions import PURPOSE, book_payment, send_back, send_straight_back
from nakadachi.money.escrow.models import Hold
from nakadachi.money.escrow.paying import require_none_on_its_way
from nakadachi.money.ledger import book
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments import queries as payment_queries
from nakadachi.money.payments.models import Payment
from nakadachi.money.rulebook import Quote

BELOW_RELEASED = Refusal(
    "hold_below_released", N_("%(released)s of it is confirmed already, so the price cannot be lower than that."), 422
)


def requote(hold: Hold, amount_yen: Yen) -> Quote:
    """The same rates for another amount."""
    return replace(hold.terms, amount_yen=amount_yen)


def missing_yen(hold: Hold, amount_yen: Yen) -> Yen:
    """What the client has to pay in for a higher price."""
    return requote(hold, amount_yen).client_pays_yen - hold.client_pays_yen


@transaction.atomic
def reprice_unpaid(*, hold: Hold, amount_yen: Yen, by: Actor, at: datetime) -> Hold:
    """Another price before anything is paid in. Refused while a card is being charged for the old one."""
    hold = locked(Hold, id=hold.pk)[0]
    require(None if hold.status == "unfunded" else MOVE_NOT_ALLOWED)
    require_none_on_its_way(hold)
    return _write(hold, amount_yen, {}, by, at)


@transaction.atomic
def lower(*, hold: Hold, amount_yen: Yen, by: Actor, at: datetime) -> Hold:
    """A lower price for money that is set aside: the difference, the fee on it included, goes back to the client."""
    hold = locked(Hold, id=hold.pk)[0]
    require(policy.is_funded(hold))
    assert amount_yen < hold.amount_yen, "a higher price is topped up"
    if amount_yen <= hold.released_yen:
        raise Refused(BELOW_RELEASED.with_params(released=format_yen(hold.released_yen)))
    assert hold.account_id is not None
    back_yen = -missing_yen(hold, amount_yen)
    if back_yen:
        calc = {"amount_before_yen": hold.amount_yen, "amount_yen": amount_yen, "refund_yen": back_yen}
        draft = journals.refund(
            hold_id=hold.pk,
            account_id=hold.account_id,
            amount_yen=back_yen,
            calc=calc | {"rule": hold.quote["rule"]},
            on=jst_date(at),
        )
        book.post(draft, key=key_for("hold.lower", hold.pk, hold.lowered_yen))
        send_back(hold, back_yen, by, at, what="refund.lower", parts=(hold.lowered_yen,))
    columns = {"refunded_yen": hold.refunded_yen + back_yen, "lowered_yen": hold.lowered_yen + back_yen}
    return _write(hold, amount_yen, columns, by, at)


@transaction.atomic
def start_top_up(*, hold: Hold, amount_yen: Yen, request_key: UUID, by: Actor, at: datetime) -> Payment:
    """The intent to pay the difference to a higher price; while one is on, that one for the same form."""
    hold = locked(Hold, id=hold.pk)[0]
    require(policy.is_funded(hold))
    last = payment_queries.last_attempt(PURPOSE, hold.pk)
    if last is not None and (last.is_pending or last.request_key == request_key):
        require(None if last.request_key == request_key else policy.FUNDING_IN_PROCESS)
        return last
    return payments.start(
        purpose=PURPOSE,
        purpose_id=hold.pk,
        payer=hold.payer,
        amount_yen=missing_yen(hold, amount_yen),
        request_key=request_key,
        by=by,
        at=at,
    )


@transaction.atomic
def top_up(*, hold: Hold, amount_yen: Yen, payment: Payment, by: Actor, at: datetime) -> bool:
    """The difference has come in: the higher price holds. When the two no longer fit, it goes straight back: False."""
    hold = locked(Hold, id=hold.pk)[0]
    book_payment(hold, payment, at)
    if hold.status != "funded" or missing_yen(hold, amount_yen) != payment.amount_yen:
        send_straight_back(hold, payment, by, at)
        return False
    _write(hold, amount_yen, {"funded_yen": hold.funded_yen + payment.amount_yen}, by, at)
    return True


def _write(hold: Hold, amount_yen: Yen, columns: dict[str, Yen], by: Actor, at: datetime) -> Hold:
    before_yen, quote = hold.amount_yen, requote(hold, amount_yen)
    columns = {**columns, "amount_yen": amount_yen, "client_pays_yen": quote.client_pays_yen}
    for column, value in columns.items():
        setattr(hold, column, value)
    hold.quote = quote.as_json()
    hold.__dict__.pop("terms", None)
    hold.save(update_fields=[*columns, "quote"])
    record("hold.adjust", hold, by=by, at=at, amount_before_yen=before_yen, amount_yen=amount_yen)
    return hold
