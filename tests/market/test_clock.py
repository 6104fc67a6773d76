"""Deadlines at one second before, at, and one second after; and the 60 days of the Freelance Act."""

from datetime import date, datetime, timedelta

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.kernel.calendar import JST, jst_date, start_of_day
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import timers as contract_timers
from nakadachi.market.contracts.models import Contract
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money import rulebook
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

SECOND = timedelta(seconds=1)


def swept(at: datetime) -> tuple[int, int, int]:
    """How many deliveries were accepted, offers lapsed, jobs closed."""
    done = timers.run(at=at)
    return done["deliveries accepted after silence"], done["offers lapsed"], done["jobs closed"]


@pytest.mark.django_db
@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_silence_accepts_exactly_then(away: timedelta, is_due: bool) -> None:
    milestone = walk.delivered()
    assert milestone.auto_accept_at == datetime(2026, 11, 16, 23, 59, tzinfo=JST)
    assert swept(milestone.auto_accept_at + away) == (int(is_due), 0, 0)
    milestone = walk.milestone(milestone.contract)
    assert milestone.status == ("accepted" if is_due else "delivered")
    if is_due:
        event = Event.objects.get(kind="milestone.accept")
        assert event.actor_kind == "system"
        assert jst_date(milestone.accepted_at) == date(2026, 11, 16), "on the day that was shown"
    assert_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_an_offer_lapses_exactly_then(away: timedelta, is_due: bool) -> None:
    contract = walk.offered()
    assert swept(contract.answer_by + away)[:2] == (0, int(is_due))
    contract = Contract.objects.get()
    assert contract.status == ("lapsed" if is_due else "offered")
    assert Proposal.objects.get().status == ("withdrawn" if is_due else "chosen")


@pytest.mark.django_db
@pytest.mark.parametrize(("away", "is_due"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_a_job_closes_at_the_end_of_its_last_day(away: timedelta, is_due: bool) -> None:
    job = walk.open_job()
    over = start_of_day(job.closes_on + timedelta(days=1))
    assert swept(over + away) == (0, 0, int(is_due))
    job.refresh_from_db()
    assert job.is_open is not is_due


@pytest.mark.django_db
def test_sweeping_again_changes_nothing() -> None:
    milestone = walk.delivered()
    walk.offered()
    late = milestone.auto_accept_at + timedelta(days=3)
    assert swept(late)[:2] == (1, 1)
    before = fingerprint()
    assert swept(late) == (0, 0, 0)
    assert fingerprint() == before


@pytest.mark.django_db
def test_a_delivery_sent_back_or_taken_back_is_not_accepted_by_silence() -> None:
    milestone = walk.delivered()
    due = milestone.auto_accept_at

    contracts.withdraw_delivery(milestone=milestone, by=by(cast.hanako()), at=walk.START)
    assert swept(due)[0] == 0


@pytest.mark.parametrize("hour", [0, 9, 14, 15, 23])
def test_the_day_is_the_japanese_one(hour: int) -> None:
    delivered_at = datetime(2026, 11, 2, hour, 30, tzinfo=JST)
    assert contract_timers.auto_accept_at(delivered_at, 14) == datetime(2026, 11, 16, 23, 59, tzinfo=JST)


@pytest.mark.parametrize("days", [1, 14, 29])
def test_pay_arrives_within_sixty_days_of_any_delivery(days: int) -> None:
    """The day of delivery counts as the first; every day of eight years, with the longest silence."""
    assert rulebook.current().payout.auto_accept_days_max == 29
    for number in range(8 * 365 + 2):
        due_on = date(2025, 1, 1) + timedelta(days=number)
        silence_on = jst_date(contract_timers.auto_accept_at(start_of_day(due_on), days))
        assert silence_on == contract_timers.inspected_on(due_on, days)
        assert (contract_timers.paid_on(due_on, days) - due_on).days + 1 <= 60, due_on
