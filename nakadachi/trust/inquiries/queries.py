"""Reading inquiries: one's own, the operator's queue, and the one behind the link of a mail."""

from typing import Literal

from django.core import signing
from django.db.models import QuerySet

from nakadachi.infra.paging import Page, page_of
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.trust.inquiries import policy
from nakadachi.trust.inquiries.models import Inquiry, Message

Tab = Literal["open", "mine", "answered", "closed"]
LINK_DAYS = 90
_SALT = "inquiries.link"


def inquiry_for(actor: Actor, inquiry_id: int) -> Inquiry:
    """An inquiry the actor may read; an unconfirmed one is nobody's yet."""
    found = Inquiry.objects.select_related("member", "assignee").filter(pk=inquiry_id).first()
    if found is None or found.status == Inquiry.Status.UNCONFIRMED or not policy.can_read(actor, found):
        raise NotVisible
    return found


def token_of(inquiry: Inquiry) -> str:
    """What the link in a mail to somebody without an account carries."""
    return signing.dumps(inquiry.pk, salt=_SALT)


def inquiry_of_token(token: str) -> Inquiry:
    """The inquiry of such a link, while it is young enough."""
    try:
        inquiry_id = signing.loads(token, salt=_SALT, max_age=LINK_DAYS * 86_400)
    except signing.BadSignature:
        raise NotVisible from None
    found = Inquiry.objects.filter(pk=inquiry_id, member=None).first()
    if found is None:
        raise NotVisible
    return found


def mine_page(actor: Actor, after: str = "") -> Page[Inquiry]:
    """What the member asked, the newest first."""
    return page_of(Inquiry.objects.filter(member_id=actor.id or 0), order=("-id",), after=after)


def queue(actor: Actor, tab: Tab, after: str = "") -> Page[Inquiry]:
    """The operator's queue: what waits longest comes first, what is over the newest first."""
    if policy.can_work(actor):
        raise NotVisible
    rows = {
        "open": Inquiry.objects.filter(status=Inquiry.Status.OPEN),
        "mine": Inquiry.objects.filter(status__in=[Inquiry.Status.OPEN, Inquiry.Status.ANSWERED], assignee=actor.id),
        "answered": Inquiry.objects.filter(status=Inquiry.Status.ANSWERED),
        "closed": Inquiry.objects.filter(status=Inquiry.Status.CLOSED),
    }[tab]
    order = ("-closed_at", "-id") if tab == "closed" else ("waiting_since", "id")
    return page_of(rows.select_related("member", "assignee"), order=order, after=after)


def waiting() -> QuerySet[Inquiry]:
    """Everything that waits for the operator, the longest first."""
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN).order_by("waiting_since", "id")


def thread(inquiry: Inquiry, *, with_notes: bool) -> list[Message]:
    """What was written, the oldest first; notes only for the operator's people."""
    messages = inquiry.messages.select_related("author").order_by("id")
    return list(messages if with_notes else messages.exclude(kind=Message.Kind.NOTE))
