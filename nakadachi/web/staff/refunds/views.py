"""What waits for somebody first; one refund with its history, and the two ways to end its waiting."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.money.payments import actions, policy, queries
from nakadachi.money.payments.models import Refund
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.web.pages.earnings.paying import code_words, refund_status
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.refunds.forms import TransferForm
from nakadachi.web.staff.works import journals_of, work_of_payments
from nakadachi.web.ui.answers import keep_form, staff_of

PAGE = "staff_refunds/detail.html"


@works_in(areas.REFUNDS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """By tab; what waits longest comes first where somebody has to act."""
    tabs = {
        "waiting": pgettext("refunds", "To look at"),
        "moving": pgettext("refunds", "On their way"),
        "done": pgettext("refunds", "Done"),
    }
    here = request.GET.get("tab", "")
    here = here if here in tabs else "waiting"
    page = queries.refunds(staff_of(request), cast(queries.RefundTab, here), request.GET.get("after", ""))
    works = work_of_payments([refund.payment for refund in page.rows])
    context = {
        "page": page,
        "rows": [(refund, refund_status(refund), works.get(refund.payment_id)) for refund in page.rows],
        "tabs": [(label, f"?tab={name}", name == here) for name, label in tabs.items()],
        "here": here,
    }
    return render(request, "staff_refunds/list.html", context)


@works_in(areas.REFUNDS)
@require_safe
def detail(request: HttpRequest, refund_id: int) -> HttpResponse:
    """One refund, what became of it, who bears what."""
    refund = queries.refund_for(staff_of(request), refund_id)
    return render(request, PAGE, {**_facts(request, refund), "form": TransferForm()})


@works_in(areas.REFUNDS)
@require_POST
def retry(request: HttpRequest, refund_id: int) -> HttpResponse:
    """Ask the provider once more."""
    staff = staff_of(request)
    refund = queries.refund_for(staff, refund_id)
    try:
        actions.retry_refund(refund=refund, by=staff, at=request.now)
    except Refused as refused:
        context = {**_facts(request, refund), "form": TransferForm(), "refusal": refused.refusal}
        return render(request, PAGE, context, status=refused.refusal.status)
    messages.success(request, pgettext("refunds", "The provider is asked again."))
    return redirect("staff:refunds:detail", refund.pk)


@works_in(areas.REFUNDS)
@require_POST
def transfer(request: HttpRequest, refund_id: int) -> HttpResponse:
    """Given back by the operator's own transfer; with `STAFF_TWO_PERSON` ordered by one and marked by another."""
    staff = staff_of(request)
    refund = queries.refund_for(staff, refund_id)
    ordered = queries.ordered_transfer(refund)
    form = TransferForm(request.POST if ordered is None else {"note": ordered.data["note"]})
    if not form.is_valid():
        return keep_form(request, PAGE, form, _facts(request, refund))
    is_order = settings.STAFF_TWO_PERSON and ordered is None
    act = actions.order_transfer if is_order else actions.transfer_refund
    try:
        act(refund=refund, note=form.cleaned_data["note"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, _facts(request, refund), refused.refusal)
    if is_order:
        said = pgettext("refunds", "The bank transfer is ordered. A colleague carries it out and marks it.")
    else:
        said = pgettext("refunds", "The refund is marked as sent by bank transfer.")
    messages.success(request, said)
    return redirect("staff:refunds:detail", refund.pk)


@works_in(areas.REFUNDS)
@require_POST
def drop(request: HttpRequest, refund_id: int) -> HttpResponse:
    """Take the order of a bank transfer back."""
    staff = staff_of(request)
    refund = actions.drop_transfer(refund=queries.refund_for(staff, refund_id), by=staff, at=request.now)
    messages.success(request, pgettext("refunds", "The order is taken back."))
    return redirect("staff:refunds:detail", refund.pk)


def _facts(request: HttpRequest, refund: Refund) -> dict[str, Any]:
    staff = staff_of(request)
    is_disputed = queries.is_disputed(refund.payment)
    wait = policy.can_decide(staff, refund, is_disputed=is_disputed)
    ordered = queries.ordered_transfer(refund)
    return {
        "refund": refund,
        "status": refund_status(refund),
        "why": code_words(refund.refuse_code),
        "work": work_of_payments([refund.payment]).get(refund.payment_id),
        "journals": journals_of(refund.payment),
        "dispute": queries.dispute_of(refund.payment),
        "can_act": wait is None,
        "wait": wait if refund.status == "refused" else None,
        "ordered": ordered,
        "ordered_by": member_for(staff, ordered.actor_id) if ordered and ordered.actor_id else None,
        "cannot_mark": policy.can_transfer(staff, refund, is_disputed=is_disputed, ordered_by=ordered.actor_id)
        if ordered
        else None,
        "is_by_two": settings.STAFF_TWO_PERSON,
    }
