"""The ledger's jobs: what they do when called, and that an unclean ledger does not stay unsaid."""

import logging

from django.db import connection

from nakadachi.money.ledger import background
from nakadachi.money.ledger import fold as folding
from tests import database
from tests.money.ledger.steps import fold_all, fund, hold


def test_the_fold_job_shortens_the_tail(committed_db):
    fund(hold(1), 100)
    assert folding.lag_seconds() > 0
    fold_all(lambda: background.fold(timestamp=0) or 0)
    assert folding.lag_seconds() == 0


def test_the_partitions_job_makes_three_months_ahead(committed_db):
    with database.owner_connection(committed_db) as owner:
        owner.execute(
            "DO $$ BEGIN EXECUTE 'DROP TABLE ledger.entry_' || to_char(now() + interval '2 months', 'YYYY_MM'); END $$"
        )
    background.make_partitions(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('ledger.entry_' || to_char(now() + interval '2 months', 'YYYY_MM'))")
        assert cursor.fetchone()[0]


def test_the_hourly_check_says_what_it_finds(committed_db, caplog):
    fund(hold(1), 100)
    with caplog.at_level(logging.ERROR):
        background.check(timestamp=0)
        assert caplog.messages == []
        with database.owner_connection(committed_db) as owner:
            owner.execute("UPDATE ledger.balance SET balance = balance + 1")
        background.check(timestamp=0)
    assert caplog.messages == ["ledger check: balances: hold:1: balance +101 yen, entries sum to +100 yen"]
