"""Reaches any state of hourly work through the real actions. The week of most stories: Monday 9 November 2026.

¥1,500 an hour, 8 hours a week: the client pays ¥12,660 for a week, 5 hours are ¥7,500 (worked journal 3.14).
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from nakadachi.infra import timers
from nakadachi.kernel.actor import Actor
from nakadachi.kernel.calendar import JST, jst_date
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from nakadachi.people.models import Member
from tests import walk
from tests.cast import by

MONDAY = date(2026, 11, 9)
RATE_YEN = 1_500
HOURS = 8


def moment(day: int, hour: int = 9, minute: int = 0, *, month: int = 11, second: int = 0) -> datetime:
    """A moment of November 2026 in Japan."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=JST)


def offered(
    *, rate_yen: int = RATE_YEN, hours: int = HOURS, starts_on: date = MONDAY, holds_money: bool = True,
    worker: Member | None = None, client: Member | None = None, at: datetime = walk.START,
) -> Contract:  # fmt: skip
    closes_on = jst_date(at) + timedelta(days=3)
    posted = max(starts_on, closes_on + timedelta(days=1))
    job = walk.open_job(
        client=client, at=at, format="hourly", delivery_on=None, starts_on=posted, hours_per_week=hours,
        closes_on=closes_on,
        budget_min_yen=1_000, budget_max_yen=3_000, title="ECサイトの運用のお手伝い",
    )  # fmt: skip
    sent = walk.proposal(job, worker=worker, amount_yen=rate_yen, deliver_on=posted, at=at)
    return hourly.offer(
        proposal=sent, scope="商品登録とメルマガの作成。", hours=hours, starts_on=starts_on, holds_money=holds_money,
        by=by(sent.job.client), at=at,
    )  # fmt: skip


def agreed(*, at: datetime = walk.START, **terms) -> Engagement:
    contract = offered(at=at, **terms)
    contracts.confirm(contract=contract, by=by(contract.worker), at=at)
    return engagement(contract)


def engagement(contract: Contract) -> Engagement:
    return Engagement.objects.select_related("contract__client", "contract__worker").get(contract_id=contract.pk)


def week(of: Engagement, number: int = 1) -> WorkWeek:
    """The engagement's week of that number, as it is now."""
    found = WorkWeek.objects.select_related("engagement__contract__client", "engagement__contract__worker", "hold")
    return found.filter(engagement=of).order_by("monday")[number - 1]


def pay(one: WorkWeek, *, hours: int | None = None, card: str = SUCCESS, at: datetime = walk.START) -> Payment | None:
    client = by(one.engagement.contract.client)
    payment = hourly.start_funding(week=one, hours=hours, request_key=uuid4(), by=client, at=at)
    return payments.charge(payment_id=payment.pk, card_token=card, by=client, at=at) if payment else None


def pay_after(one: WorkWeek, *, card: str = SUCCESS, at: datetime) -> Payment:
    """Where nothing is held: pay for the approved week."""
    client = by(one.engagement.contract.client)
    payment = hourly.start_paying(week=one, request_key=uuid4(), by=client, at=at)
    return payments.charge(payment_id=payment.pk, card_token=card, by=client, at=at)


def funded(*, at: datetime = walk.START, **terms) -> WorkWeek:
    """The first week of a new contract, paid in."""
    of = agreed(at=at, **terms)
    pay(week(of), at=at)
    return week(of)


def started(of: Engagement, at: datetime, memo: str = "商品登録") -> TimeEntry:
    return hourly.start(engagement=of, memo=memo, request_key=uuid4(), by=by(of.contract.worker), at=at)


def worked(one: WorkWeek, start: datetime, end: datetime, memo: str = "商品登録") -> TimeEntry:
    """By the timer, from start to end."""
    entry = started(one.engagement, start, memo)
    return hourly.stop(entry=entry, by=worker_of(one), at=end)


def entered(one: WorkWeek, start: datetime, end: datetime, *, at: datetime | None = None) -> TimeEntry:
    """By hand."""
    return hourly.add(
        week=one, started_at=start, ended_at=end, memo="打ち合わせ", request_key=uuid4(), by=worker_of(one),
        at=at or end,
    )  # fmt: skip


def five_hours(one: WorkWeek) -> WorkWeek:
    """Two hours on Monday, three on Tuesday."""
    worked(one, moment(9, 9), moment(9, 11))
    worked(one, moment(10, 13), moment(10, 16), memo="メルマガの下書き")
    return week(one.engagement)


def reported(at: datetime | None = None, **terms) -> WorkWeek:
    one = five_hours(funded(**terms))
    hourly.report(week=one, by=worker_of(one), at=at or moment(15, 20))
    return week(one.engagement)


def approved(**terms) -> WorkWeek:
    one = reported(**terms)
    let_pass(moment(16, 9))
    hourly.review(week=one, by=client_of(one), at=moment(16, 10))
    return week(one.engagement)


def returned(**terms) -> WorkWeek:
    """The second line was sent back."""
    one = reported(**terms)
    let_pass(moment(16, 9))
    line = lines(one)[1]
    hourly.review(week=one, returned={line.pk: "3時間は長すぎます。"}, by=client_of(one), at=moment(16, 10))
    return week(one.engagement)


def answered(**terms) -> WorkWeek:
    one = returned(**terms)
    line = lines(one)[1]
    said = hourly.Answer(text="30分は休憩でした。", ended_at=line.ended_at - timedelta(minutes=30))
    hourly.answer(week=one, answers={line.pk: said}, by=worker_of(one), at=moment(17, 9))
    return week(one.engagement)


def lines(one: WorkWeek) -> list[TimeEntry]:
    return list(TimeEntry.objects.filter(week=one).select_related("week__engagement__contract").order_by("started_at"))


def worker_of(one: WorkWeek) -> Actor:
    return by(one.engagement.contract.worker)


def client_of(one: WorkWeek) -> Actor:
    return by(one.engagement.contract.client)


def let_pass(until: datetime) -> dict[str, int]:
    """Let time pass: every timer acts at its own moment."""
    return timers.play(until=until)
