"""Tasks the member ordered, answers they received, and answers they gave."""

from collections.abc import Iterator
from typing import Any

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.gathering.holds import HOLD, holds_of
from nakadachi.closing.export.shapes import ANYTHING, FILES, TEXT, YEN, Me, Shape, chunks, or_none
from nakadachi.market.tasks.models import Claim, Task

AT_ONCE = 100
_TASK_WITHOUT = {"client": "the member", "hold": "told as money"}

TASK = Shape(
    Task,
    (
        "job", "fields", "price_yen", "slots_count", "repeats_max", "minutes", "verified_only", "certified_only",
        "approval_bps_min", "is_instant", "opens_at", "closes_at", "terms", "status", "funded_at", "opened_at",
        "closed_at", "done_at",
    ),
    without=_TASK_WITHOUT,
    more={"title": TEXT, "money": or_none(HOLD.schema)},
)  # fmt: skip
_JUDGED = (
    "id", "task", "round", "status", "submitted_at", "auto_approve_at", "decided_at", "reason", "reason_text",
    "appeal_text", "appealed_at", "decision_text",
)  # fmt: skip
_CLOCKS = ("reserved_at", "reserved_until", "appeal_by", "decide_by")
GIVEN = Shape(
    Claim,
    (*_JUDGED, *_CLOCKS, "answers"),
    without={"slot_number": "the number of a place; it says nothing", "worker": "the member"},
    more={"title": TEXT, "price_yen": YEN, "questions": ANYTHING, "files": FILES},
)
RECEIVED = Shape(
    Claim,
    _JUDGED,
    people=("worker",),
    without={
        "slot_number": "the number of a place; it says nothing",
        "answers": "told below, as far as they wait or were paid for",
        **dict.fromkeys(_CLOCKS, "the worker's own time"),
    },
    more={"title": TEXT, "answers": or_none(ANYTHING), "files": FILES},
)


def ordered(me: Me) -> Iterator[dict[str, Any]]:
    """With the questions and the rules they were funded under."""
    for some in chunks(Task.objects.filter(client=me.id).select_related("job").order_by("pk"), AT_ONCE):
        money = holds_of([task.hold_id for task in some], me)
        for task in some:
            yield TASK.row(task, me, title=task.job.title, money=money.get(task.hold_id or 0))


def given(me: Me) -> Iterator[dict[str, Any]]:
    """Every place the member took."""
    claims = Claim.objects.filter(worker=me.id).select_related("task__job").order_by("pk")
    for some in chunks(claims, AT_ONCE):
        files = ids_by_owner(me.id, Claim, [claim.pk for claim in some])
        for claim in some:
            yield GIVEN.row(
                claim,
                me,
                title=claim.task.job.title,
                price_yen=claim.task.price_yen,
                questions=claim.task.fields,
                files=files.get(claim.pk, []),
            )


def received(me: Me) -> Iterator[dict[str, Any]]:
    """What was handed in. Its content as far as the client may read it: what is not paid for is the worker's."""
    claims = Claim.objects.filter(task__client=me.id, submitted_at__isnull=False)
    for some in chunks(claims.select_related("task__job").order_by("pk")):
        readable = [claim.pk for claim in some if claim.is_readable_by_client]
        files = ids_by_owner(me.id, Claim, readable)
        me.meet(claim.worker_id for claim in some)
        for claim in some:
            yield RECEIVED.row(
                claim,
                me,
                title=claim.task.job.title,
                answers=claim.answers if claim.is_readable_by_client else None,
                files=files.get(claim.pk, []),
            )
