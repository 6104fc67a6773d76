"""Who has reserved to leave begins nothing new through any action, and everything of running work goes on."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.tasks import actions as tasks
from nakadachi.people.models import Member
from nakadachi.people.standing.models import Standing
from tests import cast, taskwork, walk
from tests.cast import by

pytestmark = pytest.mark.django_db
AT = walk.START
Try = tuple[Member, Callable[[], object]]


def publish() -> Try:
    job = walk.draft_job()
    return job.client, lambda: jobs.publish(job=job, by=by(job.client), at=AT)


def reopen() -> Try:
    job = walk.closed_job()
    days = {"closes_on": job.closes_on, "delivery_on": job.delivery_on}
    return job.client, lambda: jobs.reopen(job=job, by=by(job.client), at=AT, **days)


def propose() -> Try:
    job = walk.open_job()
    return cast.hanako(), lambda: walk.proposal(job)


def counter() -> Try:
    sent = walk.proposal()
    return sent.job.client, lambda: walk.counter(sent)


def reconsider() -> Try:
    sent = walk.proposal()
    client = sent.job.client
    sourcing.decline(proposal=sent, reason="this_time", note="", by=by(client), at=AT)
    return client, lambda: sourcing.reconsider(proposal=sent, by=by(client), at=AT)


def offer() -> Try:
    sent = walk.proposal()
    milestones = walk.pieces([10_000], walk.DUE_ON)
    client = by(sent.job.client)
    return sent.job.client, lambda: contracts.offer(
        proposal=sent, scope=walk.SCOPE, milestones=milestones, by=client, at=AT
    )


def confirm() -> Try:
    contract = walk.offered()
    return contract.worker, lambda: contracts.confirm(contract=contract, by=by(contract.worker), at=AT)


def reorder() -> Try:
    contract = walk.accepted().contract
    return contract.client, lambda: contracts.reorder(
        contract=contract, request_key=uuid4(), by=by(contract.client), at=AT + timedelta(hours=1)
    )


def add_milestone() -> Try:
    one = walk.funded()
    more = walk.pieces([5_000], walk.DUE_ON)
    return one.contract.client, lambda: walk.propose_change(one, None, added=more, by_worker=False)


def claim() -> Try:
    task = taskwork.open_task()
    return cast.hanako(), lambda: taskwork.claim(task)


def fund_task() -> Try:
    task = taskwork.draft_task()
    return task.client, lambda: tasks.start_funding(task=task, request_key=uuid4(), by=by(task.client), at=AT)


NEW = (publish, reopen, propose, counter, reconsider, offer, confirm, reorder, add_milestone, claim, fund_task)


@pytest.mark.parametrize("begin", NEW, ids=lambda begin: begin.__name__)
@pytest.mark.parametrize("leaves", [True, False])
def test_nothing_new_is_begun_and_without_the_reservation_it_is(begin, leaves):
    member, act = begin()
    if not leaves:
        act()
        return
    Standing.objects.update_or_create(pk=member.pk, defaults={"leaving_at": AT})
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.refusal.code == "leaving"
    assert Event.objects.count() == before


def test_running_work_goes_on_to_its_end():
    one = walk.milestone(walk.agreed())
    for member in (one.contract.client, one.contract.worker):
        Standing.objects.update_or_create(pk=member.pk, defaults={"leaving_at": AT})
    walk.pay(one)
    done = walk.accept(walk.deliver(walk.milestone(one.contract)))
    assert (done.status, done.contract.status) == ("accepted", "completed")
