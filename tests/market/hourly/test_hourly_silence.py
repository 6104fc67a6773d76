"""Silence in hourly work: weeks go on by their dates, so nobody who works is ever called silent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Nudge
from nakadachi.market.hourly import actions as hourly
from nakadachi.money.payments.models import Refund
from tests import cast, hours
from tests.hours import moment
from tests.market.state import assert_clean, fingerprint
from tests.web.contracts.conftest import PageClock, page_clock
from tests.web.contracts.pages import at_browser, text_of

__all__ = ["page_clock"]
pytestmark = pytest.mark.django_db


def test_somebody_who_records_time_and_writes_nothing_is_not_asked_for_a_sign_of_life(page_clock: PageClock) -> None:
    """Weeks have dates of their own: with a nudge the other side could end a contract over whoever works every day."""
    one = hours.funded()
    hours.worked(one, moment(9, 9), moment(9, 11))
    contract = one.engagement.contract
    before = fingerprint()
    for side in (hours.client_of(one), hours.worker_of(one)):
        with pytest.raises(Refused) as caught:
            contracts.nudge(contract=contract, request_key=uuid4(), by=side, at=moment(18, 9))
        assert caught.value.refusal.code == "nudge_not_needed"
    assert fingerprint() == before
    page_clock.now = moment(18, 9)
    page = at_browser(cast.minato()).get(reverse("contracts:nudge", args=[contract.pk]))
    assert (page.status_code, "いつでも作業を終了できます" in text_of(page)) == (409, True)
    assert not Nudge.objects.exists()


def test_a_week_that_is_not_paid_in_sends_back_what_was_left_of_the_week_before() -> None:
    """Nobody's money waits without a purpose: it rolls on into the next week that is paid in, or it goes back."""
    one = hours.approved()
    assert (one.hold.status, one.hold.balance_yen) == ("funded", 4_747)
    hours.let_pass(moment(22, 23, 59))
    assert hours.week(one.engagement, 3).status == "open"
    assert hours.week(one.engagement).hold.balance_yen == 4_747
    hours.let_pass(moment(23, 0))
    assert hours.week(one.engagement, 3).status == "skipped"
    one = hours.week(one.engagement)
    assert (one.hold.status, one.hold.balance_yen) == ("split", 0)
    assert Refund.objects.get().amount_yen == 4_747
    assert Contract.objects.get().status == "active", "the next week can still be paid in"
    assert_clean()


def test_an_answer_after_its_time_is_refused_even_before_the_clock_came() -> None:
    one = hours.returned()
    line, late = hours.lines(one)[1], one.act_by
    said = {line.pk: hourly.Answer(text="30分は休憩でした。")}
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        hourly.answer(week=one, answers=said, by=hours.worker_of(one), at=late)
    assert caught.value.refusal.code == "answer_over"
    assert fingerprint() == before
    hourly.answer(week=one, answers=said, by=hours.worker_of(one), at=late - timedelta(seconds=1))
    assert hours.week(one.engagement).status == "answered"


def test_a_corrected_line_grows_no_longer_than_it_was_reported() -> None:
    """The client could not send it back again, and silence would approve what nobody has looked at."""
    one = hours.returned()
    line, worker = hours.lines(one)[1], hours.worker_of(one)
    before = fingerprint()
    for answer in (
        hourly.Answer(text="準備も含みます。", ended_at=line.ended_at + timedelta(minutes=1)),
        hourly.Answer(started_at=line.started_at - timedelta(hours=2)),
    ):
        with pytest.raises(Refused) as caught:
            hourly.answer(week=one, answers={line.pk: answer}, by=worker, at=moment(17, 9))
        assert (caught.value.refusal.code, caught.value.refusal.field) == ("corrected_longer", f"ended_{line.pk}")
    assert fingerprint() == before
    moved = hourly.Answer(started_at=moment(10, 14), ended_at=moment(10, 17))
    hourly.answer(week=one, answers={line.pk: moved}, by=worker, at=moment(17, 9))
    assert hours.lines(one)[1].minutes_at(moment(18)) == 180


def test_a_corrected_line_stays_within_its_day_and_is_told_so() -> None:
    """The day ends at 24:00, not at 0:00 of a day that is none of it."""
    one = hours.returned()
    line, worker = hours.lines(one)[1], hours.worker_of(one)
    other_day = hourly.Answer(started_at=moment(11, 9), ended_at=moment(11, 10))
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        hourly.answer(week=one, answers={line.pk: other_day}, by=worker, at=moment(17, 9))
    refusal = caught.value.refusal
    assert (refusal.code, dict(refusal.params)) == ("outside_day", {"first": "11/10 0:00", "last": "11/10 24:00"})
    assert fingerprint() == before
