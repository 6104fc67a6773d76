"""What a member wants to be told, per group and channel."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import NotVisible
from nakadachi.notifications.catalogue import ROWS
from nakadachi.notifications.groups import CHANNELS, Channels, Group
from nakadachi.notifications.models import Preference


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the settings: a group, what is on, and what cannot be switched off."""

    group: Group
    site: bool
    mail: bool
    channels: Channels


def choices_of(member_id: int) -> list[Choice]:
    """Every group that the catalogue speaks of."""
    decided = {row.group: row for row in Preference.objects.filter(member=member_id)}
    return [_choice(group, decided.get(group)) for group in Group if any(row.group == group for row in ROWS)]


@transaction.atomic
def decide(*, member_id: int, site: Iterable[str], mail: Iterable[str], by: Actor) -> None:
    """Keep the groups that shall be told on the site and by mail. What is always told stays so, whatever is sent."""
    if not by.is_member(member_id):
        raise NotVisible
    on_site, by_mail = set(site), set(mail)
    rows = [
        Preference(
            member_id=member_id,
            group=group,
            site=channels.site_fixed or group in on_site,
            mail=channels.mail_fixed or group in by_mail,
        )
        for group, channels in CHANNELS.items()
    ]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "group"], update_fields=["site", "mail"]
    )


@transaction.atomic
def stop_mails(*, member_id: int, group: str) -> bool:
    """No more mails of this group, asked for from a mail itself; False if they are always sent."""
    channels = CHANNELS[group]
    if channels.mail_fixed:
        return False
    row = Preference(member_id=member_id, group=group, site=channels.site, mail=False)
    Preference.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["member", "group"], update_fields=["mail"]
    )
    return True


def _choice(group: Group, decided: Preference | None) -> Choice:
    channels = CHANNELS[group]
    site = decided.site if decided else channels.site
    mail = decided.mail if decided else channels.mail
    return Choice(group, channels.site_fixed or site, channels.mail_fixed or mail, channels)
