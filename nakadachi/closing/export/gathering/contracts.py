"""Contracts of either side: what was agreed, done, changed and ended, with the money of each piece."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from nakadachi.closing.export.gathering.files import ids_by_owner
from nakadachi.closing.export.gathering.holds import HOLD, holds_of
from nakadachi.closing.export.shapes import ABOVE, FILES, INSIDE, KEY, TEXT, Me, Shape, chunks, list_of, or_none, under
from nakadachi.market.contracts.models import (
    Contract,
    Delivery,
    EndProposal,
    Milestone,
    Nudge,
    Prompt,
    Revision,
    Terms,
    TermsChange,
    UnitPrice,
)
from nakadachi.market.hourly.models import Engagement, RateStep
from nakadachi.market.monthly.models import MonthlyPlan

AT_ONCE = 50
_UNDER = {"id": INSIDE, "contract": ABOVE}
_CLOCK = "a timer of the program"

DELIVERY = Shape(
    Delivery,
    ("id", "number", "note", "delivered_at", "withdrawn_at", "revision_reason", "revision_requested_at"),
    without={"milestone": ABOVE, "request_key": KEY},
    more={"files": FILES, "revision_files": FILES},
)
MILESTONE = Shape(
    Milestone,
    (
        "id", "position", "title", "amount_yen", "due_on", "period_from", "period_to", "fund_by", "status",
        "first_delivered_at", "delivered_at", "auto_accept_at", "accepted_at", "closed_at", "revisions_count",
    ),
    without={"contract": ABOVE, "hold": "told as money"},
    more={"money": or_none(HOLD.schema), "deliveries": list_of(DELIVERY.schema)},
)  # fmt: skip
PRICE = Shape(UnitPrice, ("from_on", "amount_yen", "agreed_at"), without=_UNDER)
TERMS = Shape(Terms, ("version", "document", "sha256", "agreed_at"), without=_UNDER, more={"pdf": TEXT})
CHANGE = Shape(
    TermsChange,
    (
        "dates",
        "prices",
        "added",
        "scope",
        "rate",
        "deal_ends_on",
        "reason",
        "status",
        "proposed_at",
        "answer_by",
        "answered_at",
    ),
    people=("proposed_by",),
    without={"request_key": KEY, **_UNDER},
)
END = Shape(
    EndProposal,
    ("settlement", "reason", "status", "proposed_at", "answer_by", "answered_at"),
    people=("proposed_by",),
    without={"request_key": KEY, **_UNDER},
)
NUDGE = Shape(
    Nudge,
    ("status", "asked_at", "due_at", "closed_at"),
    people=("asked_by",),
    without={"request_key": KEY, **_UNDER},
)
PROMPT = Shape(Prompt, ("what", "milestone", "asked_at"), people=("asked_by",), without={"request_key": KEY, **_UNDER})
PLAN = Shape(
    MonthlyPlan,
    (
        "month_scope", "starts_on", "anchor_day", "notice_days", "status", "next_from", "notice_at", "notice_reason",
        "ends_on",
    ),
    people=("notice_by",),
    without={"next_at": _CLOCK, **_UNDER},
)  # fmt: skip
RATE = Shape(RateStep, ("from_on", "rate_yen", "agreed_at"), without={"id": INSIDE, "engagement": ABOVE})
HOURS = Shape(
    Engagement,
    ("weekly_minutes", "starts_on", "holds_money", "stops_at"),
    without={"next_week_at": _CLOCK, **_UNDER},
    more={"rates": list_of(RATE.schema)},
)
CONTRACT = Shape(
    Contract,
    (
        "id", "job", "proposal", "reorder_of", "title", "format", "scope", "amount_yen", "status", "offered_at",
        "answer_by", "agreed_at", "closed_at", "auto_accept_days", "revisions_max", "deal_ends_at",
    ),
    people=("client", "worker"),
    without={
        "service": INSIDE,
        "request_key": KEY,
        "client_wrote_at": "a sign of life; what was done stands here with its time",
        "worker_wrote_at": "a sign of life; what was done stands here with its time",
    },
    more={
        "milestones": list_of(MILESTONE.schema),
        "unit_prices": list_of(PRICE.schema),
        "terms": list_of(TERMS.schema),
        "changes": list_of(CHANGE.schema),
        "ends": list_of(END.schema),
        "nudges": list_of(NUDGE.schema),
        "prompts": list_of(PROMPT.schema),
        "monthly_plan": or_none(PLAN.schema),
        "hours": or_none(HOURS.schema),
    },
)  # fmt: skip


def contracts_of(member_id: int) -> Q:
    """On either side."""
    return Q(client=member_id) | Q(worker=member_id)


def terms_pdf_path(terms: Terms) -> str:
    """Where the document lies in the archive."""
    return f"terms/contract-{terms.contract_id}-v{terms.version}.pdf"


def gather(me: Me) -> Iterator[dict[str, Any]]:
    """The oldest first. Withdrawn deliveries are the worker's alone."""
    for some in chunks(Contract.objects.filter(contracts_of(me.id)).order_by("pk"), AT_ONCE):
        ids = [contract.pk for contract in some]
        me.meet(side for contract in some for side in (contract.client_id, contract.worker_id))
        parts = {
            "milestones": _milestones(some, me),
            "unit_prices": _short(PRICE, ids, me),
            "terms": _terms(ids, me),
            "changes": _short(CHANGE, ids, me),
            "ends": _short(END, ids, me),
            "nudges": _short(NUDGE, ids, me),
            "prompts": _short(PROMPT, ids, me),
        }
        plans, hours = _short(PLAN, ids, me), _hours(ids, me)
        for contract in some:
            lists = {name: found.get(contract.pk, []) for name, found in parts.items()}
            plan = next(iter(plans.get(contract.pk, [])), None)
            yield CONTRACT.row(contract, me, **lists, monthly_plan=plan, hours=hours.get(contract.pk))


def _short(shape: Shape, ids: list[int], me: Me) -> dict[int, list[dict[str, Any]]]:
    rows = under(shape.model._default_manager.filter(contract__in=ids).order_by("pk"), "contract_id")
    return {contract_id: [shape.row(one, me) for one in found] for contract_id, found in rows.items()}


def _terms(ids: list[int], me: Me) -> dict[int, list[dict[str, Any]]]:
    rows = under(Terms.objects.filter(contract__in=ids).order_by("version"), "contract_id")
    return {pk: [TERMS.row(one, me, pdf=terms_pdf_path(one)) for one in found] for pk, found in rows.items()}


def _hours(ids: list[int], me: Me) -> dict[int, dict[str, Any]]:
    found = Engagement.objects.filter(contract__in=ids).prefetch_related("rate_steps")
    return {one.contract_id: HOURS.row(one, me, rates=RATE.rows(one.rate_steps.all(), me)) for one in found}


def _milestones(some: list[Contract], me: Me) -> dict[int, list[dict[str, Any]]]:
    by_id = {contract.pk: contract for contract in some}
    milestones = list(Milestone.objects.filter(contract__in=by_id).order_by("contract_id", "position"))
    deliveries = Delivery.objects.filter(milestone__in=[one.pk for one in milestones]).order_by("number")
    handed_in = under(deliveries, "milestone_id")
    delivery_ids = [one.pk for found in handed_in.values() for one in found]
    files = ids_by_owner(me.id, Delivery, delivery_ids)
    wishes = ids_by_owner(me.id, Revision, delivery_ids)
    money = holds_of([one.hold_id for one in milestones], me)
    told: dict[int, list[dict[str, Any]]] = {}
    for one in milestones:
        shown = [
            each
            for each in handed_in.get(one.pk, [])
            if each.withdrawn_at is None or by_id[one.contract_id].worker_id == me.id
        ]
        rows = [
            DELIVERY.row(each, me, files=files.get(each.pk, []), revision_files=wishes.get(each.pk, []))
            for each in shown
        ]
        told.setdefault(one.contract_id, []).append(
            MILESTONE.row(one, me, money=money.get(one.hold_id or 0), deliveries=rows)
        )
    return told
