"""Jobs, kept in the same database: a job exists exactly when the change that asked for it was committed.

Jobs run at least once: every effect must be idempotent. `task` declares, `defer` asks.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)

_in_transaction = JobManager(DjangoConnector())
"""Asks through Django's own connection. A worker's `app` has another one: what a job asked for there would be there
before the job's changes are, and stay when they are rolled back."""

_left_out: ContextVar[frozenset[str]] = ContextVar("left_out", default=frozenset())


def task(name: str, *, queue: str = "default", **options: Any) -> Callable[..., Any]:
    """Declare a background job under a stable name, e.g. `@task("payments.refund")`."""
    return app.task(name=name, queue=queue, retry=RETRY, **options)


def every(cron: str) -> Callable[..., Any]:
    """Run the task below by the clock (JST is UTC+9: mind it in hours). Five or six cron fields, six = seconds."""
    return app.periodic(cron=cron)


def defer(task_name: str, *, lock: str | None = None, queueing_lock: str | None = None, **arguments: Any) -> None:
    """Ask for a job by name, as part of the current transaction. With `queueing_lock`, once while it waits."""
    from procrastinate.exceptions import AlreadyEnqueued

    if task_name in _left_out.get():
        return
    job = _asking(task_name, lock=lock, queueing_lock=queueing_lock)
    if queueing_lock is None:
        job.defer(**arguments)
        return
    try:
        from django.db import transaction

        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return


def defer_each(task_name: str, many: Sequence[dict[str, Any]]) -> None:
    """Ask for the same job many times, once with each of the arguments, in one statement."""
    if many and task_name not in _left_out.get():
        _asking(task_name).batch_defer(*many)


def _asking(task_name: str, **options: Any) -> JobDeferrer:
    return JobDeferrer(job_manager=_in_transaction, job=app.configure_task(task_name, **options).job)


@contextmanager
def leaving_out(task_names: frozenset[str]) -> Iterator[None]:
    """Ask for none of these jobs inside: for bulk loads that do what the jobs would do once, at their end."""
    token = _left_out.set(task_names)
    try:
        yield
    finally:
        _left_out.reset(token)


def on_app_ready(ready_app: App) -> None:
    """Procrastinate's hook: nothing to add, all tasks are found in `background.py` modules."""


def outside_transaction() -> bool:
    """True when no transaction is open here (the one a test case wraps around itself does not count)."""
    blocks = connection.atomic_blocks
    return not blocks or all(getattr(block, "_from_testcase", False) for block in blocks)
