"""The verbs of holds: open, fund, release, refund, split; and what a chargeback does to them.

Each locks the hold row first and the ledger after it. What a hold gives is computed by difference from its frozen
quote, so that parts add up; a refund asks `payments` to send the money back to where it came from.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import journals, policy, queries
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import OPEN, Hold
from nakadachi.money.ledger import book
from nakadachi.money.payments import Given
from nakadachi.money.payments.actions import request_refund
from nakadachi.money.payments.models import Payment
from nakadachi.money.rulebook import Part, Quote
from nakadachi.people.models import Member

PURPOSE = "hold"
"""The purpose of payments that fund a hold; `purpose_id` is the hold's."""


@transaction.atomic
def open_hold(
    *, purpose: str, purpose_id: int, payer: Member, payee: Member, quote: Quote, by: Actor, at: datetime
) -> Hold:
    """Freeze the quote and open the account. While one is open for that purpose under the same terms: that one."""
    require(policy.SAME_PERSON if payer.pk == payee.pk else None)
    existing = Hold.objects.filter(purpose=purpose, purpose_id=purpose_id, status__in=OPEN)
    hold = existing.first()
    if hold is None:
        try:
            with transaction.atomic():
                return _create(
                    purpose=purpose, purpose_id=purpose_id, payer=payer, payee=payee, quote=quote, by=by, at=at
                )
        except IntegrityError:
            hold = existing.get()
    same = (hold.payer_id, hold.payee_id, hold.terms.whole) == (payer.pk, payee.pk, quote.whole)
    require(None if same else policy.OTHER_TERMS)
    return hold


def _create(
    *, purpose: str, purpose_id: int, payer: Member, payee: Member, quote: Quote, by: Actor, at: datetime
) -> Hold:
    hold = Hold.objects.create(
        purpose=purpose,
        purpose_id=purpose_id,
        payer=payer,
        payee=payee,
        quote=quote.as_json(),
        amount_yen=quote.amount_yen,
        client_pays_yen=quote.client_pays_yen,
        opened_at=at,
    )
    hold.account_id = book.open_account("hold", "hold", hold.pk)
    hold.save(update_fields=["account_id"])
    record("hold.open", hold, by=by, at=at, amount_yen=hold.amount_yen, rule=quote.rule)
    return hold


@transaction.atomic
def fund(*, hold: Hold, payment: Payment, by: Actor, at: datetime) -> Hold:
    """Put a captured payment into the hold, once. What comes when nothing is owed any more, or for a price that was
    changed meanwhile, goes straight back: what the provider took is never left unbooked."""
    hold = _locked(hold)
    if hold.funded_by_id == payment.pk:
        return hold
    book_payment(hold, payment, at)
    if hold.status == "unfunded" and payment.amount_yen == hold.client_pays_yen:
        columns: dict[str, Any] = {"funded_at": at, "funded_yen": payment.amount_yen, "funded_by": payment}
        return move(hold, HOLD, "fund", by=by, at=at, **columns)
    send_straight_back(hold, payment, by, at)
    return hold


def book_payment(hold: Hold, payment: Payment, at: datetime) -> None:
    """A captured payment stands on the hold's account, once, whatever becomes of it then. The row is locked."""
    assert (payment.purpose, payment.purpose_id) == (PURPOSE, hold.pk), "a payment funds its own hold only"
    assert payment.status == "captured", "only money that was taken is set aside"
    assert hold.account_id is not None
    draft = journals.fund(
        hold_id=hold.pk,
        account_id=hold.account_id,
        amount_yen=payment.amount_yen,
        payment_id=payment.pk,
        on=jst_date(at),
    )
    book.post(draft, key=key_for("hold.fund", hold.pk, payment.pk))


def send_straight_back(hold: Hold, payment: Payment, by: Actor, at: datetime) -> None:
    """What came in is not owed (any more): in and out again, both on the record. The row is locked."""
    assert hold.account_id is not None
    draft = journals.refund(
        hold_id=hold.pk,
        account_id=hold.account_id,
        amount_yen=payment.amount_yen,
        calc={"surplus_payment_id": payment.pk},
        on=jst_date(at),
    )
    book.post(draft, key=key_for("hold.surplus", hold.pk, payment.pk))
    key = key_for("refund.surplus", payment.pk)
    request_refund(payment=payment, amount_yen=payment.amount_yen, key=key, by=by, at=at)
    record("hold.surplus", hold, by=by, at=at, payment_id=payment.pk, amount_yen=payment.amount_yen)


def fund_from_payment(*, payment: Payment, by: Actor, at: datetime) -> None:
    """For `payments.on_captured["hold"]`."""
    fund(hold=Hold.objects.get(pk=payment.purpose_id), payment=payment, by=by, at=at)


@transaction.atomic
def release(*, hold: Hold, amount_yen: Yen | None = None, by: Actor, at: datetime) -> Hold:
    """Confirm (a part of) the reward; without an amount, all that is left."""
    return release_locked(hold=_locked(hold), amount_yen=amount_yen, by=by, at=at)


def release_locked(*, hold: Hold, amount_yen: Yen | None = None, by: Actor, at: datetime) -> Hold:
    """As `release`, for a caller whose own transaction has just locked the row: no second lock, no savepoint."""
    require(policy.can_release(by, hold))
    amount_yen = hold.rest_yen if amount_yen is None else amount_yen
    require(policy.can_take(hold, amount_yen, low_yen=1))
    return _release(hold, amount_yen, by, at)


def _release(hold: Hold, amount_yen: Yen, by: Actor, at: datetime) -> Hold:
    part = hold.next_part(amount_yen)
    draft = journals.release(
        hold_id=hold.pk, accounts=_accounts(hold, at), part=part, calc=_calc(hold, part), on=jst_date(at)
    )
    if draft.lines:
        book.post(draft, key=key_for("hold.release", hold.pk, hold.released_yen))
    columns = _after(hold, part)
    event = {"amount_yen": amount_yen, "worker_receives_yen": part.worker_receives_yen}
    if amount_yen < hold.rest_yen:
        return move(hold, HOLD, "release_part", by=by, at=at, event=event, **columns)
    return move(hold, HOLD, "release", by=by, at=at, event=event, closed_at=at, **columns)


@transaction.atomic
def refund(*, hold: Hold, by: Actor, at: datetime) -> Hold:
    """Give back all that is left, the client fee on it included."""
    hold = _locked(hold)
    require(policy.can_refund(by, hold))
    return _refund(hold, by, at)


def _refund(hold: Hold, by: Actor, at: datetime) -> Hold:
    assert hold.account_id is not None
    refund_yen = hold.balance_yen
    calc = {"released_before_yen": hold.released_yen, "refund_yen": refund_yen, "rule": hold.quote["rule"]}
    draft = journals.refund(
        hold_id=hold.pk, account_id=hold.account_id, amount_yen=refund_yen, calc=calc, on=jst_date(at)
    )
    if refund_yen:
        book.post(draft, key=key_for("hold.refund", hold.pk))
    name = "split" if hold.released_yen else "refund"
    columns = {"refunded_yen": hold.refunded_yen + refund_yen, "closed_at": at}
    move(hold, HOLD, name, by=by, at=at, event={"refund_yen": refund_yen}, **columns)
    send_back(hold, refund_yen, by, at)
    return hold


@transaction.atomic
def split(*, hold: Hold, worker_amount_yen: Yen, by: Actor, at: datetime) -> Hold:
    """Settle what is left: so much (gross) to the worker, the rest back to the client. 0 and all of it are allowed."""
    hold = _locked(hold)
    require(policy.can_split(by, hold))
    require(policy.can_take(hold, worker_amount_yen, low_yen=0))
    if worker_amount_yen == hold.rest_yen:
        return _release(hold, worker_amount_yen, by, at)
    if worker_amount_yen == 0:
        return _refund(hold, by, at)
    part = hold.next_part(worker_amount_yen)
    refund_yen = hold.balance_yen - part.client_pays_yen
    draft = journals.split(
        hold_id=hold.pk,
        accounts=_accounts(hold, at),
        part=part,
        refund_yen=refund_yen,
        calc=_calc(hold, part) | {"refund_yen": refund_yen},
        on=jst_date(at),
    )
    book.post(draft, key=key_for("hold.split", hold.pk))
    columns = _after(hold, part) | {"refunded_yen": hold.refunded_yen + refund_yen, "closed_at": at}
    event = {"worker_receives_yen": part.worker_receives_yen, "refund_yen": refund_yen}
    move(hold, HOLD, "split", by=by, at=at, event=event, **columns)
    send_back(hold, refund_yen, by, at)
    return hold


@transaction.atomic
def charge_back(*, hold: Hold, payment: Payment, left_yen: Yen, by: Actor, at: datetime) -> Given | None:
    """Give a lost dispute all that is left in the hold; the caller posts it. Nothing if more stands in it than is asked
    for: a part of a hold cannot be taken out of the agreed work, so that is the operator's to bear."""
    hold = _locked(hold)
    amount_yen = hold.balance_yen
    if not hold.is_disputed or hold.funded_by_id != payment.pk or amount_yen > left_yen:
        return None
    assert hold.account_id is not None
    columns = {"charged_back_yen": amount_yen, "closed_at": at, "is_disputed": False, "is_claimed": False}
    move(hold, HOLD, "charge_back", by=by, at=at, event={"amount_yen": amount_yen}, **columns)
    return Given(hold_id=hold.pk, account_id=hold.account_id, amount_yen=amount_yen)


def _locked(hold: Hold) -> Hold:
    return locked(Hold, id=hold.pk)[0]


def _accounts(hold: Hold, at: datetime) -> journals.Accounts:
    """The worker's account is opened with the first reward, the tax office's with the first tax we withhold."""
    assert hold.account_id is not None
    withheld_id = None
    assert hold.payee_id is not None, "a batch pays by units: escrow.batches"
    if hold.terms.withheld_by == "operator":
        payee_year = hold.payee_id * 10_000 + jst_date(at).year
        withheld_id = book.open_account("withholding_payable", "payee_year", payee_year)
    member_id = book.open_account("member", "member", hold.payee_id)
    return journals.Accounts(hold_id=hold.account_id, member_id=member_id, withheld_id=withheld_id)


def _calc(hold: Hold, part: Part) -> dict[str, Any]:
    """The inputs and figures of a journal: the frozen quote's rates, what was released before, and the part."""
    terms = {name: hold.quote[name] for name in ("service", "format", "rule", "source", "on", "rates")}
    return {"quote": terms, "amount_yen": hold.amount_yen, "before_yen": hold.released_yen, "part": part.as_json()}


def _after(hold: Hold, part: Part) -> dict[str, Any]:
    return {
        "released_yen": hold.released_yen + part.amount_yen,
        "settled_yen": hold.settled_yen + part.client_pays_yen,
    }


def send_back(
    hold: Hold, refund_yen: Yen, by: Actor, at: datetime, *, what: str = "refund.hold", parts: tuple[object, ...] = ()
) -> None:
    """To the payments it came from, the newest first; those of the holds that rolled into it included.

    `what` and `parts` tell refunds of one hold to one payment apart: each is asked for once.
    """
    left_yen = refund_yen
    for payment in queries.payments_behind(hold, locked=True):
        share_yen = min(left_yen, payment.refundable_yen)
        if share_yen:
            key = key_for(what, hold.pk, payment.pk, *parts)
            request_refund(payment=payment, amount_yen=share_yen, key=key, by=by, at=at)
            left_yen -= share_yen
    assert left_yen == 0, "a hold never holds more than was paid for it"
