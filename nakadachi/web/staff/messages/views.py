"""Who talks with whom about what; what they say is shown only for a reason, which stays on record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import Refused
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.trust.messaging import actions, queries
from nakadachi.trust.messaging.models import Thread
from nakadachi.web.pages.messages.forms import number
from nakadachi.web.staff.guard import works_in
from nakadachi.web.staff.messages.forms import ReasonForm
from nakadachi.web.ui.answers import keep_form, staff_of

PAGE = "staff_messages/detail.html"


@works_in(areas.MESSAGES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest thread first: all, those of one member, or those about one posting."""
    staff = staff_of(request)
    member_id, job_id = number(request.GET.get("member", "")), number(request.GET.get("job", ""))
    page = queries.threads_page(staff, member_id=member_id, job_id=job_id, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "of_member": member_for(staff, member_id) if member_id else None,
        "of_job": page.rows[0].job if job_id and page.rows else None,
        "is_part": bool(member_id or job_id),
    }
    return render(request, "staff_messages/list.html", context)


@works_in(areas.MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, thread_id: int) -> HttpResponse:
    """GET shows whose thread it is; POST, with a reason, some messages of it, this once."""
    staff = staff_of(request)
    thread = queries.any_thread(staff, thread_id)
    context = {"thread": thread, "count": queries.count_of(thread)}
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": ReasonForm()})
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    reason, before_id = form.cleaned_data["reason"], number(request.POST.get("before", ""))
    try:
        actions.disclose(thread=thread, reason=reason, by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, context, refused.refusal)
    return render(request, PAGE, {**context, **_shown(thread, before_id), "reason": reason})


def _shown(thread: Thread, before_id: int) -> dict[str, Any]:
    """Messages with their authors and files, and where earlier ones begin."""
    stretch = queries.before(thread, before_id)
    names = {side.pk: side.display_name for side in (thread.client, thread.worker)}
    files = queries.files_of(stretch.messages)
    return {
        "lines": [(message, names[message.author_id], files.get(message.pk, [])) for message in stretch.messages],
        "earlier_id": stretch.messages[0].pk if stretch.has_earlier else 0,
    }
