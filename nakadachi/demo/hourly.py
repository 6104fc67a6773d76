"""Work by the hour: stories in every state, week by week through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key, person
from nakadachi.kernel.calendar import jst_date, start_of_day
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.hourly import actions, weeks
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards

SPANS = ((1, 9.5, 11.5, "商品の登録"), (3, 13.0, 16.0, "メールマガジンの下書き"))
"""What is worked in a week: day after Monday, from, to, what; five hours."""


@dataclass(frozen=True)
class Story:
    """Who works for whom by the hour, and how far it has come. Days count back from the load.

    `upto`: posted, offered, agreed (nothing set aside yet), or worked, for `weeks_count` weeks.
    """

    slug: str
    client: str
    worker: str
    category: str
    title: str
    text: str
    rate_yen: Yen
    hours: int
    opened_days: int
    starts_days: int
    upto: str = "worked"
    weeks_count: int = 99
    holds_money: bool = True


STORIES = (
    Story(
        "hourly-shop", "minato", "hanako", "office", "オンラインショップの商品登録とメルマガ(時間報酬)",
        "商品ページの登録と、月2回のメールマガジンの下書きをお願いします。週8時間ほどを考えています。",
        1_500, 8, 62, 50,
    ),
    Story(
        "hourly-desk", "techbridge", "midori", "office", "問い合わせ対応のお手伝い(時間報酬)",
        "平日の午前中に、お客さまからのメールへの一次回答をお願いします。",
        1_400, 10, 58, 46, weeks_count=2,
    ),
    Story(
        "hourly-after", "haruka", "neko", "office", "和菓子店の受注データの整理(承認後払い)",
        "注文データの確認と整理をお願いします。報酬は、週ごとの承認のあとにお支払いします。",
        1_300, 6, 40, 29, weeks_count=3, holds_money=False,
    ),
    Story(
        "hourly-agreed", "aozora", "yamaai", "office", "会議の議事録づくり(時間報酬)",
        "オンライン会議の録音から議事録を作っていただきます。",
        1_600, 4, 16, -6, upto="agreed",
    ),
    Story(
        "hourly-offered", "mirai", "koto", "office", "教材の校正のお手伝い(時間報酬)",
        "小学生向け教材の校正をお願いします。赤字の入れ方は最初にご説明します。",
        1_450, 5, 11, -9, upto="offered",
    ),
    Story(
        "hourly-posted", "takumi", "kubota", "office", "工房の予約サイトの運用サポート(時間報酬)",
        "予約サイトの更新と、お客さまへの返信をお手伝いください。",
        1_500, 6, 4, -21, upto="posted",
    ),
)  # fmt: skip


def steps(past: Past) -> Iterator[Step]:
    """Every story, from its posting to where it stands at the load."""
    for story in STORIES:
        assert story.opened_days < min(person(story.client).joined_days, person(story.worker).joined_days)
        yield Step(past.moment(story.opened_days, 9.4), partial(_post, story, past))
        yield Step(past.moment(story.opened_days - 2, 19.2), partial(_propose, story, past))
        if story.upto != "posted":
            yield Step(past.moment(story.opened_days - 4, 11.3), partial(_offer, story, past))
        if story.upto in {"agreed", "worked"}:
            yield Step(past.moment(story.opened_days - 5, 20.6), partial(_confirm, story))
        if story.upto == "worked":
            yield from _work(story, past)


def _work(story: Story, past: Past) -> Iterator[Step]:
    """Each week paid on the Saturday before, worked on two days, reported on Sunday, approved on Tuesday."""
    monday = _monday(story, past)
    for _ in range(story.weeks_count):
        if monday > past.day(0):
            return
        if story.holds_money:
            yield Step(_at(monday, -2, 11.0), partial(_pay, story, monday), alone=True)
        for day, begins, ends, memo in SPANS:
            yield Step(_at(monday, day, begins), partial(_start, story, monday, memo))
            yield Step(_at(monday, day, ends), partial(_stop, story))
        yield Step(_at(monday, 6, 20.0), partial(_report, story, monday))
        yield Step(_at(monday, 8, 10.2), partial(_review, story, monday))
        if not story.holds_money:
            yield Step(_at(monday, 8, 12.4), partial(_pay_after, story, monday), alone=True)
        monday = weeks.next_monday(monday)
    if story.weeks_count < 99:
        yield Step(_at(monday, -1, 21.0), partial(_finish, story))


def _monday(story: Story, past: Past) -> date:
    """The first week begins on the first Monday from the agreed day on."""
    return weeks.monday_of(past.day(story.starts_days) + timedelta(days=weeks.DAYS - 1))


def _at(monday: date, day: int, hour: float) -> datetime:
    return start_of_day(monday) + timedelta(days=day, minutes=round(hour * 60))


def _post(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    starts_on = _monday(story, past)
    draft = JobDraft(
        format="hourly",
        category=story.category,
        title=story.title,
        description=story.text,
        budget_min_yen=story.rate_yen - 200,
        budget_max_yen=story.rate_yen + 200,
        hours_per_week=story.hours,
        closes_on=min(jst_date(at) + timedelta(days=7), starts_on - timedelta(days=1)),
        starts_on=starts_on,
        continuing=True,
    )
    client = stage.actor(story.client)
    job = jobs.write(
        client=stage.members[story.client], draft=draft, request_key=demo_key("job", story.slug), by=client, at=at
    )
    stage.keep_job(story.slug, jobs.publish(job=job, by=client, at=at))


def _propose(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    someone = person(story.worker)
    draft = ProposalDraft(
        introduction=someone.hello,
        track_record=someone.record,
        approach="平日の決まった曜日に作業し、週の終わりにまとめてご報告する進め方を考えています。",
        amount_yen=story.rate_yen,
        deliver_on=_monday(story, past),
        wishes_continuation=True,
    )
    sent = sourcing.send(
        job=stage.job(story.slug),
        worker=stage.members[story.worker],
        draft=draft,
        request_key=demo_key("proposal", story.slug, story.worker),
        by=stage.actor(story.worker),
        at=at,
    )
    stage.keep_proposal(story.slug, story.worker, sent)


def _offer(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    actions.offer(
        proposal=stage.proposal(story.slug, story.worker),
        scope=story.text,
        hours=story.hours,
        starts_on=_monday(story, past),
        holds_money=story.holds_money,
        request_key=demo_key("offer", story.slug),
        by=stage.actor(story.client),
        at=at,
    )


def _confirm(story: Story, stage: Stage, at: datetime) -> None:
    contracts.confirm(contract=stage.contract(story.slug), by=stage.actor(story.worker), at=at)


def _engagement(story: Story, stage: Stage) -> Engagement:
    found = Engagement.objects.select_related("contract__client", "contract__worker")
    return found.get(contract=stage.contract(story.slug))


def _week(story: Story, monday: date, stage: Stage) -> WorkWeek:
    found = WorkWeek.objects.select_related("engagement__contract__client", "engagement__contract__worker", "hold")
    return found.get(engagement__contract=stage.contract(story.slug), monday=monday)


def _pay(story: Story, monday: date, stage: Stage, at: datetime) -> None:
    week, client = _week(story, monday, stage), stage.actor(story.client)
    if week.is_funded:
        return
    key = demo_key("week", story.slug, monday.isoformat())
    payment = actions.start_funding(week=week, request_key=key, by=client, at=at)
    if payment is not None:
        payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=at)


def _pay_after(story: Story, monday: date, stage: Stage, at: datetime) -> None:
    week, client = _week(story, monday, stage), stage.actor(story.client)
    if not week.is_owed:
        return
    key = demo_key("week-after", story.slug, monday.isoformat())
    payment = actions.start_paying(week=week, request_key=key, by=client, at=at)
    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=at)


def _start(story: Story, monday: date, memo: str, stage: Stage, at: datetime) -> None:
    key = demo_key("timer", story.slug, at.isoformat())
    engagement = _engagement(story, stage)
    actions.start(engagement=engagement, memo=memo, request_key=key, by=stage.actor(story.worker), at=at)


def _stop(story: Story, stage: Stage, at: datetime) -> None:
    running = TimeEntry.objects.get(week__engagement=_engagement(story, stage), ended_at=None)
    actions.stop(entry=running, by=stage.actor(story.worker), at=at)


def _report(story: Story, monday: date, stage: Stage, at: datetime) -> None:
    actions.report(week=_week(story, monday, stage), by=stage.actor(story.worker), at=at)


def _review(story: Story, monday: date, stage: Stage, at: datetime) -> None:
    actions.review(week=_week(story, monday, stage), by=stage.actor(story.client), at=at)


def _finish(story: Story, stage: Stage, at: datetime) -> None:
    reason, client = "予定していた期間が終わりました。", stage.actor(story.client)
    actions.finish(engagement=_engagement(story, stage), reason=reason, by=client, at=at)
