"""A proposal for lasting work has a first day, and no day on which it would be accepted and paid."""

import pytest
from django.urls import reverse

from tests import cast, hours, monthly, walk
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("form", "unit"), [("monthly", "1か月分の金額"), ("hourly", "1時間あたりの報酬と手数料")])
def test_no_transfer_is_promised_for_the_first_day_of_lasting_work(page_clock: PageClock, form: str, unit: str) -> None:
    page_clock.now = walk.START
    sent = monthly.proposal() if form == "monthly" else hours.offered().proposal
    page = text_of(at_browser(cast.hanako()).get(reverse("proposals:detail", args=[sent.pk])))
    assert "に検収された場合" not in page
    assert unit in page


def test_a_project_says_when_it_would_be_paid(page_clock: PageClock) -> None:
    page_clock.now = walk.START
    sent = walk.proposal()
    assert "に検収された場合" in text_of(at_browser(cast.hanako()).get(reverse("proposals:detail", args=[sent.pk])))


def test_the_form_of_a_proposal_by_the_month_asks_for_a_first_day(page_clock: PageClock) -> None:
    page_clock.now = walk.START
    job = monthly.proposal().job
    page = text_of(at_browser(cast.sakura()).get(reverse("proposals:new", args=[job.pk])))
    assert "金額と開始日" in page
    assert "金額と納品日" not in page
