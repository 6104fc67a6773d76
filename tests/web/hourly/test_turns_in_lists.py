"""仕事管理 and the list of messages say whose turn it is with hourly work, as its own pages do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakadachi.market.hourly import actions as hourly
from nakadachi.people.models import Member
from tests import cast, hours, talk
from tests.hours import moment
from tests.trust.mediation.test_week_claims import NOW, claim
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, text_of

pytestmark = pytest.mark.django_db
RUNNING, INSPECTED = "/contracts/?tab=running", "/contracts/?tab=inspection"


def listed(member: Member, address: str = RUNNING) -> str:
    return text_of(at_browser(member).get(address))


def test_an_offer_waits_for_the_worker(page_clock: PageClock) -> None:
    hours.offered()
    page_clock.now = moment(3)
    page = listed(cast.hanako(), "/contracts/?tab=proposed")
    assert "申し込みに回答する" in page
    assert "あなたの番" in page


def test_a_reported_week_waits_for_the_client(page_clock: PageClock) -> None:
    one = hours.reported()
    talk.asked(one.engagement.contract.job)
    page_clock.now = moment(16, 8)
    assert "報告された週を確認する(11月22日(日)まで)" in listed(cast.minato(), INSPECTED)
    assert "報告された週を確認する" in listed(cast.minato(), "/messages/")
    assert "相手の対応待ち: 報告された週を確認する" in listed(cast.hanako(), "/messages/")


def test_of_several_things_each_side_is_told_of_its_own(page_clock: PageClock) -> None:
    hours.five_hours(hours.funded())
    hours.let_pass(moment(9, 1))
    page_clock.now = moment(11, 10)
    assert "作業して時間を記録する(11月15日(日)まで)" in listed(cast.hanako())
    assert "週の仮払いをする(11月15日(日)まで)" in listed(cast.minato())


def test_a_week_in_mediation_is_nobodys_turn(page_clock: PageClock) -> None:
    one = hours.reported()
    talk.asked(one.engagement.contract.job)
    claim(one)
    page_clock.now = NOW + timedelta(hours=1)
    for side in (cast.minato(), cast.hanako()):
        assert "相手の対応待ち" not in listed(side, "/messages/")
        assert one.engagement.contract.title in listed(side, INSPECTED)
        assert "報告された週を確認する" not in listed(side, INSPECTED)


def test_many_contracts_cost_what_one_costs(page_clock: PageClock) -> None:
    page_clock.now = moment(9, 12)
    browser = at_browser(cast.minato())

    def queries() -> int:
        browser.get(RUNNING)
        with CaptureQueriesContext(connection) as found:
            browser.get(RUNNING)
        return len(found)

    hours.funded()
    one = queries()
    for _ in range(3):
        hours.funded()
    assert queries() == one


def test_a_reported_week_stands_with_what_is_inspected(page_clock: PageClock) -> None:
    one = hours.reported()
    title = one.engagement.contract.title
    page_clock.now = moment(16, 8)
    for side in (cast.minato(), cast.hanako()):
        assert title in listed(side, INSPECTED)
        assert title not in listed(side)
    hours.let_pass(moment(16, 9))
    hourly.review(week=one, by=hours.client_of(one), at=moment(16, 10))
    page_clock.now = moment(16, 11)
    for side in (cast.minato(), cast.hanako()):
        assert title in listed(side)
        assert title not in listed(side, INSPECTED)


def test_a_week_that_was_sent_back_is_being_worked_on(page_clock: PageClock) -> None:
    title = hours.returned().engagement.contract.title
    page_clock.now = moment(17, 8)
    assert title in listed(cast.minato())


def test_an_answered_week_is_inspected(page_clock: PageClock) -> None:
    title = hours.answered().engagement.contract.title
    page_clock.now = moment(18, 8)
    assert title in listed(cast.minato(), INSPECTED)
