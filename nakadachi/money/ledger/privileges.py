"""What the serving role may do in the ledger: read everything, call the functions that post, write nothing itself."""

_FUNCTIONS = (
    "post(uuid, text, text, bigint, bigint[], bigint[], date, jsonb)",
    "post_batch(uuid[], text[], text[], bigint[], date[], jsonb[], integer[], bigint[], bigint[])",
    "reverse(uuid, bigint, text, date)",
    "open_account(text, text, bigint)",
    "close_account(bigint)",
    "fold()",
    "ensure_partitions(date)",
    "close_months()",
    "hot_accounts()",
    "total(bigint)",
)


def statements(role: str) -> list[str]:
    """GRANTs and REVOKEs for `role`, run by the owner after every migration. Idempotent."""
    return [
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA ledger FROM {role}",
        f"GRANT USAGE ON SCHEMA ledger TO {role}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT ON TABLES TO {role}",
        *(f"GRANT EXECUTE ON FUNCTION ledger.{function} TO {role}" for function in _FUNCTIONS),
    ]
