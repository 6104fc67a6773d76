"""G4: accept a delivery through the service layer (status + money + events in one transaction), four processes."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

from bench import naive, workers
from bench.rounds import Plan, Result, against_tpcb
from bench.server import BenchError, Server
from nakadachi.infra.cluster.server import APP_ROLE, OWNER_ROLE

DATABASE = "market_bench"
PROCESSES = 4
WORKERS = 200
CLIENTS = 50
PER_SECOND = 550
"""Deliveries prepared for every second of measuring, ours and theirs together."""
AMOUNT_YEN = 10_000


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """Ours, the usual ORM style, and how many times faster ours is."""
    from bench.ledger import attach_django

    url = server.make_database(DATABASE)
    attach_django(server.cluster.url(role=OWNER_ROLE, database=DATABASE), server)
    naive.make_tables(APP_ROLE)
    attach_django(url, server)
    prepare(round(plan.rounds * plan.seconds * PER_SECOND))
    naive.open_accounts()
    server.settle(DATABASE)

    def together(kind: str) -> float:
        return workers.run_together(kind, processes=PROCESSES, seconds=plan.seconds, url=url)

    ours = against_tpcb(server, plan, clients=PROCESSES, subject=lambda: together("accepting"))
    must_be_clean()
    yield Result("G4", ours, "acceptances per transaction", f"TPC-B c{PROCESSES}", gate=0.12)
    theirs = against_tpcb(server, plan, clients=PROCESSES, subject=lambda: together("naive"))
    yield Result("G4:orm", theirs, "acceptances per transaction", f"TPC-B c{PROCESSES}")
    yield Result("G4:vs-orm", round(ours / theirs, 3), "times as fast", "the usual ORM style", gate=2)


def must_be_clean() -> None:
    """The ledger's checks, and that every hold stands where its row says."""
    from nakadachi.money.escrow import checks as escrow
    from nakadachi.money.ledger import checks

    offenders = [*checks.run(checks.OWN), *escrow.holds(), *escrow.escrow_liability()]
    if offenders:
        raise BenchError(f"the audit after accepting found: {offenders[0]} (and {len(offenders) - 1} more)")


def prepare(count: int) -> None:
    """`count` contracts of one milestone: funded through the ledger, delivered, waiting for inspection. In bulk."""
    from nakadachi.infra import clock
    from nakadachi.people.models import Member

    at = clock.now()
    people = [
        Member(email=f"{number}@bench.invalid", display_name=f"bench {number}", joined_at=at)
        for number in range(CLIENTS + WORKERS)
    ]
    Member.objects.bulk_create(people)
    for start in range(0, count, 1_000):
        _thousand(people[:CLIENTS], people[CLIENTS:], start, min(1_000, count - start), at)


def _thousand(clients, freelancers, start, count, at):  # type: ignore[no-untyped-def]
    from nakadachi.market.contracts.models import Contract, Delivery, Milestone
    from nakadachi.market.jobs.categories import CATEGORIES
    from nakadachi.market.jobs.models import Job
    from nakadachi.market.sourcing.models import Proposal

    day, soon = at.date(), at.date() + timedelta(days=30)
    sides = [(clients[n % len(clients)], freelancers[n % len(freelancers)]) for n in range(start, start + count)]
    jobs = Job.objects.bulk_create(
        [
            Job(client=client, category=next(iter(CATEGORIES)), title="bench", description="bench", closes_on=soon,
                budget_min_yen=AMOUNT_YEN, budget_max_yen=AMOUNT_YEN, created_at=at, opened_at=at, status="closed",
                closed_at=at)
            for client, _ in sides
        ]
    )  # fmt: skip
    proposals = Proposal.objects.bulk_create(
        [
            Proposal(job=job, worker=worker, approach="bench", amount_yen=AMOUNT_YEN, deliver_on=soon, sent_at=at,
                     status="accepted", closed_at=at)
            for job, (_, worker) in zip(jobs, sides, strict=True)
        ]
    )  # fmt: skip
    contracts = Contract.objects.bulk_create(
        [
            Contract(job=proposal.job, proposal=proposal, client=client, worker=worker, title="bench", scope="bench",
                     format="project", amount_yen=AMOUNT_YEN, status="active", offered_at=at, answer_by=at,
                     agreed_at=at, auto_accept_days=14, service="lancers")
            for proposal, (client, worker) in zip(proposals, sides, strict=True)
        ]
    )  # fmt: skip
    milestones = Milestone.objects.bulk_create(
        [
            Milestone(contract=contract, position=1, title="bench", amount_yen=AMOUNT_YEN, due_on=soon)
            for contract in contracts
        ]
    )
    for milestone, hold in zip(milestones, _funded_holds(milestones, day, at), strict=True):
        milestone.hold, milestone.status = hold, "delivered"
        milestone.delivered_at, milestone.auto_accept_at = at, at + timedelta(days=14)
    Milestone.objects.bulk_update(milestones, ["hold", "status", "delivered_at", "auto_accept_at"])
    Delivery.objects.bulk_create([Delivery(milestone=one, number=1, delivered_at=at) for one in milestones])


def _funded_holds(milestones, day, at):  # type: ignore[no-untyped-def]
    from nakadachi.money import rulebook
    from nakadachi.money.escrow import journals
    from nakadachi.money.escrow.models import Hold
    from nakadachi.money.ledger import book
    from nakadachi.money.payments.models import Payment

    quote = rulebook.quote(service="lancers", format="project", amount_yen=AMOUNT_YEN, on=day)
    holds = Hold.objects.bulk_create(
        [
            Hold(purpose="milestone", purpose_id=one.pk, payer=one.contract.client, payee=one.contract.worker,
                 quote=quote.as_json(), amount_yen=AMOUNT_YEN, client_pays_yen=quote.client_pays_yen, opened_at=at)
            for one in milestones
        ]
    )  # fmt: skip
    payments = Payment.objects.bulk_create(
        [
            Payment(purpose="hold", purpose_id=hold.pk, payer=hold.payer, amount_yen=hold.client_pays_yen,
                    gateway="sandbox", gateway_ref=f"bench-{hold.pk}", key=uuid4(), request_key=uuid4(),
                    status="captured", created_at=at, captured_at=at)
            for hold in holds
        ]
    )  # fmt: skip
    drafts = []
    for hold, payment in zip(holds, payments, strict=True):
        hold.account_id = book.open_account("hold", "hold", hold.pk)
        hold.status, hold.funded_at, hold.funded_yen, hold.funded_by = "funded", at, hold.client_pays_yen, payment
        draft = journals.fund(
            hold_id=hold.pk, account_id=hold.account_id, amount_yen=hold.funded_yen, payment_id=payment.pk, on=day
        )
        drafts.append((draft, uuid4()))
    book.post_batch(drafts)
    Hold.objects.bulk_update(holds, ["account_id", "status", "funded_at", "funded_yen", "funded_by"])
    return holds


def accepting(number: int, of: int) -> Callable[[], bool]:
    """A worker process that accepts what is its share, as the contract's client."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    django.setup()
    from nakadachi.infra import clock
    from nakadachi.kernel.actor import Actor
    from nakadachi.market.contracts import actions
    from nakadachi.market.contracts.models import Milestone

    waiting = Milestone.objects.filter(status="delivered").select_related("contract").order_by("pk")
    mine = [milestone for milestone in waiting if milestone.pk % of == number]

    def work() -> bool:
        if not mine:
            return False
        milestone = mine.pop()
        actions.accept(milestone=milestone, by=Actor.member(milestone.contract.client_id), at=clock.now())
        return True

    return work
