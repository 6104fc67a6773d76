"""How many places of a job are taken.

Only the packages above know who takes one; they put their count here (`config/wiring.py`). It is asked while the job is
locked, so that nobody takes a place between the count and what follows from it.
"""

from collections.abc import Callable

takers: dict[str, Callable[[int], int]] = {}
"""By name of the package: how many places of a job (its id) it holds taken."""


def taken(job_id: int) -> int:
    """Places that are taken now: nobody else can be offered them."""
    return sum(count(job_id) for count in takers.values())
