"""A member asks for the balance, or takes the request back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import require
from nakadachi.money import rulebook
from nakadachi.money.ledger import book
from nakadachi.money.payouts import journals, policy, queries
from nakadachi.money.payouts.lifecycle import PAYOUT
from nakadachi.money.payouts.models import Payout
from nakadachi.people.models import BankAccount, Member
from nakadachi.people.standing.queries import standing_of


@transaction.atomic
def request(*, member: Member, request_key: UUID, by: Actor, at: datetime, is_last: bool = False) -> Payout:
    """Send the whole balance on its way with the next run; the account is frozen as it is now.

    The same key again answers with the first request. `is_last`: somebody leaves, so neither the smallest payout nor
    the bank's fee counts.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(policy.can_request_last(by, standing_of(member.pk)) if is_last else policy.can_request(by, member.pk))
    if known := Payout.objects.filter(request_key=request_key).first():
        require(None if known.member_id == member.pk else policy.KEY_REUSED)
        return known
    on = jst_date(at)
    offer = queries.offer_for(member.pk, at, is_last=is_last)
    require(offer.refusal)
    assert offer.account is not None
    payout = Payout.objects.create(
        member=member,
        amount_yen=offer.amount_yen,
        bank_fee_yen=offer.fee_yen,
        pays_yen=offer.pays_yen,
        destination=destination(offer.account),
        request_key=request_key,
        requested_at=at,
    )
    draft = journals.request(
        payout_id=payout.pk,
        account_id=book.account_for("member", "member", member.pk),
        amount_yen=payout.amount_yen,
        fee_yen=payout.bank_fee_yen,
        tax_bps=rulebook.current().taxes.tax_bps(on),
        on=on,
    )
    payout.journal_id = book.post(draft, key=key_for("payout.request", payout.pk))
    payout.save(update_fields=["journal_id"])
    record("payout.requested", payout, by=by, at=at, amount_yen=payout.amount_yen, pays_on=offer.pays_on.isoformat())
    return payout


@transaction.atomic
def cancel(*, payout: Payout, by: Actor, at: datetime) -> Payout:
    """Take a request back before a run took it: the money is on the balance again."""
    locked = Payout.objects.select_for_update().get(pk=payout.pk)
    require(policy.can_cancel(by, locked))
    move(locked, PAYOUT, "cancel", by=by, at=at, cancelled_at=at)
    assert locked.journal_id is not None, "a request is posted in the transaction that makes it"
    book.reverse(
        locked.journal_id, key=key_for("payout.cancel", locked.pk), effective_at=jst_date(at), kind="payout.cancel"
    )
    return locked


def source_of(payout: Payout) -> int:
    """The ledger account the money came from, and goes back to: the balance, or what somebody who left stayed owed."""
    if payout.unclaimed_of is not None:
        return book.account_for("unclaimed", "closing", payout.unclaimed_of)
    return book.account_for("member", "member", payout.member_id)


def destination(account: BankAccount) -> dict[str, str | int | None]:
    """The frozen copy of an account that a payout carries. One that is not on record has no number."""
    return {"account_id": account.pk, **account.details()}
