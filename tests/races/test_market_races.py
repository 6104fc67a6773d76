"""Eight real threads on one piece of work: exactly one effect, nobody waits for ever, every yen accounted for."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections
from django.db.models import QuerySet

from nakadachi.infra import timers
from nakadachi.infra.events.models import Event
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.market.jobs import actions as jobs
from nakadachi.market.jobs.draft import JobDraft
from nakadachi.market.sourcing import actions as sourcing
from nakadachi.market.sourcing.models import Proposal
from nakadachi.money.ledger import book, checks, queries
from nakadachi.money.payments import actions as payments
from nakadachi.money.payments.gateways.sandbox.cards import SUCCESS
from nakadachi.money.payments.models import Payment
from tests import cast, walk
from tests.cast import by

pytestmark = pytest.mark.races
AT = walk.START
ROUNDS = 3


def race(*runners: Callable[[], object]) -> Counter[str]:
    """Start all at once; how often each outcome came: `done`, or the code of a refusal. Anything else fails."""
    barrier = threading.Barrier(len(runners))
    outcomes: list[object] = [None] * len(runners)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            runners[place]()
            outcomes[place] = "done"
        except Refused as refused:
            outcomes[place] = refused.refusal.code
        except NotVisible:
            outcomes[place] = "not_visible"
        except OperationalError as error:
            outcomes[place] = f"database: {error}"
        except BaseException as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(runners))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return Counter(str(outcome) for outcome in outcomes)


def assert_clean() -> None:
    assert [str(offender) for offender in checks.run()] == []


def earned_yen() -> int:
    return queries.balance_yen(book.open_account("member", "member", cast.hanako().pk))


@pytest.fixture
def people(committed_db):
    return cast.minato(), cast.hanako(), cast.ren(), cast.sakura()


def test_accepted_eight_times_at_once(people):
    for number in range(1, ROUNDS + 1):
        milestone = walk.delivered()
        accept = partial(contracts.accept, milestone=milestone, by=by(cast.minato()), at=AT)
        outcomes = race(*[accept] * 8)
        assert outcomes["done"] == 1, outcomes
        assert earned_yen() == 8_350 * number
        assert Event.objects.filter(kind="milestone.accept", subject_id=milestone.pk).count() == 1
    assert_clean()


def test_accepted_while_it_is_handed_back(people):
    ends = Counter()
    for _ in range(ROUNDS * 2):
        milestone = walk.delivered()
        accept = partial(contracts.accept, milestone=milestone, by=by(cast.minato()), at=AT)
        hand_back = partial(contracts.hand_back, milestone=milestone, by=by(cast.hanako()), at=AT)
        outcomes = race(accept, hand_back, accept, hand_back)
        assert outcomes["done"] == 1, outcomes
        milestone = walk.milestone(milestone.contract)
        ends[milestone.status] += 1
        assert milestone.hold.status == {"accepted": "released", "handed_back": "refunded"}[milestone.status]
    assert earned_yen() == 8_350 * ends["accepted"]
    assert_clean()


def test_accepted_while_the_sweeper_comes(people):
    for number in range(1, ROUNDS + 1):
        milestone = walk.delivered()
        due = milestone.auto_accept_at
        accept = partial(contracts.accept, milestone=milestone, by=by(cast.minato()), at=due)
        sweep = partial(timers.run, at=due)
        race(accept, sweep, sweep, accept, sweep, sweep, accept, sweep)
        assert walk.milestone(milestone.contract).status == "accepted"
        assert earned_yen() == 8_350 * number
    assert_clean()


def test_sent_back_while_the_sweeper_comes(people):
    """Whoever is first wins, and the other finds nothing to do."""
    for _ in range(ROUNDS):
        milestone = walk.delivered()
        due = milestone.auto_accept_at
        revise = partial(contracts.withdraw_delivery, milestone=milestone, by=by(cast.hanako()), at=due)
        race(revise, partial(timers.run, at=due), revise, partial(timers.run, at=due))
        milestone = walk.milestone(milestone.contract)
        assert (milestone.status, milestone.hold.status) in {("accepted", "released"), ("open", "funded")}
    assert_clean()


def test_one_milestone_paid_in_eight_tabs(people):
    milestone = walk.milestone(walk.agreed())
    client = by(cast.minato())

    def pay() -> None:
        payment = contracts.start_funding(milestone=milestone, request_key=uuid4(), by=client, at=AT)
        payments.charge(payment_id=payment.pk, card_token=SUCCESS, by=client, at=AT)

    outcomes = race(*[pay] * 8)
    assert outcomes["done"] >= 1, outcomes
    assert set(outcomes) <= {"done", "funding_in_process", "already_funded"}
    assert Payment.objects.filter(status="captured").count() == 1
    assert walk.milestone(milestone.contract).hold.funded_yen == 10_550
    assert_clean()


def test_paid_while_the_worker_ends_it(people):
    """Either the contract goes on funded, or the money is on its way back."""
    for _ in range(ROUNDS):
        contract = walk.agreed()
        milestone = walk.milestone(contract)
        end = partial(contracts.end_alone, contract=contract, reason="都合", by=by(cast.hanako()), at=AT)
        race(partial(walk.pay, milestone), end, end)
        milestone = walk.milestone(contract)
        money = milestone.hold.status if milestone.hold else "none"
        assert (milestone.status, money) in {
            ("open", "funded"), ("settled", "refunded"), ("settled", "unfunded"), ("settled", "none"),
        }  # fmt: skip
        assert_clean()


def test_one_proposal_offered_eight_times(people):
    sent = walk.proposal()
    client = by(cast.minato())
    pieces = walk.pieces([10_000], walk.DUE_ON)
    offer = partial(contracts.offer, proposal=sent, scope="記事", milestones=pieces, by=client, at=AT)
    assert race(*[offer] * 8) == {"done": 1, "proposal_gone": 7}
    assert (Contract.objects.count(), Milestone.objects.count()) == (1, 1)


def test_the_last_place_offered_to_three(people):
    job = walk.open_job()
    client = by(cast.minato())
    sent = [walk.proposal(job, worker=worker) for worker in (cast.hanako(), cast.ren(), cast.sakura())]
    pieces = walk.pieces([10_000], walk.DUE_ON)
    offers = [partial(contracts.offer, proposal=one, scope="記事", milestones=pieces, by=client, at=AT) for one in sent]
    assert race(*offers) == {"done": 1, "hires_full": 2}


def test_confirmed_while_it_is_declined_and_lapses(people):
    for _ in range(ROUNDS):
        contract = walk.offered()
        hanako = by(cast.hanako())
        confirm = partial(contracts.confirm, contract=contract, by=hanako, at=AT)
        decline = partial(contracts.decline, contract=contract, by=hanako, at=AT)
        lapse = partial(contracts.lapse, contract=contract, at=contract.answer_by)
        outcomes = race(confirm, decline, lapse, confirm, decline, lapse)
        assert outcomes == {"done": 1, "move_not_allowed": 5}
        contract.refresh_from_db()
        assert (contract.status, Proposal.objects.get(pk=contract.proposal_id).status) in {
            ("active", "accepted"), ("declined", "withdrawn"), ("lapsed", "withdrawn"),
        }  # fmt: skip


def test_two_confirm_while_the_job_fills_and_others_propose(people):
    job = walk.open_job(hires_max=2)
    first, second = (walk.offered(job=job, worker=worker) for worker in (cast.hanako(), cast.ren()))
    third = walk.proposal(job, worker=cast.sakura())
    outcomes = race(
        partial(contracts.confirm, contract=first, by=by(cast.hanako()), at=AT),
        partial(contracts.confirm, contract=second, by=by(cast.ren()), at=AT),
        partial(sourcing.withdraw, proposal=third, by=by(cast.sakura()), at=AT),
        partial(jobs.close, job=job, by=by(cast.minato()), at=AT),
    )
    assert outcomes["done"] >= 2, outcomes
    job.refresh_from_db()
    third.refresh_from_db()
    assert job.status == "closed"
    assert third.status in {"withdrawn", "declined"}


def test_delivered_eight_times_with_one_key_and_with_eight(people):
    milestone = walk.funded()
    hanako, key = by(cast.hanako()), uuid4()
    once = partial(contracts.deliver, milestone=milestone, note="どうぞ", request_key=key, by=hanako, at=AT)
    assert race(*[once] * 8) == {"done": 8}
    assert milestone.deliveries.count() == 1
    milestone = walk.funded()
    each = [
        partial(contracts.deliver, milestone=milestone, note="どうぞ", request_key=uuid4(), by=hanako, at=AT)
        for _ in range(8)
    ]
    assert race(*each) == {"done": 1, "already_delivered": 7}


def test_an_ending_is_agreed_while_the_work_is_accepted(people):
    for _ in range(ROUNDS):
        milestone = walk.delivered()
        end = walk.propose_end(milestone)
        agree = partial(contracts.accept_end, end=end, by=by(cast.hanako()), at=AT)
        accept = partial(contracts.accept, milestone=milestone, by=by(cast.minato()), at=AT)
        outcomes = race(agree, accept, agree, accept)
        assert outcomes["done"] == 1, outcomes
        milestone = walk.milestone(milestone.contract)
        assert (milestone.status, milestone.hold.status) in {("accepted", "released"), ("settled", "split")}
    assert_clean()


def test_conditions_agreed_while_the_proposal_is_withdrawn(people):
    for _ in range(ROUNDS):
        counter = walk.counter()
        hanako = by(cast.hanako())
        agree = partial(sourcing.accept_counter, counter=counter, by=hanako, at=AT)
        leave = partial(sourcing.withdraw, proposal=counter.proposal, by=hanako, at=AT)
        take_back = partial(sourcing.withdraw_counter, counter=counter, by=by(cast.minato()), at=AT)
        race(agree, leave, take_back, agree, leave, take_back)
        counter.refresh_from_db()
        sent = Proposal.objects.get(pk=counter.proposal_id)
        assert sent.status == "withdrawn"
        agreed = (sent.amount_yen, sent.version)
        assert agreed == ((9_000, 2) if counter.status == "accepted" else (10_000, 1))


def test_an_offer_is_taken_back_while_it_is_answered(people):
    for _ in range(ROUNDS):
        contract = walk.offered()
        outcomes = race(
            *[partial(contracts.withdraw_offer, contract=contract, by=by(cast.minato()), at=AT)] * 3,
            *[partial(contracts.confirm, contract=contract, by=by(cast.hanako()), at=AT)] * 3,
        )
        assert outcomes == {"done": 1, "move_not_allowed": 5}
        contract.refresh_from_db()
        assert (contract.status, Proposal.objects.get(pk=contract.proposal_id).status) in {
            ("active", "accepted"), ("withdrawn", "sent"),
        }  # fmt: skip


def test_places_are_taken_away_while_the_last_is_offered(people):
    """Whoever is first: never more offers than places."""
    for _ in range(ROUNDS):
        job = walk.open_job(hires_max=2)
        walk.offered(job=job, worker=cast.ren())
        sent = walk.proposal(job)
        fewer = replace(JobDraft.of(job), hires_max=1)
        pieces = walk.pieces([10_000], walk.DUE_ON)
        client = by(cast.minato())
        outcomes = race(
            partial(jobs.edit, job=job, draft=fewer, by=client, at=AT),
            partial(contracts.offer, proposal=sent, scope="記事", milestones=pieces, by=client, at=AT),
        )
        assert outcomes["done"] == 1, outcomes
        job.refresh_from_db()
        assert Contract.objects.filter(job=job).count() <= job.hires_max


def test_without_row_locks_the_last_place_is_given_twice(people, monkeypatch):
    """The negative control: the same race with locking switched off goes wrong, so the race is a real one."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_args, **_options: rows)
    client = by(cast.minato())
    for _ in range(20):
        job = walk.open_job()
        sent = [walk.proposal(job, worker=worker) for worker in (cast.hanako(), cast.ren(), cast.sakura())]
        pieces = walk.pieces([10_000], walk.DUE_ON)
        outcomes = race(
            *[partial(contracts.offer, proposal=one, scope="記事", milestones=pieces, by=client, at=AT) for one in sent]
        )
        if outcomes["done"] > 1:
            return
    pytest.fail("twenty races without locks and nothing went wrong: this test setup proves nothing")


def test_same_posting_form_eight_times(people):
    minato, key = cast.minato(), uuid4()
    write = partial(jobs.write, client=minato, draft=walk.JOB, request_key=key, by=by(minato), at=AT)
    assert race(*[write] * 8) == {"done": 8}
    job = walk.open_job()
    send = partial(sourcing.send, job=job, worker=cast.hanako(), draft=walk.PROPOSAL, by=by(cast.hanako()), at=AT)
    assert race(*[partial(send, request_key=uuid4()) for _ in range(8)]) == {"done": 1, "already_proposed": 7}


def test_a_change_accepted_while_it_is_withdrawn(people):
    for _round in range(ROUNDS):
        milestone = walk.funded()
        change = walk.propose_change(milestone)
        accept = partial(contracts.accept_change, change=change, by=by(cast.minato()), at=AT)
        withdraw = partial(contracts.withdraw_change, change=change, by=by(cast.hanako()), at=AT)
        outcomes = race(accept, withdraw, accept, withdraw)
        assert outcomes == {"done": 1, "move_not_allowed": 3}
        change.refresh_from_db()
        versions = milestone.contract.terms.count()
        assert (change.status, versions) in {("accepted", 2), ("withdrawn", 1)}
    assert_clean()


def test_a_change_proposed_by_both_at_once(people):
    milestone = walk.funded()
    outcomes = race(
        partial(walk.propose_change, milestone, by_worker=True),
        partial(walk.propose_change, milestone, by_worker=False),
    )
    assert outcomes == {"done": 1, "change_open": 1}
