"""What the serving role may do: use the tables of the marketplace, add to the audit trail, post through the ledger.

It owns nothing, so it can change no schema, drop no trigger and touch no ledger row.
"""

import re

from nakadachi.closing import privileges as closing
from nakadachi.money.ledger import privileges as ledger

_APPEND_ONLY = (
    "events_event",
    "payments_hookreceipt",
    "contracts_terms",
    "jobs_jobversion",
    "sourcing_proposalversion",
    "hourly_entrytrace",
)


def statements(role: str) -> list[str]:
    """GRANTs and REVOKEs for `role`, to be run by the owner after every migration. Idempotent."""
    assert re.fullmatch(r"[a-z_][a-z0-9_]*", role), "a plain role name"
    public = [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    append_only = [f"REVOKE UPDATE, DELETE ON {table} FROM {role}" for table in _APPEND_ONLY]
    return [*public, *append_only, *ledger.statements(role), *closing.statements(role)]
