"""Mails of inquiries."""

from nakadachi.infra.clock import now
from nakadachi.infra.mail import outbox, sending
from nakadachi.infra.queue import task
from nakadachi.trust.inquiries import mails
from nakadachi.trust.inquiries.models import Inquiry, Message


@task("inquiries.send_receipt", queue="mail")
def send_receipt(inquiry_id: int) -> None:
    """Tell the number, or ask to confirm."""
    _send(mails.receipt(Inquiry.objects.select_related("member").get(pk=inquiry_id)))


@task("inquiries.send_answer", queue="mail")
def send_answer(message_id: int) -> None:
    """Send an answer."""
    _send(mails.answered(Message.objects.select_related("inquiry__member").get(pk=message_id)))


def _send(letter: outbox.Letter) -> None:
    at = now()
    sending.send(outbox.write([letter], at=at), at=at)
