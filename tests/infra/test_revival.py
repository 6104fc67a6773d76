"""Jobs of a worker that died are run again; where the same work is waiting already, the dead one makes way."""

import asyncio

from django.db import connection

from nakadachi.config.background import revive
from nakadachi.infra.queue import defer


def test_the_dead_make_way(committed_db) -> None:
    defer("mail.sweep", lock="mail.sweep", queueing_lock="mail.sweep", timestamp=1)
    defer("mail.send", mail_ids=[])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    defer("mail.sweep", lock="mail.sweep", queueing_lock="mail.sweep", timestamp=2)
    asyncio.run(revive.func(0))
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, args FROM procrastinate_jobs ORDER BY id")
        left = cursor.fetchall()
    assert [(name, status) for name, status, _args in left] == [("mail.send", "todo"), ("mail.sweep", "todo")]
