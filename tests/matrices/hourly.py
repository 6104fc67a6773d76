"""Weeks of work by the hour. All of it happens in the week of Monday 9 November 2026 and the weeks after it."""

from datetime import datetime
from uuid import uuid4

from nakadachi.kernel.actor import Actor
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import EndProposal
from nakadachi.market.hourly import actions
from nakadachi.market.hourly.lifecycle import WORK_WEEK
from nakadachi.market.hourly.models import WorkWeek
from tests import hours
from tests.hours import moment
from tests.matrices.table import BOTH, LATER, NOW, THE_CLOCK, Act, Table, who

SUNDAY, MONDAY, TUESDAY = moment(15, 20), moment(16, 10), moment(17, 9)
PENDING = who("open", "reported", "returned", "answered")


def unpaid() -> WorkWeek:
    return hours.week(hours.agreed())


def with_end(week: WorkWeek, at: datetime) -> WorkWeek:
    """The client proposes to end the contract."""
    contracts.propose_end(
        contract=week.engagement.contract,
        settlement={},
        reason="都合により",
        request_key=uuid4(),
        by=hours.client_of(week),
        at=at,
    )
    return week


def skipped() -> WorkWeek:
    week = unpaid()
    actions.skip(week=week, at=week.fund_by)
    return week


def settled() -> WorkWeek:
    week = with_end(hours.reported(), SUNDAY)
    end = EndProposal.objects.get(contract=week.engagement.contract)
    contracts.accept_end(end=end, by=hours.worker_of(week), at=SUNDAY)
    return week


def report(week: WorkWeek, actor: Actor, at: datetime) -> object:
    return actions.report(week=week, by=actor, at=at)


def send_back(week: WorkWeek, actor: Actor, at: datetime) -> object:
    """The last line, when there is one."""
    lines = hours.lines(week)
    return actions.review(week=week, returned={lines[-1].pk if lines else 0: "3時間は長すぎます。"}, by=actor, at=at)


def answer(week: WorkWeek, actor: Actor, at: datetime) -> object:
    lines = hours.lines(week)
    said = {lines[-1].pk: actions.Answer(text="打ち合わせを含みます。")} if lines else {}
    return actions.answer(week=week, answers=said, by=actor, at=at)


def silence_answers(week: WorkWeek, actor: Actor, at: datetime) -> object:
    return actions.answer(week=week, answers={}, by=actor, at=at)


def review(week: WorkWeek, actor: Actor, at: datetime) -> object:
    return actions.review(week=week, by=actor, at=at)


def agree_to_end(week: WorkWeek, actor: Actor, at: datetime) -> object:
    end = EndProposal.objects.filter(contract=week.engagement.contract).latest("pk")
    return contracts.accept_end(end=end, by=actor, at=at)


def end_alone(week: WorkWeek, actor: Actor, at: datetime) -> object:
    return contracts.end_alone(contract=week.engagement.contract, reason="都合により", by=actor, at=at)


def finish(week: WorkWeek, actor: Actor, at: datetime) -> object:
    return actions.finish(engagement=week.engagement, reason="都合により", by=actor, at=at)


WEEKS = Table(
    WORK_WEEK,
    WorkWeek,
    states={
        "open": lambda: with_end(hours.five_hours(hours.funded()), SUNDAY),
        "open:empty": hours.funded,
        "open:unpaid": unpaid,
        "reported": lambda: with_end(hours.reported(), SUNDAY),
        "returned": lambda: with_end(hours.returned(), MONDAY),
        "answered": lambda: with_end(hours.answered(), TUESDAY),
        "approved": lambda: with_end(hours.approved(), MONDAY),
        "skipped": skipped,
        "settled": settled,
    },
    acts={
        "skip": Act(
            lambda week, actor, at: actions.skip(week=week, at=at),
            THE_CLOCK,
            at=LATER,
            only_in=who("open:unpaid"),
            tried_by=THE_CLOCK,
            is_quiet=True,
        ),
        "skip:early": Act(
            lambda week, actor, at: actions.skip(week=week, at=at), who(), tried_by=THE_CLOCK, is_quiet=True
        ),
        "report": Act(report, who("worker"), at=SUNDAY, only_in=who("open"), not_in=who("open:empty")),
        "report:silence": Act(
            report,
            who("worker", "system"),
            at=MONDAY,
            only_in=who("open"),
            not_in=who("open:empty", "open:unpaid"),  # nothing to report: over, or not begun before that
        ),
        "approve:empty": Act(report, who("worker"), at=SUNDAY, only_in=who("open:empty"), not_in=who("open")),
        "approve:empty_by_silence": Act(
            report, who("worker", "system"), at=MONDAY, only_in=who("open:empty"), not_in=who("open", "open:unpaid")
        ),
        "send_back": Act(send_back, who("client"), at=MONDAY),
        "send_back:late": Act(send_back, who(), at=LATER),
        "answer": Act(answer, who("worker"), at=TUESDAY),
        "answer:late": Act(answer, who(), at=LATER, tried_by=who("worker", "client", "stranger")),
        "approve": Act(review, who("client"), at=MONDAY, only_in=who("reported", "answered")),
        "approve:silence": Act(review, who("client", "system"), at=LATER, only_in=who("reported", "answered")),
        "approve:unanswered": Act(silence_answers, THE_CLOCK, at=LATER, only_in=who("returned"), tried_by=THE_CLOCK),
        "settle": Act(
            agree_to_end,
            who("worker"),
            at=TUESDAY,
            only_in=PENDING,
            not_in=who("open:empty", "open:unpaid", "approved", "skipped"),  # nothing proposed, or it ends without it
        ),
        "settle:alone": Act(
            end_alone,
            BOTH,
            only_in=who("open:unpaid"),
            not_in=who("skipped"),
            at=NOW,
        ),
        "settle:finish": Act(
            finish,
            BOTH | {"system"},
            at=SUNDAY,
            only_in=who("open:empty", "open:unpaid"),
            not_in=who("open", "reported", "returned", "answered", "approved", "skipped"),  # the work stops, they go on
        ),
    },
)
TABLES = (WEEKS,)
