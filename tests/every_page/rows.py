"""What a row of the access table says, and the roles it is written in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.every_page.world import ROLES, World

EVERYBODY = frozenset(ROLES)
MEMBERS = EVERYBODY - {"anonymous"}
CLIENT, WORKER, STAFF = frozenset({"client"}), frozenset({"worker"}), frozenset({"staff"})
PARTIES = CLIENT | WORKER
QUERIES_MAX = 25

Arguments = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """`seen_by` get 200 by GET (or `answer`); anonymous are sent to log in; the rest get 404.

    `answer=405`: a change of state that is only posted to. `gone_for` are roles that see the object but may not do
    this: any refusal below 500 will do, with nothing changed.
    """

    seen_by: frozenset[str]
    arguments: Arguments = lambda world: {}
    answer: int = 200
    queries_max: int = QUERIES_MAX
    gone_for: frozenset[str] = frozenset()
    is_page: bool = True
