"""One journal: what is written, what is refused, and that a refusal leaves nothing behind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from nakadachi.money.ledger import book, queries
from nakadachi.money.ledger.book import SYSTEM, Draft, LedgerRefused, Line
from nakadachi.money.ledger.refusals import REFUSALS, SQLSTATES
from tests.money.ledger.steps import DAY, draft, fingerprint, fund, hold, member, post

pytestmark = pytest.mark.django_db
PSP = SYSTEM["psp_clearing"]
FEE = SYSTEM["fee_revenue_worker"]


def refused(code: str, act) -> None:
    before = fingerprint()
    with pytest.raises(LedgerRefused) as caught, transaction.atomic():
        act()
    assert caught.value.code == code
    assert caught.value.refusal is REFUSALS[code]
    assert fingerprint() == before


def test_a_journal_moves_balances_and_keeps_its_inputs():
    h = hold(1)
    journal_id = book.post(
        draft("hold.fund", {PSP: -10_550, h: 10_550}, ref=1, calc={"amount_yen": 10_000, "on": DAY}), key=uuid4()
    )
    assert queries.balance_yen(h) == 10_550
    assert queries.balance_yen(PSP) == -10_550
    seen = queries.journal(journal_id)
    assert (seen.kind, seen.ref_type, seen.ref_id, seen.effective_at) == ("hold.fund", "hold", 1, DAY)
    assert seen.calc == {"amount_yen": 10_000, "on": "2026-11-22"}
    assert [(line.account, line.account_class, line.amount_yen) for line in seen.lines] == [
        ("psp_clearing", "asset", -10_550),
        ("hold:1", "liability", 10_550),
    ]


def test_lines_of_zero_are_left_out():
    h = hold(1)
    journal_id = post("hold.fund", {PSP: -5, FEE: 0, h: 5})
    assert len(queries.journal(journal_id).lines) == 2


def test_same_key_and_lines_answer_with_the_first_journal():
    h, key = hold(1), uuid4()
    first = post("hold.fund", {PSP: -100, h: 100}, key=key)
    before = fingerprint()
    assert post("hold.fund", {PSP: -100, h: 100}, key=key) == first
    assert post("hold.fund", {PSP: -100, h: 100}, key=key, day=DAY + timedelta(days=1)) == first
    assert fingerprint() == before


@pytest.mark.parametrize("change", ["amount", "account", "kind", "ref"])
def test_same_key_with_other_content_is_refused(change):
    h, other, key = hold(1), hold(2), uuid4()
    post("hold.fund", {PSP: -100, h: 100}, key=key)
    kind, lines, ref = "hold.fund", {PSP: -100, h: 100}, 1
    if change == "amount":
        lines = {PSP: -101, h: 101}
    elif change == "account":
        lines = {PSP: -100, other: 100}
    elif change == "kind":
        kind = "reversal"
    else:
        ref = 2
    refused("key_reused", lambda: post(kind, lines, ref=ref, key=key))


@pytest.mark.parametrize("difference", [1, -1, 10_000])
def test_unbalanced(difference):
    h = hold(1)
    refused("unbalanced", lambda: post("hold.fund", {PSP: -100, h: 100 + difference}))


def test_overdraft_by_one_yen():
    h, m = hold(1), member(1)
    fund(h, 100)
    refused("overdraft", lambda: post("hold.release", {h: -101, m: 101}))
    post("hold.release", {h: -100, m: 100})
    refused("overdraft", lambda: post("hold.release", {h: -1, m: 1}))


def test_append_only_accounts_may_stand_on_either_side():
    post("psp.settle", {PSP: 100, SYSTEM["bank_client_money"]: -100})
    assert queries.balance_yen(PSP) == 100


@pytest.mark.parametrize("account_id", [999_999, 7, 0, -5, 2**62])
def test_unknown_account(account_id):
    refused("unknown_account", lambda: post("hold.fund", {PSP: -100, account_id: 100}))


def test_closed_account():
    h = hold(1)
    book.close_account(h)
    book.close_account(h)
    refused("closed_account", lambda: fund(h, 100))


def test_only_an_empty_account_can_be_closed():
    h = hold(1)
    fund(h, 100)
    refused("not_empty", lambda: book.close_account(h))
    refused("unknown_account", lambda: book.close_account(PSP))
    refused("unknown_account", lambda: book.close_account(987_654))


def lines_of(*lines: tuple[int, int]):
    return Draft(kind="hold.fund", lines=[Line(*line) for line in lines], effective_at=DAY)


def test_bad_lines():
    h = hold(1)
    refused("bad_lines", lambda: book.post(lines_of(), key=uuid4()))
    refused("bad_lines", lambda: book.post(lines_of((h, 100)), key=uuid4()))
    refused("bad_lines", lambda: book.post(lines_of((PSP, 0), (h, 0)), key=uuid4()))
    refused("bad_lines", lambda: book.post(lines_of((PSP, -50), (PSP, -50), (h, 100)), key=uuid4()))
    too_many = [(hold(number), 1) for number in range(2, 66)]
    refused("bad_lines", lambda: book.post(lines_of((PSP, -64), *too_many), key=uuid4()))
    book.post(lines_of((PSP, -63), *too_many[:-1]), key=uuid4())


def test_limit_of_one_line():
    h, most = hold(1), book.AMOUNT_YEN_MAX
    refused("bad_lines", lambda: fund(h, most + 1))
    refused("bad_lines", lambda: fund(h, 2**63 - 1))
    fund(h, most)
    assert queries.balance_yen(h) == most


def test_unknown_kind():
    h = hold(1)
    refused("unknown_kind", lambda: post("gift", {PSP: -1, h: 1}))


def test_reversal_restores_and_happens_once():
    h, m, key = hold(1), member(1), uuid4()
    fund(h, 10_550)
    before = {account_id: queries.balance_yen(account_id) for account_id in (h, m, FEE)}
    released = post("hold.release", {h: -10_550, m: 8_900, FEE: 1_650})
    mirror = book.reverse(released, key=key, effective_at=DAY)
    assert {account_id: queries.balance_yen(account_id) for account_id in (h, m, FEE)} == before
    assert book.reverse(released, key=key, effective_at=DAY) == mirror
    assert (queries.journal(mirror).kind, queries.journal(mirror).reverses) == ("reversal", released)
    assert queries.journal(released).reversed_by == mirror
    refused("already_reversed", lambda: book.reverse(released, key=uuid4(), effective_at=DAY))
    refused("unknown_journal", lambda: book.reverse(mirror, key=uuid4(), effective_at=DAY))
    refused("unknown_journal", lambda: book.reverse(10**12, key=uuid4(), effective_at=DAY))


def test_reversal_needs_the_money_to_be_there_still():
    h, m = hold(1), member(1)
    fund(h, 100)
    released = post("hold.release", {h: -100, m: 100})
    post("payout.request", {m: -100, SYSTEM["payouts_in_transit"]: 100})
    refused("overdraft", lambda: book.reverse(released, key=uuid4(), effective_at=DAY))


def test_one_reversal_key_serves_one_journal():
    h, key = hold(1), uuid4()
    first, second = fund(h, 100), fund(h, 100)
    book.reverse(first, key=key, effective_at=DAY)
    refused("key_reused", lambda: book.reverse(second, key=key, effective_at=DAY))


def test_accounts_are_opened_once_and_belong_to_one_owner():
    assert hold(1) == hold(1) != hold(2)
    assert book.account_for("hold", "hold", 1) == hold(1)
    assert book.open_account("psp_clearing") == PSP == book.account_for("psp_clearing")
    refused("unknown_account", lambda: book.account_for("hold", "hold", 99))
    refused("unknown_account", lambda: book.open_account("hold", "contract", 1))
    refused("unknown_account", lambda: book.open_account("psp_clearing", "member", 1))
    refused("unknown_account", lambda: book.open_account("wallet", "member", 1))
    refused("unknown_account", lambda: book.open_account("member"))


def test_an_account_that_was_rolled_back_is_not_remembered(django_capture_on_commit_callbacks):
    with pytest.raises(ZeroDivisionError), django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        gone = member(77)
        raise ZeroDivisionError
    assert member(77) != gone
    with django_capture_on_commit_callbacks(execute=True):
        kept = member(78)
    assert member(78) == kept


def test_posted_at_is_the_database_clock_and_effective_at_the_business_date():
    h = hold(1)
    long_ago = post("hold.fund", {PSP: -1, h: 1}, day=date(2019, 4, 1))
    today = fund(h, 1)
    assert queries.journal(long_ago).effective_at == date(2019, 4, 1)
    assert queries.journal(long_ago).posted_at <= queries.journal(today).posted_at


def test_every_sqlstate_has_a_sentence():
    assert set(SQLSTATES.values()) | {"unknown_kind"} == set(REFUSALS)
