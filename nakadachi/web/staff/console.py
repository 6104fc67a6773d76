"""The frame of the console: its places, and how much waits in each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import pgettext

from nakadachi.infra.mail import sending as mails
from nakadachi.market.tasks import queries as tasks
from nakadachi.money.payments import queries as payments
from nakadachi.money.payouts import queries as payouts
from nakadachi.people.roles import areas
from nakadachi.people.roles.models import StaffRole
from nakadachi.people.standing.checking import WHAT
from nakadachi.people.standing.queries import waiting_for_check
from nakadachi.trust.inquiries import queries as inquiries
from nakadachi.trust.mediation import queries as mediation


@dataclass(frozen=True)
class Place:
    """One line of the side navigation; `waits` are the things there that wait for somebody."""

    label: str
    href: str
    icon: str
    area: str = ""
    waits: int = 0
    is_here: bool = False


def _waiting() -> dict[str, list[QuerySet[Any]]]:
    """The things that wait, by the place that deals with them."""
    return {
        "/staff/payouts/": [payouts.unfinished()],
        "/staff/mails/": [mails.parked()],
        "/staff/inquiries/": [inquiries.waiting()],
        "/staff/mediation/": [mediation.waiting()],
        "/staff/checks/": [waiting_for_check(what) for what in WHAT],
        "/staff/refunds/": [payments.refused_refunds()],
        "/staff/tasks/": [tasks.appeals()],
        "/staff/disputes/": [payments.undecided_disputes()],
    }


def _counted(waiting: dict[str, list[QuerySet[Any]]]) -> Counter[str]:
    """How many things wait in each place, all in one query."""
    first, *more = [
        things.order_by().annotate(place=Value(href)).values("place").annotate(n=Count("pk")).values_list("place", "n")
        for href, sources in waiting.items()
        for things in sources
    ]
    found: Counter[str] = Counter()
    for href, n in first.union(*more, all=True):
        found[href] += n
    return found


def _places() -> list[Place]:
    return [
        Place(pgettext("console", "Home"), "/staff/", "home"),
        Place(pgettext("console", "Members"), "/staff/members/", "user", areas.MEMBERS),
        Place(pgettext("console", "Messages"), "/staff/messages/", "message", areas.MESSAGES),
        Place(pgettext("console", "Work by the hour"), "/staff/hourly/", "clock", areas.WORK),
        Place(pgettext("console", "Work by the month"), "/staff/monthly/", "calendar", areas.WORK),
        Place(pgettext("console", "Inquiries"), "/staff/inquiries/", "message", areas.INQUIRIES),
        Place(pgettext("console", "Mediations"), "/staff/mediation/", "flag", areas.MEDIATION),
        Place(pgettext("console", "Identity and phone"), "/staff/checks/", "shield", areas.CHECKS),
        Place(pgettext("console", "Payouts and closing"), "/staff/payouts/", "calendar", areas.PAYOUTS),
        Place(pgettext("console", "Refunds"), "/staff/refunds/", "yen", areas.REFUNDS),
        Place(pgettext("console", "Chargebacks"), "/staff/disputes/", "shield", areas.REFUNDS),
        Place(pgettext("console", "Objections"), "/staff/tasks/", "list", areas.REFUNDS),
        Place(pgettext("console", "Members' money"), "/staff/funds/", "yen", areas.FUNDS),
        Place(pgettext("console", "Why members leave"), "/staff/leaving/", "logout", areas.MEMBERS),
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
        waiting = _waiting()
        counts = _counted({place.href: waiting[place.href] for place in seen if place.href in waiting})
        here = max((place.href for place in seen if self.path.startswith(place.href)), key=len, default="")
        return [
            Place(
                place.label,
                place.href,
                place.icon,
                place.area,
                counts[place.href],
                place.href == here,
            )
            for place in seen
        ]
