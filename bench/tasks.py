"""G7, G8, `claim-action` and `approve-many`: eight racers for ten thousand places, and ten thousand answers at once.

The statement that pgbench runs is the one that the action runs (`market/tasks/claiming.py`). After every race the
places are counted: exactly as many claims as places, one worker each, one event each.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bench import workers
from bench.rounds import Plan, Result, against_tpcb
from bench.server import BenchError, Server
from nakadachi.infra.cluster.server import OWNER_ROLE

DATABASE = "tasks_bench"
PLACES = 10_000
RACERS = 8
TOGETHER = 100
"""Claims in one statement of the stampede."""
PRICE_YEN = 120


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """All figures of tasks; raises `BenchError` if a place was sold twice or the audit finds anything."""
    from bench.ledger import attach_django

    url = server.make_database(DATABASE)
    attach_django(server.cluster.url(role=OWNER_ROLE, database=DATABASE), server)
    first = prepare()
    attach_django(url, server)
    server.settle(DATABASE)
    slowest: list[float] = []

    def one_by_one() -> float:
        task_id = new_task()
        script = _script(server, f"ARRAY[:first + :client_id * {PLACES // RACERS} + :n - 1]")
        rate, p95_ms = server.script_of(script, DATABASE, RACERS, PLACES // RACERS, task=task_id, first=first)
        slowest.append(p95_ms)
        must_be_exact(task_id)
        return rate

    found = against_tpcb(server, plan, clients=RACERS, subject=one_by_one)
    yield Result("G7", found, "claims per transaction", f"TPC-B c{RACERS}", gate=1.0)
    p95_ms = sorted(slowest)[len(slowest) // 2]
    yield Result("G7:p95", round(p95_ms, 2), "ms for 95 of 100 claims", "itself", gate=5, lower_is_better=True)

    def stampede() -> float:
        task_id = new_task()
        last = f":first + (:n - 1) * {TOGETHER}"
        script = _script(server, f"ARRAY(SELECT generate_series({last}, {last} + {TOGETHER - 1}))")
        rate, _p95_ms = server.script_of(script, DATABASE, 1, PLACES // TOGETHER, task=task_id, first=first)
        must_be_exact(task_id)
        return rate * TOGETHER

    found = against_tpcb(server, plan, clients=RACERS, subject=stampede)
    yield Result("G8", found, f"claims ({TOGETHER} a statement) per transaction", f"TPC-B c{RACERS}", gate=8)

    def by_action() -> float:
        new_task()
        return workers.run_together("claiming", processes=RACERS, seconds=plan.seconds, url=url)

    found = against_tpcb(server, plan, clients=RACERS, subject=by_action)
    yield Result("claim-action", found, "claims per transaction", f"TPC-B c{RACERS}", gate=0.2)
    found = against_tpcb(server, plan, clients=1, subject=approve_many)
    yield Result("approve-many", found, "answers approved and paid per transaction", "TPC-B c1", gate=5)
    must_be_clean()


def _script(server: Server, asked: str) -> Path:
    """The statement of the action for pgbench: its places filled with variables, the moment with the database's."""
    from nakadachi.market.tasks.claiming import TAKE

    filled = {"workers": asked, "task": ":task", "at": "now()", "until": "(now() + interval '30 minutes')"}
    sql = re.sub(r"%\((\w+)\)s", lambda found: filled[found[1]], TAKE).strip()
    path = server.cluster.folder / "claim.sql"
    path.write_text(f"\\set n :n + 1\n{sql};\n", encoding="utf-8")
    return path


def prepare() -> int:
    """A client and as many workers as places; the id of the first worker."""
    from nakadachi.infra import clock
    from nakadachi.people.models import Member

    at = clock.now()
    people = [
        Member(email=f"{number}@bench.invalid", display_name=f"bench {number}", joined_at=at)
        for number in range(PLACES + 1)
    ]
    made = Member.objects.bulk_create(people, batch_size=1_000)
    return made[1].pk


def new_task() -> int:
    """An open task of ten thousand places, funded through the ledger."""
    from dataclasses import asdict

    from django.db import connection

    from nakadachi.infra import clock
    from nakadachi.kernel.calendar import jst_date
    from nakadachi.market.jobs.models import Job
    from nakadachi.market.tasks import pricing
    from nakadachi.market.tasks.actions.funding import LAY_OUT
    from nakadachi.market.tasks.models import Task
    from nakadachi.money import rulebook
    from nakadachi.people.models import Member

    at = clock.now()
    client = Member.objects.order_by("pk")[0]
    soon = at + timedelta(days=30)
    job = Job.objects.create(
        client=client, format="task", category="office", title="bench", description="bench", closes_on=soon.date(),
        budget_min_yen=PRICE_YEN, budget_max_yen=PRICE_YEN, created_at=at, opened_at=at, status="open",
    )  # fmt: skip
    question = {"key": "q1", "kind": "short", "label": "?", "help": "", "required": True, "unique": False,
                "options": [], "length_min": None, "length_max": None, "low": None, "high": None}  # fmt: skip
    hold = _funded(client, job.pk, pricing.quote_of_sum(PRICE_YEN, PLACES, jst_date(at)), at)
    Task.objects.create(
        job=job, client=client, fields=[question], price_yen=PRICE_YEN, slots_count=PLACES, minutes=5,
        closes_at=soon, terms=asdict(rulebook.current().tasks), hold=hold, status="open", funded_at=at, opened_at=at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, {"task": job.pk, "count": PLACES})
        cursor.execute("ANALYZE tasks_slot")
    return job.pk


def _funded(client, task_id: int, quote, at: datetime):  # type: ignore[no-untyped-def]
    from nakadachi.kernel.actor import SYSTEM
    from nakadachi.money.escrow import actions as escrow
    from nakadachi.money.escrow import batches
    from nakadachi.money.payments.models import Payment

    hold = batches.open_batch(
        purpose="task", purpose_id=task_id, payer=client, unit_yen=PRICE_YEN, quote=quote, by=SYSTEM, at=at
    )
    payment = Payment.objects.create(
        purpose="hold", purpose_id=hold.pk, payer=client, amount_yen=hold.client_pays_yen, gateway="sandbox",
        gateway_ref=f"bench-{hold.pk}", key=uuid4(), request_key=uuid4(), status="captured", created_at=at,
        captured_at=at,
    )  # fmt: skip
    return escrow.fund(hold=hold, payment=payment, by=SYSTEM, at=at)


def must_be_exact(task_id: int) -> None:
    """As many claims as places, every place and every worker once, an event each, nothing free."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(DISTINCT slot_id), count(DISTINCT worker_id),
                      (SELECT count(*) FROM tasks_slot WHERE task_id = %(task)s AND is_free),
                      (SELECT count(*) FROM events_event WHERE kind = 'claim.reserve'
                       AND (data ->> 'task_id')::bigint = %(task)s)
               FROM tasks_claim WHERE task_id = %(task)s""",
            {"task": task_id},
        )
        found = cursor.fetchone()
    if found != (PLACES, PLACES, PLACES, 0, PLACES):
        raise BenchError(f"claims, places, workers, free places and events are {found}")


def approve_many() -> float:
    """Answers approved and paid per second: ten thousand that wait, by the client's one button."""
    from django.db import connection

    from nakadachi.infra import clock
    from nakadachi.kernel.actor import Actor
    from nakadachi.market.tasks import actions
    from nakadachi.market.tasks.models import Task

    task = Task.objects.get(pk=new_task())
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO tasks_claim (task_id, slot_id, worker_id, round, status, answers, reserved_at,
                   reserved_until, submitted_at, auto_approve_at, reason, reason_text, appeal_text, decision_text)
               SELECT %(task)s, slot.id, worker.id, 1, 'submitted', '{"q1": "bench"}', now(), now(), now(),
                      now() + interval '14 days', '', '', '', ''
               FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM tasks_slot WHERE task_id = %(task)s) slot
               JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 n FROM people_member) worker USING (n)""",
            {"task": task.pk},
        )
        cursor.execute("UPDATE tasks_slot SET is_free = false WHERE task_id = %s", [task.pk])
    at = clock.now()
    start = time.perf_counter()
    count = actions.approve_all(task=task, seen_at=at, by=Actor.member(task.client_id), at=at)
    took = time.perf_counter() - start
    if count != PLACES:
        raise BenchError(f"{count} of {PLACES} answers were approved")
    return count / took


def must_be_clean() -> None:
    """The ledger's checks, the holds', and that every approved answer was paid for once."""
    from nakadachi.market.tasks import checks as tasks
    from nakadachi.money.escrow import checks as escrow
    from nakadachi.money.ledger import checks

    found = [*checks.run(checks.OWN), *escrow.holds(), *escrow.escrow_liability(), *tasks.paid(), *tasks.places()]
    if found:
        raise BenchError(f"the audit after the races found: {found[0]} (and {len(found) - 1} more)")


def claiming(number: int, of: int) -> Callable[[], bool]:
    """A worker process that takes places of the newest task, each for another member."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nakadachi.config.settings")
    django.setup()
    from nakadachi.infra import clock
    from nakadachi.kernel.actor import Actor
    from nakadachi.market.tasks import actions
    from nakadachi.market.tasks.models import Task
    from nakadachi.people.models import Member

    task = Task.objects.select_related("hold").order_by("-pk")[0]
    mine = [pk for pk in Member.objects.order_by("pk").values_list("pk", flat=True)[1:] if pk % of == number]

    def work() -> bool:
        if not mine:
            return False
        actions.claim(task=task, by=Actor.member(mine.pop()), at=clock.now())
        return True

    return work
