"""Work by the month: stories in every state, month by month through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step, demo_key, person
from nakadachi.kernel.calendar import jst_date, start_of_day
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.monthly import actions, months
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.draft import ProposalDraft
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox import cards

PAYS_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class Story:
    """Who works for whom by the month, and how far it has come. Days count back from the load; below 0, ahead of it.

    `upto`: posted, offered, agreed (nothing set aside yet), or worked. `paid_months`: so many are paid, then none.
    `silent_from`: from that month on nothing is delivered.
    """

    slug: str
    client: str
    worker: str
    category: str
    title: str
    text: str
    month_scope: str
    month_yen: Yen
    opened_days: int
    starts_days: int
    upto: str = "worked"
    on_the_first: bool = False
    notice_days: int = 14
    noticed_days: int | None = None
    paid_months: int = 99
    silent_from: int = 99


STORIES = (
    Story(
        "monthly-blog", "minato", "hanako", "writing", "珈琲豆オンラインショップのブログ運用(月5本)",
        "豆の紹介や淹れ方の記事を、毎月5本お願いします。テーマは月初に一緒に決めます。写真はこちらで用意します。",
        "記事5本(1本2,000字程度)", 50_000, 112, 100,
    ),
    Story(
        "monthly-sns", "haruka", "neko", "writing", "和菓子店のSNS投稿の作成と予約投稿",
        "季節の和菓子の写真に文章を付け、週3回の投稿を作成・予約していただきます。",
        "投稿12件", 36_000, 96, 85, on_the_first=True,
    ),
    Story(
        "monthly-books", "techbridge", "midori", "writing", "導入事例インタビュー記事の継続制作",
        "毎月2社の導入事例を取材し、記事にまとめていただきます。取材はオンラインです。",
        "取材と記事2本", 88_000, 90, 76, notice_days=60, noticed_days=6,
    ),
    Story(
        "monthly-news", "aozora", "yamaai", "writing", "地域情報メールマガジンの編集",
        "毎週金曜日に配信するメールマガジンの編集をお願いします。",
        "メールマガジン4本", 24_000, 101, 95, noticed_days=58,
    ),
    Story(
        "monthly-lapsed", "takumi", "kubota", "writing", "工房のお知らせページの更新",
        "毎月の新作と催しのお知らせを、文章にして更新していただきます。",
        "更新4回", 15_000, 92, 84, paid_months=2,
    ),
    Story(
        "monthly-silent", "minato", "neko", "writing", "珈琲豆の産地だよりの作成",
        "毎月ひとつの産地を取り上げ、店頭とメールで配る「産地だより」の文章をお願いします。",
        "産地だより1号", 20_000, 89, 79, paid_months=1, silent_from=1,
    ),
    Story(
        "monthly-agreed", "minato", "mei", "writing", "珈琲教室の案内文とレポートの作成",
        "月2回の珈琲教室の案内文と、終わった後のレポートをお願いします。",
        "案内文2本・レポート2本", 32_000, 14, -6, upto="agreed",
    ),
    Story(
        "monthly-offered", "mirai", "hanako", "writing", "学習塾の保護者向けだよりの執筆",
        "毎月の保護者向けだより(A4で2ページ)の文章をお願いします。",
        "だより1号", 18_000, 12, -14, upto="offered",
    ),
    Story(
        "monthly-posted", "yamabiko", "koto", "writing", "登山用品店のコラム連載(月額)",
        "初心者向けの登山コラムを毎月お願いします。長く続けていただける方を探しています。",
        "コラム4本(1本1,500字程度)", 40_000, 5, -20, upto="posted",
    ),
)  # fmt: skip


def steps(past: Past) -> Iterator[Step]:
    """Every story, from its posting to where it stands at the load."""
    for story in STORIES:
        assert story.opened_days < min(person(story.client).joined_days, person(story.worker).joined_days)
        yield Step(past.moment(story.opened_days, 9.2), partial(_post, story, past))
        yield Step(past.moment(story.opened_days - 2, 19.5), partial(_propose, story, past))
        if story.upto != "posted":
            yield Step(past.moment(story.opened_days - 4, 11.0), partial(_offer, story, past))
        if story.upto in {"agreed", "worked"}:
            yield Step(past.moment(story.opened_days - 5, 20.3), partial(_confirm, story))
        if story.upto == "worked":
            yield from _work(story, past)


def _work(story: Story, past: Past) -> Iterator[Step]:
    """Each month paid before it begins, delivered on its last day, accepted the day after."""
    if story.noticed_days is not None:
        yield Step(past.moment(story.noticed_days, 10.4), partial(_give_notice, story))
    for number, month in enumerate(_months(story, past), start=1):
        if number > story.paid_months:
            return
        paid_at = max(_at(month.from_on, 9.7) - PAYS_BEFORE, past.moment(story.opened_days - 5, 21.5))
        yield Step(paid_at, partial(_pay, story, number), alone=True)
        if number >= story.silent_from:
            continue
        yield Step(_at(month.to_on, 17.2), partial(_deliver, story, number))
        yield Step(_at(month.to_on, 36.1), partial(_accept, story, number))


def _months(story: Story, past: Past) -> Iterator[months.Period]:
    """Those that begin before the load, cut where the notice ends them."""
    from_on, anchor_day = past.day(story.starts_days), _plan(story, past).anchor_day
    ends_on = None
    if story.noticed_days is not None:
        ends_on = past.day(story.noticed_days) + timedelta(days=story.notice_days)
    while from_on <= min(past.day(0), ends_on or date.max):
        yield (month := months.month_from(from_on, anchor_day, ends_on))
        from_on = month.to_on + months.DAY


def _at(day: date, hour: float) -> datetime:
    return start_of_day(day) + timedelta(minutes=round(hour * 60))


def _plan(story: Story, past: Past) -> actions.PlanDraft:
    return actions.PlanDraft(
        month_scope=story.month_scope,
        starts_on=past.day(story.starts_days),
        notice_days=story.notice_days,
        on_the_first=story.on_the_first,
    )


def _post(story: Story, past: Past, stage: Stage, at: datetime) -> None:
    starts_on = past.day(story.starts_days)
    draft = JobDraft(
        format="monthly",
        category=story.category,
        title=story.title,
        description=story.text,
        budget_min_yen=story.month_yen,
        budget_max_yen=story.month_yen,
        month_scope=story.month_scope,
        closes_on=min(jst_date(at) + timedelta(days=10), starts_on - timedelta(days=1)),
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
        approach="毎月の本数と締切を最初に決め、月の前半に構成、後半に本文をお渡しする進め方を考えています。長くお手伝いできればうれしいです。",
        amount_yen=story.month_yen,
        deliver_on=past.day(story.starts_days),
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
        plan=_plan(story, past),
        request_key=demo_key("offer", story.slug),
        by=stage.actor(story.client),
        at=at,
    )


def _confirm(story: Story, stage: Stage, at: datetime) -> None:
    contracts.confirm(contract=stage.contract(story.slug), by=stage.actor(story.worker), at=at)


def _month(story: Story, number: int, stage: Stage) -> Milestone:
    return stage.milestone(story.slug, number)


def _pay(story: Story, number: int, stage: Stage, at: datetime) -> None:
    month, client = _month(story, number, stage), stage.actor(story.client)
    if month.is_funded:
        return
    key = demo_key("month", story.slug, number)
    payment = contracts.start_funding(milestone=month, request_key=key, by=client, at=at)
    payments.charge(payment_id=payment.pk, card_token=cards.SUCCESS, by=client, at=at)


def _deliver(story: Story, number: int, stage: Stage, at: datetime) -> None:
    contracts.deliver(
        milestone=_month(story, number, stage),
        note="今月分をお送りします。早めにご確認いただけますと幸いです。",
        files=[],
        request_key=demo_key("month-delivery", story.slug, number),
        by=stage.actor(story.worker),
        at=at,
    )


def _accept(story: Story, number: int, stage: Stage, at: datetime) -> None:
    contracts.accept(milestone=_month(story, number, stage), by=stage.actor(story.client), at=at)


def _give_notice(story: Story, stage: Stage, at: datetime) -> None:
    actions.give_notice(
        contract=stage.contract(story.slug),
        reason="社内で担当することになったため、今回で一区切りとさせてください。",
        by=stage.actor(story.client),
        at=at,
    )
