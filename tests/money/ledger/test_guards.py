"""The walls behind the functions: what the serving role may not do, and what even the owner meets."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from nakadachi.money.ledger import checks, partitions
from tests import database
from tests.money.ledger.steps import DAY, fingerprint, fund, hold

TABLES = (
    "account",
    "balance",
    "hot_balance",
    "journal",
    "entry",
    "idempotency",
    "reversal",
    "balance_snapshot",
    "clock",
)
WRITES = ("INSERT INTO {0} SELECT * FROM {0}", "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}")
COLUMN = {
    "account": "kind",
    "balance": "balance",
    "hot_balance": "balance",
    "journal": "kind",
    "entry": "amount",
    "idempotency": "key",
    "reversal": "by_journal_id",
    "balance_snapshot": "balance",
    "clock": "floor",
}


def sqlstate(error: BaseException) -> str:
    return error.__cause__.sqlstate


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("write", WRITES)
def test_the_serving_role_may_read_but_not_write(table, write):
    fund(hold(1), 100)
    before = fingerprint()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ledger.{table}")
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute(write.format(f"ledger.{table}", COLUMN[table]))
    assert sqlstate(caught.value) == "42501"
    assert fingerprint() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER append_only ON ledger.entry",
        "ALTER TABLE ledger.entry DISABLE TRIGGER ALL",
        "CREATE TABLE ledger.mine (x int)",
        "CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT ledger.guard_append_only('ledger.entry')",
        "SELECT nextval('ledger.journal_id_seq')",
        "SET session_replication_role = replica",
    ],
)
def test_the_serving_role_cannot_take_the_walls_down(statement):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert sqlstate(caught.value) == "42501"


@pytest.mark.django_db
def test_a_search_path_of_the_caller_does_not_reach_into_the_functions():
    """A temporary table or operator of the same name must not be used by a SECURITY DEFINER function."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE entry (journal_id bigint, line smallint, account_id bigint, amount bigint)")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
    h = hold(1)
    fund(h, 100)
    assert checks.run(["journals", "balances"]) == []


def owners_word(name: str, statement: str) -> None:
    with database.owner_connection(name) as connection_:
        connection_.execute(f"SET ROLE {database.OWNER_ROLE}")
        connection_.execute(statement)


@pytest.mark.parametrize("table", ["journal", "entry", "idempotency", "reversal", "balance_snapshot"])
@pytest.mark.parametrize("write", WRITES[1:])
def test_even_the_owner_cannot_change_what_is_written(db, table, write):
    name = connection.settings_dict["NAME"]
    with pytest.raises(psycopg.DatabaseError) as caught:
        owners_word(name, write.format(f"ledger.{table}", COLUMN[table]))
    assert caught.value.sqlstate == "NK009"


@pytest.mark.parametrize("table", ["journal", "entry"])
@pytest.mark.parametrize("write", WRITES[1:])
def test_nor_in_a_partition_named_directly(db, table, write):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [f"ledger.{table}"]
        )
        found = [row[0] for row in cursor.fetchall()]
    assert len(found) >= 4, "a default one, this month and those made ahead"
    for partition in found:
        with pytest.raises(psycopg.DatabaseError) as caught:
            owners_word(name, write.format(partition, COLUMN[table]))
        assert caught.value.sqlstate == "NK009"


@pytest.mark.parametrize("table", ["entry", "entry_default", "entry_{month}"])
def test_nor_write_a_journal_that_does_not_sum_to_zero(db, table):
    name = connection.settings_dict["NAME"]
    with database.owner_connection(name) as owner:
        month, stamp = owner.execute("SELECT to_char(now(), 'YYYY_MM'), now()").fetchone()
        if table == "entry_default":
            stamp = "1999-01-01"
        insert = f"INSERT INTO ledger.{table.format(month=month)} VALUES (-1, 1, 1, %s, %s), (-1, 2, 2, %s, %s)"
        with pytest.raises(psycopg.DatabaseError) as caught:
            owner.execute(insert, [-100, stamp, 99, stamp])
        assert caught.value.sqlstate == "NK001"
        with pytest.raises(psycopg.errors.RaiseException, match="taken back"), owner.transaction():
            owner.execute(insert, [-100, stamp, 100, stamp])
            owner.execute("DO $$ BEGIN RAISE EXCEPTION 'taken back: the control shows that zero is accepted'; END $$")


def test_nor_bring_a_balance_below_its_minimum(db):
    name = connection.settings_dict["NAME"]
    with database.owner_connection(name) as owner, pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("INSERT INTO ledger.balance (account_id, balance) VALUES (1234, -1)")


@pytest.mark.django_db
def test_partitions_are_made_ahead_and_are_guarded_like_the_others():
    far = DAY.replace(year=DAY.year + 1)
    assert partitions.ensure(far) > 0
    assert partitions.ensure(far) == 0
    assert [o for o in checks.run(["walls"]) if "trigger" in o.detail] == []
    assert partitions.ensure(DAY.replace(year=2999)) <= 48, "never more than two years ahead"


def test_a_month_nobody_made_ahead_lands_in_the_default_partition_and_is_reported(committed_db):
    h = hold(1)
    with database.owner_connection(committed_db) as owner:
        for table in ("journal", "entry"):
            for (partition,) in owner.execute(
                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass"
                " AND inhrelid::regclass::text NOT LIKE '%%default'",
                [f"ledger.{table}"],
            ).fetchall():
                owner.execute(f"DROP TABLE {partition}")
    fund(h, 100)
    assert {o.what for o in checks.run(["walls"])} >= {"ledger.journal_default", "ledger.entry_default"}
    partitions.ensure(DAY.replace(year=2999))
    fund(h, 100)
    assert checks.run(["journals", "balances"]) == []


def test_the_posting_time_never_goes_back(committed_db):
    """The machine's clock was set forward, then corrected: later postings do not stand before earlier ones."""
    h = hold(1)
    with database.owner_connection(committed_db) as owner:
        owner.execute("UPDATE ledger.clock SET floor = now() + interval '2 hours'")
    fund(h, 100)
    with connection.cursor() as cursor:
        cursor.execute("SELECT posted_at = (SELECT floor FROM ledger.clock) FROM ledger.journal")
        assert cursor.fetchone()[0]
