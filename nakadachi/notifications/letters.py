"""The mail of a notice: in the language of its reader, with a way back to the page and out of such mails."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nakadachi.infra.mail.message import SIGNATURE
from nakadachi.infra.mail.outbox import Letter
from nakadachi.kernel.ids import key_for
from nakadachi.notifications.catalogue import ALWAYS_MAILED
from nakadachi.notifications.groups import CHANNELS
from nakadachi.notifications.models import Notice
from nakadachi.notifications.wording import address_of, text_of, title_of

_SALT = "notices.stop"


def letter_of(notice: Notice) -> Letter:
    """Reads the member, so load it with the notice."""
    member = notice.member
    with override(member.language):
        named = {"site_name": settings.SITE_NAME, "subject": title_of(notice)}
        stop = _stop_address(notice) if _can_stop(notice) else ""
        body = [
            _("Dear %(name)s,") % {"name": member.display_name},
            text_of(notice),
            f"{settings.SITE_URL}{address_of(notice)}",
        ]
        return Letter(
            key=key_for("notice.mail", notice.pk, notice.key),
            kind=notice.kind,
            to=member.email,
            subject=_("[%(site_name)s] %(subject)s") % named,
            text="\n\n".join(body) + SIGNATURE + "\n".join(_foot(stop)),
            language=member.language,
            headers=_headers(stop),
        )


def stop_token(member_id: int, group: str) -> str:
    """The permission to stop one member's mails of one group, and nothing else."""
    return signing.dumps([member_id, group], salt=_SALT)


def read_stop(token: str) -> tuple[int, str] | None:
    """Whose mails of which group a link stops; None if it is not one of ours."""
    try:
        member_id, group = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (int(member_id), group) if group in CHANNELS else None


def _stop_address(notice: Notice) -> str:
    return f"{settings.SITE_URL}{reverse('notices:stop', args=[stop_token(notice.member_id, notice.group)])}"


def _can_stop(notice: Notice) -> bool:
    return not CHANNELS[notice.group].mail_fixed and notice.kind not in ALWAYS_MAILED


def _foot(stop: str) -> list[str]:
    settings_at = f"{settings.SITE_URL}{reverse('settings:notifications')}"
    lines = [settings.SITE_NAME, settings.SITE_URL, _("Choose your mails: %(link)s") % {"link": settings_at}]
    lines.append(_("Write to us: %(link)s") % {"link": f"{settings.SITE_URL}{reverse('inquiries:new')}"})
    if stop:
        lines.append(_("No more mails of this kind: %(link)s") % {"link": stop})
    lines.append(_("This mail was sent automatically; answers to it are not read."))
    return lines


def _headers(stop: str) -> dict[str, str]:
    if not stop:
        return {}
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
