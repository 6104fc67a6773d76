"""One page: what is held, what is owed, what is the operator's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.refusal import Refused
from nakadachi.money.payouts import actions
from nakadachi.money.payouts.funds import Funds, funds
from nakadachi.people.roles import areas
from nakadachi.web.staff.funds.forms import SweepForm
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import keep_form, posted, staff_of


@works_in(areas.FUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """GET shows the state; POST takes earned fees out."""
    form = SweepForm(posted(request))
    if request.method != "POST":
        return render(request, "staff_funds/overview.html", {**_facts(), "form": form})
    if not form.is_valid():
        return keep_form(request, "staff_funds/overview.html", form, _facts())
    fields = form.cleaned_data
    try:
        actions.sweep_fees(
            amount_yen=fields["amount"], request_key=fields["request_key"], by=staff_of(request), at=request.now
        )
    except Refused as refused:
        return keep_form(request, "staff_funds/overview.html", form, _facts(), refused.refusal)
    messages.success(request, _("The fees are booked out."))
    return redirect("staff:funds")


def _facts() -> dict[str, object]:
    state: Funds = funds()
    names = {
        "hold": pgettext("owed", "Set aside for work in progress"),
        "member": pgettext("owed", "Balances of members"),
        "payouts_in_transit": pgettext("owed", "Payouts on their way"),
        "refunds_in_transit": pgettext("owed", "Refunds on their way"),
        "unapplied": pgettext("owed", "Receipts not matched yet"),
        "plan_deferred": pgettext("owed", "Paid options not used up"),
        "unclaimed": pgettext("owed", "Left behind by members"),
        "withholding_payable": pgettext("owed", "Withheld tax"),
    }
    return {"funds": state, "owed": [(names[kind], amount_yen) for kind, amount_yen in state.owed_yen.items()]}
