"""Plans by what waits in them, and one with its months. Nothing is changed here."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import Yen
from nakadachi.market.contracts import prices
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.contracts.queries import contract_for
from nakadachi.market.contracts.turn import Turn, turn_of, turn_of_milestone
from nakadachi.market.monthly import policy, queries
from nakadachi.market.monthly.models import MonthlyPlan
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.running import Waits, asked_of, booked_of, held_yen, waits_of
from nakadachi.web.staff.works import Booked
from nakadachi.web.ui.answers import staff_of


@dataclass(frozen=True)
class Row:
    """One plan of the list."""

    plan: MonthlyPlan
    price_yen: Yen
    held_yen: Yen
    waits: Waits | None


@dataclass(frozen=True)
class Month:
    """One month of a plan."""

    milestone: Milestone
    held_yen: Yen
    waits: Waits | None
    journals: list[Booked]


@works_in(areas.WORK)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first, each with the money in it and the most pressing of what waits."""
    asked = asked_of(request)
    page = queries.find(staff_of(request), asked.words, tab=asked.tab, after=asked.after)
    months = queries.months_that_matter(page.rows)
    rows = [_row(plan, months[plan.contract_id], request.now) for plan in page.rows]
    return render(request, "staff_monthly/list.html", {"asked": asked, "page": page, "rows": rows})


def _row(plan: MonthlyPlan, months: list[Milestone], now: datetime) -> Row:
    return Row(
        plan=plan,
        price_yen=plan.contract.amount_yen,
        held_yen=held_yen(month.hold for month in months),
        waits=waits_of(_turn(plan.contract, months, now), plan.contract),
    )


def _turn(contract: Contract, months: list[Milestone], now: datetime) -> Turn:
    paying = {month.pk for month in months if getattr(month, "is_paying", False)}
    return turn_of(contract, months, paying, at=now)


@works_in(areas.WORK)
@require_safe
def detail(request: HttpRequest, contract_id: int) -> HttpResponse:
    """What was agreed, notice, and the months, the newest first, each with what was booked."""
    plan = queries.plan_of(contract_for(staff_of(request), contract_id))
    page = queries.months_page(plan, after=request.GET.get("after", ""))
    matter = queries.months_that_matter([plan])[plan.contract_id]
    journals = booked_of([month.hold for month in page.rows])
    today = max(jst_date(request.now), plan.starts_on)
    context = {
        "row": _row(plan, matter, request.now),
        "plan": plan,
        "contract": plan.contract,
        "price_yen": prices.on(plan.contract, today),
        "notice_days": policy.notice_days_of(plan, today),
        "page": page,
        "months": [_month(one, journals, request.now) for one in page.rows],
    }
    return render(request, "staff_monthly/detail.html", context)


def _month(one: Milestone, journals: dict[int, list[Booked]], now: datetime) -> Month:
    turn = turn_of_milestone(one.contract, one, at=now, is_paying=bool(getattr(one, "is_paying", False)))
    booked = journals.get(one.hold_id, []) if one.hold_id is not None else []
    return Month(one, held_yen([one.hold]), waits_of(turn, one.contract), booked)
