"""G7, G8, `claim-action` and `approve-many`: eight racers for ten thousand places, and ten thousand answers at once.

The statements that pgbench runs are those of the action (`market/tasks/claiming.py`): the function that takes places,
and the same with its events. After every race the places are counted: as many claims as places though more asked, one
worker and one event each.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
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
WARM = 10
"""Statements of each connection before a race: what a server that runs has planned long ago."""
PRICE_YEN = 120


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """All figures of tasks; raises `BenchError` if a place was sold twice or the audit finds anything."""
    from bench.ledger import attach_django

    url = server.make_database(DATABASE)
    attach_django(server.cluster.url(role=OWNER_ROLE, database=DATABASE), server)
    first = prepare()
    attach_django(url, server)
    server.settle(DATABASE)
    yield from _races(server, plan, first)

    def by_action() -> float:
        new_task()
        return workers.run_together("claiming", processes=RACERS, seconds=plan.seconds, url=url)

    found = against_tpcb(server, plan, clients=RACERS, subject=by_action)
    yield Result("claim-action", found, "claims per transaction", f"TPC-B c{RACERS}", gate=0.2)
    found = against_tpcb(server, plan, clients=1, subject=approve_many)
    yield Result("approve-many", found, "answers approved and paid per transaction", "TPC-B c1", gate=5)
    must_be_clean()


@dataclass(frozen=True)
class Race:
    """So many connections, each asking for so many places a statement, until none is left."""

    name: str
    racers: int
    together: int
    told: bool = False
    gate: float | None = None

    @property
    def times(self) -> int:
        """Statements of each connection. The last ones may find nothing: more come than there are places."""
        return -(-PLACES // (self.racers * self.together))

    @property
    def asked(self) -> str:
        """The workers of one statement, everybody asked for once."""
        nth = f"(:client_id * {self.times} + :nth - 1) * {self.together}"
        if self.together == 1:
            return f"ARRAY[:first + {nth}]"
        return f"ARRAY(SELECT generate_series(:first + {nth}, :first + {nth} + {self.together - 1}))"


RACES = (
    Race("G7", RACERS, 1, gate=1),
    Race("G7:told", RACERS, 1, told=True),
    Race("G8", RACERS, TOGETHER, gate=8),
    Race("G8:told", RACERS, TOGETHER, told=True),
    Race("G8:one", 1, TOGETHER),
)


def _races(server: Server, plan: Plan, first: int) -> Iterator[Result]:
    """Each race in turn, claims per second against transactions per second."""
    for race in RACES:
        slowest: list[float] = []
        found = against_tpcb(server, plan, clients=RACERS, subject=partial(_run, server, race, first, slowest))
        unit = f"{'claims with their events' if race.told else 'claims'}, {race.together} a statement, per transaction"
        yield Result(race.name, found, unit, f"TPC-B c{RACERS}", gate=race.gate)
        if race.name == "G7":
            p95_ms = sorted(slowest)[len(slowest) // 2]
            yield Result("G7:p95", round(p95_ms, 2), "ms for 95 of 100 claims", "itself", 5, lower_is_better=True)


def _run(server: Server, race: Race, first: int, slowest: list[float]) -> float:
    """Places taken per second in one race, counted afterwards."""
    from nakadachi.market.tasks.claiming import CLAIMS, TAKE

    script, before, task_id = _script(server, TAKE if race.told else CLAIMS, race.asked), new_task(), new_task()
    seconds, p95_ms = server.script_of(
        script, DATABASE, race.racers, race.times, warm=WARM, before=before, task=task_id, first=first
    )
    slowest.append(p95_ms)
    must_be_exact(task_id, told=race.told)
    return PLACES / seconds


_CALL = """\\set n :n + 1
\\set of CASE WHEN :n > :warm THEN :task ELSE :before END
\\set nth CASE WHEN :n > :warm THEN :n - :warm ELSE :n END
{sql};
"""


def _script(server: Server, statement: str, asked: str) -> Path:
    """A statement of the action for pgbench: its places filled with variables, the moment with the database's. While a
    connection warms up it takes places of the task of before."""
    filled = {"workers": asked, "task": ":of", "at": "now()", "until": "(now() + interval '30 minutes')"}
    path = server.cluster.folder / "claim.sql"
    sql = re.sub(r"%\((\w+)\)s", lambda found: filled[found[1]], statement).strip()
    path.write_text(_CALL.format(sql=sql), encoding="utf-8")
    return path


def prepare() -> int:
    """A client, and more workers than places; the id of the first worker."""
    from nakadachi.infra import clock
    from nakadachi.people.models import Member

    at = clock.now()
    people = [
        Member(email=f"{number}@bench.invalid", display_name=f"bench {number}", joined_at=at)
        for number in range(1 + PLACES + RACERS * TOGETHER)
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


def must_be_exact(task_id: int, *, told: bool) -> None:
    """As many claims as places, every place and every worker once, an event for each where asked, nothing free."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(DISTINCT slot_number), count(DISTINCT worker_id),
                      (SELECT count(*) FROM tasks_slot WHERE task_id = %(task)s),
                      (SELECT count(*) FROM events_event WHERE kind = 'claim.reserve'
                       AND (data ->> 'task_id')::bigint = %(task)s)
               FROM tasks_claim WHERE task_id = %(task)s""",
            {"task": task_id},
        )
        found = cursor.fetchone()
    if found != (PLACES, PLACES, PLACES, 0, PLACES if told else 0):
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
            """INSERT INTO tasks_claim (task_id, slot_number, worker_id, round, status, answers, reserved_at,
                   reserved_until, submitted_at, auto_approve_at, reason, reason_text, appeal_text, decision_text)
               SELECT %(task)s, n, worker.id, 1, 'submitted', '{"q1": "bench"}', now(), now(), now(),
                      now() + interval '14 days', '', '', '', ''
               FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 n FROM people_member) worker
               WHERE n BETWEEN 1 AND %(places)s""",
            {"task": task.pk, "places": PLACES},
        )
        cursor.execute("DELETE FROM tasks_slot WHERE task_id = %s", [task.pk])
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
