"""The page of an hourly contract, its history, its file, and the end of the work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.market.contracts import queries as contracts
from nakadachi.market.hourly import actions, policy, queries
from nakadachi.market.hourly.models import Engagement
from nakadachi.web.pages.contracts.history import happenings_about
from nakadachi.web.pages.contracts.offers import offer_calls, one_turn, proposal_calls
from nakadachi.web.pages.hourly import sheet
from nakadachi.web.pages.hourly.forms import FinishForm
from nakadachi.web.pages.hourly.happenings import SENTENCES, UNHELD
from nakadachi.web.pages.hourly.sight import claim_calls, contract_calls, may_finish, week_sight
from nakadachi.web.pages.hourly.views.common import contract_context, engagement_of, refused
from nakadachi.web.pages.messages.lately import lately_of
from nakadachi.web.ui.answers import actor_of, keep_form

FINISH = "hourly/finish.html"


@login_required
@require_safe
def page(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Whose turn it is, the weeks, the terms in short, what happened."""
    engagement = engagement_of(request, contract_id)
    member_id = request.user.pk
    weeks = queries.weeks_page(engagement, after=request.GET.get("after", ""))
    waiting = queries.open_weeks(engagement)
    unclaimed = [week for week in waiting if not week.is_claimed]
    happened = _happened(engagement, member_id)
    proposed, change_href = proposal_calls(actor_of(request), engagement.contract)
    context = contract_context(
        request,
        engagement,
        calls=one_turn(
            [
                *offer_calls(engagement.contract, viewer_id=member_id, now=request.now),
                *proposed,
                *claim_calls(waiting),
                *contract_calls(unclaimed, viewer_id=member_id, now=request.now),
            ]
        ),
        weeks=[week_sight(week, viewer_id=member_id, now=request.now) for week in weeks.rows],
        page=weeks,
        rests_yen=queries.rests_yen(engagement),
        change_href=change_href,
        may_finish=may_finish(engagement, actor_of(request)),
        lately=lately_of(engagement.contract, request.user, now=request.now),
        terms_version=contracts.latest_terms_version(engagement.contract),
        happenings=happened.rows,
        has_more=bool(happened.next),
    )
    return render(request, "hourly/contract.html", context)


def _happened(engagement: Engagement, viewer_id: int, after: str = "", limit: int = 8):  # type: ignore[no-untyped-def]
    contract = engagement.contract
    about = {**contracts.events_of(contract), **queries.events_of(contract)}
    sentences = SENTENCES if engagement.holds_money else SENTENCES | UNHELD
    return happenings_about(about, contract, sentences, viewer_id=viewer_id, after=after, limit=limit)


@login_required
@require_safe
def history(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Everything that happened, a page at a time."""
    engagement = engagement_of(request, contract_id)
    found = _happened(engagement, request.user.pk, request.GET.get("after", ""), limit=50)
    context = contract_context(request, engagement, page=found, is_unheld=not engagement.holds_money)
    return render(request, "contracts/history.html", context)


@login_required
@require_safe
def csv_file(request: HttpRequest, contract_id: int) -> HttpResponse:
    """All recorded times of the contract as a file."""
    engagement = engagement_of(request, contract_id)
    answer = HttpResponse(sheet.as_csv(engagement), content_type="text/csv; charset=utf-8")
    name = content_disposition_header(True, sheet.file_name(engagement))
    answer.headers["Content-Disposition"] = name or "attachment"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Ending the work, after a page that says what becomes of the hours and the money."""
    engagement = engagement_of(request, contract_id)
    context = contract_context(request, engagement)
    if request.method != "POST":
        refusal = policy.can_finish(actor_of(request), engagement)
        if refusal:
            return refused(request, FINISH, context, refusal)
        return render(request, FINISH, {**context, "form": FinishForm()})
    form = FinishForm(request.POST)
    if not form.is_valid():
        return keep_form(request, FINISH, form, context)
    try:
        actions.finish(engagement=engagement, reason=form.cleaned_data["reason"], by=actor_of(request), at=request.now)
    except Refused as problem:
        return keep_form(request, FINISH, form, context, problem.refusal)
    messages.success(request, _("The work has ended. What was recorded is still approved and paid."))
    return redirect("hourly:contract", contract_id)
