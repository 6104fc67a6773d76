"""Everything one can set, in groups, each with what it is set to. Leaving stands last and is always there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from nakadachi.people.invoicing import masked
from nakadachi.people.models import Member
from nakadachi.people.queries import current_bank_account
from nakadachi.people.standing.queries import blocks_of, standing_of
from nakadachi.web.ui.answers import actor_of


@dataclass(frozen=True)
class Entry:
    """One page of the settings. `alert` is shown when something there needs the member."""

    label: str
    href: str
    text: str
    icon: str
    alert: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    title: str
    entries: list[Entry]


def groups_for(request: HttpRequest) -> list[Group]:
    """All of it, for the one who asks."""
    member = request.user
    return [
        Group(_("Who you are"), [*_about(member), *_verified(member)]),
        Group(_("Notices"), list(_news())),
        Group(_("Receiving rewards"), list(_money(member))),
        Group(_("Safety"), list(_safety(request))),
        Group(_("Display"), list(_display())),
        Group("", list(_leaving())),
    ]


def _about(member: Member) -> Iterator[Entry]:
    yield Entry(_("Profile"), reverse("settings:profile"), member.display_name, "user")
    name = member.legal_name or _("Not entered. It is needed for the written terms of a contract.")
    yield Entry(_("Legal name"), reverse("settings:name"), name, "file")


def _verified(member: Member) -> Iterator[Entry]:
    standing = standing_of(member.pk)
    text = f"{pgettext('verification', 'Identity')}: {standing.get_identity_display()} / "
    text += f"{pgettext('verification', 'Phone')}: {standing.get_phone_display()}"
    text += f" / {_('Certified')}" if standing.certified_at else ""
    yield Entry(pgettext("verification", "Identity and phone"), reverse("settings:verification"), text, "check")


def _news() -> Iterator[Entry]:
    text = _("What you hear of, here and by mail")
    yield Entry(_("Notifications"), reverse("settings:notifications"), text, "bell")


def _money(member: Member) -> Iterator[Entry]:
    account = current_bank_account(member.pk)
    text = _("Not registered. Rewards can only be paid out to a bank account.")
    if account is not None:
        text = f"{account.bank_name} {account.branch_name} {account.masked()['number']}"
    alert = _("To be checked") if account is not None and account.refused_at else ""
    yield Entry(_("Bank account for payouts"), reverse("settings:bank"), text, "yen", alert)
    number = masked(member.invoice_number) or pgettext("invoice", "Not registered")
    yield Entry(_("Invoice registration number"), reverse("settings:invoice"), number, "file")
    yield Entry(_("How payouts happen"), reverse("settings:payouts"), member.get_payout_mode_display(), "calendar")


def _safety(request: HttpRequest) -> Iterator[Entry]:
    yield Entry(_("Mail address"), reverse("account_email"), request.user.email, "message")
    text = _("Authenticator app, passkeys, recovery codes, logged-in devices")
    yield Entry(_("Password and second step"), reverse("settings:security"), text, "shield")
    count = len(blocks_of(actor_of(request)))
    text = _("%(count)s blocked") % {"count": count} if count else _("Nobody")
    yield Entry(_("Blocked members"), reverse("settings:blocked"), text, "close")


def _display() -> Iterator[Entry]:
    language = dict(settings.LANGUAGES)[get_language() or settings.LANGUAGE_CODE]
    yield Entry(_("Language"), reverse("settings:language"), language, "globe")


def _leaving() -> Iterator[Entry]:
    text = _("Everything that is yours, in one file")
    yield Entry(_("Download your data"), reverse("export:home"), text, "download")
    text = _("What has to be finished first, and what happens afterwards")
    yield Entry(pgettext("closing", "Leaving"), reverse("leaving:overview"), text, "logout")
