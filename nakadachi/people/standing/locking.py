"""The row of a standing, held until the end of the transaction; and the door through which new work begins."""

from django.db import connection

from nakadachi.infra.queue import outside_transaction
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing

_HOLD_OPEN = "SELECT pg_advisory_xact_lock_shared(standing_door(%s::bigint))"
_BAR = "SELECT pg_advisory_xact_lock(standing_door(%s::bigint))"


def locked_standing(member_id: int) -> Standing:
    """The standing as it is now, made when there was none. The member's row is locked first."""
    Member.objects.select_for_update(no_key=True).get(pk=member_id)
    standing, _made = Standing.objects.select_for_update().get_or_create(pk=member_id)
    return standing


def hold_open(member_id: int) -> None:
    """Until the end of the transaction this member does not start to leave. Outside of one nothing is begun.

    For two members `queries.between` does the same.
    """
    if not outside_transaction():
        with connection.cursor() as cursor:
            cursor.execute(_HOLD_OPEN, [member_id])


def bar(member_id: int) -> None:
    """Wait for whoever holds the door of this member open, and keep it shut until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_BAR, [member_id])
