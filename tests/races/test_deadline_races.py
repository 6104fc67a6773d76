"""The deal deadline against what comes at the same moment: either the step was in time, or the contract had ended."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Prompt, Terms
from nakadachi.money.payments.models import Refund
from tests import walk
from tests.cast import by
from tests.races.test_market_races import assert_clean
from tests.together import at_once

pytestmark = pytest.mark.races


def test_it_ends_once(committed_db: str) -> None:
    one = walk.funded()
    ends_at = Contract.objects.get().deal_ends_at
    done = at_once(*[lambda: contracts.expire(contract_id=one.contract_id, at=ends_at) for _ in range(4)])
    assert sorted(done) == [False, False, False, True]
    assert Event.objects.filter(kind="contract.end").count() == Refund.objects.count() == 1
    assert_clean()


def test_a_delivery_in_the_last_moment_is_in_time_or_too_late(committed_db: str) -> None:
    one = walk.funded()
    ends_at = Contract.objects.get().deal_ends_at
    ended, delivered = at_once(
        lambda: contracts.expire(contract_id=one.contract_id, at=ends_at), lambda: walk.deliver(one, at=ends_at)
    )
    contract, milestone = Contract.objects.get(), walk.milestone(one.contract)
    if ended:
        assert delivered == "milestone_closed"
        assert (contract.status, milestone.status, milestone.hold.status) == ("ended", "settled", "refunded")
    else:
        assert (contract.status, milestone.status, milestone.hold.status) == ("active", "delivered", "funded")
        assert contract.deal_ends_at > ends_at
    assert_clean()


def test_pressed_four_times_at_once_the_other_side_is_asked_once(committed_db: str) -> None:
    contract = walk.delivered().contract
    at, worker = walk.START + timedelta(days=3), by(contract.worker)
    done = at_once(
        *[lambda: contracts.prompt(contract=contract, request_key=uuid4(), by=worker, at=at) for _ in range(4)]
    )
    assert sorted(str(one) for one in done if not isinstance(one, Prompt)) == 3 * ["prompted_lately"]
    assert Prompt.objects.count() == Event.objects.filter(kind="prompt.ask").count() == 1


def test_an_answer_in_the_last_moment_counts_or_the_proposal_has_lapsed(committed_db: str) -> None:
    change = walk.propose_change(walk.funded())
    client, due_at = by(change.contract.client), change.answer_by
    lapsed, agreed = at_once(
        lambda: contracts.lapse_change(change_id=change.pk, at=due_at),
        lambda: contracts.accept_change(change=change, by=client, at=due_at - timedelta(seconds=1)),
    )
    change.refresh_from_db()
    assert (lapsed, change.status) in {(True, "lapsed"), (False, "accepted")}
    assert Terms.objects.count() == (1 if lapsed else 2)
    assert agreed == "move_not_allowed" if lapsed else isinstance(agreed, Contract)
