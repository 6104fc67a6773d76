"""Mails of inquiries. They may arrive twice, never not at all."""

from nakadachi.infra.queue import task
from nakadachi.trust.inquiries import mails
from nakadachi.trust.inquiries.models import Inquiry, Message


@task("inquiries.send_receipt", queue="mail")
def send_receipt(inquiry_id: int) -> None:
    """Tell the number, or ask to confirm."""
    mails.receipt(Inquiry.objects.select_related("member").get(pk=inquiry_id)).send()


@task("inquiries.send_answer", queue="mail")
def send_answer(message_id: int) -> None:
    """Send an answer."""
    mails.answered(Message.objects.select_related("inquiry__member").get(pk=message_id)).send()
