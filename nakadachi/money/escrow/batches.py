"""The verbs of holds with many payees: one sum set aside, paid out a unit at a time to whoever did a piece.

The fee of a worker is that of one unit under the frozen quote; the client's fee goes by difference over the whole sum.
What is left is given back by `actions.refund`, as of any hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.locks import locked
from nakadachi.infra.moves import move
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.money import Yen
from nakadachi.kernel.refusal import require
from nakadachi.money.escrow import journals, policy
from nakadachi.money.escrow.lifecycle import HOLD
from nakadachi.money.escrow.models import OPEN, Hold
from nakadachi.money.ledger import book
from nakadachi.money.rulebook import Quote
from nakadachi.people.models import Member

QUOTED = ("service", "format", "rule", "source", "on", "rates")
"""What a journal repeats of the quote; the amounts are the piece's own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit of work to be paid: to whom, and the number under which it is paid once and never again."""

    payee_id: int
    number: int


@transaction.atomic
def open_batch(
    *, purpose: str, purpose_id: int, payer: Member, unit_yen: Yen, quote: Quote, by: Actor, at: datetime
) -> Hold:
    """Freeze the quote of the whole sum and open the account. While one is open for that purpose: that one."""
    assert quote.amount_yen % unit_yen == 0, "a batch is a whole number of units"
    hold = Hold.objects.filter(purpose=purpose, purpose_id=purpose_id, status__in=OPEN).first()
    if hold is not None:
        same = (hold.payer_id, hold.unit_yen, hold.terms.whole) == (payer.pk, unit_yen, quote.whole)
        require(None if same else policy.OTHER_TERMS)
        return hold
    hold = Hold.objects.create(
        purpose=purpose,
        purpose_id=purpose_id,
        payer=payer,
        unit_yen=unit_yen,
        quote=quote.as_json(),
        amount_yen=quote.amount_yen,
        client_pays_yen=quote.client_pays_yen,
        opened_at=at,
    )
    hold.account_id = book.open_account("hold", "hold", hold.pk)
    hold.save(update_fields=["account_id"])
    record("hold.open", hold, by=by, at=at, amount_yen=hold.amount_yen, unit_yen=unit_yen, rule=quote.rule)
    return hold


@transaction.atomic
def pay(*, hold: Hold, pieces: Sequence[Piece], by: Actor, at: datetime) -> Hold:
    """One unit for each piece, in one statement: a journal each, one movement of the hold."""
    hold = locked(Hold, id=hold.pk)[0]
    assert hold.unit_yen is not None, "only batches pay by units"
    require(policy.can_release(by, hold))
    require(policy.SAME_PERSON if any(piece.payee_id == hold.payer_id for piece in pieces) else None)
    amount_yen = hold.unit_yen * len(pieces)
    assert 0 < amount_yen <= hold.rest_yen, "never more pieces than were set aside"
    parts = hold.terms.unit_parts(hold.released_yen, hold.unit_yen, len(pieces))
    accounts = book.open_accounts("member", "member", {piece.payee_id for piece in pieces})
    figures = {part: part.as_json() for part in set(parts)}
    calc = {"quote": {name: hold.quote[name] for name in QUOTED}, "unit_yen": hold.unit_yen}
    assert hold.account_id is not None
    on, hold_id = jst_date(at), hold.pk
    drafts = [
        journals.release(
            hold_id=hold_id,
            accounts=journals.Accounts(hold_id=hold.account_id, member_id=accounts[piece.payee_id]),
            part=part,
            calc=calc | {"piece": piece.number, "part": figures[part]},
            on=on,
        )
        for piece, part in zip(pieces, parts, strict=True)
    ]
    book.post_batch(
        [(draft, key_for("hold.pay", hold_id, piece.number)) for draft, piece in zip(drafts, pieces, strict=True)]
    )
    columns: dict[str, Any] = {
        "released_yen": hold.released_yen + amount_yen,
        "settled_yen": hold.settled_yen + sum(part.client_pays_yen for part in parts),
    }
    receives_yen = sum(part.worker_receives_yen for part in parts)
    event = {"amount_yen": amount_yen, "pieces": len(pieces), "worker_receives_yen": receives_yen}
    if amount_yen < hold.rest_yen:
        return move(hold, HOLD, "release_part", by=by, at=at, event=event, **columns)
    return move(hold, HOLD, "release", by=by, at=at, event=event, closed_at=at, **columns)
