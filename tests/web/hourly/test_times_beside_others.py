"""A time by hand that begins in the minute in which the line before it ended: the page shows no seconds."""

import pytest
from django.urls import reverse

from tests import cast, hours
from tests.hours import moment
from tests.web.contracts.conftest import PageClock
from tests.web.contracts.pages import at_browser, key_in

pytestmark = pytest.mark.django_db


def test_a_time_goes_on_where_the_timer_was_stopped(page_clock: PageClock) -> None:
    """Stopped at 9:01:30, shown as 9:01: work from 9:01 on is entered, and no minute counts twice."""
    one = hours.funded()
    hours.let_pass(moment(9, 1))
    hours.worked(hours.week(one.engagement), moment(9, 9), moment(9, 9, 1, second=30))
    page_clock.now = moment(9, 12)
    browser = at_browser(cast.hanako())
    address = reverse("hourly:entry_new", args=[one.engagement.contract_id, one.pk])
    typed = {
        "request_key": key_in(browser.get(address)),
        "day": "2026-11-09",
        "started_at": "9:01",
        "ended_at": "10:00",
    }
    assert browser.post(address, typed).status_code == 302
    first, second = hours.lines(hours.week(one.engagement))
    assert (first.minutes_at(page_clock.now), second.minutes_at(page_clock.now)) == (1, 59)
    typed |= {"request_key": key_in(browser.get(address)), "started_at": "9:00", "ended_at": "9:30"}
    assert browser.post(address, typed).status_code == 422, "what really overlaps is refused"
    assert len(hours.lines(hours.week(one.engagement))) == 2
