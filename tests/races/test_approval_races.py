"""One answer of a task in several tabs at the same moment: decided once, paid at most once, within the cap."""

from collections import Counter
from functools import partial

import pytest
from django.db.models import QuerySet

from nakadachi.infra.events.models import Event
from nakadachi.market.tasks import actions as tasks
from nakadachi.market.tasks import locking
from nakadachi.market.tasks.models import Claim
from tests import cast, taskwork
from tests.cast import by
from tests.market.test_happy_path import balance_yen
from tests.races.test_market_races import ROUNDS, assert_clean, race
from tests.races.test_task_races import journals_of
from tests.taskwork import LATER

pytestmark = pytest.mark.races
DECIDED = ["claim.approve", "claim.reject", "claim.accept_rejection", "claim.appeal", "claim.grant", "claim.dismiss"]


@pytest.fixture
def client(committed_db):
    cast.hanako()
    return by(cast.minato())


def approving(claim, client):
    return partial(tasks.approve, task=claim.task, claim_ids=[claim.pk], by=client, at=LATER)


def rejecting(claim, client):
    return partial(tasks.reject, claim=claim, reason="wrong", text="お店が実在しません。", by=client, at=LATER)


def decisions(claim) -> int:
    return Event.objects.filter(kind__in=DECIDED, subject_id=claim.pk).count()


def test_one_answer_approved_in_eight_tabs(client):
    task = taskwork.open_task(repeats_max=5)
    for number in range(1, ROUNDS + 1):
        claim = taskwork.submitted(task)
        assert race(*[approving(claim, client)] * 8) == {"done": 1, "claim_nothing_to_approve": 7}
        assert (decisions(claim), journals_of(task.hold_id)) == (1, number)
        assert balance_yen(cast.hanako()) == 100 * number
    assert_clean()


def test_approved_in_one_tab_and_rejected_in_the_other(client):
    task = taskwork.open_task(slots_count=9, repeats_max=9)
    ends: Counter[str] = Counter()
    for _ in range(ROUNDS * 2):
        claim = taskwork.submitted(task)
        outcomes = race(*[approving(claim, client), rejecting(claim, client)] * 3)
        assert outcomes["done"] == 1, outcomes
        assert decisions(claim) == 1
        ends[Claim.objects.get(pk=claim.pk).status] += 1
        if ends["rejected"] == 2:  # near the cap it would be another race
            break
    assert set(ends) <= {"approved", "rejected"}
    assert journals_of(task.hold_id) == ends["approved"]
    assert balance_yen(cast.hanako()) == 100 * ends["approved"]
    assert_clean()


def test_all_are_approved_while_one_is_rejected(client):
    """The one that is rejected first is left out of the rest; otherwise the rejection comes too late."""
    for _ in range(ROUNDS):
        task = taskwork.open_task()
        claims = [taskwork.submitted(task, worker=worker) for worker in taskwork.workers(5)]
        every = partial(tasks.approve_all, task=task, seen_at=LATER, by=client, at=LATER)
        race(every, rejecting(claims[3], client), every, rejecting(claims[3], client))
        statuses = Counter(Claim.objects.filter(task=task).values_list("status", flat=True))
        assert statuses in ({"approved": 5}, {"approved": 4, "rejected": 1})
        assert [decisions(claim) for claim in claims] == [1] * 5
        assert journals_of(task.hold_id) == statuses["approved"]
    assert_clean()


def test_five_rejected_at_once_stay_within_the_cap(client):
    task = taskwork.open_task()
    claims = [taskwork.submitted(task, worker=worker) for worker in taskwork.workers(5)]
    outcomes = race(*[rejecting(claim, client) for claim in claims])
    assert outcomes == {"done": 3, "claim_cap_reached": 2}
    assert Claim.objects.filter(task=task, status="rejected").count() == 3
    assert_clean()


def test_the_operator_grants_while_another_dismisses_and_the_time_runs_out(client):
    offices = [by(cast.offices()["finance"]), by(cast.offices()["admin"])]
    for _ in range(ROUNDS):
        task = taskwork.open_task()
        claim = taskwork.appeal(taskwork.reject(taskwork.submitted(task)))
        deciding = [
            partial(tasks.decide, claim=claim, is_good=is_good, text="確認しました。", by=office, at=LATER)
            for is_good, office in zip((True, False), offices, strict=True)
        ]
        silence = partial(_granted_by_silence, claim.pk, claim.decide_by)
        race(*deciding, silence, *deciding, silence)
        status = Claim.objects.get(pk=claim.pk).status
        assert status in {"approved", "refused"}
        assert Event.objects.filter(kind__in=["claim.grant", "claim.dismiss"], subject_id=claim.pk).count() == 1
        assert journals_of(task.hold_id) == (status == "approved")
    assert_clean()


def _granted_by_silence(claim_id, at) -> None:
    from nakadachi.market.tasks.actions.appealing import grant_by_silence

    grant_by_silence(claim_id=claim_id, at=at)


def test_without_the_lock_on_the_task_more_are_rejected_than_the_cap_allows(client, monkeypatch):
    """The negative control: the same race, and nobody waits for the other."""

    def unlocked(model, **equals):
        return list(
            model.objects.filter(
                **{f"{name}__in" if isinstance(value, list) else name: value for name, value in equals.items()}
            )
        )

    monkeypatch.setattr(locking, "locked", unlocked)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_args, **_options: rows)
    for _ in range(20):
        task = taskwork.open_task()
        claims = [taskwork.submitted(task, worker=worker) for worker in taskwork.workers(5)]
        race(*[rejecting(claim, client) for claim in claims])
        if Claim.objects.filter(task=task, status="rejected").count() > 3:
            return
    pytest.fail("twenty races without locks and nothing went wrong: this test setup proves nothing")
