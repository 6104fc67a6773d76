"""The deal deadline against what comes at the same moment: either the step was in time, or the contract had ended."""

import pytest

from nakadachi.infra.events.models import Event
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract
from nakadachi.money.payments.models import Refund
from tests import walk
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
