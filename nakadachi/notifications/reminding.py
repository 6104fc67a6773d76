"""Telling before a date: each once, however often it is looked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from nakadachi.kernel.calendar import jst_date, months_later
from nakadachi.kernel.ids import key_for
from nakadachi.market.contracts import deal
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.timers import last_minute
from nakadachi.money import rulebook
from nakadachi.notifications.actions import News, tell
from nakadachi.notifications.catalogue.reminders import DEAL, FUNDING, INSPECTION, MONTH, OFFER, Reminder
from nakadachi.notifications.rows import named

LOOKED_BACK = timedelta(days=7)
"""So long a contract without money is looked at; what was told is not told again."""
LONGER = 3
"""So many days a month can be longer than another."""
FUNDED = ("funded", "released", "refunded", "split", "rolled")


def remind(*, at: datetime) -> int:
    """Tell of everything that comes due soon at `at`; returns how many notices are new."""
    days = rulebook.current().reminders
    found = [
        *_inspections(at, timedelta(days=days.inspection_days)),
        *_offers(at, timedelta(days=days.offer_days)),
        *_unfunded(at, timedelta(days=days.funding_days)),
        *_months(at, timedelta(days=days.month_days)),
        *_deals(at),
    ]
    return sum(tell(news=news) for news in found)


def _inspections(at: datetime, before: timedelta) -> Iterator[News]:
    waiting = Milestone.objects.filter(
        status=Milestone.Status.DELIVERED, auto_accept_at__gt=at, auto_accept_at__lte=at + before
    )
    for milestone in waiting.select_related("contract__client", "contract__worker").iterator():
        assert milestone.auto_accept_at is not None
        until = milestone.auto_accept_at.isoformat()
        words = {"milestone": milestone.title, "silent_at": until}
        yield _news(INSPECTION, milestone.contract, milestone.contract.client_id, at, words, milestone.pk, until)


def _offers(at: datetime, before: timedelta) -> Iterator[News]:
    waiting = Contract.objects.filter(status=Contract.Status.OFFERED, answer_by__gt=at, answer_by__lte=at + before)
    for contract in waiting.select_related("client", "worker").iterator():
        yield _news(OFFER, contract, contract.worker_id, at, {"answer_by_at": contract.answer_by.isoformat()})


def _unfunded(at: datetime, after: timedelta) -> Iterator[News]:
    """Agreed some days ago, and nothing was ever paid. Months have dates of their own."""
    ever_paid = Q(milestones__hold__status__in=FUNDED)
    agreed = {"agreed_at__lte": at - after, "agreed_at__gt": at - after - LOOKED_BACK}
    waiting = Contract.objects.filter(status=Contract.Status.ACTIVE, **agreed).exclude(ever_paid)
    waiting = waiting.exclude(milestones__period_from__isnull=False)
    for contract in waiting.select_related("client", "worker").iterator():
        yield _news(FUNDING, contract, contract.client_id, at, {})


def _months(at: datetime, before: timedelta) -> Iterator[News]:
    """Months that begin soon, and those that have begun unpaid: the second time before they are left out."""
    begins_by = jst_date(at + before)
    waiting = Milestone.objects.filter(
        Q(hold=None) | Q(hold__status="unfunded"),
        status=Milestone.Status.OPEN,
        contract__status=Contract.Status.ACTIVE,
        fund_by__gt=at,
        period_from__lte=begins_by,
    )
    for milestone in waiting.select_related("contract__client", "contract__worker").iterator():
        assert milestone.fund_by is not None
        words = {"milestone": milestone.title, "fund_by_at": milestone.fund_by.isoformat()}
        round_ = "last" if at >= milestone.fund_by - before else "first"
        yield _news(MONTH, milestone.contract, milestone.contract.client_id, at, words, milestone.pk, round_)


def _deals(at: datetime) -> Iterator[News]:
    """Contracts whose deadline is near, told to both sides; a deadline that was put off is told again in its time."""
    near = last_minute(months_later(jst_date(at), rulebook.current().deal.notice_months) + timedelta(days=LONGER))
    waiting = Contract.objects.filter(status=Contract.Status.ACTIVE, deal_ends_at__gt=at, deal_ends_at__lte=near)
    for contract in waiting.select_related("client", "worker").iterator():
        if contract.deal_ends_at is not None and deal.is_near(contract, at):
            ends_at = contract.deal_ends_at.isoformat()
            for member_id in (contract.client_id, contract.worker_id):
                yield _news(DEAL, contract, member_id, at, {"deal_ends_at": ends_at}, member_id, ends_at)


def _news(
    reminder: Reminder, contract: Contract, member_id: int, at: datetime, words: dict[str, Any], *what: object
) -> News:
    names = {
        "work": contract.title,
        "client": named(contract.client),
        "worker": named(contract.worker),
    }
    return News(
        key=key_for(reminder.kind, contract.pk, *what),
        kind=reminder.kind,
        group=reminder.group,
        members=[member_id],
        words={**names, **words},
        page=reminder.page,
        page_ids={"contract_id": contract.pk},
        at=at,
        must=True,
    )
