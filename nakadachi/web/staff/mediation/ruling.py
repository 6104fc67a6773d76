"""Ruling to the yen, with reasons: worked out for both sides, asked once more, written down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.money.escrow import policy as escrow
from nakadachi.people.roles import areas
from nakadachi.trust.mediation import actions, queries
from nakadachi.web.pages.mediation.sight import said_in, share_in, works_of
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.mediation.forms import RulingForm
from nakadachi.web.staff.mediation.views import case_facts
from nakadachi.web.ui.answers import keep_form, staff_of

PAGE = "staff_mediation/ruling.html"
SHARE = "mediation/share.html"


@works_in(areas.MEDIATION)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET shows the form; POST works it out, and with `confirmed` rules."""
    staff = staff_of(request)
    case = queries.case_for(staff, case_id)
    work = works_of([case])[case.pk]
    context = {**case_facts(case, work), "is_second": case.status == "appealed", "said": said_in(case, work)}
    if request.method != "POST":
        refusal = queries.rule_refusal(staff, case, request.now)
        status = refusal.status if refusal else 200
        return render(request, PAGE, {**context, "form": RulingForm(), "refusal": refusal}, status=status)
    form = RulingForm(request.POST)
    is_read = form.is_valid()
    amount_yen = form.cleaned_data.get("amount")
    context["share"] = share_in(case, amount_yen, work)
    if request.htmx:
        return render(request, SHARE, context)
    if not is_read:
        return keep_form(request, PAGE, form, context)
    if "edit" in request.POST:
        return render(request, PAGE, {**context, "form": form})
    refusal = queries.rule_refusal(staff, case, request.now) or escrow.can_take(case.hold, amount_yen, low_yen=0)
    if refusal:
        return keep_form(request, PAGE, form, context, refusal)
    if "confirmed" not in request.POST:
        return render(request, PAGE, {**context, "form": form, "is_confirming": True})
    try:
        actions.rule(
            case=case, worker_amount_yen=amount_yen, reasons=form.cleaned_data["text"], by=staff, at=request.now
        )
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    messages.success(request, pgettext("console", "The ruling is written down, and both sides are told."))
    return redirect("staff:mediation:detail", case.pk)
