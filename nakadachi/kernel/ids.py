"""Keys that make an effect happen once: the same words always give the same key."""

from uuid import UUID, uuid5

_NAMESPACE = UUID("6f9f3c2e-5a0d-4c1e-9a51-6e616b616461")


def key_for(what: str, *parts: object) -> UUID:
    """A stable key, e.g. `key_for("hold.fund", hold.id, payment.id)`.

    Parts are joined with a unit separator, so ("a", "bc") and ("ab", "c") differ.
    """
    assert what
    return uuid5(_NAMESPACE, "\x1f".join([what, *(str(part) for part in parts)]))
