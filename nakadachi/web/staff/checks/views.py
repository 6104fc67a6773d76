"""What waits to be checked, and the verdict."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from nakadachi.kernel.refusal import NotVisible, Refused
from nakadachi.people.queries import member_for
from nakadachi.people.roles import areas
from nakadachi.people.standing import policy
from nakadachi.people.standing.checking import WHAT, confirm_check, refuse_check
from nakadachi.people.standing.queries import standing_of, waiting_for_check
from nakadachi.people.verification.queries import latest
from nakadachi.web.staff.checks.forms import VerdictForm
from nakadachi.web.staff.guard import works_in
from nakadachi.web.ui.answers import keep_form, posted, staff_of

SHOWN_MAX = 100
PAGE = "staff_checks/detail.html"


def _label(what: str) -> str:
    return {"identity": pgettext("console", "Identity"), "phone": pgettext("console", "Phone")}[what]


@works_in(areas.CHECKS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Whoever waits longest comes first; what is done leaves the list."""
    rows = [
        (standing.member, what, _label(what), getattr(standing, f"{what}_at"))
        for what in WHAT
        for standing in waiting_for_check(what)[:SHOWN_MAX]
    ]
    rows.sort(key=lambda row: row[3])
    return render(request, "staff_checks/list.html", {"rows": rows})


@works_in(areas.CHECKS)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, member_id: int, what: str) -> HttpResponse:
    """One request: confirm it, or refuse it with a reason."""
    staff = staff_of(request)
    member = member_for(staff, member_id)
    if what not in WHAT:
        raise NotVisible
    standing = standing_of(member.pk)
    form = VerdictForm(posted(request))
    context = {
        "member": member,
        "what": what,
        "label": _label(what),
        "status": getattr(standing, f"get_{what}_display")(),
        "evidence": latest(member.pk, what),
        "since": getattr(standing, f"{what}_at"),
        "refusal": policy.can_check(staff, standing, what),
    }
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": form})
    if not form.is_valid():
        return keep_form(request, PAGE, form, context)
    try:
        if form.cleaned_data["verdict"] == "confirm":
            confirm_check(member=member, what=what, by=staff, at=request.now)
        else:
            refuse_check(member=member, what=what, reason=form.cleaned_data["reason"], by=staff, at=request.now)
    except Refused as refused:
        return keep_form(request, PAGE, form, {**context, "refusal": None}, refused.refusal)
    messages.success(request, pgettext("console", "The result is kept, and the member is told."))
    return redirect("staff:checks:list")
