"""Doing several things at the same moment, with real threads and connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from nakadachi.kernel.refusal import Refused


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment, each on a connection of its own; answers or refusal codes in order."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        start.wait()
        try:
            return call()
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]
