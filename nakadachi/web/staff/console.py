"""The frame of the console: its places, and how much waits in each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import pgettext

from nakadachi.infra.mail import sending as mails
from nakadachi.money.payments import queries as payments
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.roles import areas
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.standing.queries import checks_waiting
from nakadachi.trust.inquiries import queries as inquiries


@dataclass(frozen=True)
class Place:
    """One line of the side navigation; `waits` are the things there that wait for somebody."""

    label: str
    href: str
    icon: str
    area: str = ""
    waits: int = 0
    is_here: bool = False


def _payouts_waiting() -> int:
    return payouts.unfinished_count()


def _checks_waiting() -> int:
    return checks_waiting()


def _inquiries_waiting() -> int:
    return inquiries.waiting().count()


WAITING: dict[str, Callable[[], int]] = {
    "/staff/payouts/": _payouts_waiting,
    "/staff/mails/": mails.parked_count,
    "/staff/inquiries/": _inquiries_waiting,
    "/staff/checks/": _checks_waiting,
    "/staff/refunds/": payments.refused_count,
    "/staff/disputes/": payments.open_disputes_count,
}
"""How many things wait in a place."""


def _places() -> list[Place]:
    return [
        Place(pgettext("console", "Home"), "/staff/", "home"),
        Place(pgettext("console", "Members"), "/staff/members/", "user", areas.MEMBERS),
        Place(pgettext("console", "Inquiries"), "/staff/inquiries/", "message", areas.INQUIRIES),
        Place(pgettext("console", "Identity and phone"), "/staff/checks/", "shield", areas.CHECKS),
        Place(pgettext("console", "Payouts and closing"), "/staff/payouts/", "calendar", areas.PAYOUTS),
        Place(pgettext("console", "Refunds"), "/staff/refunds/", "yen", areas.REFUNDS),
        Place(pgettext("console", "Chargebacks"), "/staff/disputes/", "shield", areas.REFUNDS),
        Place(pgettext("console", "Members' money"), "/staff/funds/", "yen", areas.FUNDS),
        Place(pgettext("console", "Audit log"), "/staff/audit/", "list", areas.AUDIT),
        Place(pgettext("console", "Mails"), "/staff/mails/", "message", areas.MAILS),
        Place(pgettext("console", "Staff"), "/staff/crew/", "user", areas.STAFF),
        Place(pgettext("console", "Texts"), "/staff/texts/", "file", areas.TEXTS),
    ]


@dataclass(frozen=True)
class Console:
    """Made by the door for each request; what it costs is asked when the page draws it."""

    role: StaffRole.Role
    areas: frozenset[str]
    path: str
    now: datetime

    @cached_property
    def places(self) -> list[Place]:
        """What this role sees, with counts, and where one is."""
        seen = [place for place in _places() if not place.area or place.area in self.areas]
        here = max((place.href for place in seen if self.path.startswith(place.href)), key=len, default="")
        return [
            Place(
                place.label,
                place.href,
                place.icon,
                place.area,
                WAITING[place.href]() if place.href in WAITING else 0,
                place.href == here,
            )
            for place in seen
        ]
