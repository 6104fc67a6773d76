"""退会: somebody in each state of it, what stands in their way, and whom they leave behind."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from nakadachi.closing import actions
from nakadachi.closing.models import Closing
from nakadachi.demo import bids, postings, work
from nakadachi.demo.content import Leaver, jobs_of_leavers, leavers, meetings_of_leavers
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key
from nakadachi.people.roles.actions import give_role
from nakadachi.people.roles.models import StaffRole

OPERATOR = "desk"
LOOKS_AT = 22.0
"""The hour of each evening at which reserved accounts close and closed ones are erased; between the nights, which would
do it in one transaction with everything else of theirs."""

STOCK = "leaver-stock"
"""A job that still takes proposals when its client reserves; so many days ago it was opened, and was proposed for."""
STOCK_OPENED_DAYS, STOCK_QUIET_DAYS = 9, 3
ROLE_DAYS = 30


def steps(past: Past) -> Iterator[Step]:
    """Their work, then the ways out, then what happens by itself on them."""
    yield from _work(past)
    first = 0
    for leaver in leavers():
        if leaver.role:
            yield Step(past.moment(ROLE_DAYS, 11.5), partial(_give_role, leaver))
        if leaver.reserves_days:
            first = max(first, leaver.reserves_days)
            yield Step(past.moment(leaver.reserves_days, 13.4), partial(_reserve, leaver), alone=True)
        if leaver.undoes_days:
            yield Step(past.moment(leaver.undoes_days, 9.2), partial(_come_back, leaver), alone=True)
    for days in range(first, -1, -1):
        yield Step(past.moment(days, LOOKS_AT), _look_around, alone=True)


def _work(past: Past) -> Iterator[Step]:
    jobs = jobs_of_leavers()
    for meeting in meetings_of_leavers():
        posting = jobs[meeting.job]
        life = postings.met(posting, meeting.opened_days, work.moments(meeting, past)[0], past)
        yield from postings.steps(life)
        yield from bids.steps(life, [meeting], past)
        yield from work.steps(posting, meeting, past)
    opened_at, quiet_at = past.moment(STOCK_OPENED_DAYS, 10.3), past.moment(STOCK_QUIET_DAYS, 18)
    life = postings.Life(jobs[STOCK], "open", opened_at, quiet_at)
    yield from postings.steps(life)
    yield from bids.steps(life, [], past)


def _give_role(leaver: Leaver, stage: Stage, at: datetime) -> None:
    give_role(
        member=stage.members[leaver.person.key],
        role=StaffRole.Role(leaver.role),
        reason="お問い合わせの担当として",
        by=stage.actor(OPERATOR),
        at=at,
    )


def _reserve(leaver: Leaver, stage: Stage, at: datetime) -> None:
    actions.reserve(
        member=stage.members[leaver.person.key],
        reason=leaver.reason,
        reason_text=leaver.reason_text,
        consents=True,
        leaves_remainder=False,
        request_key=demo_key("leaving", leaver.person.key),
        by=stage.actor(leaver.person.key),
        at=at,
    )


def _come_back(leaver: Leaver, stage: Stage, at: datetime) -> None:
    closing = Closing.objects.get(request_key=demo_key("leaving", leaver.person.key))
    if closing.is_open:
        actions.undo(closing=closing, by=stage.actor(leaver.person.key), at=at)


def _look_around(stage: Stage, at: datetime) -> None:
    """What the worker does every minute. Being interrupted and done again, it finds what is left to do."""
    actions.look_around(at=at)
    over = Closing.objects.filter(status__in=[Closing.Status.CLOSED, Closing.Status.ERASING], erase_at__lte=at)
    for pk in over.order_by("erase_at", "pk").values_list("pk", flat=True):
        actions.erase(closing=Closing(pk=pk), at=at)
