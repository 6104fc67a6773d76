"""The monthly partitions of journals and entries: made ahead, closed behind."""

from datetime import date

from django.db import connection


def ensure(upto: date) -> int:
    """Make the partitions from this month to the month of `upto` (24 months at most); how many tables were new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.ensure_partitions(%s::date)", [upto])
        return int(cursor.fetchone()[0])


def close_months() -> int:
    """Write the balances at the end of every finished month that has none yet; how many months."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.close_months()")
        return int(cursor.fetchone()[0])
