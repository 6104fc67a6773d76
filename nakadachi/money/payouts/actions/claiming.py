"""A balance that stays behind when an account is closed, and its way to whoever claims it with the receipt's code.

Who may claim is decided above (`closing`): here it is only moved. Nothing of it is ever forfeited.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money import rulebook
from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import journals, policy
from nakadachi.money.payouts.actions.requesting import destination
from nakadachi.money.payouts.models import Payout
from nakadachi.people.models import BankAccount, Member


@transaction.atomic
def leave_behind(*, member_id: int, closing_id: int, at: datetime) -> Yen:
    """Move the whole balance to what is owed to the holder of the receipt; returns how much. Again: nothing more."""
    Member.objects.select_for_update(no_key=True).get(pk=member_id)
    amount_yen = ledger.balance_of_owner("member", "member", member_id)
    if amount_yen <= 0:
        return 0
    draft = journals.leave(
        closing_id=closing_id,
        from_account_id=book.account_for("member", "member", member_id),
        to_account_id=book.open_account("unclaimed", "closing", closing_id),
        amount_yen=amount_yen,
        on=jst_date(at),
    )
    book.post(draft, key=key_for("unclaimed.leave", closing_id))
    return amount_yen


@transaction.atomic
def request_unclaimed(
    *, member_id: int, closing_id: int, account: BankAccount, request_key: UUID, by: Actor, at: datetime
) -> Payout:
    """Send all that stayed behind on its way to an account that is on no record but this payout's.

    The same key again answers with the first; refused when nothing is left.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member_id)
    if known := Payout.objects.filter(request_key=request_key).first():
        require(None if known.unclaimed_of == closing_id else policy.KEY_REUSED)
        return known
    amount_yen = ledger.balance_of_owner("unclaimed", "closing", closing_id)
    require(policy.NOTHING_UNCLAIMED if amount_yen <= 0 else None)
    payout = Payout.objects.create(
        member_id=member_id,
        unclaimed_of=closing_id,
        amount_yen=amount_yen,
        pays_yen=amount_yen,
        destination=destination(account),
        request_key=request_key,
        requested_at=at,
    )
    draft = journals.claim(
        payout_id=payout.pk,
        account_id=book.account_for("unclaimed", "closing", closing_id),
        amount_yen=amount_yen,
        on=jst_date(at),
    )
    payout.journal_id = book.post(draft, key=key_for("unclaimed.claim", payout.pk))
    payout.save(update_fields=["journal_id"])
    pays_on = rulebook.payout_dates(jst_date(at))[1]
    record("payout.claimed", payout, by=by, at=at, amount_yen=amount_yen, pays_on=pays_on.isoformat())
    return payout
