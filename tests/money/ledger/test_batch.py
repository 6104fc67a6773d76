"""Many journals in one statement: all or none, nets per account, replays inside."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import transaction

from nakadachi.money.ledger import book, queries
from nakadachi.money.ledger.book import SYSTEM, LedgerRefused
from tests.money.ledger.steps import draft, fingerprint, fund, hold, member

pytestmark = pytest.mark.django_db
PSP, FEE = SYSTEM["psp_clearing"], SYSTEM["fee_revenue_worker"]


def release(number: int, amount_yen: int = 10_550):
    lines = {hold(number): -amount_yen, member(number % 7): amount_yen - 2_200, FEE: 2_200}
    return draft("hold.release", lines, ref=number)


def refused(code: str, drafts) -> None:
    before = fingerprint()
    with pytest.raises(LedgerRefused) as caught, transaction.atomic():
        book.post_batch(drafts)
    assert caught.value.code == code
    assert fingerprint() == before


def test_a_batch_is_the_same_as_its_single_postings():
    funded = [(draft("hold.fund", {PSP: -10_550, hold(n): 10_550}, ref=n), uuid4()) for n in range(1, 101)]
    ids = book.post_batch(funded)
    assert [queries.journal(journal_id).ref_id for journal_id in ids] == list(range(1, 101))
    released = book.post_batch([(release(n), uuid4()) for n in range(1, 101)])
    assert len(set(released)) == 100
    assert queries.balance_yen(FEE) == 220_000
    assert sum(queries.balance_yen(member(n)) for n in range(7)) == 835_000
    assert all(queries.balance_yen(hold(n)) == 0 for n in range(1, 101))
    lines = [(line.account, line.amount_yen) for line in queries.journal(released[8]).lines]
    assert lines == [("hold:9", -10_550), ("member:2", 8_350), ("fee_revenue_worker", 2_200)]


@pytest.mark.parametrize("word", ["", "NULL", "None", 'a "b", c', "a\\b", "{仮払い}"])
def test_a_word_arrives_as_it_is(word):
    journal_id = book.post_batch([(replace(draft("hold.fund", {PSP: -10, hold(1): 10}), ref_type=word), uuid4())])[0]
    assert queries.journal(journal_id).ref_type == word


def test_an_empty_batch_does_nothing():
    assert book.post_batch([]) == []


def test_replays_inside_a_batch_answer_with_their_journal():
    for number in (1, 2, 3):
        fund(hold(number), 10_550)
    key = uuid4()
    first = book.post(release(1), key=key)
    batch = [(release(2), uuid4()), (release(1), key), (release(3), uuid4())]
    ids = book.post_batch(batch)
    assert ids[1] == first
    before = fingerprint()
    assert book.post_batch(batch) == ids
    assert book.post(release(3), key=batch[2][1]) == ids[2]
    assert fingerprint() == before


def test_the_same_request_twice_in_one_batch_is_one_journal():
    fund(hold(1), 10_550)
    key = uuid4()
    first, second = book.post_batch([(release(1), key), (release(1), key)])
    assert first == second
    assert queries.balance_yen(hold(1)) == 0


def test_one_bad_journal_refuses_the_whole_batch():
    for number in (1, 2):
        fund(hold(number), 10_550)
    good = (release(1), uuid4())
    refused("unbalanced", [good, (draft("hold.release", {hold(2): -10, member(1): 9}), uuid4())])
    refused("overdraft", [good, (release(2, 10_551), uuid4())])
    refused("overdraft", [good, (release(1), uuid4())])
    refused("bad_lines", [good, (draft("hold.release", {}), uuid4())])
    refused("bad_lines", [(draft("hold.release", {}), uuid4()), good])
    refused("bad_lines", [good, (draft("hold.release", {hold(2): -10}), uuid4())])
    refused("bad_lines", [good, (draft("hold.fund", {PSP: -(10**12) - 1, hold(2): 10**12 + 1}), uuid4())])
    refused("unknown_account", [good, (draft("hold.release", {hold(2): -10, 98_765: 10}), uuid4())])
    refused("unknown_account", [good, (draft("hold.release", {hold(2): -10, 98: 10}), uuid4())])
    refused("unknown_kind", [good, (draft("gift", {hold(2): -10, member(1): 10}), uuid4())])
    used = uuid4()
    book.post(release(2), key=used)
    refused("key_reused", [good, (release(2, 10_000), used)])
    closed = member(50)
    book.close_account(closed)
    refused("closed_account", [good, (draft("hold.fund", {PSP: -10, closed: 10}), uuid4())])


def test_only_the_net_of_an_account_must_be_covered():
    h, m = hold(1), member(1)
    book.post_batch(
        [
            (draft("hold.release", {h: -100, m: 100}), uuid4()),
            (draft("hold.fund", {PSP: -100, h: 100}), uuid4()),
        ]
    )
    assert (queries.balance_yen(h), queries.balance_yen(m)) == (0, 100)
