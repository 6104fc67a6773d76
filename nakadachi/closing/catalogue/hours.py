"""Work by the hour: a week's money, its report and its approval, what is owed where nothing is held, and the rest."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from nakadachi.closing import words
from nakadachi.closing.kind import Do, Go, Kind, Whose
from nakadachi.infra.prepared import Param
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly.models import TimeEntry, WorkWeek

Status = WorkWeek.Status
WEEK = ("engagement__contract_id", "pk")
TITLE = "engagement__contract__title"
_LINES = TimeEntry.objects.filter(week=OuterRef("pk"), deleted_at=None).exclude(decision="dropped")
_SILENT = {"title": TITLE, "day": "act_by", "amount": "hold__amount_yen", "if_silent": words.WEEK_SILENT}


def _weeks(side: str, *which: Any, **more: Any) -> Any:
    def rows(member: Whose) -> "QuerySet[Any]":
        """Weeks of running work of which the member is that side; money that stands still is told elsewhere."""
        mine = {f"engagement__contract__{side}": member, "engagement__contract__status": Contract.Status.ACTIVE}
        found = WorkWeek.objects.filter(*which, **mine, **more)
        return found.exclude(hold__status="frozen")

    return rows


def _running(side: str) -> Any:
    return _weeks(side, Exists(_LINES.filter(ended_at=None)), status=Status.OPEN)


def _recorded(side: str) -> Any:
    return _weeks(side, Exists(_LINES), ~Exists(_LINES.filter(ended_at=None)), status=Status.OPEN)


def _idle(side: str) -> Any:
    return _weeks(side, ~Exists(_LINES), status=Status.OPEN, hold__status="funded")


def _reported(side: str) -> Any:
    return _weeks(side, status__in=WorkWeek.TO_INSPECT)


def _returned(side: str) -> Any:
    return _weeks(side, status=Status.RETURNED)


def _owed(side: str, *which: Any) -> Any:
    def rows(member: Whose) -> "QuerySet[Any]":
        """Approved where nothing is held, and not paid; also after the contract."""
        unpaid = Q(hold=None) | Q(hold__status="unfunded")
        mine = {f"engagement__contract__{side}": member, "engagement__holds_money": False}
        decided = WorkWeek.objects.filter(unpaid, *which, status__in=[Status.APPROVED, Status.SETTLED], **mine)
        return decided.filter(approved_yen__gt=0)

    return rows


def _disputed(member: Whose) -> "QuerySet[Any]":
    sides = Q(engagement__contract__client=member) | Q(engagement__contract__worker=member)
    return WorkWeek.objects.filter(sides, hold__is_disputed=True)


def _going_on(member: Whose) -> "QuerySet[Any]":
    """Weeks follow. Where money waits for hours, the week says it, with the same button."""
    mine = Contract.objects.filter(Q(client=member) | Q(worker=member), status=Contract.Status.ACTIVE, format="hourly")
    waiting = WorkWeek.objects.filter(engagement=OuterRef("engagement__pk"), status=Status.OPEN, hold__status="funded")
    return mine.filter(engagement__stops_at=None).exclude(Exists(waiting.filter(~Exists(_LINES))))


def _given_up() -> Case:
    """So many weeks in a row that nobody pays in end the work (`skips`: but the first of them); where nothing is held
    there is no such day."""
    unpaid = WorkWeek.objects.filter(engagement=OuterRef("engagement__pk"), fund_by__isnull=False).order_by()
    last = unpaid.values("engagement").annotate(last=Max("fund_by")).values("last")
    following = ExpressionWrapper(F("engagement__next_week_at") + timedelta(weeks=1), output_field=DateTimeField())
    day = ExpressionWrapper(Coalesce(Subquery(last), following) + Param("skips"), output_field=DateTimeField())
    return Case(When(engagement__holds_money=True, then=day))


KINDS = (
    Kind(
        name="timesheet.waiting.running",
        code="timesheet.waiting",
        who="you",
        rows=_running("worker"),
        sentence=words.TIMER_RUNS,
        page="hourly:week",
        arguments=WEEK,
        buttons=(Do("stop_timer"),),
        **_SILENT,
    ),
    Kind(
        name="timesheet.waiting.recorded.worker",
        code="timesheet.waiting",
        who="you",
        rows=_recorded("worker"),
        sentence=words.WEEK_TO_REPORT,
        page="hourly:week",
        arguments=WEEK,
        buttons=(Do("report_week"),),
        **_SILENT,
    ),
    *(
        Kind(
            name=f"timesheet.waiting.{name}.client",
            code="timesheet.waiting",
            who="other",
            rows=rows("client"),
            sentence=words.WEEK_OF_WORKER,
            page="hourly:week",
            arguments=WEEK,
            **_SILENT,
        )
        for name, rows in (("running", _running), ("recorded", _recorded))
    ),
    Kind(
        name="timesheet.waiting.reported.worker",
        code="timesheet.waiting",
        who="other",
        rows=_reported("worker"),
        sentence=words.WEEK_WAITS,
        page="hourly:week",
        arguments=WEEK,
        **_SILENT,
    ),
    Kind(
        name="timesheet.waiting.reported.client",
        code="timesheet.waiting",
        who="you",
        rows=_reported("client"),
        sentence=words.WEEK_TO_APPROVE,
        page="hourly:week",
        arguments=WEEK,
        buttons=(Do("approve_week", yen="yen"), Go("look_at_week", "hourly:week", WEEK)),
        **_SILENT,
    ),
    Kind(
        name="timesheet.waiting.returned.worker",
        code="timesheet.waiting",
        who="you",
        rows=_returned("worker"),
        sentence=words.WEEK_RETURNED,
        page="hourly:week",
        arguments=WEEK,
        buttons=(Go("answer_week", "hourly:answer", WEEK),),
        **_SILENT,
    ),
    Kind(
        name="timesheet.waiting.returned.client",
        code="timesheet.waiting",
        who="other",
        rows=_returned("client"),
        sentence=words.WEEK_SENT_BACK,
        page="hourly:week",
        arguments=WEEK,
        **_SILENT,
    ),
    Kind(
        name="timesheet.waiting.owed.client",
        code="timesheet.waiting",
        who="you",
        rows=_owed("client"),
        sentence=words.WEEK_TO_PAY,
        page="hourly:week",
        arguments=WEEK,
        title=TITLE,
        amount="approved_yen",
        buttons=(Go("pay_week", "hourly:funding", WEEK),),
        if_silent=words.WEEK_UNPAID_SILENT,
    ),
    Kind(
        name="timesheet.waiting.owed.worker",
        code="timesheet.waiting",
        who="other",
        rows=_owed("worker", Q(pay_by__isnull=False)),
        sentence=words.WEEK_OWED,
        page="hourly:week",
        arguments=WEEK,
        title=TITLE,
        amount="approved_yen",
        day="pay_by",
        if_silent=words.WEEK_UNPAID_SILENT,
    ),
    *(
        Kind(
            name=f"escrow.idle.week.{side}",
            code="escrow.idle",
            who="you",
            rows=_idle(side),
            sentence=words.WEEK_IDLE,
            page="hourly:week",
            arguments=WEEK,
            buttons=(Do("finish_hours", thing="engagement__contract_id"),),
            **_SILENT,
        )
        for side in ("client", "worker")
    ),
    Kind(
        name="escrow.frozen.week",
        code="escrow.frozen",
        who="card",
        rows=_disputed,
        sentence=words.FROZEN,
        page="hourly:week",
        arguments=WEEK,
        title=TITLE,
        amount="hold__amount_yen",
        if_silent=words.CARD_SILENT,
    ),
    Kind(
        name="contract.active.hours",
        code="contract.active",
        who="you",
        rows=_going_on,
        sentence=words.HOURS,
        page="contracts:detail",
        title="title",
        day=_given_up(),
        buttons=(Do("finish_hours"),),
        if_silent=words.HOURS_SILENT,
    ),
)
