"""Reading standings and blocks."""

from django.db.models import Q

from nakadachi.people.standing.models import Block, Standing


def standing_of(member_id: int) -> Standing:
    """The member's standing; good and unconfirmed when nothing was ever written."""
    return Standing.objects.filter(pk=member_id).first() or Standing(member_id=member_id)


def is_blocked_between(one_id: int, other_id: int) -> bool:
    """Whether either of the two blocked the other."""
    return Block.objects.filter(Q(member=one_id, blocked=other_id) | Q(member=other_id, blocked=one_id)).exists()
