"""What the database says, read from outside of the program."""

import time
from typing import Any

import psycopg

from nakadachi.config.environment import embedded_urls
from nakadachi.infra.cluster import Cluster
from tests.run.market import Market

DOWN_SECONDS_MAX = 30


class Books:
    """A connection of its own for each question: the server may have been killed since the last one."""

    def __init__(self, market: Market) -> None:
        self.url = embedded_urls(Cluster(market.folder)).owner

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        until = time.monotonic() + DOWN_SECONDS_MAX
        while True:
            try:
                with psycopg.connect(self.url) as connection:
                    return connection.execute(query).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def figure(self, query: str) -> int:
        return int(self.rows(query)[0][0] or 0)


def no_job_is_stuck(market: Market) -> bool:
    """Nothing waits that could run, nothing is held by a worker that is gone."""
    due = "status = 'todo' AND coalesce(scheduled_at, '-infinity') <= now()"
    living = "SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - interval '20 seconds'"
    held = f"status = 'doing' AND coalesce(worker_id, 0) NOT IN ({living})"
    return Books(market).figure(f"SELECT count(*) FROM procrastinate_jobs WHERE ({due}) OR ({held})") == 0
