"""Hot accounts: folded + tail is the sum, whatever is folded when, and open transactions are never skipped."""

import pytest
from django.db import connection

from nakadachi.money.ledger import checks, queries
from nakadachi.money.ledger import fold as folding
from nakadachi.money.ledger.book import SYSTEM
from tests import database
from tests.money.ledger.steps import fold_all, fund, hold, trial

PSP = SYSTEM["psp_clearing"]
POST_TO = """
    SELECT ledger.post(gen_random_uuid(), 'hold.fund', 'hold', 2, ARRAY[1, %s]::bigint[], ARRAY[-11, 11]::bigint[],
                       '2026-11-22')
"""


def folded_yen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT balance FROM ledger.hot_balance WHERE account_id = %s", [PSP])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_entries_of_the_open_transaction_count_but_are_not_folded():
    fund(hold(1), 100)
    assert folding.fold() == 0
    assert folded_yen() == 0
    assert queries.balance_yen(PSP) == -100


def test_fold_adds_finished_transactions_once(committed_db):
    fund(hold(1), 100)
    fund(hold(1), 50)
    assert folding.lag_seconds() > 0
    assert fold_all() == 2
    assert folded_yen() == -150
    assert folding.fold() == 0
    assert folding.lag_seconds() == 0
    fund(hold(1), 7)
    assert (folded_yen(), queries.balance_yen(PSP)) == (-150, -157)
    assert trial() == {"psp_clearing": -157, "hold:1": 157}


def test_a_long_open_transaction_holds_the_fold_back_and_is_then_counted(committed_db):
    h, other = hold(1), hold(2)
    slow = database.owner_connection(committed_db)
    slow.autocommit = False
    slow.execute(POST_TO, [other])
    fund(h, 100)
    assert folding.fold() == 0, "the newer, finished transaction must wait for the older, open one"
    assert queries.balance_yen(PSP) == -100
    slow.commit()
    assert fold_all() == 2
    assert folded_yen() == queries.balance_yen(PSP) == -111
    slow.close()
    assert checks.run(["balances"]) == []


def test_negative_control_a_time_is_no_watermark(committed_db):
    """Had the fold gone by posted_at, the slow transaction above would have been lost for ever."""
    h, other = hold(1), hold(2)
    slow = database.owner_connection(committed_db)
    slow.autocommit = False
    slow.execute(POST_TO, [other])
    fund(h, 100)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(posted_at), sum(amount) FROM ledger.entry WHERE account_id = %s", [PSP])
        upto, by_time = cursor.fetchone()
        slow.commit()
        slow.close()
        sql = "SELECT %s + coalesce(sum(amount), 0) FROM ledger.entry WHERE account_id = %s AND posted_at > %s"
        cursor.execute(sql, [by_time, PSP, upto])
        assert cursor.fetchone()[0] == -100
    assert queries.balance_yen(PSP) == -111
