"""An offer under seal: the amount, what it means for both sides, asked once more, made."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nakadachi.kernel.actor import Actor
from nakadachi.kernel.refusal import Refused
from nakadachi.money import rulebook
from nakadachi.trust.mediation import actions, policy, queries
from nakadachi.trust.mediation.models import Case
from nakadachi.web.pages.mediation.forms import OfferForm
from nakadachi.web.pages.mediation.sight import share_in, works_of
from nakadachi.web.pages.mediation.views import case_context
from nakadachi.web.ui import figures
from nakadachi.web.ui.answers import actor_of, keep_form

PAGE = "mediation/offer.html"
SHARE = "mediation/share.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET shows the form; POST works it out, and with `confirmed` makes the offer."""
    actor = actor_of(request)
    case = queries.case_for(actor, case_id)
    context = _context(request, actor, case)
    if request.method != "POST":
        refusal = policy.can_offer(actor, case, queries.own_offers(actor, case), request.now)
        status = refusal.status if refusal else 200
        return render(request, PAGE, {**context, "form": OfferForm(), "refusal": refusal}, status=status)
    form = OfferForm(request.POST)
    is_read = form.is_valid()
    context["share"] = share_in(case, form.cleaned_data.get("amount"), context["work"])
    if request.htmx:
        return render(request, SHARE, context)
    if not is_read:
        return keep_form(request, PAGE, form, context)
    if "edit" in request.POST:
        return render(request, PAGE, {**context, "form": form})
    if "confirmed" in request.POST:
        return _make(request, actor, case, form, context)
    if refusal := queries.offer_refusal(actor, case, form.cleaned_data["amount"], request.now):
        return keep_form(request, PAGE, form, context, refusal)
    return render(request, PAGE, {**context, "form": form, "is_confirming": True})


def _make(request: HttpRequest, actor: Actor, case: Case, form: OfferForm, context: dict[str, Any]) -> HttpResponse:
    try:
        case = actions.offer(
            case=case,
            worker_amount_yen=form.cleaned_data["amount"],
            request_key=form.cleaned_data["request_key"],
            by=actor,
            at=request.now,
        )
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    if case.outcome == Case.Outcome.AGREED:
        facts = {"amount": figures.yen(case.result_yen)}
        messages.success(
            request, _("The offers of both sides have met: %(amount)s before fees. It is settled.") % facts
        )
    else:
        messages.success(request, _("Your offer is made. The other side learns that there is one, not how much."))
    return redirect("mediation:detail", case.pk)


def _context(request: HttpRequest, actor: Actor, case: Case) -> dict[str, Any]:
    work = works_of([case])[case.pk]
    own = queries.own_offers(actor, case)
    return case_context(
        request,
        case,
        work,
        last=own[-1] if own else None,
        left=rulebook.current().mediation.offers_max - len(own),
        share=share_in(case, own[-1].worker_amount_yen if own else None, work),
    )
