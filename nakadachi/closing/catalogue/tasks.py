"""Tasks: a client's whose money is set aside, the answers handed in to them, and a worker's own answers."""

from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from nakadachi.closing import words
from nakadachi.closing.kind import Column, Do, Go, Kind, Rows, Whose
from nakadachi.closing.obstacle import Text, Who
from nakadachi.market.tasks.lifecycle import UNDECIDED
from nakadachi.market.tasks.models import Claim, Task

ANSWER = ("task_id", "pk")
_SUBMITTED = Claim.objects.filter(task=OuterRef("pk"), status=Claim.Status.SUBMITTED)


def _tasks(member: Whose, *statuses: str) -> "QuerySet[Any]":
    return Task.objects.filter(client=member, status__in=statuses)


def _open(member: Whose) -> "QuerySet[Any]":
    return _tasks(member, Task.Status.FUNDED, Task.Status.OPEN).exclude(hold__status="frozen")


def _closed(member: Whose) -> "QuerySet[Any]":
    """What still waits for workers or for the operator."""
    return _tasks(member, Task.Status.CLOSED).exclude(hold__status="frozen").exclude(Exists(_SUBMITTED))


def _frozen(member: Whose) -> "QuerySet[Any]":
    return Task.objects.filter(client=member, hold__status="frozen")


def _answered(member: Whose) -> "QuerySet[Any]":
    running = _tasks(member, Task.Status.OPEN, Task.Status.CLOSED).exclude(hold__status="frozen")
    return running.filter(Exists(_SUBMITTED))


def _last(column: str, claims: "QuerySet[Claim]") -> Subquery:
    """The latest of a timer among the claims of a task."""
    return Subquery(claims.order_by().values("task").annotate(last=Max(column)).values("last"))


def _decided_by() -> Coalesce:
    """When everything that was taken or handed in is decided although nobody does anything."""
    undecided = Claim.objects.filter(task=OuterRef("pk"), status__in=UNDECIDED)
    columns = ("reserved_until", "auto_approve_at", "appeal_by", "decide_by")
    return Coalesce(Greatest(*(_last(column, undecided) for column in columns)), F("closes_at"))


def _waiting_yen() -> Subquery:
    waiting = _SUBMITTED.order_by().values("task")
    counted = waiting.annotate(yen=Count("pk") * F("task__price_yen")).values("yen")
    return Subquery(counted, output_field=BigIntegerField())


def _claims(status: str) -> Rows:
    def rows(member: Whose) -> "QuerySet[Any]":
        """The member's own of that status."""
        return Claim.objects.filter(worker=member, status=status)

    return rows


def _answer(status: str, who: Who, sentence: Text, day: Column, silent: Text, *buttons: Do | Go) -> Kind:
    return Kind(
        name=f"task.pending.{status}",
        code="task.pending",
        who=who,
        rows=_claims(status),
        sentence=sentence,
        page="tasks:answer",
        arguments=ANSWER,
        title="task__job__title",
        amount="task__price_yen",
        day=day,
        buttons=buttons,
        if_silent=silent,
    )


_MONEY = F("hold__funded_yen") - F("hold__settled_yen") - F("hold__refunded_yen") - F("hold__charged_back_yen")

KINDS = (
    Kind(
        name="task.pending.client",
        code="task.pending",
        who="you",
        rows=_answered,
        sentence=words.ANSWERS_FOR_YOU,
        page="tasks:answers",
        title="job__title",
        amount=_waiting_yen(),
        day=_last("auto_approve_at", _SUBMITTED),
        buttons=(Do("approve_answers", yen="yen"), Go("look_at_answers", "tasks:answers", ("pk",))),
        if_silent=words.ANSWERS_SILENT,
    ),
    Kind(
        name="task.open.open",
        code="task.open",
        who="you",
        rows=_open,
        sentence=words.TASK_OPEN,
        page="tasks:detail",
        title="job__title",
        amount=_MONEY,
        day=Greatest(F("closes_at"), _decided_by()),
        buttons=(Do("close_task"),),
        if_silent=words.TASK_SILENT,
    ),
    Kind(
        name="task.open.closed",
        code="task.open",
        who="time",
        rows=_closed,
        sentence=words.TASK_CLOSED,
        page="tasks:answers",
        title="job__title",
        amount=_MONEY,
        day=_decided_by(),
        if_silent=words.TASK_SILENT,
    ),
    Kind(
        name="task.open.frozen",
        code="task.open",
        who="card",
        rows=_frozen,
        sentence=words.FROZEN,
        page="tasks:detail",
        title="job__title",
        amount=_MONEY,
        if_silent=words.CARD_SILENT,
    ),
    _answer(
        "reserved",
        "you",
        words.ANSWER_RESERVED,
        "reserved_until",
        words.RESERVED_SILENT,
        Do("give_place_back"),
        Go("answer_task", "tasks:work", ANSWER),
    ),
    _answer("submitted", "other", words.ANSWER_WAITS, "auto_approve_at", words.ANSWERS_SILENT),
    _answer(
        "rejected",
        "you",
        words.ANSWER_REJECTED,
        "appeal_by",
        words.REJECTED_SILENT,
        Do("accept_rejection"),
        Go("object", "tasks:appeal", ANSWER),
    ),
    _answer("appealed", "operator", words.ANSWER_APPEALED, "decide_by", words.APPEAL_SILENT),
)
