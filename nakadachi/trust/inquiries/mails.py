"""What goes by mail about an inquiry: the receipt, the link that confirms, the answer."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from nakadachi.infra.mail.message import SIGNATURE
from nakadachi.infra.mail.outbox import Letter
from nakadachi.kernel.ids import key_for
from nakadachi.trust.inquiries.models import Inquiry, Message
from nakadachi.trust.inquiries.queries import token_of


def receipt(inquiry: Inquiry) -> Letter:
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
        return _letter(inquiry, f"receipt {inquiry.pk}", subject, lines)


def answered(message: Message) -> Letter:
    """The answer in full, and where to write back."""
    inquiry = message.inquiry
    with override(inquiry.language):
        subject = _("The answer to your inquiry (number %(number)s)") % {"number": inquiry.pk}
        lines = [message.text, _("You can read everything and write back here:")]
        return _letter(inquiry, f"answer {message.pk}", subject, lines)


def _letter(inquiry: Inquiry, what: str, subject: str, lines: list[str]) -> Letter:
    greeting = _("Dear %(name)s,") % {"name": inquiry.asker}
    path = f"inquiries/{inquiry.pk}/" if inquiry.member_id else f"inquiries/mail/{token_of(inquiry)}/"
    body = "\n\n".join([greeting, *lines, f"{settings.SITE_URL}/{path}"])
    foot = f"{settings.SITE_NAME}\n{settings.SITE_URL}"
    named = _("[%(site_name)s] %(subject)s") % {"site_name": settings.SITE_NAME, "subject": subject}
    to = inquiry.member.email if inquiry.member else inquiry.email
    key = key_for("inquiry.mail", what)
    return Letter(key, "inquiry", to, named, body + SIGNATURE + foot, inquiry.language)
