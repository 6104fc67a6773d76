"""A fingerprint of everything the market and its money consist of: a refusal must leave it as it was."""

import hashlib

from django.db import connection

from nakadachi.money.ledger import checks

_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE (schemaname = 'public' AND tablename NOT LIKE 'django_%%' AND tablename NOT LIKE 'site_cache%%')
       OR schemaname = 'ledger'
    ORDER BY 1
"""


def fingerprint() -> str:
    """One hash over every row of every table."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY t::text), '')) FROM {table} t")
            digest.update(f"{table}={cursor.fetchone()[0]};".encode())
    return digest.hexdigest()


def assert_clean() -> None:
    """The whole audit of the ledger finds nothing."""
    assert [str(offender) for offender in checks.run()] == []
