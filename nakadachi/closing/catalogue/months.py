"""Work by the month between its months. Money that is set aside for one is a piece like any other (`pieces`)."""

from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from nakadachi.closing import words
from nakadachi.closing.catalogue.pieces import PENDING, empty_contracts
from nakadachi.closing.kind import Do, Kind, LastMinute, Whose
from nakadachi.market.contracts.models import Milestone

_PAID = Exists(Milestone.objects.filter(contract=OuterRef("pk"), hold__funded_at__isnull=False))


def _months(member: Whose) -> "QuerySet[Any]":
    return empty_contracts(member).filter(format="monthly")


def _to_end(member: Whose) -> "QuerySet[Any]":
    """The worker at any time, and the client before the first month was paid."""
    return _months(member).filter(Q(worker=member) | ~_PAID)


def _to_give_notice(member: Whose) -> "QuerySet[Any]":
    return _months(member).filter(_PAID, client=member, monthly_plan__status="running")


def _leaving(member: Whose) -> "QuerySet[Any]":
    """Notice is given, or no month follows any more, and the last ones go to their end."""
    return _months(member).filter(_PAID, client=member).exclude(monthly_plan__status="running")


def _over_by() -> Least:
    """A month that nobody pays does not begin, and none follows; and there is the deal deadline."""
    unpaid = Milestone.objects.filter(contract=OuterRef("pk"), status__in=PENDING).order_by()
    first = unpaid.values("contract").annotate(first=Min("fund_by")).values("first")
    ends_on = LastMinute(F("monthly_plan__ends_on"))
    return Least(F("deal_ends_at"), Coalesce(Subquery(first), LastMinute(F("monthly_plan__next_from")), ends_on))


KINDS = (
    Kind(
        name="contract.active.month",
        code="contract.active",
        who="you",
        rows=_to_end,
        sentence=words.MONTHS,
        page="contracts:detail",
        title="title",
        day=_over_by(),
        buttons=(Do("end_contract"), Do("remind")),
        if_silent=words.MONTHS_SILENT,
    ),
    Kind(
        name="contract.active.notice",
        code="contract.active",
        who="you",
        rows=_to_give_notice,
        sentence=words.MONTHS_TO_NOTICE,
        page="contracts:detail",
        title="title",
        day=_over_by(),
        buttons=(Do("give_notice"),),
        if_silent=words.MONTHS_SILENT,
    ),
    Kind(
        name="contract.active.leaving",
        code="contract.active",
        who="time",
        rows=_leaving,
        sentence=words.MONTHS_LEAVING,
        page="contracts:detail",
        title="title",
        day=_over_by(),
        if_silent=words.MONTHS_SILENT,
    ),
)
