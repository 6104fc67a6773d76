"""Holds with many payees: 100 answers at ¥120, to the yen, in one statement and one by one."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from nakadachi.infra.events.models import Event
from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import actions as escrow
from nakadachi.money.escrow import batches
from nakadachi.money.escrow.batches import Piece
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.rulebook import quote
from tests.money.conftest import AT, ON, Deal, assert_clean, member

UNIT_YEN, COUNT = 120, 100
LATER = AT + timedelta(days=1)


@pytest.fixture
def batch(db: None) -> Deal:
    """12,000 yen and the client's fee on it, set aside for a hundred answers."""
    client = member("client")
    deal = Deal(client, member("worker"), opened(client))
    deal.pay()
    assert (deal.hold.status, deal.hold.funded_yen) == ("funded", 12_660)
    return deal


def opened(client, unit_yen: int = UNIT_YEN) -> Hold:
    price = quote(service="lancers", format="task", amount_yen=UNIT_YEN * COUNT, on=ON)
    by = Actor.member(client.pk)
    return batches.open_batch(
        purpose="test", purpose_id=client.pk, payer=client, unit_yen=unit_yen, quote=price, by=by, at=AT
    )


def journal_lines(hold: Hold, worker_id: int) -> list[dict[str, int]]:
    """Of each journal about the hold, the amounts by kind of account."""
    own = {f"hold:{hold.pk}": "hold", f"member:{worker_id}": "member"}
    ids = ledger.journals_about("hold", hold.pk)
    return [{own.get(line.account, line.account): line.amount_yen for line in ledger.journal(one).lines} for one in ids]


def test_the_worked_journals(batch: Deal) -> None:
    """The first two approvals one by one, the others in one statement; two are given back at the close."""
    hold, worker_id = batch.hold, batch.worker.pk
    for number in (1, 2):
        hold = batches.pay(hold=hold, pieces=[Piece(worker_id, number)], by=batch.by_client, at=LATER)
    hold = batches.pay(hold=hold, pieces=[Piece(worker_id, n) for n in range(3, 99)], by=batch.by_client, at=LATER)
    assert (hold.status, hold.released_yen, hold.settled_yen) == ("funded", 11_760, 11_760 + 647)
    hold = escrow.refund(hold=hold, by=SYSTEM, at=LATER)
    assert (hold.status, hold.refunded_yen, hold.balance_yen) == ("split", 253, 0)
    _fund, first, second, *others, close = journal_lines(hold, worker_id)
    fees = {"fee_revenue_worker": 19, "consumption_tax_payable": 1}
    assert first == {"hold": -127, "member": 100, "fee_revenue_client": 7, **fees}
    assert second == {"hold": -126, "member": 100, "fee_revenue_client": 6, **fees}
    assert close == {"hold": -253, "refunds_in_transit": 253}
    assert len(others) == 96
    assert sum(lines["hold"] for lines in [first, second, *others]) == -(11_760 + 647)
    assert_clean()


def test_in_one_statement_or_one_by_one_the_same_journals(batch: Deal) -> None:
    pieces = [Piece(batch.worker.pk, number) for number in range(1, COUNT + 1)]
    hold = batches.pay(hold=batch.hold, pieces=pieces, by=batch.by_client, at=LATER)
    assert (hold.status, hold.settled_yen, hold.balance_yen) == ("released", 12_660, 0)
    other = Deal(member("client"), batch.worker, opened(member("client")))
    other.client = other.hold.payer
    other.pay()
    for piece in pieces:
        other.hold = batches.pay(hold=other.hold, pieces=[piece], by=other.by_client, at=LATER)
    together, single = (journal_lines(deal.hold, batch.worker.pk)[1:] for deal in (batch, other))
    assert together == single
    assert_clean()


def test_no_piece_is_paid_twice(batch: Deal) -> None:
    """The number of a piece is the key of its journal: another payee under it is refused by the ledger."""
    batches.pay(hold=batch.hold, pieces=[Piece(batch.worker.pk, 1)], by=batch.by_client, at=LATER)
    with pytest.raises(Exception, match="key_reused"):
        batches.pay(hold=batch.hold, pieces=[Piece(member("other").pk, 1)], by=batch.by_client, at=LATER)


def test_never_more_than_was_set_aside(batch: Deal) -> None:
    pieces = [Piece(batch.worker.pk, number) for number in range(COUNT + 1)]
    with pytest.raises(AssertionError):
        batches.pay(hold=batch.hold, pieces=pieces, by=batch.by_client, at=LATER)
    batch.hold.refresh_from_db()
    assert batch.hold.released_yen == 0


def test_only_the_client_and_the_system_pay(batch: Deal) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused):
        batches.pay(hold=batch.hold, pieces=[Piece(batch.worker.pk, 1)], by=batch.by_worker, at=LATER)
    assert Event.objects.count() == before
    batches.pay(hold=batch.hold, pieces=[Piece(batch.worker.pk, 1)], by=SYSTEM, at=LATER)


def test_opened_once_per_purpose(batch: Deal) -> None:
    assert opened(batch.client).pk == batch.hold.pk
    with pytest.raises(Refused, match="hold_other_terms"):
        opened(batch.client, unit_yen=60)


def test_a_hold_has_one_payee_or_units(batch: Deal) -> None:
    for columns in ({"unit_yen": None}, {"payee": batch.worker}, {"unit_yen": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hold.objects.filter(pk=batch.hold.pk).update(**columns)


@pytest.mark.parametrize("unit_yen", [*range(10, 400), 999, 1_000, 3_333, 100_000])
def test_fees_of_units_add_up(unit_yen: int) -> None:
    """The client's fee is exact over the batch, the worker's exact per piece, and nothing is lost between them."""
    price = quote(service="lancers", format="task", amount_yen=unit_yen * 50, on=ON)
    parts = [*price.unit_parts(0, unit_yen, 20), *price.unit_parts(unit_yen * 20, unit_yen, 30)]
    alone = quote(service="lancers", format="task", amount_yen=unit_yen, on=ON)
    assert sum(part.client_fee_yen for part in parts) == price.client_fee_yen
    assert {part.worker_fee_yen for part in parts} == {alone.worker_fee_yen}
    assert sum(part.client_pays_yen for part in parts) == price.client_pays_yen
    assert all(one.worker_receives_yen == two.worker_receives_yen for one, two in pairwise(parts))
    assert all(0 <= part.tax_yen <= part.worker_fee_yen + part.client_fee_yen for part in parts)
