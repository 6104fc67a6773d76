"""Terms changed by agreement: dates moved, milestones added, a new version written; nobody changes them alone."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.infra.text import TEXT_LENGTH_MAX
from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.money import AMOUNT_YEN_MAX
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import timers as contract_timers
from nakadachi.market.contracts.drafts import MilestoneDraft
from nakadachi.market.contracts.models import Contract, Milestone, Terms, TermsChange
from nakadachi.money.documents.canonical import sha256_of
from nakadachi.people.standing.models import Standing
from tests import cast, walk
from tests.cast import by
from tests.market.state import assert_clean, fingerprint

pytestmark = pytest.mark.django_db
AT = walk.START
TODAY = jst_date(AT)
LATER = walk.DUE_ON + timedelta(days=7)
EXTRA = MilestoneDraft("追加の記事", 5_000, LATER)


def refused(act, **arguments) -> str:
    before = fingerprint()
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert fingerprint() == before
    return caught.value.refusal.code


def test_a_date_both_agreed_on_is_a_new_version_of_the_terms() -> None:
    first = walk.funded((6_000, 4_000))
    change = walk.propose_change(first)
    assert walk.milestone(first.contract).due_on == walk.DUE_ON, "until the answer the old terms hold"
    contracts.accept_change(change=change, by=by(cast.minato()), at=AT)
    assert walk.milestone(first.contract).due_on == LATER
    old, new = Terms.objects.filter(contract=first.contract).order_by("version")
    assert [piece["due_on"] for piece in old.document["milestones"]] == ["2026-12-01", "2026-12-01"]
    assert [piece["due_on"] for piece in new.document["milestones"]] == ["2026-12-08", "2026-12-01"]
    assert new.document["replaces"] == {"version": 1, "sha256": old.sha256}
    assert new.sha256 == sha256_of(new.document)
    assert new.document["totals"] == old.document["totals"]
    assert Event.objects.get(kind="termschange.accept").data["contract_id"] == first.contract_id
    assert_clean()


def test_the_time_for_inspection_counts_from_the_delivery_whatever_the_date() -> None:
    milestone = walk.delivered()
    silent_at = milestone.auto_accept_at
    contracts.accept_change(change=walk.propose_change(milestone), by=by(cast.minato()), at=AT)
    milestone = walk.milestone(milestone.contract)
    assert milestone.auto_accept_at == silent_at
    assert timers.run(at=silent_at)["deliveries accepted after silence"] == 1


def test_a_milestone_added_by_agreement_is_funded_like_any_other() -> None:
    contract = walk.agreed()
    change = walk.propose_change(walk.milestone(contract), None, added=[EXTRA], by_worker=False)
    contracts.accept_change(change=change, by=by(cast.hanako()), at=AT)
    contract = Contract.objects.get()
    assert contract.amount_yen == 15_000
    added = walk.milestone(contract, 2)
    assert (added.title, added.amount_yen, added.due_on) == ("追加の記事", 5_000, LATER)
    walk.pay(added)
    walk.accept(walk.deliver(walk.milestone(contract, 2)))
    assert Contract.objects.get().status == "active", "the first one is still to be done"
    assert Terms.objects.get(version=2).document["totals"]["amount_yen"] == 15_000
    assert_clean()


@pytest.mark.parametrize(
    ("due_on", "added", "reason", "code"),
    [
        (None, [], "都合により", "change_empty"),
        (walk.DUE_ON, [], "都合により", "change_same_day"),
        (TODAY, [], "都合により", "milestone_due_past"),
        (TODAY + timedelta(days=731), [], "都合により", "milestone_due_too_late"),
        (LATER, [], " \n", "change_reason_missing"),
        (LATER, [], "長" * (TEXT_LENGTH_MAX + 1), "reason_too_long"),
        (None, [MilestoneDraft(" ", 5_000, LATER)], "追加", "milestone_title_missing"),
        (None, [MilestoneDraft("記事", 99, LATER)], "追加", "milestone_too_small"),
        (None, [MilestoneDraft("記事", 5_000, TODAY)], "追加", "milestone_due_past"),
        (None, [EXTRA] * 200, "追加", "too_many_milestones"),
        (None, [MilestoneDraft("記事", AMOUNT_YEN_MAX - 1, LATER)], "追加", "amount_too_large"),
    ],
)
def test_a_change_that_cannot_be_proposed(due_on: date | None, added: list, reason: str, code: str) -> None:
    milestone = walk.funded()
    act = partial(walk.propose_change, milestone, due_on, added=added, reason=reason)
    assert refused(act) == code


def test_prices_together_are_no_more_than_a_contract_may_hold() -> None:
    contract = walk.agreed((6_000, 4_000))
    first = walk.milestone(contract)

    def propose(amount_yen: int) -> TermsChange:
        return contracts.propose_change(
            contract=contract,
            dates={},
            prices={first.pk: amount_yen},
            added=[],
            reason="増額",
            request_key=uuid4(),
            by=by(cast.minato()),
            at=AT,
        )

    assert refused(partial(propose, AMOUNT_YEN_MAX - 4_000)) == "amount_too_large"
    contracts.accept_change(change=propose(AMOUNT_YEN_MAX - 4_001), by=by(cast.hanako()), at=AT)
    assert Contract.objects.get().amount_yen == AMOUNT_YEN_MAX - 1


def test_one_change_waits_at_a_time_and_the_same_form_twice_is_one() -> None:
    milestone, key = walk.funded((6_000, 4_000)), uuid4()
    first = walk.propose_change(milestone, request_key=key)
    assert walk.propose_change(milestone, request_key=key).pk == first.pk
    assert TermsChange.objects.count() == 1
    assert refused(partial(walk.propose_change, walk.milestone(milestone.contract, 2))) == "change_open"
    other = walk.funded()
    assert refused(partial(walk.propose_change, other, request_key=key)) == "key_reused"


def test_a_date_that_passed_while_nobody_answered_is_not_agreed_any_more() -> None:
    late = contract_timers.last_minute(LATER) - timedelta(hours=20)
    change = walk.propose_change(walk.funded(), at=late - timedelta(days=3))
    assert refused(contracts.accept_change, change=change, by=by(cast.minato()), at=late) == "change_overtaken"
    contracts.decline_change(change=change, by=by(cast.minato()), at=late)


@pytest.mark.parametrize("end", ["hand_back", "accept", "accept_end", "end_alone"])
def test_what_finishes_the_milestone_overtakes_the_change(end: str) -> None:
    milestone = walk.milestone(walk.agreed()) if end == "end_alone" else walk.delivered()
    change = walk.propose_change(milestone)
    client, worker = by(cast.minato()), by(cast.hanako())
    if end == "hand_back":
        contracts.hand_back(milestone=milestone, by=worker, at=AT)
    elif end == "accept":
        contracts.accept(milestone=milestone, by=client, at=AT)
    elif end == "accept_end":
        contracts.accept_end(end=walk.propose_end(milestone), by=worker, at=AT)
    else:
        contracts.end_alone(contract=milestone.contract, reason="中止", by=client, at=AT)
    change.refresh_from_db()
    assert (change.status, change.answered_at) == ("withdrawn", AT)


def test_finishing_another_milestone_leaves_the_change_open() -> None:
    first = walk.delivered((6_000, 4_000))
    change = walk.propose_change(walk.milestone(first.contract, 2))
    walk.accept(first)
    change.refresh_from_db()
    assert change.status == "open"


@pytest.mark.parametrize("by_worker", [True, False])
def test_nobody_answers_a_change_of_their_own(by_worker: bool) -> None:
    """Nor takes back, nor drops, what the other side proposed."""
    change = walk.propose_change(walk.funded(), by_worker=by_worker)
    own, other = (by(cast.hanako()), by(cast.minato())) if by_worker else (by(cast.minato()), by(cast.hanako()))
    assert refused(contracts.accept_change, change=change, by=own, at=AT) == "change_own"
    assert refused(contracts.decline_change, change=change, by=own, at=AT) == "change_own"
    assert refused(contracts.withdraw_change, change=change, by=other, at=AT) == "change_not_own"
    assert refused(contracts.drop_change, change=change, by=other, at=AT) == "move_not_allowed"
    contracts.withdraw_change(change=change, by=own, at=AT)
    assert Milestone.objects.get().due_on == walk.DUE_ON


def test_strangers_learn_nothing_of_a_change() -> None:
    milestone = walk.funded()
    change, sakura = walk.propose_change(milestone), by(cast.sakura())
    before = fingerprint()
    for act in (contracts.accept_change, contracts.decline_change, contracts.withdraw_change):
        with pytest.raises(NotVisible):
            act(change=change, by=sakura, at=AT)
    with pytest.raises(NotVisible):
        contracts.propose_change(
            contract=milestone.contract, dates={}, added=[EXTRA], reason="x", request_key=uuid4(), by=sakura, at=AT
        )
    assert fingerprint() == before


@pytest.mark.parametrize("who", ["minato", "hanako"])
def test_further_milestones_are_new_work_and_wait_for_good_standing(who: str) -> None:
    milestone = walk.funded()
    Standing.objects.create(member=getattr(cast, who)(), suspended_at=AT)
    code = refused(partial(walk.propose_change, milestone, None, added=[EXTRA]))
    assert code == ("suspended" if who == "hanako" else "other_cannot_begin")
    change = walk.propose_change(milestone)
    contracts.accept_change(change=change, by=by(cast.minato()), at=AT)
    assert Milestone.objects.get().due_on == LATER, "a date of running work moves as before"
