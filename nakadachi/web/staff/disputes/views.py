"""Disputes by the day an answer is due; one with its facts, our answer, and in a demo the card company's decision."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.payments import actions, queries
from nakadachi.money.payments.gateways.sandbox import clockwork
from nakadachi.money.payments.models import Dispute
from nakadachi.people.roles import areas
from nakadachi.web.pages.earnings.paying import dispute_status, reason_words
from nakadachi.web.staff.disputes.forms import EvidenceForm
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.works import journals_of, work_of_payments
from nakadachi.web.ui.answers import keep_form, staff_of

PAGE = "staff_disputes/detail.html"


@works_in(areas.REFUNDS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Undecided ones by their deadline, or decided ones with who bears them."""
    is_open = request.GET.get("tab") != "decided"
    page = queries.disputes(staff_of(request), is_open=is_open, after=request.GET.get("after", ""))
    works = work_of_payments([dispute.payment for dispute in page.rows])
    context = {
        "page": page,
        "rows": [(row, dispute_status(row), works.get(row.payment_id)) for row in page.rows],
        "tabs": [
            (pgettext("disputes", "Undecided"), "?tab=open", is_open),
            (pgettext("disputes", "Decided"), "?tab=decided", not is_open),
        ],
    }
    return render(request, "staff_disputes/list.html", context)


@works_in(areas.REFUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, dispute_id: int) -> HttpResponse:
    """GET shows it, POST answers the card company."""
    staff = staff_of(request)
    dispute = queries.dispute_for(staff, dispute_id)
    if request.method != "POST":
        form = EvidenceForm(initial={"evidence": dispute.evidence})
        return render(request, PAGE, {**_facts(request, dispute), "form": form})
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, _facts(request, dispute))
    try:
        actions.give_evidence(dispute=dispute, text=form.cleaned_data["evidence"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, _facts(request, dispute), refused.refusal)
    messages.success(request, pgettext("disputes", "Your answer is sent to the card company."))
    return redirect("staff:disputes:detail", dispute.pk)


@works_in(areas.REFUNDS)
@require_POST
def decision(request: HttpRequest, dispute_id: int) -> HttpResponse:
    """Play the test card company; there is no such button where real cards are taken."""
    dispute = queries.dispute_for(staff_of(request), dispute_id)
    if not _is_played(dispute) or request.POST.get("outcome") not in {"won", "lost"}:
        raise NotVisible
    clockwork.decide(ref=dispute.gateway_ref, won=request.POST["outcome"] == "won", at=request.now)
    actions.look_at_dispute(dispute_id=dispute.pk, at=request.now)
    return redirect("staff:disputes:detail", dispute.pk)


def _is_played(dispute: Dispute) -> bool:
    return settings.DEMO and dispute.payment.gateway == "sandbox"


def _facts(request: HttpRequest, dispute: Dispute) -> dict[str, Any]:
    return {
        "dispute": dispute,
        "status": dispute_status(dispute),
        "reason": reason_words(dispute.reason),
        "work": work_of_payments([dispute.payment]).get(dispute.payment_id),
        "journals": journals_of(dispute.payment),
        "is_late": dispute.status == "open" and request.now >= dispute.answer_by,
        "is_played": dispute.status == "open" and _is_played(dispute),
    }
