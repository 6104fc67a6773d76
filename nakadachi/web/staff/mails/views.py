"""What was given up, and trying it again. The text of a mail is nobody's business but its reader's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nakadachi.infra.mail import sending
from nakadachi.people.roles import areas
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import staff_of


@works_in(areas.MAILS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    page = sending.parked_page(request.GET.get("after", ""))
    return render(request, "staff_mails/list.html", {"page": page, "waiting": sending.waiting_count()})


@works_in(areas.MAILS)
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """One, or all on the page."""
    chosen = [
        int(text) for text in request.POST.getlist("mail") if text.isascii() and text.isdigit() and len(text) < 19
    ]
    if sending.retry(mail_ids=chosen, by=staff_of(request), at=request.now):
        messages.success(request, _("The mails will be sent again now."))
    return redirect("staff:mails:list")
