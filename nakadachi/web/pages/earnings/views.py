"""「報酬管理」: the board, what a client paid, the statement, and the proof behind every figure."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nakadachi.infra.paging import page_of
from nakadachi.kernel.refusal import NotVisible
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.hourly import queries as hourly
from nakadachi.money.escrow import queries as escrow
from nakadachi.money.escrow.actions import PURPOSE
from nakadachi.money.payments import queries as payments
from nakadachi.web.pages.earnings import board as boards
from nakadachi.web.pages.earnings import paying, statement
from nakadachi.web.pages.earnings.contract import contract_proof, week_proofs
from nakadachi.web.pages.earnings.outlook import outlook_of
from nakadachi.web.pages.earnings.proof import proof_for
from nakadachi.web.pages.earnings.tiles import tiles_of
from nakadachi.web.ui.answers import actor_of


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Money in every state, the next payout, and the entries of one's own account."""
    member = request.user
    account_id = boards.own_account(member.pk)
    outlook, balance_yen = outlook_of(member, now=request.now)
    working, waiting = boards.held_for(member.pk, at=request.now)
    context = {
        "tiles": tiles_of(member.pk, working=working, waiting=waiting, balance_yen=balance_yen),
        "outlook": outlook,
        "working": working,
        "waiting": waiting,
        "page": boards.entries_page(account_id, after=request.GET.get("after", ""), balance_yen=balance_yen),
    }
    return render(request, "earnings/board.html", context)


@login_required
@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    """What the member paid in as a client."""
    found = page_of(escrow.paid_by(request.user.pk), order=("-funded_at", "-pk"), after=request.GET.get("after", ""))
    lines = boards.paid_lines(found.rows, payer_id=request.user.pk)
    disputes = payments.disputes_about(PURPOSE, [line.hold_id for line in lines])
    rows = [(line, paying.dispute_note(disputes.get(line.hold_id))) for line in lines]
    return render(request, "earnings/paid.html", {"rows": rows, "page": found})


@login_required
@require_safe
def paid_csv(request: HttpRequest) -> HttpResponse:
    """Every payment and refund of a client."""
    answer = HttpResponse(paying.as_csv(request.user.pk), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition_header(True, paying.file_name()) or "attachment"
    return answer


@login_required
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """What goes or went back to the member as a client."""
    found = page_of(
        payments.refunds_of(request.user.pk), order=("-requested_at", "-pk"), after=request.GET.get("after", "")
    )
    lines = paying.refund_lines(found.rows)
    return render(request, "earnings/refunds.html", {"lines": lines, "page": found})


@login_required
@require_safe
def statement_csv(request: HttpRequest) -> HttpResponse:
    """The whole statement of one's own account."""
    try:
        found = statement.statement_of(request.user.pk)
    except NotVisible:
        found = None
    answer = HttpResponse(statement.as_csv(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition_header(True, statement.file_name()) or "attachment"
    return answer


@login_required
@require_safe
def contract_money(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Every milestone of a contract: its calculation and all its journals."""
    actor = actor_of(request)
    contract = contracts.contract_for(actor, contract_id)
    viewer_id = request.user.pk
    context = {
        "contract": contract,
        "proofs": contract_proof(contract, viewer_id=viewer_id, now=request.now),
        "weeks": week_proofs(contract, viewer_id=viewer_id) if contract.format == "hourly" else [],
        "is_unheld": contract.format == "hourly" and not hourly.engagement_for(actor, contract.pk).holds_money,
        "side": "client" if contract.client_id == viewer_id else "worker",
    }
    return render(request, "earnings/contract.html", context)


@login_required
@require_safe
def journal(request: HttpRequest, journal_id: int) -> HttpResponse:
    """One journal with everything behind it."""
    return render(request, "earnings/journal.html", {"proof": proof_for(actor_of(request), journal_id)})
