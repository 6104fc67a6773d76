"""The written terms of hourly work: the price of an hour, and nothing that is true of milestones alone."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.drafts import RateDraft
from nakadachi.market.contracts.models import Terms
from nakadachi.market.hourly.models import Engagement
from tests import cast, hours, walk
from tests.cast import by
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db


def document(made: Engagement) -> dict:
    return Terms.objects.get(contract=made.contract).document


def test_the_price_of_an_hour_stands_in_the_terms_before_and_after_the_agreement(page_clock: PageClock) -> None:
    offered = hours.offered()
    page = text_of(at_browser(cast.hanako()).get(reverse("contracts:confirmation", args=[offered.pk])))
    assert "報酬は1時間につき¥1,500(税込)とする。" in page
    assert "1時間あたりの報酬と手数料" in page
    assert "報酬の額(税込) ¥1,500" in page
    contracts.confirm(contract=offered, by=by(cast.hanako()), at=walk.START)
    assert document(hours.engagement(offered))["way"]["words"][0] == "報酬は1時間につき¥1,500(税込)とする。"


def test_another_price_of_an_hour_stands_there_with_its_day() -> None:
    made = hours.agreed()
    change = contracts.propose_change(
        contract=made.contract, rate=RateDraft(1_800, date(2026, 11, 16)), reason="繁忙期のため", request_key=uuid4(),
        by=by(cast.hanako()), at=walk.START,
    )  # fmt: skip
    contracts.accept_change(change=change, by=by(cast.minato()), at=walk.START)
    words = Terms.objects.filter(contract=made.contract).order_by("-version")[0].document["way"]["words"]
    assert words[:2] == [
        "報酬は1時間につき¥1,500(税込)とする。",
        "2026年11月16日以降の作業は、1時間につき¥1,800(税込)とする。",
    ]


@pytest.mark.parametrize("holds_money", [True, False])
def test_weeks_are_inspected_by_their_approval_and_paid_as_agreed(*, holds_money: bool) -> None:
    """The rule of fourteen days, and money before the work begins, are those of milestones that are added."""
    found = document(hours.agreed(holds_money=holds_money))
    first, *others = found["inspection"]["words"]
    assert first.startswith("各週の作業は、その週の承認をもって検収とし")
    assert "追加したマイルストーンに適用する" in first
    assert "14日後の23時59分" in others[0]
    assert found["payment"].startswith("クライアントが各週の分を" if holds_money else "仮払いは行わず")
    assert "作業の開始前に、契約金額" not in found["payment"]
    assert "検収が完了し報酬が確定した時" not in found["rights"]
    assert "instead" not in found["way"]


def test_a_project_says_what_it_said() -> None:
    found = Terms.objects.get(contract=walk.agreed()).document
    assert found["payment"].startswith("クライアントが作業の開始前に")
    assert "14日後の23時59分" in found["inspection"]["words"][0]
