"""From the closing to the bank: one page per run, one button per step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nakadachi.kernel.calendar import jst_date
from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.money.payouts import actions, policy, queries
from nakadachi.money.payouts.models import ClosingRun
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.payouts import steps, table
from nakadachi.web.staff.payouts.forms import ClosingForm, ExtraForm, ReturnForm, SentForm
from nakadachi.web.ui.answers import keep_form, posted, staff_of

RUN_TONES = {"open": "warn", "filed": "accent", "sent": "good"}


@works_in(areas.PAYOUTS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All runs, the closing that is due, and what was asked for since."""
    closes_on, pays_on = queries.latest_closing(jst_date(request.now))
    page = queries.runs(staff_of(request), request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": [(run, RUN_TONES[run.status]) for run in page.rows],
        "counts": queries.counts(),
        "due": None if queries.is_closed(closes_on) else {"closes_on": closes_on, "pays_on": pays_on},
        "upcoming": queries.upcoming(jst_date(request.now)),
        "extra": ExtraForm(),
    }
    return render(request, "staff_payouts/list.html", context)


@works_in(areas.PAYOUTS)
@require_POST
def closing(request: HttpRequest) -> HttpResponse:
    """Close a day of the calendar."""
    form = ClosingForm(request.POST)
    if not form.is_valid():
        raise NotVisible
    run = actions.close(closes_on=form.cleaned_data["closes_on"], by=staff_of(request), at=request.now)
    return redirect("staff:payouts:detail", run.pk)


@works_in(areas.PAYOUTS)
@require_POST
def extra(request: HttpRequest) -> HttpResponse:
    """Close what was asked for, outside the calendar."""
    form = ExtraForm(request.POST)
    if not form.is_valid():
        raise NotVisible
    run = actions.close_extra(request_key=form.cleaned_data["request_key"], by=staff_of(request), at=request.now)
    return redirect("staff:payouts:detail", run.pk)


@works_in(areas.PAYOUTS)
@require_safe
def detail(request: HttpRequest, run_id: int) -> HttpResponse:
    """Totals, transfers, whom the run passed over, and the next step."""
    return _page(request, queries.run_for(staff_of(request), run_id), None)


@works_in(areas.PAYOUTS)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, run_id: int) -> HttpResponse:
    """POST makes the transfer file, GET hands it out, always the same bytes."""
    staff = staff_of(request)
    run = queries.run_for(staff, run_id)
    if request.method == "POST":
        actions.make_file(run=run, by=staff, at=request.now)
        return redirect("staff:payouts:detail", run.pk)
    content = actions.file_bytes(run=run, by=staff)
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{run.file_name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@works_in(areas.PAYOUTS)
@require_POST
def sent(request: HttpRequest, run_id: int) -> HttpResponse:
    """The bank executed the file."""
    staff = staff_of(request)
    run = queries.run_for(staff, run_id)
    form = SentForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, run, form, 422)
    try:
        charge_yen = form.cleaned_data["bank_charge"]
        actions.mark_sent(run=run, bank_charge_yen=charge_yen, by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, "staff_payouts/detail.html", form, _facts(request, run), refused.refusal)
    messages.success(request, _("The run is marked as sent."))
    return redirect("staff:payouts:detail", run.pk)


@works_in(areas.PAYOUTS)
@require_safe
def csv_file(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Every transfer with its journal, and the sum: to be compared with the ledger and the bank."""
    run = queries.run_for(staff_of(request), run_id)
    answer = StreamingHttpResponse(table.rows(run), content_type="text/csv; charset=utf-8")
    name = f"closing-{run.closes_on:%Y%m%d}-{run.pk}.csv"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@works_in(areas.PAYOUTS)
@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: HttpRequest, payout_id: int) -> HttpResponse:
    """A transfer came back: the reason, then the money is on the member's balance."""
    staff = staff_of(request)
    payout = queries.payout_for(staff, payout_id)
    form = ReturnForm(posted(request))
    context = {"payout": payout, "refusal": policy.can_mark_returned(staff, payout)}
    if request.method != "POST":
        return render(request, "staff_payouts/return.html", {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, "staff_payouts/return.html", form, context)
    try:
        actions.mark_returned(payout=payout, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, "staff_payouts/return.html", form, context, refused.refusal)
    messages.success(request, _("The money is back on the member's balance."))
    return redirect("staff:payouts:detail", payout.run_id)


def _page(request: HttpRequest, run: ClosingRun, form: SentForm | None, status: int = 200) -> HttpResponse:
    return render(
        request, "staff_payouts/detail.html", {**_facts(request, run), "form": form or SentForm(run=run)}, status=status
    )


def _facts(request: HttpRequest, run: ClosingRun) -> dict[str, object]:
    return {
        "run": run,
        "tone": RUN_TONES[run.status],
        "page": queries.lines_of(run, request.GET.get("after", "")),
        "skips": queries.skips_of(run),
        "steps": steps.of(run),
    }
