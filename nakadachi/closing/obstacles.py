"""What stands in the way of closing an account: each with who must act, what it is about, and when it clears by itself.

Reads the present state and nothing else: the same member at the same moment has the same obstacles, whoever asks.
"""

from collections.abc import Sequence
from datetime import datetime

from nakadachi.closing import cases, office, purse, reminding
from nakadachi.closing.catalogue import KINDS
from nakadachi.closing.obstacle import Obstacle
from nakadachi.closing.reading import ROWS_MAX, read
from nakadachi.people.models import Member

CODES = frozenset({kind.code for kind in KINDS}) | {
    "balance.ge_min",
    "balance.lt_min",
    "dispute.open",
    "owner.last",
    "payout.transit",
    "role.held",
}
"""Everything that can be in the way today."""


def obstacles_of(member: Member, at: datetime, *, most: int | None = ROWS_MAX) -> list[Obstacle]:
    """All of them, those the member can resolve first; in a number of queries that does not grow with them.

    Of one kind at most so many are told one by one, the rest stands as one obstacle that counts; None tells all.
    """
    found = [
        *reminding.settle(read(member, most), member, at),
        *purse.of(member, at),
        *cases.of(member),
        *office.of(member),
    ]
    return sorted(found, key=lambda obstacle: obstacle.who != "you")


def over_by(obstacles: Sequence[Obstacle]) -> datetime | None:
    """The day on which all would be over by themselves; unknown while one of them has no such day."""
    days = [obstacle.clears_by for obstacle in obstacles]
    return max((day for day in days if day is not None), default=None) if all(days) else None
