"""A job exists exactly when the change that asked for it was committed, in a worker as everywhere."""

import asyncio
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nakadachi.infra.queue import defer, defer_each


class Over(Exception):
    """The change is not made after all."""


def one() -> None:
    defer("mail.send", mail_ids=[])


def with_a_lock() -> None:
    defer("mail.sweep", queueing_lock="mail.sweep", timestamp=1)


def many() -> None:
    defer_each("mail.send", [{"mail_ids": [1]}, {"mail_ids": [2]}])


def count_jobs() -> int:
    """As somebody else sees it: over another connection."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            return cursor.fetchone()[0]
    finally:
        other.close()


def in_a_worker(deed: Callable[[], None]) -> None:
    """As the worker runs a job that is not a coroutine: in a thread, with the worker's own connections open."""

    def job() -> None:
        try:
            deed()
        finally:
            connection.close()

    async def work() -> None:
        async with app.open_async():
            await sync_to_async(job, thread_sensitive=False)()

    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(work())


@pytest.mark.parametrize("ask", [one, with_a_lock, many])
def test_nothing_is_asked_for_by_what_is_rolled_back(committed_db, ask) -> None:
    def deed() -> None:
        with transaction.atomic():
            ask()
            raise Over

    with pytest.raises(Over):
        in_a_worker(deed)
    assert count_jobs() == 0


@pytest.mark.parametrize(("ask", "count"), [(one, 1), (with_a_lock, 1), (many, 2)])
def test_nobody_sees_the_job_before_the_change(committed_db, ask, count) -> None:
    seen = []

    def deed() -> None:
        with transaction.atomic():
            ask()
            seen.append(count_jobs())

    in_a_worker(deed)
    assert seen == [0]
    assert count_jobs() == count
