"""The member that came with the session: who is logged in is then known without another query."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from nakadachi.people.models import Member

_at_hand: ContextVar[Member | None] = ContextVar("member_at_hand", default=None)


@contextmanager
def holding(member: Member | None) -> Iterator[None]:
    """While a request asks who is logged in, this is the member that its session belongs to."""
    token = _at_hand.set(member)
    try:
        yield
    finally:
        _at_hand.reset(token)


def taken(member_id: int) -> Member | None:
    """The member at hand, if it is the one that is wanted."""
    member = _at_hand.get()
    return member if member is not None and member.pk == member_id else None
