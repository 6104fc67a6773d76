"""Work by the month: stories in every state, month by month through the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from nakadachi.demo.lasting import Story, at_hour, beginning, charge, key
from nakadachi.demo.moments import Past
from nakadachi.demo.stage import Stage, Step
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Milestone
from nakadachi.market.monthly import actions, months

PAYS_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class Months(Story):
    """`paid_months`: so many are paid, then none. `noticed_days`: when the client gave notice, if so.

    `silent_from`: from that month on nothing is delivered.
    """

    month_scope: str
    on_the_first: bool = False
    notice_days: int = 14
    noticed_days: int | None = None
    paid_months: int = 99
    silent_from: int = 99

    format: ClassVar[str] = "monthly"
    approach: ClassVar[str] = (
        "毎月の本数と締切を最初に決め、月の前半に構成、後半に本文をお渡しする進め方を考えています。"
        "長くお手伝いできればうれしいです。"
    )

    def posting(self) -> dict[str, Any]:
        """One sum, and what it is for."""
        return {"budget_min_yen": self.unit_yen, "budget_max_yen": self.unit_yen, "month_scope": self.month_scope}


STORIES = (
    Months(
        "monthly-blog", "minato", "hanako", "writing", "珈琲豆オンラインショップのブログ運用(月5本)",
        "豆の紹介や淹れ方の記事を、毎月5本お願いします。テーマは月初に一緒に決めます。写真はこちらで用意します。",
        50_000, 112, 100, "記事5本(1本2,000字程度)",
    ),
    Months(
        "monthly-sns", "haruka", "neko", "writing", "和菓子店のSNS投稿の作成と予約投稿",
        "季節の和菓子の写真に文章を付け、週3回の投稿を作成・予約していただきます。",
        36_000, 96, 85, "投稿12件", on_the_first=True, dearer_yen=40_000,
    ),
    Months(
        "monthly-books", "techbridge", "midori", "writing", "導入事例インタビュー記事の継続制作",
        "毎月2社の導入事例を取材し、記事にまとめていただきます。取材はオンラインです。",
        88_000, 90, 76, "取材と記事2本", notice_days=60, noticed_days=6,
    ),
    Months(
        "monthly-news", "aozora", "yamaai", "writing", "地域情報メールマガジンの編集",
        "毎週金曜日に配信するメールマガジンの編集をお願いします。",
        24_000, 101, 95, "メールマガジン4本", noticed_days=58,
    ),
    Months(
        "monthly-lapsed", "takumi", "kubota", "writing", "工房のお知らせページの更新",
        "毎月の新作と催しのお知らせを、文章にして更新していただきます。",
        15_000, 92, 84, "更新4回", paid_months=2,
    ),
    Months(
        "monthly-silent", "minato", "neko", "writing", "珈琲豆の産地だよりの作成",
        "毎月ひとつの産地を取り上げ、店頭とメールで配る「産地だより」の文章をお願いします。",
        20_000, 89, 79, "産地だより1号", paid_months=1, silent_from=1,
    ),
    Months(
        "monthly-agreed", "minato", "mei", "writing", "珈琲教室の案内文とレポートの作成",
        "月2回の珈琲教室の案内文と、終わった後のレポートをお願いします。",
        32_000, 14, -6, "案内文2本・レポート2本", upto="agreed",
    ),
    Months(
        "monthly-offered", "mirai", "hanako", "writing", "学習塾の保護者向けだよりの執筆",
        "毎月の保護者向けだより(A4で2ページ)の文章をお願いします。",
        18_000, 12, -14, "だより1号", upto="offered",
    ),
    Months(
        "monthly-posted", "yamabiko", "koto", "writing", "登山用品店のコラム連載(月額)",
        "初心者向けの登山コラムを毎月お願いします。長く続けていただける方を探しています。",
        40_000, 5, -20, "コラム4本(1本1,500字程度)", upto="posted",
    ),
)  # fmt: skip


def steps(past: Past) -> Iterator[Step]:
    """Every story, from its posting to where it stands at the load."""
    for story in STORIES:
        yield from beginning(story, past, partial(_offer, story, past))
        if story.upto == "worked":
            yield from _work(story, past)


def _work(story: Months, past: Past) -> Iterator[Step]:
    """Each month paid before it begins, delivered on its last day, accepted the day after."""
    if story.noticed_days is not None:
        yield Step(past.moment(story.noticed_days, 10.4), partial(_give_notice, story))
    for number, month in enumerate(_months(story, past), start=1):
        if number > story.paid_months:
            return
        paid_at = max(at_hour(month.from_on, 9.7) - PAYS_BEFORE, past.moment(story.opened_days - 5, 21.5))
        yield Step(paid_at, partial(_pay, story, number), alone=True)
        if number >= story.silent_from:
            continue
        yield Step(at_hour(month.to_on, 17.2), partial(_deliver, story, number))
        yield Step(at_hour(month.to_on, 36.1), partial(_accept, story, number))


def _months(story: Months, past: Past) -> Iterator[months.Period]:
    """Those that begin before the load, cut where the notice ends them."""
    from_on, anchor_day = past.day(story.starts_days), _plan(story, past).anchor_day
    ends_on = None
    if story.noticed_days is not None:
        ends_on = past.day(story.noticed_days) + timedelta(days=story.notice_days)
    while from_on <= min(past.day(0), ends_on or date.max):
        yield (month := months.month_from(from_on, anchor_day, ends_on))
        from_on = month.to_on + months.DAY


def _plan(story: Months, past: Past) -> actions.PlanDraft:
    return actions.PlanDraft(
        month_scope=story.month_scope,
        starts_on=past.day(story.starts_days),
        notice_days=story.notice_days,
        on_the_first=story.on_the_first,
    )


def _offer(story: Months, past: Past, stage: Stage, at: datetime) -> None:
    actions.offer(
        proposal=stage.proposal(story.slug, story.worker),
        scope=story.text,
        plan=_plan(story, past),
        request_key=key("offer", story),
        by=story.ordering(stage),
        at=at,
    )


def _month(story: Months, number: int, stage: Stage) -> Milestone:
    return stage.milestone(story.slug, number)


def _pay(story: Months, number: int, stage: Stage, at: datetime) -> None:
    month, client = _month(story, number, stage), story.ordering(stage)
    if month.is_funded:
        return
    request_key = key("month", story, number)
    charge(contracts.start_funding(milestone=month, request_key=request_key, by=client, at=at).pk, client, at)


def _deliver(story: Months, number: int, stage: Stage, at: datetime) -> None:
    contracts.deliver(
        milestone=_month(story, number, stage),
        note="今月分をお送りします。早めにご確認いただけますと幸いです。",
        files=[],
        request_key=key("month-delivery", story, number),
        by=story.working(stage),
        at=at,
    )


def _accept(story: Months, number: int, stage: Stage, at: datetime) -> None:
    contracts.accept(milestone=_month(story, number, stage), by=story.ordering(stage), at=at)


def _give_notice(story: Months, stage: Stage, at: datetime) -> None:
    actions.give_notice(
        contract=stage.contract(story.slug),
        reason="社内で担当することになったため、今回で一区切りとさせてください。",
        by=story.ordering(stage),
        at=at,
    )
