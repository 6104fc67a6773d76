"""The operator's people take an inquiry, answer it, and write notes for each other."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nakadachi.infra.events.record import record
from nakadachi.infra.moves import move
from nakadachi.infra.queue import defer
from nakadachi.infra.text import tidy_text
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import require
from nakadachi.trust.inquiries import policy
from nakadachi.trust.inquiries.lifecycle import INQUIRY
from nakadachi.trust.inquiries.locking import locked
from nakadachi.trust.inquiries.models import Inquiry, Message


@transaction.atomic
def assign(*, inquiry: Inquiry, by: Actor, at: datetime) -> Inquiry:
    """Take it on; who had it before is on record. Again, it changes nothing."""
    inquiry = locked(inquiry.pk)
    require(policy.can_answer(by, inquiry))
    before = inquiry.assignee_id
    if before == by.id:
        return inquiry
    inquiry.assignee_id = by.id
    inquiry.save(update_fields=["assignee"])
    record("inquiry.assign", inquiry, by=by, at=at, changes={"assignee": [before, by.id]})
    return inquiry


@transaction.atomic
def answer(*, inquiry: Inquiry, text: str, request_key: UUID, by: Actor, at: datetime) -> Message:
    """Answer on the site and by mail. Whoever answers first has it. The same form again is the same answer."""
    inquiry = locked(inquiry.pk)
    require(policy.can_answer(by, inquiry))
    known = _known(inquiry, request_key)
    if known is not None:
        return known
    words = tidy_text(text)
    require(policy.text_refusal(words))
    if inquiry.assignee_id is None:
        inquiry.assignee_id = by.id
        inquiry.save(update_fields=["assignee"])
    message = Message.objects.create(
        inquiry=inquiry, kind=Message.Kind.ANSWER, author_id=by.id, text=words, at=at, request_key=request_key
    )
    move(inquiry, INQUIRY, "answer", by=by, at=at, event={"message_id": message.pk}, waiting_since=at)
    defer("inquiries.send_answer", message_id=message.pk)
    return message


@transaction.atomic
def write_note(*, inquiry: Inquiry, text: str, request_key: UUID, by: Actor, at: datetime) -> Message:
    """A note that only the operator's people see, also on a closed inquiry."""
    inquiry = locked(inquiry.pk)
    require(policy.can_work(by))
    known = _known(inquiry, request_key)
    if known is not None:
        return known
    words = tidy_text(text)
    require(policy.text_refusal(words))
    message = Message.objects.create(
        inquiry=inquiry, kind=Message.Kind.NOTE, author_id=by.id, text=words, at=at, request_key=request_key
    )
    record("inquiry.noted", inquiry, by=by, at=at, message_id=message.pk)
    return message


def _known(inquiry: Inquiry, request_key: UUID) -> Message | None:
    known = Message.objects.filter(request_key=request_key).first()
    if known is not None:
        require(None if known.inquiry_id == inquiry.pk else policy.KEY_REUSED)
    return known
