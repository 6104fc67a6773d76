"""Looking at a shared world without leaving traces in it, and noticing writes cheaply."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tests.every_page.world import UNWATCHED


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in it is rolled back. The product sees no open transaction, as in a test case."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def wrote() -> int:
    """How many rows PostgreSQL has written in this transaction, those of rolled back parts included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
            " WHERE relname !~ %s",
            [UNWATCHED],
        )
        return int(cursor.fetchone()[0])
