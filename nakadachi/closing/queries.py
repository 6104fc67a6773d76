"""Reading closings: for the member, and for whoever holds the link that came by mail."""

from django.core import signing

from nakadachi.closing.models import Closing
from nakadachi.kernel.refusal import NotVisible

_SALT = "closing.way_back"


def current_of(member_id: int) -> Closing | None:
    """The member's closing that is not undone."""
    return Closing.objects.filter(member=member_id).exclude(status=Closing.Status.UNDONE).first()


def token_of(closing: Closing) -> str:
    """The way to the page of one closing without logging in, for the mail and the address after closing.

    It names the closing, not the member: it stays good when nothing of the member is left.
    """
    return signing.dumps(closing.pk, salt=_SALT)


def closing_of_token(token: str) -> Closing:
    """The closing that a link names; raises `NotVisible` for one that is not ours."""
    try:
        closing_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise NotVisible from None
    found = Closing.objects.select_related("member").filter(pk=closing_id).first()
    if found is None:
        raise NotVisible
    return found
