"""What the written terms say of work by the month. Its words are part of the document, so they are Japanese."""

from datetime import date
from typing import Any

from nakadachi.kernel.money import format_yen
from nakadachi.market.contracts import prices
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import months
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.money import rulebook

LAST_ANCHOR_IN_ALL = 28
"""The last day that every calendar month has."""


def of_plan(contract: Contract, plan: MonthlyPlan) -> dict[str, Any]:
    """The figures and the sentences."""
    agreed = [(price.from_on, price.amount_yen) for price in prices.of(contract)] or [
        (plan.starts_on, contract.amount_yen)
    ]
    return {
        "unit": "month",
        "month_scope": plan.month_scope,
        "starts_on": plan.starts_on.isoformat(),
        "anchor_day": plan.anchor_day,
        "notice_days": plan.notice_days,
        "prices": [{"from_on": from_on.isoformat(), "amount_yen": amount_yen} for from_on, amount_yen in agreed],
        "words": [*_prices(agreed), *_calendar(contract, plan), *_ends(plan)],
    }


def _prices(agreed: list[tuple[date, int]]) -> list[str]:
    (_, first_yen), *later = agreed
    return [
        f"報酬は月額{format_yen(first_yen)}(税込)とする。",
        *(f"{_day(from_on)}以降に始まる月は、月額{format_yen(yen)}(税込)とする。" for from_on, yen in later),
    ]


def _calendar(contract: Contract, plan: MonthlyPlan) -> list[str]:
    rules = rulebook.current().monthly
    begins = f"業務は{_day(plan.starts_on)}に開始し、毎月{plan.anchor_day}日から1か月ごとに区切る。"
    if plan.anchor_day > LAST_ANCHOR_IN_ALL:
        begins += f"{plan.anchor_day}日がない月は、その月の末日から始まる。"
    return [
        f"1か月の業務の範囲は「{plan.month_scope}」とする。",
        begins,
        *_first_part(contract, plan),
        "各月の納品日はその月の最終日とし、検収と支払期日は納品された日から数える。",
        f"クライアントは各月の開始日の前日までに、その月の報酬を仮払いする。開始日から{rules.start_days}日以内に仮払いがないときは、"
        "その月の業務は始まらず、契約は前の月をもって終了する。",
    ]


def _first_part(contract: Contract, plan: MonthlyPlan) -> list[str]:
    first = months.month_from(plan.starts_on, plan.anchor_day)
    if first == months.whole_month(plan.starts_on, plan.anchor_day):
        return []
    share_yen = months.pro_rata_yen(prices.on(contract, plan.starts_on), first, plan.anchor_day)
    return [
        f"最初の月は{_day(first.from_on)}から{_day(first.to_on)}までとし、"
        f"報酬はその月の日数による日割りで{format_yen(share_yen)}(税込)とする。"
    ]


def _ends(plan: MonthlyPlan) -> list[str]:
    rules = rulebook.current().monthly
    return [
        f"双方は、理由を示して解約を申し出ることができ、契約は申し出の日から{plan.notice_days}日後に終了する。"
        f"契約が{rules.long_after_months}か月以上続いているときは、申し出から終了まで{rules.long_notice_days}日以上とする。",
        "月の途中で終了するときは、その月の報酬を日数による日割りとし、1円未満は四捨五入する。仮払いの差額はクライアントに返金する。",
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
