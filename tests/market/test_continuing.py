"""継続: the same again for the same worker, by one offer that is answered like any other."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import queries
from nakadachi.market.contracts.models import Contract, Terms
from nakadachi.people.standing import sanctions
from tests import cast, monthly, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
LATER = walk.START + timedelta(days=60)


def finished() -> Contract:
    walk.accepted()
    return Contract.objects.latest("pk")


def reorder(contract: Contract, **changes) -> Contract:
    given = {"request_key": uuid4(), "by": by(contract.client), "at": LATER} | changes
    return contracts.reorder(contract=contract, **given)


def test_the_same_again_is_agreed_paid_delivered_and_accepted():
    before = finished()
    made = reorder(before)
    old, new = walk.milestone(before), walk.milestone(made)
    assert (made.status, made.reorder_of_id, made.proposal_id) == ("offered", before.pk, None)
    assert (made.scope, made.amount_yen, made.revisions_max) == (before.scope, before.amount_yen, before.revisions_max)
    assert (new.title, new.amount_yen) == (old.title, old.amount_yen)
    assert new.due_on - jst_date(LATER) == old.due_on - jst_date(before.agreed_at)
    contracts.confirm(contract=made, by=by(made.worker), at=LATER)
    walk.pay(walk.milestone(made), at=LATER)
    walk.accept(walk.deliver(walk.milestone(made), at=LATER), at=LATER)
    assert Contract.objects.get(pk=made.pk).status == "completed"
    assert Terms.objects.filter(contract=made).count() == 1
    assert_clean()


def test_it_takes_no_place_of_the_job_and_leaves_its_proposal_alone():
    before = finished()
    taken = queries.places_taken(before.job_id)
    made = reorder(before)
    contracts.confirm(contract=made, by=by(made.worker), at=LATER)
    assert queries.places_taken(before.job_id) == taken
    assert before.proposal.status == "accepted"


@pytest.mark.parametrize("end", ["decline", "withdraw_offer", "lapse"])
def test_an_offer_to_go_on_ends_like_any_other_and_may_be_made_again(end):
    made = reorder(finished())
    if end == "lapse":
        contracts.lapse(contract=made, at=made.answer_by)
    else:
        side = made.worker if end == "decline" else made.client
        getattr(contracts, end)(contract=made, by=by(side), at=LATER)
    assert Contract.objects.get(pk=made.pk).is_over
    assert reorder(Contract.objects.get(pk=made.reorder_of_id)).status == "offered"


def test_work_by_the_month_goes_on_with_its_plan():
    contract = monthly.funded()
    contracts.hand_back(milestone=monthly.month(contract), by=by(contract.worker), at=walk.START)
    contracts.end_alone(contract=contract, reason="休止", by=by(contract.worker), at=walk.START)
    made = reorder(Contract.objects.get(pk=contract.pk))
    plan = monthly.plan_of(made)
    assert (plan.month_scope, plan.notice_days, plan.status) == ("記事5本", 14, "offered")
    assert plan.starts_on == jst_date(made.answer_by) + timedelta(days=1)
    contracts.confirm(contract=made, by=by(made.worker), at=LATER)
    assert monthly.month(made).amount_yen == 50_000


def test_the_same_press_twice_is_one_offer_and_a_second_one_waits():
    before, key = finished(), uuid4()
    assert reorder(before, request_key=key).pk == reorder(before, request_key=key).pk
    state = fingerprint()
    with pytest.raises(Refused) as refused:
        reorder(before)
    assert refused.value.refusal.code == "reorder_waits"
    assert fingerprint() == state


def test_what_goes_on_the_worker_and_strangers_are_refused():
    running, over, stranger = walk.agreed(), finished(), by(cast.sakura())
    state = fingerprint()
    for contract, actor, code in ((running, running.client, "reorder_not_over"), (over, over.worker, "not_client")):
        with pytest.raises(Refused) as refused:
            reorder(contract, by=by(actor))
        assert refused.value.refusal.code == code
    with pytest.raises(NotVisible):
        reorder(over, by=stranger)
    assert fingerprint() == state


def test_somebody_who_is_suspended_is_offered_nothing_new():
    before = finished()
    sanctions.suspend(member=before.worker, reason="規約違反", by=by(cast.tanaka()), at=LATER)
    with pytest.raises(Refused) as refused:
        reorder(before)
    assert refused.value.refusal.code == "other_cannot_begin"
