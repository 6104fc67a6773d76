"""The one mail that a closed account still gets: what has happened, until when it can be undone, and how."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nakadachi.closing.models import Closing
from nakadachi.closing.queries import token_of
from nakadachi.infra.days import day_and_time
from nakadachi.infra.mail import outbox
from nakadachi.infra.mail.message import SIGNATURE
from nakadachi.kernel.ids import key_for


def write_closed(closing: Closing, *, at: datetime) -> None:
    """In the transaction that closes the account."""
    member = closing.member
    assert closing.erase_at is not None, "a closed account has an end of its time to undo"
    address = f"{settings.SITE_URL}{reverse('leaving:afterwards', args=[token_of(closing)])}"
    with override(member.language):
        named = {"site_name": settings.SITE_NAME, "name": member.display_name, "until": day_and_time(closing.erase_at)}
        paragraphs = [
            _("Dear %(name)s,") % named,
            _("Your account at %(site_name)s is closed. Nobody can log in to it, and nothing of it is shown.") % named,
            _("Until %(until)s you can undo this with one press on this page:") % named,
            address,
            _(
                "After that your personal data is erased. The same page then gives you the receipt: what was erased,"
                " what the law asks us to keep, and until when. Please keep this mail until then."
            ),
        ]
        foot = [
            settings.SITE_NAME,
            settings.SITE_URL,
            _("Write to us: %(link)s") % {"link": f"{settings.SITE_URL}{reverse('inquiries:new')}"},
            _("This mail was sent automatically; answers to it are not read."),
        ]
        letter = outbox.Letter(
            key=key_for("closing.closed", closing.pk, at.isoformat()),
            kind="closing.close",
            to=member.email,
            subject=_("[%(site_name)s] %(subject)s") % {**named, "subject": _("Your account is closed")},
            text="\n\n".join(paragraphs) + SIGNATURE + "\n".join(foot),
            language=member.language,
        )
    outbox.write([letter], at=at)
