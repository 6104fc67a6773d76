"""Processor time of a page: what one request costs a web process, asked in process, without network and waiting.

The market is the demo's, each page as one of its members sees it. Queries are counted beside it.
"""

import statistics
import time
from collections.abc import Iterator

from bench.ledger import attach_django
from bench.pages import load_demo
from bench.rounds import Plan, Result
from bench.server import BenchError, Server

DATABASE = "cpu_bench"
REQUESTS = 10
CPU_MS_MAX = 100
"""Of any page; a page that costs more has a fault, whatever the machine."""


def run(server: Server, plan: Plan) -> Iterator[Result]:
    """Milliseconds of processor time a request, the median of the rounds."""
    attach_django(server.make_database(DATABASE), server)
    load_demo()
    for name, (path, cookie) in pages().items():
        for _ in range(3):
            ask(path, cookie)
        queries = count_queries(path, cookie)
        rounds = [cpu_ms(path, cookie) for _ in range(2 * plan.rounds + 1)]
        yield Result(
            f"cpu:{name}", round(statistics.median(rounds), 2), "ms of processor", f"{queries} queries",
            gate=CPU_MS_MAX, lower_is_better=True,
        )  # fmt: skip


def pages() -> dict[str, tuple[str, str]]:
    """The pages members open most: address and session."""
    from django.db.models import Count

    from nakadachi.market.contracts.models import Contract
    from nakadachi.market.jobs.models import Job
    from nakadachi.people.models import Member

    worker = Member.objects.get(email="hanako@example.jp")
    client = Member.objects.get(email="minato@example.jp")
    own = Contract.objects.filter(status="active", worker=worker).annotate(pieces=Count("milestones"))
    contract = own.order_by("-pieces", "pk")[0]
    foreign = Job.objects.filter(status="open").exclude(client=worker).exclude(proposals__worker=worker)
    job = foreign.order_by("pk")[0]
    asked = Job.objects.filter(client=client).annotate(count=Count("proposals")).order_by("-count", "pk")[0]
    works, orders = session_of(worker), session_of(client)
    return {
        "mypage": ("/mypage/", works),
        "jobs": ("/jobs/", works),
        "job": (f"/jobs/{job.pk}/", works),
        "proposal:new": (f"/jobs/{job.pk}/proposals/new/", works),
        "proposals": (f"/jobs/{asked.pk}/proposals/", orders),
        "contracts": ("/contracts/", works),
        "contract": (f"/contracts/{contract.pk}/", works),
        "earnings": ("/earnings/", works),
        "notices": ("/notices/", works),
        "settings": ("/settings/", works),
    }


def session_of(member: object) -> str:
    """A session of a member as a Cookie header."""
    from django.conf import settings
    from django.test import Client

    visitor = Client()
    visitor.force_login(member)
    return f"{settings.SESSION_COOKIE_NAME}={visitor.session.session_key}"


def ask(path: str, cookie: str) -> None:
    """One request through the whole application."""
    from django.conf import settings
    from django.test import RequestFactory

    from nakadachi.config.wsgi import application

    asked = RequestFactory().get(path, HTTP_HOST=settings.ALLOWED_HOSTS[0], HTTP_COOKIE=cookie)
    said: list[str] = []
    body = application(asked.environ, lambda status, *_: said.append(status))
    for _ in body:
        pass
    body.close()
    if not said[0].startswith("200"):
        raise BenchError(f"{path} answers {said[0]}")


def count_queries(path: str, cookie: str) -> int:
    """How often one request asks the database."""
    from django.db import connection

    asked = []

    def noting(execute, sql, *rest):  # type: ignore[no-untyped-def]  # Django's shape of a wrapper
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noting):
        ask(path, cookie)
    return len(asked)


def cpu_ms(path: str, cookie: str) -> float:
    """Processor time of this process for one request, of several in a row."""
    begun = time.process_time()
    for _ in range(REQUESTS):
        ask(path, cookie)
    return (time.process_time() - begun) / REQUESTS * 1_000
