"""The audit finds every corruption by row and yen, and says nothing about a sound ledger."""

from uuid import uuid4

import pytest

from nakadachi.money.ledger import book, checks, partitions
from nakadachi.money.ledger.book import SYSTEM
from tests import database
from tests.money.ledger.steps import DAY, draft, fold_all, fund, hold, member, post

PSP, FEE, TAX = (SYSTEM[name] for name in ("psp_clearing", "fee_revenue_worker", "consumption_tax_payable"))


@pytest.fixture
def ledger(committed_db):
    """Journals 1-4: fund, release, a funding reversed; a fold; journal 5 after it. Yields a corrupting hand."""
    fund(hold(1), 10_550)
    post("hold.release", {hold(1): -10_550, member(1): 8_350, FEE: 2_000, TAX: 200})
    book.reverse(fund(hold(2), 500), key=uuid4(), effective_at=DAY)
    fold_all()
    book.post_batch([(draft("hold.fund", {PSP: -70, hold(3): 70}), uuid4())])
    assert checks.run() == []
    with database.owner_connection(committed_db) as owner:
        owner.execute("SET session_replication_role = replica")  # triggers off: the hand of somebody with the keys
        yield owner
    return


CORRUPTIONS = {
    "amount up by one": (
        "UPDATE ledger.entry SET amount = amount + 1 WHERE journal_id = 2 AND line = 2",
        [("journals", "journal 2", "+1 yen"), ("balances", "member:1", "balance +8350 yen, entries sum to +8351")],
    ),
    "sign turned": (
        "UPDATE ledger.entry SET amount = -amount WHERE journal_id = 2 AND line = 4",
        [
            ("journals", "journal 2", "-400 yen"),
            ("balances", "consumption_tax_payable", "+200 yen"),
            ("patterns", "journal 2", "-consumption_tax_payable"),
        ],
    ),
    "a balanced change of two lines": (
        "UPDATE ledger.entry SET amount = amount + CASE line WHEN 2 THEN 10 ELSE -10 END"
        " WHERE journal_id = 2 AND line IN (2, 3)",
        [("balances", "member:1", "+8360"), ("balances", "fee_revenue_worker", "+1990")],
    ),
    "a line removed": (
        "DELETE FROM ledger.entry WHERE journal_id = 2 AND line = 4",
        [("journals", "journal 2", "3 lines sum to -200 yen"), ("balances", "consumption_tax_payable", "+200")],
    ),
    "a line added": (
        "INSERT INTO ledger.entry SELECT 2, 5, account_id, 3, posted_at FROM ledger.entry"
        " WHERE journal_id = 2 AND line = 2",
        [("journals", "journal 2", "5 lines sum to +3 yen"), ("balances", "member:1", "+8353")],
    ),
    "all lines of a journal removed": (
        "DELETE FROM ledger.entry WHERE journal_id = 2",
        [("journals", "journal 2", "0 lines"), ("balances", "hold:1", "+10550")],
    ),
    "the head of a journal removed": (
        "DELETE FROM ledger.journal WHERE id = 2",
        [("journals", "journal 2", "without a journal"), ("journals", "journal 2", "does not exist")],
    ),
    "a whole journal removed": (
        "WITH gone AS (DELETE FROM ledger.journal WHERE id = 1) DELETE FROM ledger.entry WHERE journal_id = 1",
        [("journals", "journal 1", "does not exist"), ("balances", "hold:1", "-10550")],
    ),
    "a journal doubled": (
        "WITH twin AS (INSERT INTO ledger.journal SELECT 99, posted_at, effective_at, kind, ref_type, ref_id, calc"
        " FROM ledger.journal WHERE id = 1) INSERT INTO ledger.entry SELECT 99, line, account_id, amount, posted_at"
        " FROM ledger.entry WHERE journal_id = 1",
        [("journals", "journal 99", "no request"), ("balances", "hold:1", "+10550")],
    ),
    "two accounts swapped": (
        "UPDATE ledger.entry SET account_id = (SELECT id FROM ledger.account WHERE kind = 'hold' AND owner_id = 3)"
        " WHERE journal_id = 1 AND line = 2",
        [("balances", "hold:1", "entries sum to -10550"), ("balances", "hold:3", "+10620")],
    ),
    "an account that does not exist": (
        "UPDATE ledger.entry SET account_id = 4711 WHERE journal_id = 5 AND line = 2",
        [("balances", "account 4711", "unknown account"), ("balances", "hold:3", "+70 yen, entries sum to +0")],
    ),
    "an account row removed": (
        "DELETE FROM ledger.account WHERE kind = 'member'",
        [("balances", "account ", "8350 yen on an unknown account")],
    ),
    "balance up": (
        "UPDATE ledger.balance SET balance = balance + 1 WHERE balance = 8350",
        [("balances", "member:1", "balance +8351 yen, entries sum to +8350")],
    ),
    "balance row removed": (
        "DELETE FROM ledger.balance WHERE balance = 8350",
        [("balances", "member:1", "no balance")],
    ),
    "version off": (
        "UPDATE ledger.balance SET version = version + 1 WHERE balance = 8350",
        [("balances", "member:1", "counts 2 entries, there are 1")],
    ),
    "hot balance off": (
        f"UPDATE ledger.hot_balance SET balance = balance - 1 WHERE account_id = {PSP}",
        [("balances", "psp_clearing", "balance -10621 yen, entries sum to -10620")],
    ),
    "hot watermark moved back": (
        f"UPDATE ledger.hot_balance SET upto_xid = '3' WHERE account_id = {PSP}",
        [("balances", "psp_clearing", "entries sum to -10620")],
    ),
    "hot watermark moved ahead": (
        f"UPDATE ledger.hot_balance SET upto_xid = '99999999' WHERE account_id = {PSP}",
        [("balances", "psp_clearing", "entries sum to -10620")],
    ),
    "overdraft allowed": (
        "UPDATE ledger.balance SET min_balance = -1000000 WHERE balance = 8350",
        [("no_overdraft", "member:1", "minimum -1000000")],
    ),
    "time of an entry moved": (
        "UPDATE ledger.entry SET posted_at = posted_at + interval '1 second' WHERE journal_id = 2 AND line = 1",
        [("journals", "journal 2", "another time")],
    ),
    "time of a journal moved over a month end": (
        "WITH j AS (UPDATE ledger.journal SET posted_at = posted_at - interval '40 days' WHERE id = 2)"
        " UPDATE ledger.entry SET posted_at = posted_at - interval '40 days' WHERE journal_id = 2",
        [("time_order", "journal 2", "an earlier one")],
    ),
    "kind of a journal changed": (
        "UPDATE ledger.journal SET kind = 'hold.refund' WHERE id = 2",
        [("patterns", "journal 2", "hold.refund has a line +member")],
    ),
    "a kind nobody declared": (
        "UPDATE ledger.journal SET kind = 'gift' WHERE id = 2",
        [("patterns", "journal 2", "journal kind gift is not in the chart")],
    ),
    "a required line of the wrong account": (
        "UPDATE ledger.journal SET kind = 'hold.fund' WHERE id = 2",
        [("patterns", "journal 2", "hold.fund has no line -psp_clearing")],
    ),
    "a second request for one journal": (
        "INSERT INTO ledger.idempotency (key, request_hash, journal_id) VALUES (gen_random_uuid(), '', 2)",
        [("journals", "journal 2", "2 requests")],
    ),
    "request row removed": (
        "DELETE FROM ledger.idempotency WHERE journal_id = 2",
        [("journals", "journal 2", "no request")],
    ),
    "reversal points elsewhere": (
        "UPDATE ledger.reversal SET journal_id = 1",
        [("reversals", "journal 4", "not the mirror image of journal 1")],
    ),
    "account closed by hand": (
        "UPDATE ledger.account SET closed_at = now() - interval '1 day' WHERE kind = 'member'",
        [("closed_accounts", "member:1", "+8350")],
    ),
    "trigger disabled": (
        "ALTER TABLE ledger.entry DISABLE TRIGGER zero_sum",
        [("walls", "ledger.entry", "zero_sum is missing or disabled")],
    ),
    "trigger dropped on a partition": (
        "DROP TRIGGER append_only ON ledger.journal_default",
        [("walls", "ledger.journal_default", "append_only is missing")],
    ),
    "constraint dropped": (
        "ALTER TABLE ledger.balance DROP CONSTRAINT balance_not_below_minimum",
        [("walls", "ledger.balance_not_below_minimum", "missing")],
    ),
    "a role granted UPDATE": (
        f"GRANT UPDATE ON ledger.balance TO {database.APP_ROLE}",
        [("walls", "ledger.balance", f"{database.APP_ROLE} may UPDATE")],
    ),
    "everybody granted INSERT": (
        "GRANT INSERT ON ledger.entry TO PUBLIC",
        [("walls", "ledger.entry", "PUBLIC may INSERT")],
    ),
    "next month not made": (
        "DO $$ BEGIN EXECUTE 'DROP TABLE ledger.entry_' || to_char(now() + interval '1 month', 'YYYY_MM'); END $$",
        [("walls", "ledger.entry_", "no partition yet")],
    ),
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_corruption_is_found_by_row_and_yen(ledger, name):
    statement, expected = CORRUPTIONS[name]
    ledger.execute(statement)
    found = checks.run()
    for check, what, detail in expected:
        assert any(o.check == check and o.what.startswith(what) and detail in o.detail for o in found), (
            f"{check} of {what} with {detail!r} not in\n" + "\n".join(map(str, found))
        )


def test_a_closed_month_is_compared_with_its_entries(ledger):
    for table in ("journal", "entry"):  # a month is over when an hour of the next has gone
        ledger.execute(f"UPDATE ledger.{table} SET posted_at = posted_at - interval '1 hour' - interval '2 months'")
    assert partitions.close_months() == 2
    assert partitions.close_months() == 0
    assert checks.run(["snapshots", "journals", "balances"]) == []
    post("hold.release", {hold(3): -70, member(1): 70})
    assert checks.run(["snapshots"]) == []
    ledger.execute("UPDATE ledger.balance_snapshot SET balance = balance + 1 WHERE balance = 8350")
    assert [o.detail[-40:] for o in checks.run(["snapshots"])] == [
        "closed with 8351 yen, entries sum to 8350 yen"[-40:]
    ]


def test_packages_above_add_their_checks(ledger):
    checks.register("example", lambda: [("hold 1", "7 yen too many")])
    try:
        assert [str(o) for o in checks.run(["example"])] == ["example: hold 1: 7 yen too many"]
        assert "example" in checks.names()
    finally:
        del checks._CHECKS["example"]
