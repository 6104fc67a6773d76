"""The rows of a closing, held until the end of the transaction: the member's first, always."""

from nakadachi.closing.models import Closing
from nakadachi.people.standing.locking import locked_standing


def lock_closing(closing_id: int) -> Closing:
    """The closing as it is now, with its member."""
    locked_standing(Closing.objects.values_list("member_id", flat=True).get(pk=closing_id))
    return Closing.objects.select_related("member").select_for_update(of=("self",)).get(pk=closing_id)
