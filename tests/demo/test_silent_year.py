"""400 days ahead, everybody silent: no yen is held, nothing waits, the ledger is clean, all in order of its time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from nakadachi.closing.models import Closing
from nakadachi.config import sweeping
from nakadachi.infra import timers
from nakadachi.infra.timers import Timer
from nakadachi.money.escrow.models import Hold
from nakadachi.money.ledger import checks, queries
from tests import database
from tests.demo import lives, resting
from tests.demo.conftest import LOADED_AT

pytestmark = pytest.mark.xdist_group("demo")

DAYS = timedelta(days=400)
OF_EVERY_FORMAT = {
    "deliveries accepted after silence",
    "offers lapsed",
    "contracts ended by silence",
    "jobs closed",
    "proposals not answered",
    "tasks closed",
    "answers approved after silence",
    "rejections final",
    "objections granted after silence",
    "hourly weeks made",
    "hourly weeks decided",
    "months written down",
    "unpaid months that did not begin",
    "stages of mediation ended",
    "payment forms left",
}


@dataclass
class Played:
    """What the timers did, in the order in which they did it: name, when it was due, and the time it was given."""

    acts: list[tuple[str, datetime, datetime]] = field(default_factory=list)

    def listening(self, timer: Timer) -> Timer:
        """The same timer, which writes down what it does."""
        told: dict[int, datetime] = {}

        def due(at: datetime, limit: int) -> list[timers.Due]:
            rows = list(timer.due(at, limit))
            told.update({pk: due_at for due_at, pk in rows})
            return rows

        def act(pk: int, at: datetime) -> bool:
            is_done = timer.act(pk, at)
            if is_done:
                self.acts.append((timer.name, told[pk], at))
            return is_done

        return Timer(timer.name, due, act)


@pytest.fixture(scope="module")
def year(loaded: tuple[str, int], django_db_blocker) -> Iterator[Played]:
    """A copy of the market in which 400 days have passed. The files are those of the market: a year removes archives,
    so `test_market.py` comes first, as its name does."""
    name = f"{loaded[0]}_year"
    database.new_database(name, template=loaded[0])
    played = Played()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), database.connected_to(name):
        heard = {name: played.listening(timer) for name, timer in timers._timers.items()}
        patch.setattr(timers, "_timers", heard)
        sweeping.sweep(at=LOADED_AT + DAYS, since=LOADED_AT)
        yield played
    database.drop_database(name)


def test_no_yen_is_held(year: Played) -> None:
    held = {row.account: row.balance_yen for row in queries.trial_balance() if row.account.startswith("hold:")}
    assert {account: yen for account, yen in held.items() if yen} == {}
    assert not Hold.objects.filter(status__in=["funded", "frozen"]).exists()


def test_nothing_waits(year: Played) -> None:
    assert resting.waiting() == []


def test_who_was_on_the_way_out_has_left(year: Played) -> None:
    assert set(Closing.objects.values_list("status", flat=True)) == {"erased", "undone"}


def test_the_ledger_is_clean(year: Played) -> None:
    assert [str(offender) for offender in checks.run()] == []


def test_everything_is_done_in_the_order_of_its_time_and_at_its_own_time(year: Played) -> None:
    before = LOADED_AT - timedelta(days=1)
    for name, due_at, at in year.acts:
        assert at == max(due_at, before), f"{name} due at {due_at} was given {at}"
        before = at
    own = sum(due_at == at for _name, due_at, at in year.acts)
    assert own > 0.9 * len(year.acts), "what comes due by another act in the past is the exception"


def test_every_format_had_its_part(year: Played) -> None:
    assert {name for name, _due_at, _at in year.acts} >= OF_EVERY_FORMAT


def test_what_may_rest_is_a_state_there_is_and_none_of_the_last() -> None:
    known = {
        (model._meta.model_name, state): lifecycle for model, lifecycle in lives.LIVES for state in lifecycle.states
    }
    for rest in resting.RESTS:
        assert rest.state not in known[rest.model, rest.state].final
        assert rest.why


def test_somebody_who_waits_is_noticed(market: int) -> None:
    """The check itself: on the day of the load much of it waits."""
    kinds = {row.rpartition(" ")[0] for row in resting.waiting()}
    assert kinds >= {"contract active", "milestone delivered", "claim submitted", "workweek reported", "case deciding"}
