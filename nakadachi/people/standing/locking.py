"""The row of a standing, held until the end of the transaction."""

from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing


def locked_standing(member_id: int) -> Standing:
    """The standing as it is now, made when there was none. The member's row is locked first."""
    Member.objects.select_for_update(no_key=True).get(pk=member_id)
    standing, _made = Standing.objects.select_for_update().get_or_create(pk=member_id)
    return standing
