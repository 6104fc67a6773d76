"""Work by the hour: stories in every state, week by week through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from nakadachi.demo.lasting import Story, at_hour, beginning, charge, key
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step
from nakadachi.market.hourly import actions, weeks
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek

SPANS = ((1, 9.5, 11.5, "商品の登録"), (3, 13.0, 16.0, "メールマガジンの下書き"))
"""What is worked in a week: day after Monday, from, to, what; five hours."""
REPORT_HOUR = 18.0
SOON = timedelta(minutes=20)
"""Between two things that one side does right after the other."""


@dataclass(frozen=True)
class Hours(Story):
    """`weeks_count`: then the contract ends. `unpaid_weeks`: by number, weeks that nobody paid in.

    `last`: what became of the latest week that was reported: reported, returned, answered, or approved.
    """

    hours: int
    weeks_count: int = 99
    holds_money: bool = True
    unpaid_weeks: tuple[int, ...] = ()
    last: str = "approved"

    format: ClassVar[str] = "hourly"
    approach: ClassVar[str] = "平日の決まった曜日に作業し、週の終わりにまとめてご報告する進め方を考えています。"

    def posting(self) -> dict[str, Any]:
        """A range of rates, and hours a week."""
        low_yen, high_yen = self.unit_yen - 200, self.unit_yen + 200
        return {"budget_min_yen": low_yen, "budget_max_yen": high_yen, "hours_per_week": self.hours}

    def starts_on(self, past: Past) -> date:
        """The first Monday from the agreed day on."""
        return weeks.monday_of(past.day(self.starts_days) + timedelta(days=weeks.DAYS - 1))


STORIES = (
    Hours(
        "hourly-shop", "minato", "hanako", "office", "オンラインショップの商品登録とメルマガ(時間報酬)",
        "商品ページの登録と、月2回のメールマガジンの下書きをお願いします。週8時間ほどを考えています。",
        1_500, 62, 50, 8, dearer_yen=1_700,
    ),
    Hours(
        "hourly-desk", "techbridge", "midori", "office", "問い合わせ対応のお手伝い(時間報酬)",
        "平日の午前中に、お客さまからのメールへの一次回答をお願いします。",
        1_400, 58, 46, 10, weeks_count=2,
    ),
    Hours(
        "hourly-after", "haruka", "neko", "office", "和菓子店の受注データの整理(承認後払い)",
        "注文データの確認と整理をお願いします。報酬は、週ごとの承認のあとにお支払いします。",
        1_300, 40, 29, 6, weeks_count=3, holds_money=False,
    ),
    Hours(
        "hourly-agreed", "aozora", "yamaai", "office", "会議の議事録づくり(時間報酬)",
        "オンライン会議の録音から議事録を作っていただきます。",
        1_600, 16, -6, 4, upto="agreed",
    ),
    Hours(
        "hourly-offered", "mirai", "koto", "office", "教材の校正のお手伝い(時間報酬)",
        "小学生向け教材の校正をお願いします。赤字の入れ方は最初にご説明します。",
        1_450, 11, -9, 5, upto="offered",
    ),
    Hours(
        "hourly-returned", "kitagawa", "kubota", "office", "繁忙期前の帳票整理(時間報酬)",
        "紙の帳票を確認し、決まった名前で保存していただきます。週5時間ほどです。",
        1_500, 34, 24, 6, last="returned",
    ),
    Hours(
        "hourly-answered", "midorinoko", "aoi", "office", "園だよりの入力と配信の準備(時間報酬)",
        "手書きの原稿を入力し、配信の下書きまで作っていただきます。",
        1_350, 34, 24, 6, last="answered",
    ),
    Hours(
        "hourly-reported", "mori", "kohei", "office", "英会話教室の受講生名簿の更新(時間報酬)",
        "入会・退会の届けを名簿に反映していただきます。空き時間での作業で大丈夫です。",
        1_300, 38, 29, 5, last="reported", unpaid_weeks=(2,), dearer_yen=1_400, dearer=True,
    ),
    Hours(
        "hourly-posted", "takumi", "kubota", "office", "工房の予約サイトの運用サポート(時間報酬)",
        "予約サイトの更新と、お客さまへの返信をお手伝いください。",
        1_500, 4, -21, 6, upto="posted",
    ),
)  # fmt: skip


def steps(past: Past) -> Iterator[Step]:
    """Every story, from its posting to where it stands at the load."""
    for story in STORIES:
        yield from beginning(story, past, partial(_offer, story, past))
        if story.upto == "worked":
            yield from _work(story, past)


def _work(story: Hours, past: Past) -> Iterator[Step]:
    """Each week paid on the Saturday before, worked on two days, reported on Sunday, approved on Tuesday."""
    monday = story.starts_on(past)
    for number in range(1, story.weeks_count + 1):
        if monday > past.day(0):
            return
        if number not in story.unpaid_weeks:
            yield from _week_of(story, monday, past)
        monday = weeks.next_monday(monday)
    if story.weeks_count < 99:
        yield Step(at_hour(monday, -3.0), partial(_finish, story))


def _week_of(story: Hours, monday: date, past: Past) -> Iterator[Step]:
    if story.holds_money:
        yield Step(_at(monday, -2, 11.0), partial(_pay, story, monday), alone=True)
    for day, begins, ends, memo in SPANS:
        yield Step(_at(monday, day, begins), partial(_start, story, monday, memo))
        yield Step(_at(monday, day, ends), partial(_stop, story))
    reported_at = _at(monday, 6, REPORT_HOUR)
    yield Step(reported_at, partial(_report, story, monday))
    if (
        story.last != "approved"
        and reported_at + 3 * SOON < past.loaded_at <= reported_at + timedelta(days=weeks.DAYS) + 3 * SOON
    ):
        yield from _latest(story, monday, reported_at, past)
        return
    yield Step(_at(monday, 8, 10.2), partial(_review, story, monday))
    if not story.holds_money:
        yield Step(_at(monday, 8, 12.4), partial(_pay_after, story, monday), alone=True)


def _latest(story: Hours, monday: date, reported_at: datetime, past: Past) -> Iterator[Step]:
    """Something is unclear to the client, some hours before the load."""
    if story.last == "reported":
        return
    yield Step(max(reported_at + SOON, past.loaded_at - timedelta(hours=9)), partial(_send_back, story, monday))
    if story.last == "answered":
        yield Step(max(reported_at + 2 * SOON, past.loaded_at - timedelta(hours=2)), partial(_answer, story, monday))


def _at(monday: date, day: int, hour: float) -> datetime:
    return at_hour(monday + timedelta(days=day), hour)


def _offer(story: Hours, past: Past, stage: Stage, at: datetime) -> None:
    actions.offer(
        proposal=stage.proposal(story.slug, story.worker),
        scope=story.text,
        hours=story.hours,
        starts_on=story.starts_on(past),
        holds_money=story.holds_money,
        request_key=key("offer", story),
        by=story.ordering(stage),
        at=at,
    )


def _engagement(story: Hours, stage: Stage) -> Engagement:
    found = Engagement.objects.select_related("contract__client", "contract__worker")
    return found.get(contract=stage.contract(story.slug))


def _week(story: Hours, monday: date, stage: Stage) -> WorkWeek:
    found = WorkWeek.objects.select_related("engagement__contract__client", "engagement__contract__worker", "hold")
    return found.get(engagement__contract=stage.contract(story.slug), monday=monday)


def _pay(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    week, client = _week(story, monday, stage), story.ordering(stage)
    if week.is_funded:
        return
    request_key = key("week", story, monday.isoformat())
    payment = actions.start_funding(week=week, request_key=request_key, by=client, at=at)
    if payment is not None:
        charge(payment.pk, client, at)


def _pay_after(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    week, client = _week(story, monday, stage), story.ordering(stage)
    if not week.is_owed:
        return
    request_key = key("week-after", story, monday.isoformat())
    charge(actions.start_paying(week=week, request_key=request_key, by=client, at=at).pk, client, at)


def _start(story: Hours, monday: date, memo: str, stage: Stage, at: datetime) -> None:
    engagement, request_key = _engagement(story, stage), key("timer", story, at.isoformat())
    actions.start(engagement=engagement, memo=memo, request_key=request_key, by=story.working(stage), at=at)


def _stop(story: Hours, stage: Stage, at: datetime) -> None:
    running = TimeEntry.objects.get(week__engagement=_engagement(story, stage), ended_at=None)
    actions.stop(entry=running, by=story.working(stage), at=at)


def _report(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    actions.report(week=_week(story, monday, stage), by=story.working(stage), at=at)


def _review(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    actions.review(week=_week(story, monday, stage), by=story.ordering(stage), at=at)


def _send_back(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    """The longer line."""
    week = _week(story, monday, stage)
    line = TimeEntry.objects.filter(week=week).latest("started_at")
    reasons = {line.pk: "打ち合わせの時間が含まれていないでしょうか。確認をお願いします。"}
    actions.review(week=week, returned=reasons, by=story.ordering(stage), at=at)


def _answer(story: Hours, monday: date, stage: Stage, at: datetime) -> None:
    week = _week(story, monday, stage)
    line = TimeEntry.objects.get(week=week, decision=TimeEntry.Decision.RETURNED)
    assert line.ended_at is not None
    said = actions.Answer(
        text="30分は打ち合わせでしたので、除きました。", ended_at=line.ended_at - timedelta(minutes=30)
    )
    actions.answer(week=week, answers={line.pk: said}, by=story.working(stage), at=at)


def _finish(story: Hours, stage: Stage, at: datetime) -> None:
    reason, client = "予定していた期間が終わりました。", story.ordering(stage)
    actions.finish(engagement=_engagement(story, stage), reason=reason, by=client, at=at)
