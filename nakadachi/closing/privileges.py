"""What the serving role may do with what is kept of those who left: put it away, and ask for it with a reason."""

_FUNCTIONS = (
    "closing_erase_events(bigint)",
    "closing_erase_versions(bigint, boolean)",
    "closing_erase_traces(bigint)",
    "closing_purge_words(bigint, date, text, text, text)",
    "closing_read_paper(bigint, bigint)",
)


def statements(role: str) -> list[str]:
    """GRANTs and REVOKEs for `role`, run by the owner after every migration. Idempotent."""
    return [
        f"REVOKE SELECT, UPDATE ON closing_paper FROM {role}",
        f"GRANT SELECT (id, closing_id, kind, ref, ground, until_on) ON closing_paper TO {role}",
        *(f"GRANT EXECUTE ON FUNCTION {function} TO {role}" for function in _FUNCTIONS),
    ]
