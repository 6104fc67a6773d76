"""Who sees what, whose turn it is, what waits for whom; and in how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import actions as contracts
from nakadachi.market.contracts import queries, timers, todos, turn
from nakadachi.market.contracts.models import Delivery
from nakadachi.market.jobs import queries as jobs
from nakadachi.market.sourcing import queries as sourcing
from tests import cast, walk
from tests.cast import by

pytestmark = pytest.mark.django_db
AT = walk.START


def count_of(read) -> int:
    with CaptureQueriesContext(connection) as seen:
        read()
    return len(seen)


def waits(member, at=AT) -> list[tuple[str, bool]]:
    return [(todo.kind, todo.is_late) for todo in todos.todo_for(by(member), at)]


def test_what_is_not_yours_does_not_exist() -> None:
    sakura, hanako = by(cast.sakura()), by(cast.hanako())
    draft = walk.draft_job()
    milestone = walk.delivered()
    contract = milestone.contract
    delivery = Delivery.objects.get()
    end = walk.propose_end(milestone)
    template_owner = by(cast.ren())
    tries = [
        (jobs.job_for, (sakura, draft.pk)),
        (jobs.job_for, (None, draft.pk)),
        (jobs.own_job_for, (hanako, contract.job_id)),
        (sourcing.proposal_for, (sakura, contract.proposal_id)),
        (sourcing.of_job_page, (hanako, contract.job)),
        (sourcing.template_for, (template_owner, 1)),
        (queries.contract_for, (sakura, contract.pk)),
        (queries.milestone_for, (sakura, contract.pk, milestone.pk)),
        (queries.milestone_for, (hanako, contract.pk + 1, milestone.pk)),
        (queries.view_for, (sakura, contract.pk)),
        (queries.terms_for, (sakura, contract.pk, 1)),
        (queries.terms_for, (hanako, contract.pk, 2)),
        (queries.delivery_for, (sakura, delivery.pk)),
        (queries.end_proposal_for, (sakura, contract.pk, end.pk)),
    ]
    for read, arguments in tries:
        with pytest.raises(NotVisible):
            read(*arguments)


def test_both_sides_and_staff_see_a_contract() -> None:
    contract = walk.agreed()
    for member in (cast.minato(), cast.hanako(), cast.tanaka()):
        assert queries.contract_for(by(member), contract.pk).pk == contract.pk


def test_a_delivery_taken_back_is_the_workers_alone() -> None:
    milestone = walk.deliver(walk.funded(), files=[walk.upload()])
    contracts.withdraw_delivery(milestone=milestone, by=by(cast.hanako()), at=AT)
    delivery = Delivery.objects.get()
    assert queries.delivery_for(by(cast.hanako()), delivery.pk)
    with pytest.raises(NotVisible):
        queries.delivery_for(by(cast.minato()), delivery.pk)
    view = queries.view_for(by(cast.minato()), milestone.contract_id)
    assert list(view.milestones[0].deliveries.all()) == []
    view = queries.view_for(by(cast.hanako()), milestone.contract_id)
    assert len(view.files[delivery.pk]) == 1


def test_what_waits_for_whom_at_each_step() -> None:
    hanako, minato = cast.hanako(), cast.minato()
    job = walk.open_job()
    sent = walk.proposal(job)
    assert (waits(minato), waits(hanako)) == ([("look_at_proposals", False)], [])
    offer = contracts.offer(
        proposal=sent, scope="記事", milestones=walk.pieces([6_000, 4_000], walk.DUE_ON), by=by(minato), at=AT
    )
    assert (waits(minato), waits(hanako)) == ([], [("answer_offer", False)])
    contract = contracts.confirm(contract=offer, by=by(hanako), at=AT)
    assert (waits(minato), waits(hanako)) == ([("fund", False)], [])
    walk.pay(walk.milestone(contract))
    assert (waits(minato), waits(hanako)) == ([], [("work", False)])
    assert waits(hanako, timers.last_minute(walk.DUE_ON)) == [("work", True)]
    milestone = walk.deliver(walk.milestone(contract))
    assert (waits(minato), waits(hanako)) == ([("inspect", False)], [])
    contracts.request_revision(milestone=milestone, reason="短く", by=by(minato), at=AT)
    assert (waits(minato), waits(hanako)) == ([], [("revise", False)])
    walk.propose_end(walk.milestone(contract))
    assert (waits(minato), waits(hanako)) == ([], [("answer_end", False), ("revise", False)])
    walk.accept(walk.deliver(walk.milestone(contract)))
    assert (waits(minato), waits(hanako)) == ([("fund", False)], [])
    contracts.end_alone(contract=contract, reason="予算の都合", by=by(minato), at=AT)
    assert (waits(minato), waits(hanako)) == ([], [])
    assert waits(cast.sakura()) == []


def test_whose_turn_it_is_and_until_when() -> None:
    def stand(contract) -> tuple[str, str, str]:
        milestones = queries.milestones_of(contract)
        now = turn.turn_of(contract, milestones, at=AT)
        one = turn.current_milestone(contract, milestones, at=AT)
        stations = turn.steps(contract, one, at=AT)
        return (now.who, now.action, next((station.key for station in stations if station.state == "now"), ""))

    contract = walk.offered()
    assert stand(contract) == ("worker", "confirm", "agreement")
    contract = contracts.confirm(contract=contract, by=by(cast.hanako()), at=AT)
    assert stand(contract) == ("client", "fund", "funding")
    walk.pay(walk.milestone(contract))
    assert stand(contract) == ("worker", "deliver", "work")
    milestone = walk.deliver(walk.milestone(contract))
    assert stand(contract) == ("client", "accept", "inspection")
    now = turn.turn_of(contract, queries.milestones_of(contract), at=AT)
    assert now.until == milestone.auto_accept_at
    assert now.is_for(contract, contract.client_id)
    assert not now.is_for(contract, contract.worker_id)
    walk.accept(milestone)
    contract.refresh_from_db()
    assert stand(contract) == ("nobody", "", "payout")
    last = turn.steps(contract, walk.milestone(contract), at=AT)[-1]
    assert (last.key, last.on.isoformat()) == ("payout", "2026-11-30")
    assert [s.state for s in turn.steps(contract, walk.milestone(contract), at=AT, is_paid_out=True)] == ["done"] * 8


def test_after_a_hand_back_nothing_is_anybodys_turn() -> None:
    milestone = walk.handed_back()
    stations = turn.steps(milestone.contract, milestone, at=AT)
    assert "now" not in {station.state for station in stations}
    assert [station.key for station in stations if station.state == "done"] == ["proposal", "agreement", "funding"]


def test_reads_take_the_same_number_of_queries_however_much_there_is() -> None:
    minato, hanako = by(cast.minato()), by(cast.hanako())
    reads = {
        "my jobs": lambda: jobs.my_page(minato).rows,
        "my proposals": lambda: [sent.job.client.display_name for sent in sourcing.mine_page(hanako).rows],
        "contracts": lambda: [
            [(one.title, one.is_funded) for one in contract.milestones.all()]
            for contract in queries.mine_page(hanako).rows
        ],
        "todo client": lambda: todos.todo_for(minato, AT),
        "todo worker": lambda: todos.todo_for(hanako, AT),
    }

    def make_one_of_each() -> None:
        walk.open_job()
        walk.proposal()
        walk.offered()
        walk.agreed([5_000, 5_000])
        walk.funded()
        walk.propose_end(walk.delivered())

    make_one_of_each()
    few = {name: count_of(read) for name, read in reads.items()}
    make_one_of_each()
    make_one_of_each()
    assert {name: count_of(read) for name, read in reads.items()} == few
    assert max(few.values()) <= 5, few


def test_one_contract_with_everything_in_few_queries() -> None:
    contract = walk.agreed([1_000] * 8)
    for position in range(1, 5):
        walk.pay(walk.milestone(contract, position))
        walk.deliver(walk.milestone(contract, position), files=[walk.upload()])
    minato = by(cast.minato())
    seen = queries.view_for(minato, contract.pk)
    assert [milestone.is_funded for milestone in seen.milestones] == [True] * 4 + [False] * 4
    assert sum(len(files) for files in seen.files.values()) == 4
    assert count_of(lambda: queries.view_for(minato, contract.pk)) <= 7


def test_pages_of_jobs_follow_each_other() -> None:
    made = [walk.open_job(at=AT + timedelta(minutes=number)) for number in range(5)]
    first = jobs.my_page(by(cast.minato()), limit=3)
    second = jobs.my_page(by(cast.minato()), limit=3, after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (3, 2, "")
    assert [*first.rows, *second.rows] == made[::-1]


def test_a_budget_is_priced_for_both_sides() -> None:
    quotes = jobs.quotes_for(walk.open_job(), AT.date())
    assert (quotes.low.worker_receives_yen, quotes.low.client_pays_yen) == (8_350, 10_550)
    assert (quotes.high.worker_receives_yen, quotes.high.client_pays_yen) == (25_050, 31_650)
    assert quotes.is_range
