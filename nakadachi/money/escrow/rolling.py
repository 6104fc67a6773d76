"""Rolling on: what is left of one hold goes into the next of the same two people, so that only the difference is paid.

The hold that gives is closed by it: what the next does not need goes back to the client in the same moment. Where every
yen came from stays known (`queries.payments_behind`), so that a refund finds its card.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.money.escrow import actions, journals
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import book
from nakadachi.money.payments import Given
from nakadachi.money.payments.models import Payment


@transaction.atomic
def fund(*, hold: Hold, payment: Payment | None, rests: Sequence[Hold], by: Actor, at: datetime) -> Hold:
    """Fund a hold whole: by what is left of earlier ones, and by a captured payment of the difference, if there is one.

    When the two no longer add up (a rest was refunded meanwhile), the payment goes straight back.
    """
    hold, *rests = _locked_in_order(hold, rests)
    paid_yen = payment.amount_yen if payment is not None else 0
    if payment is not None:
        if hold.funded_by_id == payment.pk:
            return hold
        actions.book_payment(hold, payment, at)
    short_yen = hold.client_pays_yen - paid_yen
    fits = hold.status == "unfunded" and 0 <= short_yen <= sum(_usable_yen(rest, hold) for rest in rests)
    if not fits:
        if payment is not None:
            actions.send_straight_back(hold, payment, by, at)
        return hold
    _roll_all(rests, hold, short_yen, by, at)
    event = {"rolled_yen": short_yen, "paid_yen": paid_yen}
    columns = {"funded_at": at, "funded_yen": hold.client_pays_yen, "funded_by": payment}
    return move(hold, HOLD, "fund", by=by, at=at, event=event, **columns)


def _locked_in_order(hold: Hold, rests: Sequence[Hold]) -> list[Hold]:
    """All of them as they are now, locked by id, answered in the order they came in."""
    fresh = {row.pk: row for row in locked(Hold, id=[hold.pk, *(rest.pk for rest in rests)])}
    return [fresh[hold.pk], *(fresh[rest.pk] for rest in rests)]


def _usable_yen(rest: Hold, into: Hold) -> Yen:
    same = (rest.purpose, rest.payer_id, rest.payee_id) == (into.purpose, into.payer_id, into.payee_id)
    assert same, "money rolls on only between the same two people, for the same kind of work"
    return rest.balance_yen if rest.status == "funded" else 0


def _roll_all(rests: Sequence[Hold], into: Hold, needed_yen: Yen, by: Actor, at: datetime) -> None:
    for rest in rests:
        amount_yen = min(needed_yen, _usable_yen(rest, into))
        if amount_yen:
            _roll(rest, into, amount_yen, by, at)
            needed_yen -= amount_yen
    assert needed_yen == 0, "what is missing was counted before"


def _roll(rest: Hold, into: Hold, amount_yen: Yen, by: Actor, at: datetime) -> None:
    assert rest.account_id is not None
    assert into.account_id is not None
    back_yen = rest.balance_yen - amount_yen
    calc = {"before_yen": rest.released_yen, "rolled_yen": amount_yen, "back_yen": back_yen, "into_hold_id": into.pk}
    draft = journals.roll(
        hold_id=rest.pk,
        account_id=rest.account_id,
        into_account_id=into.account_id,
        amount_yen=amount_yen,
        calc=calc,
        on=jst_date(at),
    )
    book.post(draft, key=key_for("hold.roll", rest.pk))
    if back_yen:
        _book_refund(rest, back_yen, calc, at)
    columns: dict[str, Any] = {"rolled_yen": amount_yen, "rolled_into": into, "closed_at": at}
    columns["refunded_yen"] = rest.refunded_yen + back_yen
    event = {"rolled_yen": amount_yen, "refund_yen": back_yen, "into_hold_id": into.pk}
    move(rest, HOLD, "roll", by=by, at=at, event=event, **columns)
    if back_yen:
        actions.send_back(rest, back_yen, by, at)


def _book_refund(hold: Hold, amount_yen: Yen, calc: dict[str, Any], at: datetime) -> None:
    assert hold.account_id is not None
    draft = journals.refund(
        hold_id=hold.pk, account_id=hold.account_id, amount_yen=amount_yen, calc=calc, on=jst_date(at)
    )
    book.post(draft, key=key_for("hold.refund", hold.pk))


@transaction.atomic
def charge_back_rest(*, hold: Hold, payment: Payment, left_yen: Yen, by: Actor, at: datetime) -> Given | None:
    """Give a lost dispute what is left in the hold, at most what it asks for; the remainder goes back to the client.

    For money of several payments in one hold: one of them was taken back, the work before it is paid already.
    """
    hold = locked(Hold, id=hold.pk)[0]
    if hold.status != "frozen" or not hold.balance_yen:
        return None
    assert hold.account_id is not None
    given_yen = min(hold.balance_yen, left_yen)
    back_yen = hold.balance_yen - given_yen
    if back_yen:
        _book_refund(hold, back_yen, {"payment_id": payment.pk, "charged_back_yen": given_yen}, at)
    columns = {"charged_back_yen": given_yen, "refunded_yen": hold.refunded_yen + back_yen, "closed_at": at}
    columns |= {"is_disputed": False, "is_claimed": False}
    event = {"amount_yen": given_yen, "refund_yen": back_yen}
    move(hold, HOLD, "charge_back", by=by, at=at, event=event, **columns)
    if back_yen:
        actions.send_back(hold, back_yen, by, at)
    return Given(hold_id=hold.pk, account_id=hold.account_id, amount_yen=given_yen)
