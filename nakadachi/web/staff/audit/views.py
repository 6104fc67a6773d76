"""The log, narrowed by what, who, kind and time; and as a file, which itself is on record."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from nakadachi.infra.events.queries import Wanted, search
from nakadachi.infra.paging import page_of
from nakadachi.kernel.calendar import start_of_day
from nakadachi.people.roles import areas
from nakadachi.people.standing.disclosure import take_audit_log
from nakadachi.web.staff.audit import export, reading
from nakadachi.web.staff.audit.forms import FilterForm
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import staff_of

ROWS = 50


@works_in(areas.AUDIT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    form = FilterForm(request.GET)
    wanted = wanted_of(form)
    page = page_of(search(wanted), order=wanted.order, after=request.GET.get("after", ""), limit=ROWS)
    context = {"form": form, "page": page, "lines": reading.lines_of(page.rows)}
    return render(request, "staff_audit/list.html", context)


@works_in(areas.AUDIT)
@require_POST
def exported(request: HttpRequest) -> HttpResponseBase:
    """What is narrowed now, as CSV."""
    wanted = wanted_of(FilterForm(request.POST))
    asked = {name: str(value) for name, value in vars(wanted).items() if value}
    take_audit_log(member=request.user, wanted=asked, by=staff_of(request), at=request.now)
    answer = StreamingHttpResponse(export.rows(search(wanted)), content_type="text/csv; charset=utf-8")
    name = f"audit-{request.now:%Y%m%d-%H%M}.csv"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def wanted_of(form: FilterForm) -> Wanted:
    """What was filled in and could be read."""
    form.is_valid()
    found = form.cleaned_data
    return Wanted(
        subject_type=found.get("subject", ""),
        subject_id=found.get("subject_id"),
        actor_id=found.get("actor_id"),
        kind=found.get("kind", ""),
        since=start_of_day(found["since"]) if found.get("since") else None,
        until=start_of_day(found["until"] + timedelta(days=1)) if found.get("until") else None,
    )
