"""Giving notice, after a page that says to the day and the yen what follows from it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts.models import Contract
from nakadachi.market.monthly import actions, policy, queries
from nakadachi.web.pages.contracts.views.common import back, contract_context, contract_of, refused_page
from nakadachi.web.pages.monthly.forms import NoticeForm
from nakadachi.web.ui import figures
from nakadachi.web.ui.answers import actor_of, keep_form

FORM = "monthly/notice.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The last day, and what becomes of the month it lies in, before the button."""
    contract = contract_of(request, contract_id)
    plan = queries.plan_of(contract)
    context = _context(request, contract)
    if request.method != "POST":
        refusal = policy.can_give_notice(actor_of(request), contract, plan, request.now)
        if refusal:
            return refused_page(request, FORM, context, refusal)
        return render(request, FORM, {**context, "form": NoticeForm()})
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return keep_form(request, FORM, form, context)
    try:
        plan = actions.give_notice(
            contract=contract, reason=form.cleaned_data["reason"], by=actor_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, FORM, form, context, refused.refusal)
    said = _("Notice is given. The last day is %(day)s.") % {"day": figures.long_day(plan.ends_on)}
    return back(contract, request, said)


def _context(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    plan = queries.plan_of(contract)
    return contract_context(request, contract, plan=plan, outlook=queries.outlook(plan, jst_date(request.now)))
