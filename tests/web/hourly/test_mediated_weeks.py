"""A week about which the two sides do not agree: the way to the operator, what the pages say meanwhile, and then."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nakadachi.market.hourly.models import WorkWeek
from tests import cast, hours
from tests.hours import moment
from tests.trust.mediation import stages
from tests.trust.mediation.test_week_claims import NOW, claim, reported_and_following
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db
CARD, ASK = "カード会社", "仲介を申し立てる"


def address_of(week: WorkWeek, name: str = "week") -> str:
    ids = [week.engagement.contract_id] if name == "contract" else [week.engagement.contract_id, week.pk]
    return reverse(f"hourly:{name}", args=ids)


def door(week: WorkWeek) -> str:
    return f'href="{reverse("mediation:new", args=[week.hold_id])}"'


def test_before_the_report_there_is_nothing_to_ask_about(page_clock: PageClock) -> None:
    one = hours.five_hours(hours.funded())
    page_clock.now = moment(11, 10)
    assert door(one) not in at_browser(cast.minato()).get(address_of(one)).content.decode()


def test_both_sides_find_the_way_to_the_operator(page_clock: PageClock) -> None:
    one = hours.answered()
    page_clock.now = NOW
    for side in (cast.minato(), cast.hanako()):
        assert door(one) in at_browser(side).get(address_of(one)).content.decode()
    review = at_browser(cast.minato()).get(address_of(one, "review"))
    assert door(one) in review.content.decode(), "the only other way on would be to approve"
    assert "結論が出るまで自動では承認されません" in text_of(review)


def test_while_it_is_on_no_page_speaks_of_the_card_company(page_clock: PageClock) -> None:
    """And nothing promises that what was recorded is paid whatever is decided."""
    one, following = reported_and_following()
    case = claim(one)
    page_clock.now = NOW + timedelta(hours=1)
    for side in (cast.minato(), cast.hanako()):
        browser = at_browser(side)
        for name in ("week", "contract"):
            page = text_of(browser.get(address_of(one, name)))
            assert CARD not in page
            assert "仲介中:11月23日(月)まで話し合いの期間です" in page
        assert ASK not in text_of(browser.get(address_of(one)))
        assert "11月9日(月)〜11月15日(日)" in text_of(browser.get(reverse("mediation:detail", args=[case.pk])))
        assert "仲介" not in text_of(browser.get(address_of(following))), "that week goes on"


def test_after_it_the_week_stands_in_the_list_at_what_it_was_settled_at(page_clock: PageClock) -> None:
    one = hours.reported()
    case = claim(one)
    stages.offer(case, cast.minato(), 7_001, at=NOW)
    stages.offer(case, cast.hanako(), 6_000, at=NOW)
    page_clock.now = NOW + timedelta(hours=1)
    page = text_of(at_browser(cast.hanako()).get(address_of(one, "contract")))
    assert "¥6,500" in page
    assert "¥7,500" not in page
    assert "契約の終了とともに" not in page
    assert "仲介の結果に従って週の仮払いを分けました" in page
    shown = text_of(at_browser(cast.hanako()).get(reverse("mediation:detail", args=[case.pk])))
    assert "不服申立期間" not in shown, "nobody has ruled, and there is nothing to appeal against"


def test_the_worker_of_a_running_week_is_told_to_work_although_the_next_is_not_paid_in(page_clock: PageClock) -> None:
    one = hours.five_hours(hours.funded())
    hours.let_pass(moment(9, 1))
    page_clock.now = moment(11, 10)
    mine = text_of(at_browser(cast.hanako()).get(address_of(one, "contract")))
    assert "あなたの番です: 作業時間を記録してください" in mine
    theirs = text_of(at_browser(cast.minato()).get(address_of(one, "contract")))
    assert "あなたの番です: 11月16日(月)〜11月22日(日)の仮払いを11月15日(日)24時までにお願いします" in theirs
