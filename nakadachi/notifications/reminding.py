"""Telling before a date: each once, however often it is looked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from nakadachi.kernel.ids import key_for
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.money import rulebook
from nakadachi.notifications.actions import News, tell
from nakadachi.notifications.catalogue.reminders import FUNDING, INSPECTION, OFFER, Reminder

LOOKED_BACK = timedelta(days=7)
"""So long a contract without money is looked at; what was told is not told again."""
FUNDED = ("funded", "released", "refunded", "split", "rolled")


def remind(*, at: datetime) -> int:
    """Tell of everything that comes due soon at `at`; returns how many notices are new."""
    days = rulebook.current().reminders
    found = [
        *_inspections(at, timedelta(days=days.inspection_days)),
        *_offers(at, timedelta(days=days.offer_days)),
        *_unfunded(at, timedelta(days=days.funding_days)),
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
    """Agreed some days ago, and nothing was ever paid."""
    ever_paid = Q(milestones__hold__status__in=FUNDED)
    agreed = {"agreed_at__lte": at - after, "agreed_at__gt": at - after - LOOKED_BACK}
    waiting = Contract.objects.filter(status=Contract.Status.ACTIVE, **agreed).exclude(ever_paid)
    for contract in waiting.select_related("client", "worker").iterator():
        yield _news(FUNDING, contract, contract.client_id, at, {})


def _news(
    reminder: Reminder, contract: Contract, member_id: int, at: datetime, words: dict[str, str], *what: object
) -> News:
    names = {
        "work": contract.title,
        "client": contract.client.display_name,
        "worker": contract.worker.display_name,
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
