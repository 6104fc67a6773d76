"""Members' money stays whole: only what stands above it can be taken out, once per key, also by eight at once."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.kernel.ids import key_for
from nakadachi.kernel.refusal import Refused
from nakadachi.money.ledger import book
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions
from nakadachi.money.payouts.funds import funds
from tests.earners import STAFF, jst, member
from tests.together import at_once

ON = date(2026, 11, 10)
AT = jst(2026, 11, 12)


def journal(kind: str, **lines: int) -> None:
    """Post lines given by account name, of one hold and a new member."""
    owned = {"hold": book.open_account("hold", "hold", 1)} if "hold" in lines else {}
    if "member" in lines:
        owned["member"] = book.open_account("member", "member", member().pk)
    drawn = [book.Line(owned.get(name) or book.SYSTEM[name], amount_yen) for name, amount_yen in lines.items()]
    book.post(book.Draft(kind=kind, lines=drawn, effective_at=ON), key=key_for("test", kind, uuid4()))


def earned() -> None:
    """The worked example up to the release: 10,550 paid, 380 kept by the provider, 8,350 owed to the worker."""
    journal("hold.fund", psp_clearing=-10_550, hold=10_550)
    journal("psp.settle", psp_clearing=10_550, bank_client_money=-10_170, psp_fee_expense=-380)
    journal(
        "hold.release",
        hold=-10_550,
        member=8_350,
        fee_revenue_worker=1_500,
        fee_revenue_client=500,
        consumption_tax_payable=200,
    )


def sweep(amount_yen: int, key=None, by: Actor = STAFF) -> int:
    return actions.sweep_fees(amount_yen=amount_yen, request_key=key or uuid4(), by=by, at=AT)


def refused(code: str, call) -> None:
    before = funds()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.refusal.code == code
    assert funds() == before


@pytest.mark.django_db
def test_the_worked_example_to_the_yen():
    journal("hold.fund", psp_clearing=-10_550, hold=10_550)
    assert (funds().free_yen, funds().sweepable_yen) == (0, 0)
    journal("psp.settle", psp_clearing=10_550, bank_client_money=-10_170, psp_fee_expense=-380)
    assert funds().free_yen == -380
    journal("operator.float", bank_client_money=-50_000, operator_capital=50_000)
    journal(
        "hold.release",
        hold=-10_550,
        member=8_350,
        fee_revenue_worker=1_500,
        fee_revenue_client=500,
        consumption_tax_payable=200,
    )
    posted = ledger.journal(sweep(2_200))
    assert {line.account: line.amount_yen for line in posted.lines} == {
        "bank_client_money": 2_200,
        "bank_operating": -2_200,
    }
    assert (posted.kind, posted.effective_at) == ("fees.sweep", AT.date())
    assert funds().owed_yen == {"member": 8_350}


@pytest.mark.django_db
def test_not_a_yen_of_members_money_leaves():
    earned()
    assert funds().sweepable_yen == 1_820
    refused("too_much_to_sweep", lambda: sweep(1_821))
    key = uuid4()
    assert sweep(1_820, key) == sweep(1_820, key)
    assert funds().free_yen == 0
    refused("too_much_to_sweep", lambda: sweep(1))


@pytest.mark.django_db
def test_bad_amounts_keys_used_otherwise_and_strangers():
    earned()
    key = uuid4()
    sweep(100, key)
    refused("key_reused", lambda: sweep(200, key))
    for amount_yen in (0, -5, 10**12):
        refused("bad_sweep", lambda amount_yen=amount_yen: sweep(amount_yen))
    for actor in (SYSTEM, Actor.member(1)):
        refused("staff_only", lambda actor=actor: sweep(100, by=actor))


@pytest.mark.races
@pytest.mark.usefixtures("committed_db")
def test_eight_at_once_never_take_more_than_there_is():
    earned()
    answers = at_once(*[lambda: sweep(500)] * 8)
    assert sum(isinstance(answer, int) for answer in answers) == 3
    assert funds().free_yen == 320
    connection.close()


@pytest.mark.django_db
def test_the_page_books_once_and_says_why_not(client):
    client.force_login(member("運営", is_operator=True))
    earned()
    page = client.get("/staff/funds/").content.decode()
    assert "¥1,820まで" in page
    fields = {"amount": "１，８２０円", "request_key": str(uuid4())}
    assert {client.post("/staff/funds/", fields).status_code for _ in range(2)} == {302}
    assert funds().free_yen == 0
    refusal = client.post("/staff/funds/", {"amount": "5", "request_key": str(uuid4())})
    assert refusal.status_code == 409
    assert client.post("/staff/funds/", {"amount": "", "request_key": str(uuid4())}).status_code == 422
    client.force_login(member("たろう"))
    assert client.get("/staff/funds/").status_code == 404
    assert client.post("/staff/funds/", fields).status_code == 404
