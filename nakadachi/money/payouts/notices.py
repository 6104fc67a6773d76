"""What members are told by mail: a run passed them over, or a transfer came back. In the language of the member."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from nakadachi.kernel.money import format_yen
from nakadachi.money.payouts.models import Payout, Skip
from nakadachi.people.models import Member


def skipped(skip: Skip) -> EmailMessage:
    """The reward stays on the balance; what to do so that the next run takes it."""
    with override(skip.member.language):
        facts = {"amount": format_yen(skip.amount_yen), "day": _day(skip.run.closes_on.month, skip.run.closes_on.day)}
        why = (
            _("No bank account is registered.")
            if skip.reason == Skip.Reason.NO_ACCOUNT
            else _("The last transfer to the registered account came back.")
        )
        lines = [
            _("%(amount)s could not be transferred at the closing of %(day)s.") % facts,
            f"{why} {_('The money is safe on your balance.')}",
            _("Please register the account here; the next run then takes the money:"),
        ]
        return _mail(skip.member, _("Your reward could not be transferred"), lines)


def returned(payout: Payout) -> EmailMessage:
    """The bank's reason, and where to mend the account."""
    with override(payout.member.language):
        facts = {"amount": format_yen(payout.pays_yen), "reason": payout.return_reason}
        lines = [
            _("The bank sent the transfer of %(amount)s back. Its reason: %(reason)s") % facts,
            _("The money is safe on your balance."),
            _("Please register the account here; the next run then takes the money:"),
        ]
        return _mail(payout.member, _("Your transfer came back"), lines)


def _mail(member: Member, subject: str, lines: list[str]) -> EmailMessage:
    greeting = _("Dear %(name)s,") % {"name": member.display_name}
    address = f"{settings.SITE_URL}/settings/bank/"
    body = "\n\n".join([greeting, *lines, address, f"--\n{settings.SITE_NAME}\n{settings.SITE_URL}"])
    named = _("[%(site_name)s] %(subject)s") % {"site_name": settings.SITE_NAME, "subject": subject}
    return EmailMessage(named, body, to=[member.email])


def _day(month: int, day: int) -> str:
    return _("%(month)s/%(day)s") % {"month": month, "day": day}
