"""Several at once, with real threads and real commits: exactly one effect."""

from datetime import date
from uuid import uuid4

import pytest

from nakadachi.kernel.actor import SYSTEM, Actor
from nakadachi.money.ledger import queries as ledger
from nakadachi.money.payouts import actions, checks, queries
from nakadachi.money.payouts.models import ClosingRun, Payout
from tests.earners import STAFF, hanako, jst
from tests.together import at_once

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("committed_db")]

THREADS = 8
AFTER = jst(2026, 11, 16, 0, 5)
BEFORE = jst(2026, 11, 12)


def sound() -> None:
    assert list(checks.in_transit()) == []
    assert list(checks.run_totals()) == []
    assert sum(row.balance_yen for row in ledger.trial_balance()) == 0


def request(person, key=None):
    return actions.request(member=person, request_key=key or uuid4(), by=Actor.member(person.pk), at=BEFORE)


def close():
    return actions.close(closes_on=date(2026, 11, 15), by=SYSTEM, at=AFTER)


def test_eight_close_the_same_day():
    people = [hanako(1_000 * (n + 1)) for n in range(4)]
    answers = at_once(*[close] * THREADS)
    assert len({run.pk for run in answers}) == 1
    assert ClosingRun.objects.count() == 1
    assert Payout.objects.count() == len(people)
    assert ClosingRun.objects.get().total_yen == 10_000
    sound()


def test_eight_ask_for_the_same_balance():
    person = hanako()
    answers = at_once(*[lambda: request(person)] * THREADS)
    assert sum(isinstance(answer, Payout) for answer in answers) == 1
    assert set(filter(lambda answer: isinstance(answer, str), answers)) == {"already_requested"}
    assert queries.balance_yen(person.pk) == 0
    sound()


def test_a_double_click_is_one_request():
    person, key = hanako(), uuid4()
    answers = at_once(*[lambda: request(person, key)] * THREADS)
    assert len({answer.pk for answer in answers}) == 1
    assert Payout.objects.count() == 1
    sound()


def test_requests_while_eight_cancel():
    person = hanako(payout_mode="on_request")
    payout = request(person)
    cancel = lambda: actions.cancel(payout=payout, by=Actor.member(person.pk), at=BEFORE)  # noqa: E731
    answers = at_once(*[cancel] * 4, *[lambda: request(person)] * 4)
    assert sum(getattr(answer, "status", "") == "cancelled" for answer in answers) == 1
    again = Payout.objects.filter(status="requested").count()
    assert again in {0, 1}
    assert queries.balance_yen(person.pk) == (0 if again else 8_350)
    sound()


@pytest.mark.parametrize("round_", range(4))
def test_a_run_closes_while_the_member_cancels_and_asks(round_):
    person = hanako(payout_mode="on_request" if round_ % 2 else "auto")
    payout = request(person)
    cancel = lambda: actions.cancel(payout=payout, by=Actor.member(person.pk), at=BEFORE)  # noqa: E731
    at_once(close, cancel, close, cancel, lambda: request(person), close, cancel, close)
    payout.refresh_from_db()
    assert payout.status in {"batched", "cancelled"}
    flying = sum(Payout.objects.filter(status__in=["requested", "batched"]).values_list("amount_yen", flat=True))
    assert queries.balance_yen(person.pk) + flying == 8_350
    sound()


def test_the_file_and_the_sending_happen_once():
    hanako()
    run = close()
    made = at_once(*[lambda: actions.make_file(run=run, by=STAFF, at=AFTER)] * THREADS)
    assert len({answer.file_sha256 for answer in made}) == 1
    at_once(*[lambda: actions.mark_sent(run=run, bank_charge_yen=145, by=STAFF, at=AFTER)] * THREADS)
    payout = Payout.objects.get()
    at_once(*[lambda: actions.mark_returned(payout=payout, reason="口座なし", by=STAFF, at=AFTER)] * THREADS)
    kinds = [ledger.journal(journal).kind for journal in ledger.journals_about("payout", payout.pk)]
    assert kinds == ["payout.request", "payout.settle", "payout.returned"]
    assert len(ledger.journals_about("closing_run", run.pk)) == 1
    sound()
