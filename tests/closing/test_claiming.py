"""A balance that stayed behind: owed for ever, claimed with the code, once, to the yen; and back when it comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.closing import actions as closing
from nakadachi.closing.models import Kept, Paper
from nakadachi.closing.receipt.codes import code_of
from nakadachi.infra import timers
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions as payouts
from nakadachi.money.payouts.models import Payout
from tests.closing.test_leaving import AT
from tests.closing.test_receipt import erased
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=400)
STAFF = Actor.staff(1)
ACCOUNT = {
    "bank_code": "0001",
    "branch_code": "001",
    "kind": "ordinary",
    "number": "1234567",
    "holder": "ヤマダ ハナコ",
}


def claim(code: str, **changed) -> Payout:
    return closing.claim(**{"code": code, **ACCOUNT, "request_key": uuid4(), "at": LATER, **changed})


def owed_yen(made) -> int:
    return ledger.balance_of_owner("unclaimed", "closing", made.pk)


def test_it_is_owed_until_it_is_claimed_and_then_transferred():
    made = erased(remainder=True)
    assert (owed_yen(made), made.remainder_yen, ledger.balance_of_owner("member", "member", made.member_id)) == (
        835,
        835,
        0,
    )
    assert_clean()
    payout = claim(code_of(made).lower().replace("-", " ", 0))
    assert (payout.pays_yen, payout.bank_fee_yen, owed_yen(made)) == (835, 0, 0)
    run = payouts.close_extra(request_key=uuid4(), by=STAFF, at=LATER)
    payouts.make_file(run=run, by=STAFF, at=LATER)
    payouts.mark_sent(run=run, bank_charge_yen=0, by=STAFF, at=LATER)
    assert_clean()


def test_what_the_bank_sends_back_can_be_claimed_again():
    made = erased(remainder=True)
    payout = claim(code_of(made))
    run = payouts.close_extra(request_key=uuid4(), by=STAFF, at=LATER)
    payouts.make_file(run=run, by=STAFF, at=LATER)
    payouts.mark_sent(run=run, bank_charge_yen=0, by=STAFF, at=LATER)
    payouts.mark_returned(payout=payout, reason="口座なし", by=STAFF, at=LATER)
    assert owed_yen(made) == 835
    assert claim(code_of(made)).pays_yen == 835
    assert_clean()


def test_twice_is_once_and_nothing_more_is_left():
    made = erased(remainder=True)
    key = uuid4()
    first = claim(code_of(made), request_key=key)
    assert claim(code_of(made), request_key=key) == first
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        claim(code_of(made))
    assert (caught.value.refusal.code, fingerprint()) == ("nothing_unclaimed", before)


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("no_such_code", {"code": "1-AAAA-BBBB-CCCC-DDDD"}),
        ("no_such_code", {"code": ""}),
        ("no_such_code", {"code": "9" * 40}),
        ("no_such_bank", {"bank_code": "9999"}),
        ("no_such_branch", {"branch_code": "999"}),
        ("bad_account_number", {"number": "12a"}),
        ("holder_kanji", {"holder": "山田"}),
    ],
)
def test_what_is_refused_changes_nothing(code, changed):
    made = erased(remainder=True)
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        claim(**{"code": code_of(made), **changed})
    assert (caught.value.refusal.code, fingerprint()) == (code, before)


def test_the_page_looks_it_over_then_sends_it_and_keeps_what_was_typed(client):
    made = erased(remainder=True)
    address = reverse("leaving:claim")
    typed = {"code": code_of(made), **ACCOUNT, "request_key": str(uuid4())}
    assert client.get(address).status_code == 200
    page = client.post(address, {**typed, "step": "look"}).content.decode()
    assert "みずほ" in page
    assert not Payout.objects.exists()
    wrong = client.post(address, {**typed, "code": "1-A", "step": "send"})
    assert (wrong.status_code, "ヤマダ ハナコ" in wrong.content.decode()) == (422, True)
    assert "¥835" in client.post(address, {**typed, "step": "send"}).content.decode()
    assert Payout.objects.get().unclaimed_of == made.pk


def test_the_account_goes_under_lock_once_the_transfer_is_settled():
    made = erased(remainder=True)
    payout = claim(code_of(made))
    run = payouts.close_extra(request_key=uuid4(), by=STAFF, at=LATER)
    payouts.make_file(run=run, by=STAFF, at=LATER)
    payouts.mark_sent(run=run, bank_charge_yen=0, by=STAFF, at=LATER)
    timers.run(at=LATER + timedelta(days=59))
    payout.refresh_from_db()
    assert payout.destination["number"] == "1234567"
    for _ in range(2):
        timers.run(at=LATER + timedelta(days=60))
    payout.refresh_from_db()
    assert payout.destination["number"] == payout.destination["holder_kana"] == ""
    assert Paper.objects.get(closing=made, kind="destination").ref == payout.pk
    assert Kept.objects.filter(closing=made, table="closing_paper").count() == 1
