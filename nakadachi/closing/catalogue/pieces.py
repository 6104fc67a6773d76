"""Work in pieces, projects and months alike: a milestone's money and delivery, and contracts without money in them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from nakadachi.closing import words
from nakadachi.closing.kind import Do, Go, Kind, Whose, piece_title
from nakadachi.market.contracts.models import Contract, Milestone
from nakadachi.money.escrow.models import HELD

PENDING = (Milestone.Status.OPEN, Milestone.Status.DELIVERED)
SIDES = ("client", "worker")


def _pieces(side: str, **more: Any) -> Any:
    def rows(member: Whose) -> "QuerySet[Any]":
        """Pieces of running contracts of which the member is that side."""
        mine = {f"contract__{side}": member, "contract__status": Contract.Status.ACTIVE}
        return Milestone.objects.filter(**mine, **more)

    return rows


def _delivered(side: str) -> Any:
    return _pieces(side, status=Milestone.Status.DELIVERED, hold__status="funded")


def _idle(side: str) -> Any:
    return _pieces(side, status=Milestone.Status.OPEN, hold__status="funded")


def _disputed(side: str) -> Any:
    return _pieces(side, status__in=PENDING, hold__is_disputed=True)


def empty_contracts(member: Whose) -> "QuerySet[Any]":
    """Running contracts of pieces in which no money stands: whoever wants may end them, but for a notice."""
    held = Milestone.objects.filter(contract=OuterRef("pk"), status__in=PENDING, hold__status__in=HELD)
    mine = Contract.objects.filter(Q(client=member) | Q(worker=member), status=Contract.Status.ACTIVE)
    return mine.exclude(format="hourly").exclude(Exists(held))


def _bare(member: Whose) -> "QuerySet[Any]":
    return empty_contracts(member).filter(format="project")


KINDS = (
    Kind(
        name="delivery.waiting.client",
        code="delivery.waiting",
        who="you",
        rows=_delivered("client"),
        sentence=words.DELIVERY_FOR_YOU,
        page="contracts:acceptance",
        arguments=("contract_id", "pk"),
        title=piece_title(),
        amount="amount_yen",
        day="auto_accept_at",
        buttons=(
            Do("accept_delivery", yen="yen"),
            Go("inspect", "contracts:acceptance", ("contract_id", "pk")),
            Go("open_mediation", "mediation:new", ("hold_id",)),
        ),
        if_silent=words.DELIVERY_SILENT,
    ),
    Kind(
        name="delivery.waiting.worker",
        code="delivery.waiting",
        who="other",
        rows=_delivered("worker"),
        sentence=words.DELIVERY_OF_YOURS,
        page="contracts:detail",
        arguments=("contract_id",),
        title=piece_title(),
        amount="amount_yen",
        moves="hold__client_pays_yen",
        day="auto_accept_at",
        buttons=(
            Do("remind", thing="contract_id"),
            Do("hand_back", yen="moves"),
            Go("open_mediation", "mediation:new", ("hold_id",)),
        ),
        if_silent=words.DELIVERY_SILENT,
    ),
    Kind(
        name="escrow.idle.worker",
        code="escrow.idle",
        who="you",
        rows=_idle("worker"),
        sentence=words.ESCROW_OF_WORKER,
        page="contracts:detail",
        arguments=("contract_id",),
        title=piece_title(),
        amount="amount_yen",
        moves="hold__client_pays_yen",
        day="contract__deal_ends_at",
        buttons=(
            Do("hand_back", yen="moves"),
            Go("deliver", "contracts:delivery", ("contract_id", "pk")),
            Do("propose_end", thing="contract_id", yen="moves"),
            Go("open_mediation", "mediation:new", ("hold_id",)),
        ),
        if_silent=words.ESCROW_SILENT,
    ),
    Kind(
        name="escrow.idle.client",
        code="escrow.idle",
        who="other",
        rows=_idle("client"),
        sentence=words.ESCROW_OF_CLIENT,
        page="contracts:detail",
        arguments=("contract_id",),
        title=piece_title(),
        amount="amount_yen",
        moves="hold__client_pays_yen",
        day="contract__deal_ends_at",
        buttons=(
            Do("propose_end", thing="contract_id", yen="moves"),
            Go("open_mediation", "mediation:new", ("hold_id",)),
        ),
        if_silent=words.ESCROW_SILENT,
    ),
    *(
        Kind(
            name=f"escrow.frozen.{side}",
            code="escrow.frozen",
            who="card",
            rows=_disputed(side),
            sentence=words.FROZEN,
            page="contracts:detail",
            arguments=("contract_id",),
            title=piece_title(),
            amount="amount_yen",
            if_silent=words.CARD_SILENT,
        )
        for side in SIDES
    ),
    Kind(
        name="contract.active.project",
        code="contract.active",
        who="you",
        rows=_bare,
        sentence=words.CONTRACT,
        page="contracts:detail",
        title="title",
        day="deal_ends_at",
        buttons=(Do("end_contract"), Do("remind")),
        if_silent=words.CONTRACT_SILENT,
    ),
)
