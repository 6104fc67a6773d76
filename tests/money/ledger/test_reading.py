"""Reading: entries by page, statements that add up, the trial balance, and the commands around them."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from nakadachi.kernel.refusal import NotVisible
from nakadachi.money.ledger import handbook, queries
from nakadachi.money.ledger.book import SYSTEM
from nakadachi.money.ledger.chart import ACCOUNT_KINDS, JOURNAL_KINDS
from nakadachi.money.ledger.models import Account, Entry, Journal
from nakadachi.money.ledger.statement import statement
from tests import database
from tests.money.ledger.steps import DAY, fund, hold, member, post

PSP, FEE = SYSTEM["psp_clearing"], SYSTEM["fee_revenue_worker"]


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("ledger", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_entries_come_newest_first_page_by_page():
    h = hold(1)
    ids = [fund(h, number, ref=number) for number in range(1, 8)]
    first = queries.entries_of(h, limit=3)
    assert [row.journal_id for row in first] == ids[:3:-1]
    assert [row.amount_yen for row in first] == [7, 6, 5]
    rest = queries.entries_of(h, before=first[-1].journal_id)
    assert [row.journal_id for row in rest] == ids[3::-1]
    assert queries.entries_of(h, before=ids[0]) == []
    assert queries.journals_about("hold", 4) == [ids[3]]


@pytest.mark.django_db
def test_what_is_not_there_is_not_visible():
    for name in ("member:1", "member:", "member:x", "nobody", "member:１", "member:" + "9" * 30, "psp_clearing:1"):
        with pytest.raises(NotVisible):
            queries.account_named(name)
    with pytest.raises(NotVisible):
        queries.journal(1)
    assert queries.balance_yen(123_456) == 0


@pytest.mark.django_db
def test_a_statement_follows_the_business_date_and_adds_up():
    h = hold(1)
    post("hold.fund", {PSP: -300, h: 300}, day=date(2026, 3, 10))
    post("hold.fund", {PSP: -100, h: 100}, day=date(2026, 1, 10))
    post("hold.release", {h: -150, member(1): 150}, day=date(2026, 2, 10))
    account = queries.account_named("hold:1")
    whole = statement(account)
    assert [(row.amount_yen, row.balance_yen) for row in whole.rows] == [(100, 100), (-150, -50), (300, 250)]
    assert (whole.opening_yen, whole.closing_yen) == (0, queries.balance_yen(h))
    part = statement(account, since=date(2026, 2, 1), until=date(2026, 2, 28))
    assert (part.opening_yen, len(part.rows), part.closing_yen) == (100, 1, -50)
    empty = statement(account, since=date(2026, 2, 11), until=date(2026, 2, 12))
    assert (empty.opening_yen, empty.rows, empty.closing_yen) == (-50, (), -50)
    text = said("statement", "hold:1", "--since", "2026-02-01")
    assert "hold.release hold:1" in text
    assert text.splitlines()[-1].endswith(" 250")
    with pytest.raises(CommandError, match="no account is called hold:2"):
        said("statement", "hold:2")


@pytest.mark.django_db
def test_the_trial_balance_has_one_row_per_account_and_sums_to_zero():
    fund(hold(7), 10_550)
    post("hold.release", {hold(7): -10_550, member(12): 8_350, FEE: 2_200})
    found = json.loads(said("trial-balance", "--json"))
    assert set(found) == {"accounts", "sum_yen"}
    assert found["sum_yen"] == 0
    assert all(set(row) == {"account", "kind", "balance_yen"} for row in found["accounts"])
    by_name = {row["account"]: (row["kind"], row["balance_yen"]) for row in found["accounts"]}
    assert len(by_name) == len(found["accounts"]) == len(SYSTEM) + 2
    assert by_name["member:12"] == ("liability", 8_350)
    assert by_name["hold:7"] == ("liability", 0)
    assert by_name["psp_clearing"] == ("asset", -10_550)
    assert by_name["fee_revenue_worker"] == ("revenue", 2_200)
    assert "member:12" in said("trial-balance")


def test_check_says_clean_or_names_offenders_and_exits_1(committed_db):
    fund(hold(1), 100)
    assert "all clean" in said("check")
    assert json.loads(said("check", "--json"))["ok"] is True
    with database.owner_connection(committed_db) as owner:
        owner.execute("UPDATE ledger.balance SET balance = balance + 1")
    out = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("ledger", "check", "--json", stdout=out)
    assert caught.value.code == 1
    found = json.loads(out.getvalue())
    assert (found["ok"], found["offenders_total"]) == (False, 1)
    assert found["offenders"][0] == {
        "check": "balances",
        "what": "hold:1",
        "detail": "balance +101 yen, entries sum to +100 yen",
    }
    with pytest.raises(SystemExit):
        said("check")


def test_the_first_twenty_offenders_are_listed(committed_db):
    for number in range(1, 26):
        fund(hold(number), 100)
    with database.owner_connection(committed_db) as owner:
        owner.execute("UPDATE ledger.balance SET balance = balance + 1")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("ledger", "check", stdout=out)
    assert len(out.getvalue().splitlines()) == 21
    assert "25 offenders" in out.getvalue()


def test_the_handbook_is_what_the_code_says():
    assert handbook.is_fresh(), "run `bin/nakadachi ledger handbook`"
    text = handbook.render()
    assert all(f"`{name}" in text for name in [*ACCOUNT_KINDS, *JOURNAL_KINDS])


@pytest.mark.django_db
def test_the_chart_and_the_database_have_the_same_system_accounts():
    stored = dict(Account.objects.filter(owner_id=None).values_list("kind", "id"))
    assert stored == SYSTEM
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(id ORDER BY id) = (SELECT ledger.hot_accounts()) FROM ledger.account WHERE id < 1000"
        )
        assert cursor.fetchone()[0]
    kinds_in_patterns = {line[1:].rstrip("?") for kind in JOURNAL_KINDS.values() for line in kind.lines}
    assert kinds_in_patterns <= set(ACCOUNT_KINDS)


@pytest.mark.django_db
def test_the_unmanaged_models_read_the_tables():
    journal_id = fund(hold(1), 100)
    assert str(Account.objects.get(id=hold(1))) == "hold:1"
    assert Journal.objects.get(id=journal_id).effective_at == DAY
    assert [str(entry) for entry in Entry.objects.filter(journal_id=journal_id).order_by("line")] == [
        f"{journal_id}/1: -100",
        f"{journal_id}/2: +100",
    ]
