"""Rounds of revision are counted and limited by the terms; late and early are seen and written down."""

from datetime import datetime, timedelta

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import lateness, timers
from nakadachi.market.contracts.models import Contract, Milestone, Terms
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

AT = walk.START
DUE = timers.last_minute(walk.DUE_ON)
SECOND = timedelta(seconds=1)


def offered(revisions_max: int | None) -> Contract:
    pieces = walk.pieces([10_000], walk.DUE_ON)
    return contracts.offer(
        proposal=walk.proposal(),
        scope=walk.SCOPE,
        milestones=pieces,
        revisions_max=revisions_max,
        by=by(cast.minato()),
        at=AT,
    )


def send_back(milestone: Milestone) -> Milestone:
    contracts.request_revision(milestone=milestone, reason="短く", by=by(cast.minato()), at=AT)
    return walk.milestone(milestone.contract)


def revised(revisions_max: int | None) -> tuple[int, str]:
    """How often a delivery can be sent back, and with which code it ends."""
    contract = contracts.confirm(contract=offered(revisions_max), by=by(cast.hanako()), at=AT)
    walk.pay(walk.milestone(contract))
    for count in range(30):
        milestone = walk.deliver(walk.milestone(contract))
        before = fingerprint()
        try:
            send_back(milestone)
        except Refused as refused:
            assert fingerprint() == before
            walk.accept(milestone)
            return count, refused.refusal.code
    return 30, "endless"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agreed", "count", "code"),
    [
        (None, 2, "revisions_used_up"),
        (0, 0, "revisions_none"),
        (1, 1, "revisions_used_up"),
        (20, 20, "revisions_used_up"),
    ],
)
def test_as_often_as_the_terms_say(agreed: int | None, count: int, code: str) -> None:
    assert revised(agreed) == (count, code)
    document = Terms.objects.get().document
    assert document["inspection"]["revisions_max"] == count
    words = "".join(document["inspection"]["words"])
    assert (f"マイルストーンごとに{count}回まで" in words) == (count > 0)
    assert_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("wished", [-1, 21])
def test_endless_revision_is_not_agreed_on(wished: int) -> None:
    with pytest.raises(Refused, match="revisions_outside"):
        offered(wished)
    assert Contract.objects.count() == 0


@pytest.mark.django_db
def test_what_the_worker_takes_back_is_no_round() -> None:
    milestone = walk.delivered()
    contracts.withdraw_delivery(milestone=milestone, by=by(cast.hanako()), at=AT)
    assert walk.milestone(milestone.contract).revisions_count == 0


@pytest.mark.parametrize(
    ("away", "days"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1), (timedelta(days=1), 1), (timedelta(days=2), 2)]
)
@pytest.mark.django_db
def test_late_begins_with_the_minute_that_was_shown(away: timedelta, days: int) -> None:
    milestone = walk.funded()
    assert lateness.days_late(milestone, DUE + away) == days
    assert lateness.is_late(milestone, DUE + away) == (days > 0)
    assert lateness.work_until(milestone, DUE + away) == DUE


@pytest.mark.django_db
def test_money_that_came_after_the_day_makes_nobody_late() -> None:
    milestone = walk.milestone(walk.agreed())
    walk.pay(milestone, at=DUE)
    milestone = walk.milestone(milestone.contract)
    assert lateness.days_late(milestone, DUE + timedelta(days=9)) == 0
    assert lateness.work_until(milestone, DUE + SECOND) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "late", "early"),
    [
        (datetime(2026, 11, 29, 9, 0, tzinfo=JST), 0, 2),
        (DUE - SECOND, 0, 0),
        (DUE, 1, 0),
        (datetime(2026, 12, 4, 9, 0, tzinfo=JST), 3, 0),
    ],
)
def test_deliveries_late_and_early_are_written_down(moment: datetime, late: int, early: int) -> None:
    milestone = walk.deliver(walk.funded(), at=moment)
    data = Event.objects.get(kind="milestone.deliver").data
    assert (data["days_late"], data["days_early"]) == (late, early)
    assert lateness.days_late(milestone, moment) == late


@pytest.mark.django_db
def test_who_delivered_in_time_is_not_late_with_the_revision() -> None:
    milestone = walk.deliver(walk.funded(), at=DUE - SECOND)
    contracts.request_revision(milestone=milestone, reason="短く", by=by(cast.minato()), at=DUE + SECOND)
    milestone = walk.milestone(milestone.contract)
    assert lateness.work_until(milestone, DUE + SECOND) is None
    walk.deliver(milestone, at=DUE + timedelta(days=3))
    assert Event.objects.filter(kind="milestone.deliver").latest("id").data["days_late"] == 0


@pytest.mark.django_db
def test_a_delivery_taken_back_does_not_stop_the_clock() -> None:
    milestone = walk.deliver(walk.funded(), at=DUE - SECOND)
    contracts.withdraw_delivery(milestone=milestone, by=by(cast.hanako()), at=DUE - SECOND)
    milestone = walk.deliver(walk.milestone(milestone.contract), at=DUE + timedelta(days=3))
    assert lateness.days_late(milestone, DUE + timedelta(days=9)) == 3
