"""A member for every kind of obstacle, reached through the real actions: who, and when it is so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from nakadachi.kernel.calendar import jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import actions as months
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards, clockwork
from nakadachi.money.payments.models import Payment, Refund
from nakadachi.people.models import Member
from tests import hours, monthly, taskwork, walk
from tests.cast import by

AT = walk.START
LATER = AT + timedelta(hours=1)
Found = tuple[Member, datetime]


def client_of(contract: Contract, at: datetime = LATER) -> Found:
    return contract.client, at


def worker_of(contract: Contract, at: datetime = LATER) -> Found:
    return contract.worker, at


def disputed(*, after_acceptance: bool = False) -> Contract:
    """The card company was told that a payment was not right."""
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME["dispute"].number)
    if after_acceptance:
        walk.accept(walk.deliver(walk.milestone(one.contract)))
    clockwork.run(at=AT + timedelta(minutes=1))
    payments.reconcile(at=AT + timedelta(minutes=1))
    return one.contract


def disputed_task() -> Member:
    task = taskwork.pay(taskwork.draft_task(), card=cards.BY_NAME["dispute"].number)
    clockwork.run(at=AT + timedelta(minutes=1))
    payments.reconcile(at=AT + timedelta(minutes=1))
    return task.client


def disputed_week() -> Contract:
    of = hours.agreed()
    hours.pay(hours.week(of), card=cards.BY_NAME["dispute"].number)
    clockwork.run(at=AT + timedelta(minutes=1))
    payments.reconcile(at=AT + timedelta(minutes=1))
    return of.contract


def asked(card: str) -> Contract:
    """A payment that the provider has not decided on."""
    one = walk.milestone(walk.agreed())
    walk.pay(one, card=cards.BY_NAME[card].number)
    return one.contract


def refused_refund() -> Contract:
    one = walk.handed_back()
    Refund.objects.update(status="refused")
    return one.contract


def unknown_payment() -> Contract:
    one = walk.milestone(walk.agreed())
    contracts.start_funding(milestone=one, request_key=uuid4(), by=by(one.contract.client), at=AT)
    Payment.objects.update(status="processing", processing_at=AT)
    return one.contract


def between_months() -> tuple[Contract, datetime]:
    contract = monthly.agreed()
    one = monthly.worked(contract, monthly.month(contract))
    return contract, one.accepted_at + timedelta(hours=1)


def leaving() -> Found:
    contract, at = between_months()
    months.give_notice(contract=contract, reason="企画が終わるため", by=by(contract.worker), at=at)
    return contract.client, at


def running_timer() -> tuple[Contract, datetime]:
    of = hours.funded().engagement
    hours.started(of, hours.moment(9))
    return of.contract, hours.moment(9, 10)


def recorded() -> tuple[Contract, datetime]:
    return hours.five_hours(hours.funded()).engagement.contract, hours.moment(10, 18)


def owed() -> tuple[Contract, datetime]:
    of = hours.agreed(holds_money=False)
    one = hours.five_hours(hours.week(of))
    from nakadachi.market.hourly import actions as hourly

    hourly.report(week=one, by=hours.worker_of(one), at=hours.moment(15, 20))
    hours.let_pass(hours.moment(16, 9))
    hourly.review(week=one, by=hours.client_of(one), at=hours.moment(16, 10))
    return of.contract, hours.moment(16, 11)


def side(name: str, found: tuple[Contract, datetime]) -> Found:
    contract, at = found
    return getattr(contract, name), at


def change(*, by_worker: bool, for_worker: bool, at: datetime = AT) -> Found:
    one = walk.funded(at=at)
    walk.propose_change(one, jst_date(at) + timedelta(days=40), by_worker=by_worker, at=at)
    return (one.contract.worker if for_worker else one.contract.client), at + timedelta(hours=1)


def end(*, proposer: bool, at: datetime = AT) -> Found:
    one = walk.funded(at=at)
    walk.propose_end(one, at=at)
    return (one.contract.client if proposer else one.contract.worker), at + timedelta(hours=1)


def counter(*, by_client: bool) -> Found:
    sent = walk.proposal()
    walk.counter(sent, actor=None if by_client else by(sent.worker))
    return sent.job.client, LATER


def closed_task() -> Found:
    claim = taskwork.claim()
    return taskwork.close(claim.task).client, taskwork.LATER


def answered_task() -> Found:
    return taskwork.submitted().task.client, taskwork.LATER


STATES: dict[str, Callable[[], Found]] = {
    "delivery.waiting.client": lambda: client_of(walk.delivered().contract),
    "delivery.waiting.worker": lambda: worker_of(walk.delivered().contract),
    "escrow.idle.worker": lambda: worker_of(walk.funded().contract),
    "escrow.idle.client": lambda: client_of(walk.funded().contract),
    "escrow.frozen.client": lambda: client_of(disputed()),
    "escrow.frozen.worker": lambda: worker_of(disputed()),
    "contract.active.project": lambda: client_of(walk.agreed()),
    "timesheet.waiting.running": lambda: side("worker", running_timer()),
    "timesheet.waiting.recorded.worker": lambda: side("worker", recorded()),
    "timesheet.waiting.running.client": lambda: side("client", running_timer()),
    "timesheet.waiting.recorded.client": lambda: side("client", recorded()),
    "timesheet.waiting.reported.worker": lambda: worker_of(hours.reported().engagement.contract, hours.moment(16, 9)),
    "timesheet.waiting.reported.client": lambda: client_of(hours.reported().engagement.contract, hours.moment(16, 9)),
    "timesheet.waiting.returned.worker": lambda: worker_of(hours.returned().engagement.contract, hours.moment(16, 12)),
    "timesheet.waiting.returned.client": lambda: client_of(hours.returned().engagement.contract, hours.moment(16, 12)),
    "timesheet.waiting.owed.client": lambda: side("client", owed()),
    "timesheet.waiting.owed.worker": lambda: side("worker", owed()),
    "escrow.idle.week.client": lambda: client_of(hours.funded().engagement.contract),
    "escrow.idle.week.worker": lambda: worker_of(hours.funded().engagement.contract),
    "escrow.frozen.week": lambda: client_of(disputed_week()),
    "contract.active.hours": lambda: worker_of(hours.agreed().contract),
    "contract.active.month": lambda: side("worker", between_months()),
    "contract.active.notice": lambda: side("client", between_months()),
    "contract.active.leaving": leaving,
    "task.pending.client": answered_task,
    "task.open.open": lambda: (taskwork.open_task().client, taskwork.LATER),
    "task.open.closed": closed_task,
    "task.open.frozen": lambda: (disputed_task(), LATER),
    "task.pending.reserved": lambda: (taskwork.claim().worker, taskwork.LATER),
    "task.pending.submitted": lambda: (taskwork.submitted().worker, taskwork.LATER),
    "task.pending.rejected": lambda: (taskwork.reject(taskwork.submitted()).worker, taskwork.LATER),
    "task.pending.appealed": lambda: (
        taskwork.appeal(taskwork.reject(taskwork.submitted())).worker,
        taskwork.LATER,
    ),
    "job.open": lambda: (walk.open_job().client, LATER),
    "proposal.open": lambda: (walk.proposal().worker, LATER),
    "offer.waiting.worker": lambda: worker_of(walk.offered()),
    "offer.waiting.client": lambda: client_of(walk.offered()),
    "counter.open.own": lambda: counter(by_client=True),
    "counter.open.other": lambda: counter(by_client=False),
    "change.open.own": lambda: change(by_worker=True, for_worker=True),
    "change.open.other": lambda: change(by_worker=True, for_worker=False),
    "change.open.agreed": lambda: client_of(walk.raised().contract),
    "end.open.own": lambda: end(proposer=True),
    "end.open.other": lambda: end(proposer=False),
    "payment.unsettled": lambda: client_of(unknown_payment()),
    "payment.unsettled.confirm": lambda: client_of(asked("challenge")),
    "payment.disputed": lambda: client_of(disputed(after_acceptance=True)),
    "refund.transit": lambda: client_of(walk.handed_back().contract),
    "refund.transit.stuck": lambda: client_of(refused_refund()),
}
"""By the name of the kind (`closing.catalogue`)."""
