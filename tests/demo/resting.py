"""What may stand in a state that is not the last one when everybody was silent for a year, and why nobody is trapped.

Each rule names a state and the rows of it that may stay: `Q()` for all. What it does not name must be empty.
"""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from tests.demo import lives

NEVER_AGREED = ("declined", "lapsed", "withdrawn")
UNFUNDED_OF_NOTHING = Q(milestone__contract__status__in=["completed", "ended"]) | Q(work_week__closed_at__isnull=False)


@dataclass(frozen=True)
class Rest:
    """Rows of one state that may stay as they are, and why."""

    model: str
    state: str
    why: str
    which: Q = field(default_factory=Q)


RESTS = (
    Rest("job", "draft", "its client's own paper; nobody else sees it"),
    Rest("job", "closed", "nothing is asked for any more; it could be opened again"),
    Rest("task", "draft", "its client's own paper; nobody else sees it"),
    Rest("claim", "lapsed", "the place was given back; the worker owes nothing"),
    Rest("proposal", "declined", "answered; the client could think again"),
    Rest(
        "milestone",
        "open",
        "part of an offer that never became a contract",
        Q(contract__status__in=NEVER_AGREED),
    ),
    Rest(
        "monthlyplan",
        "offered",
        "part of an offer that never became a contract",
        Q(contract__status__in=NEVER_AGREED),
    ),
    Rest(
        "hold",
        "unfunded",
        "nothing is on it, and what it was for is over",
        UNFUNDED_OF_NOTHING | Q(task__status="draft"),
    ),
    Rest("payment", "failed", "over; only money that comes after all would change it"),
    Rest("refund", "refused", "waits for the operator: the card does not take it, a bank transfer must be made"),
    Rest("payout", "batched", "waits for the operator, who uploads the file to the bank"),
    Rest("payout", "sent", "with the member's bank; only a return would change it"),
    Rest("closingrun", "open", "waits for the operator, who makes the file"),
    Rest("closingrun", "filed", "waits for the operator, who uploads it"),
    Rest("inquiry", "unconfirmed", "nobody asked yet: the address was never confirmed"),
    Rest("inquiry", "open", "waits for the operator's answer, which no rule can give"),
    Rest("inquiry", "answered", "answered; who asked may write again"),
    Rest("inquiry", "closed", "settled; who asked may write again"),
)


def waiting() -> list[str]:
    """Every row in a state that is not the last one and may not rest there, by model and state with its number."""
    found = []
    for model, lifecycle in lives.LIVES:
        for state in lifecycle.states.keys() - lifecycle.final:
            rows = model._default_manager.filter(status=state)
            for rest in _rests(model, state):
                rows = rows.exclude(pk__in=model._default_manager.filter(rest.which, status=state))
            found += [f"{model._meta.model_name} {state} {pk}" for pk in rows.values_list("pk", flat=True)]
    return sorted(found)


def _rests(model: type[models.Model], state: str) -> list[Rest]:
    return [rest for rest in RESTS if (rest.model, rest.state) == (model._meta.model_name, state)]
