"""What goes by mail about an inquiry: the receipt, the link that confirms, the answer."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from nakadachi.trust.inquiries.models import Inquiry, Message
from nakadachi.trust.inquiries.queries import token_of


def receipt(inquiry: Inquiry) -> EmailMessage:
    """Its number; without an account, the link that hands the question over."""
    with override(inquiry.language):
        if inquiry.member is not None:
            subject = _("We have received your inquiry (number %(number)s)") % {"number": inquiry.pk}
            lines = [_("Thank you for writing. We answer in the order of arrival, on the page below and by mail.")]
        else:
            subject = _("Please confirm your inquiry (number %(number)s)") % {"number": inquiry.pk}
            lines = [
                _("Please open the page below and confirm. Only then does your inquiry reach us."),
                _("If you did not write to us, please ignore this mail; nothing more will be sent."),
            ]
        return _mail(inquiry, subject, lines)


def answered(message: Message) -> EmailMessage:
    """The answer in full, and where to write back."""
    inquiry = message.inquiry
    with override(inquiry.language):
        subject = _("The answer to your inquiry (number %(number)s)") % {"number": inquiry.pk}
        return _mail(inquiry, subject, [message.text, _("You can read everything and write back here:")])


def _mail(inquiry: Inquiry, subject: str, lines: list[str]) -> EmailMessage:
    greeting = _("Dear %(name)s,") % {"name": inquiry.asker}
    path = f"inquiries/{inquiry.pk}/" if inquiry.member_id else f"inquiries/mail/{token_of(inquiry)}/"
    end = f"--\n{settings.SITE_NAME}\n{settings.SITE_URL}"
    body = "\n\n".join([greeting, *lines, f"{settings.SITE_URL}/{path}", end])
    named = _("[%(site_name)s] %(subject)s") % {"site_name": settings.SITE_NAME, "subject": subject}
    return EmailMessage(named, body, to=[inquiry.member.email if inquiry.member else inquiry.email])
