"""Are the database's own defences in place? Triggers enabled, constraint there, nobody but the owner may write."""

from collections.abc import Iterator

from django.db import connection

_MISSING_TRIGGERS = """
    SELECT t.relname, g.name FROM pg_class t
    JOIN (VALUES ('append_only', '^(journal|entry|idempotency|reversal|balance_snapshot)'), ('zero_sum', '^entry'))
         AS g(name, pattern) ON t.relname ~ g.pattern
    WHERE t.relnamespace = 'ledger'::regnamespace AND t.relkind IN ('r', 'p') AND NOT EXISTS (
        SELECT FROM pg_trigger p WHERE p.tgrelid = t.oid AND p.tgname = g.name AND p.tgenabled IN ('O', 'A'))
    ORDER BY 1, 2
"""

_WRITERS = """
    SELECT t.relname, coalesce(r.rolname, 'PUBLIC'), string_agg(DISTINCT a.privilege_type, ', ')
    FROM pg_class t CROSS JOIN aclexplode(t.relacl) AS a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE t.relnamespace = 'ledger'::regnamespace AND t.relkind IN ('r', 'p', 'S') AND a.grantee <> t.relowner
      AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
    GROUP BY 1, 2 ORDER BY 1, 2
"""

_CONSTRAINTS = """
    SELECT c.name
    FROM (VALUES ('balance_not_below_minimum'), ('entry_amount_within_limits'), ('account_mode_follows_id'),
                 ('balance_pkey'), ('idempotency_pkey'), ('reversal_pkey'), ('journal_pkey'), ('entry_pkey')) AS c(name)
    WHERE NOT EXISTS (SELECT FROM pg_constraint p WHERE p.connamespace = 'ledger'::regnamespace
                      AND p.conname = c.name AND p.convalidated)
"""

_PARTITIONS = """
    SELECT 'ledger.' || name || '_default', 'holds rows of months that were not made ahead'
    FROM (VALUES ('journal', EXISTS (SELECT FROM ledger.journal_default)),
                 ('entry', EXISTS (SELECT FROM ledger.entry_default))) AS d(name, used) WHERE used
    UNION ALL
    SELECT 'ledger.entry_' || month, 'next month has no partition yet'
    FROM to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM') AS month
    WHERE to_regclass('ledger.entry_' || month) IS NULL
"""


def walls() -> Iterator[tuple[str, str]]:
    """What should stop a hand that bypasses the functions, and does not."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING_TRIGGERS)
        for table, trigger in cursor.fetchall():
            yield f"ledger.{table}", f"trigger {trigger} is missing or disabled"
        cursor.execute(_WRITERS)
        for table, role, privileges in cursor.fetchall():
            yield f"ledger.{table}", f"role {role} may {privileges}"
        cursor.execute(_CONSTRAINTS)
        for (constraint,) in cursor.fetchall():
            yield f"ledger.{constraint}", "the constraint is missing"
        cursor.execute(_PARTITIONS)
        yield from cursor.fetchall()
