"""Work by the hour: the timer, the report, the approval, and the end of the work."""

from django.db.models import Exists, OuterRef, Q

from nakadachi.closing.remedies.deed import Deed, Press, client, side, worker
from nakadachi.closing.remedies.pieces import reason
from nakadachi.market.contracts.models import Contract
from nakadachi.market.hourly import actions as hourly
from nakadachi.market.hourly.models import Engagement, TimeEntry, WorkWeek

_CONTRACT = "engagement__contract__"
_RUNNING = TimeEntry.objects.filter(week=OuterRef("pk"), ended_at=None)
_REPORTED = Q(status__in=WorkWeek.TO_INSPECT)


def _stop(week: WorkWeek, press: Press) -> object:
    return hourly.stop(entry=TimeEntry.objects.get(week=week, ended_at=None), by=press.by, at=press.at)


def _finish(contract: Contract, press: Press) -> object:
    engagement = Engagement.objects.get(contract=contract)
    return hourly.finish(engagement=engagement, reason=reason(), by=press.by, at=press.at)


DEEDS = {
    "stop_timer": Deed(WorkWeek, worker(_CONTRACT), Q(Exists(_RUNNING)), _stop),
    "report_week": Deed(
        WorkWeek,
        worker(_CONTRACT),
        Q(status=WorkWeek.Status.OPEN),
        lambda week, press: hourly.report(week=week, by=press.by, at=press.at),
    ),
    "approve_week": Deed(
        WorkWeek,
        client(_CONTRACT),
        _REPORTED,
        lambda week, press: hourly.review(week=week, by=press.by, at=press.at),
    ),
    "finish_hours": Deed(
        Contract,
        side(),
        Q(status=Contract.Status.ACTIVE, engagement__isnull=False, engagement__stops_at=None),
        _finish,
    ),
}
