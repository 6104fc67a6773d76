"""What the pages of work by the month say of money is what becomes of it: after a delivery, before a new price."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.kernel.calendar import JST
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.drafts import RateDraft
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import actions, queries
from nakadachi.people import actions as people
from tests import cast, monthly, walk
from tests.cast import by
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, of_contract, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)


def noon(day: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=JST)


def dearer(contract: Contract, from_on: date, amount_yen: int = 70_000) -> None:
    """Agreed by both."""
    rate = RateDraft(amount_yen, from_on)
    worker, at = by(cast.hanako()), walk.START
    asked = contracts.propose_change(
        contract=contract, rate=rate, reason="範囲が広がるため", request_key=uuid4(), by=worker, at=at
    )
    contracts.accept_change(change=asked, by=by(cast.minato()), at=at)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_notice_promises_no_cut_of_a_month_that_was_delivered(page_clock: PageClock, *, is_accepted: bool) -> None:
    """Ten days into December with fourteen days of notice: the last day lies in the month that was handed in."""
    contract = monthly.funded(starts_on=FIRST)
    walk.deliver(monthly.month(contract), at=noon(9))
    if is_accepted:
        walk.accept(monthly.month(contract), at=noon(9))
    page_clock.now = noon(10)
    page = text_of(at_browser(cast.hanako()).get(reverse("monthly:notice", args=[contract.pk])))
    assert "最終日は2026年12月24日(木)" in page
    assert "日割りにせず¥50,000のままです" in page
    assert "ではなく" not in page
    actions.give_notice(contract=contract, reason="学業のため", by=by(cast.hanako()), at=noon(10))
    assert monthly.month(contract).amount_yen == 50_000


def test_a_notice_cuts_a_month_that_was_not_delivered(page_clock: PageClock) -> None:
    contract = monthly.funded(starts_on=FIRST)
    page_clock.now = noon(10)
    page = text_of(at_browser(cast.hanako()).get(reverse("monthly:notice", args=[contract.pk])))
    assert "¥50,000ではなく¥38,710になります" in page
    assert "¥50,000 / 月" in page, "beside the form: of which unit it is the price"


def test_a_notice_says_of_a_month_that_was_handed_back_that_it_is_settled(page_clock: PageClock) -> None:
    contract = monthly.funded(starts_on=FIRST)
    contracts.hand_back(milestone=monthly.month(contract), by=by(cast.hanako()), at=noon(9))
    page_clock.now = noon(10)
    page = text_of(at_browser(cast.hanako()).get(reverse("monthly:notice", args=[contract.pk])))
    assert "この月のお金は変わりません" in page
    assert "のままです" not in page
    assert "ではなく" not in page


def test_a_new_price_is_not_shown_as_that_of_the_month_that_runs(page_clock: PageClock) -> None:
    """Agreed from the middle of December, it holds for the months that begin after it."""
    contract = monthly.agreed(starts_on=FIRST)
    dearer(contract, date(2026, 12, 15))
    for at, words in (
        (walk.START, "¥50,000 1月1日(金)以降に始まる月から¥70,000"),
        (noon(20), "¥50,000 1月1日(金)以降に始まる月から¥70,000"),
    ):
        page_clock.now = at
        assert words in text_of(at_browser(cast.hanako()).get(of_contract("detail", contract)))
        listed = text_of(at_browser(cast.hanako()).get("/contracts/?tab=running"))
        assert "¥50,000" in listed
        assert "¥70,000" not in listed
    plan = monthly.plan_of(contract)
    assert queries.prices_ahead(plan, date(2027, 1, 1)) == [(date(2027, 1, 1), 70_000)]
    plan.ends_on = date(2026, 12, 31)
    assert queries.prices_ahead(plan, date(2026, 12, 20)) == [(FIRST, 50_000)], "no month follows that would cost it"


def test_who_is_asked_to_agree_reads_which_month_is_the_first_to_cost_it(page_clock: PageClock) -> None:
    contract = monthly.agreed(starts_on=FIRST)
    change = contracts.propose_change(
        contract=contract, rate=RateDraft(70_000, date(2026, 12, 15)), reason="範囲が広がるため", request_key=uuid4(),
        by=by(cast.hanako()), at=walk.START,
    )  # fmt: skip
    page_clock.now = walk.START
    answer = reverse("contracts:change_acceptance", args=[contract.pk, change.pk])
    assert "2027年1月1日(金)に始まる月から適用されます" in text_of(at_browser(cast.minato()).get(answer))


def test_both_sides_read_until_when_a_month_can_be_paid_for(page_clock: PageClock) -> None:
    """And nobody is said to wait since a day that has not come."""
    contract = monthly.agreed(starts_on=FIRST)
    page_clock.now = walk.START + timedelta(days=1)
    for side in (cast.minato(), cast.hanako()):
        page = text_of(at_browser(side).get(of_contract("detail", contract)))
        assert "2026年12月8日(火) 23:59までに仮払いがない場合、この月の業務は始まらず、その後の月もありません。" in page
        assert "からお待ちいただいています" not in page
    page_clock.now = noon(25, month=11)
    worker = at_browser(cast.hanako())
    page = text_of(worker.get(of_contract("detail", contract)))
    assert "仮払いをお願いする" in page


def test_going_on_says_on_which_day_a_month_would_begin(page_clock: PageClock) -> None:
    """There is no day of delivery that is counted anew."""
    contract = monthly.funded(starts_on=FIRST)
    walk.deliver(monthly.month(contract), at=noon(9))
    actions.give_notice(contract=contract, reason="企画が終わるため", by=by(cast.minato()), at=noon(10))
    walk.accept(monthly.month(contract), at=noon(11))
    page_clock.now = noon(11)
    page = text_of(at_browser(cast.minato()).get(of_contract("detail", contract)))
    assert "開始日は、返事の期限の翌日です" in page
    assert "今日から数え直します" not in page


def test_in_english_the_sentences_stand_apart(page_clock: PageClock) -> None:
    minato, contract = cast.minato(), monthly.agreed(starts_on=FIRST)
    people.set_language(member=minato, language="en", by=by(minato), at=cast.JOINED)
    page_clock.now = walk.START + timedelta(days=1)
    page = text_of(at_browser(minato).get(of_contract("detail", contract)))
    assert "Work starts after that. If it is unpaid on Tue 8 Dec 2026 23:59, the month does not begin" in page
