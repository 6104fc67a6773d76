"""The steps of a case, and of its contract, name what happened: no ruling that nobody made, and a delivery that was."""

import pytest

from nakadachi.web.pages.mediation.sight import steps_of
from tests import cast, walk
from tests.trust.mediation import stages
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, of_contract, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db


def labels(case) -> list[str]:
    return [str(step.label) for step in steps_of(case)]


def test_a_case_that_the_sides_settle_has_no_ruling() -> None:
    case = stages.claim()
    stages.offer(case, cast.minato(), 7_001)
    case = stages.offer(case, cast.hanako(), 6_000)
    assert labels(case) == ["申し立て", "話し合い", "解決"]


def test_a_case_on_which_the_operator_was_silent_has_no_time_to_appeal() -> None:
    assert labels(stages.over(stages.deciding())) == ["申し立て", "話し合い", "運営の判断", "解決"]


def test_an_appeal_that_nobody_ruled_on_has_no_second_ruling() -> None:
    case = stages.appealed()
    assert "最終の判断" in labels(case), "it is waited for"
    assert labels(stages.over(case)) == ["申し立て", "話し合い", "運営の判断", "不服申立期間", "解決"]


def test_a_delivery_that_was_mediated_about_stays_delivered_on_the_steps_of_its_contract(page_clock: PageClock) -> None:
    case = stages.over(stages.deciding())
    page_clock.now = case.closed_at
    page = text_of(at_browser(cast.hanako()).get(of_contract("detail", case.contract)))
    before, _, after = page.partition("ここで終了")
    assert before.split()[-1] == "検収", "not at the work, which was done and handed in"
    assert after
    assert walk.milestone(case.contract).status == "settled"


def test_what_was_divided_says_both_parts_to_the_yen(page_clock: PageClock) -> None:
    case = stages.claim()
    stages.offer(case, cast.minato(), 7_001)
    case = stages.offer(case, cast.hanako(), 6_000)
    page_clock.now = case.closed_at
    hold = walk.milestone(case.contract).hold
    page = text_of(at_browser(cast.hanako()).get(of_contract("detail", case.contract)))
    assert f"ワーカーの報酬 ¥{hold.released_yen:,}(手数料を引く前)が確定しました" in page
    assert f"クライアントに ¥{hold.refunded_yen:,} を返金" in page
    assert hold.released_yen == 6_500
