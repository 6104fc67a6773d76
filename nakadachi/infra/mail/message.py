"""A mail as it travels: text first, and the same words as plain, calm HTML."""

from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from nakadachi.infra.mail.links import parts_of
from nakadachi.infra.mail.models import Mail
from nakadachi.kernel.calendar import jst

SIGNATURE = "\n--\n"


def message_of(mail: Mail, *, at: datetime) -> EmailMultiAlternatives:
    """The Message-ID comes from the key: a mail that is sent twice is one mail to whoever reads it."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{mail.key}@{host}>",
        "Date": format_datetime(jst(at)),
        "Auto-Submitted": "auto-generated",
        **mail.headers,
    }
    message = EmailMultiAlternatives(subject=mail.subject, body=mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(html_of(mail), "text/html")
    return message


def html_of(mail: Mail) -> str:
    """Paragraph by paragraph; one that is nothing but a link of this site becomes a button."""
    body, _, foot = mail.text.partition(SIGNATURE)
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    context = {
        "language": mail.language,
        "subject": mail.subject,
        "paragraphs": [(parts, len(parts) == 1 and parts[0][1]) for parts in map(parts_of, paragraphs)],
        "foot": [_labelled(parts_of(line)) for line in foot.strip().splitlines()],
    }
    with override(mail.language):
        return render_to_string("mail/frame.html", context)


def _labelled(parts: list[tuple[str, bool]]) -> tuple[str, str]:
    """A line of the foot, and where it leads: `Settings: https://…` is a link that says Settings."""
    (last, is_link) = parts[-1] if parts else ("", False)
    if not is_link:
        return "".join(part for part, _is_link in parts), ""
    label = "".join(part for part, _is_link in parts[:-1]).strip()
    return label.removesuffix(":").removesuffix(":") or last, last
